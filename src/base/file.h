/* SPDX-License-Identifier: Apache-2.0 */
/* Files as bytes: mapped read-only for the model, read whole for tools. */
#ifndef JW_BASE_FILE_H
#define JW_BASE_FILE_H

#include <jinwen/base.h>

/* Maps a whole file read-only.  An empty file gives len 0.  Status: EIO. */
jw_status jwi_file_map(const char *path, jw_bytes *ret, jw_error *reterr);
void jwi_file_unmap(jw_bytes data);

/* Writes path.tmp, then renames it to `path`; leaves an identical file untouched, so that builds stop there.  Status: EIO. */
jw_status jwi_file_replace(const char *path, jw_bytes data, jw_error *reterr);

#endif
