/* SPDX-License-Identifier: Apache-2.0 */
/* Decoders of one part: bytes of a named encoding to UTF-8 text with a source map.  Used twice a part, first to count, then to write. */
#ifndef JW_STAGE_INPUT_INPUT_CODEC_H
#define JW_STAGE_INPUT_INPUT_CODEC_H

#include "doc/doc.h"
#include "stage/input/input.h"

/* Where decoded characters go; with NULL arrays they are only counted. */
struct decoded {
    char *text;
    struct source_run *runs;
    size_t text_len, run_count;
    uint64_t repaired;
    struct source_run last;        /* the run being extended */
    size_t next_text, next_source; /* where a character must lie to extend it */
    int is_strict;
    jw_error *reterr;
    uint64_t source_base; /* bytes of earlier parts, for errors */
};

/* Opens the descriptor for `name` unless it is open; NULL and UTF-8 and UTF-16 need none.  Status: EENCODING. */
jw_status jwi_codec_open(struct codec *codec, const char *name, jw_error *reterr);

/* Decodes one part; source offsets count from its start.  Status: EENCODING in strict mode (reterr->at = byte over all parts). */
jw_status jwi_codec_decode(struct codec *codec, const char *name, jw_bytes source,
                           struct decoded *ret);

#endif
