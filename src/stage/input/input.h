/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage input: the caller's bytes become the text layer.
 * Method: strict UTF-8 by our own decoder, every other named encoding by iconv; an invalid byte sequence becomes one U+FFFD and is counted,
 * or is EENCODING under JW_STRICT.  Writes text, parts and the source map.  Cost: linear.
 */
#ifndef JW_STAGE_INPUT_INPUT_H
#define JW_STAGE_INPUT_INPUT_H

#include <jinwen/worker.h>

#include "base/arena.h"

/* The conversion descriptor a worker keeps between documents of one encoding. */
struct codec {
    void *handle; /* iconv_t; NULL: none open */
    char name[32];
};

void jwi_codec_close(struct codec *codec);

/* Requires: `doc` is cleared and holds its model.  Status: EENCODING, ELIMIT, EMEMORY, EARGUMENT. */
jw_status jwi_input_load(struct codec *codec, const jw_options *options, struct arena *scratch, const jw_input *input, jw_doc *doc,
                         jw_error *reterr);

#endif
