/* SPDX-License-Identifier: Apache-2.0 */
/* The worker: one thread's scratch memory and options.  It turns input into layers of a document. */
#ifndef JINWEN_WORKER_H
#define JINWEN_WORKER_H

#include <jinwen/doc.h>
#include <jinwen/userdict.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jw_worker jw_worker;

typedef struct jw_part {
    jw_bytes text;
    uint32_t kind; /* jw_part_kind */
    uint32_t mark; /* jw_mark, of a reply; else 0 */
} jw_part;

/* Start from JW_INPUT_INIT, which sets `size` and the times. */
typedef struct jw_input {
    size_t size;
    const jw_part *parts;
    uint32_t part_count;
    uint32_t flags;        /* JW_MARKUP */
    const char *encoding; /* of the parts' bytes: "CP950", "BIG5-HKSCS", ...; NULL is UTF-8; never guessed */
    jw_meta meta;
} jw_input;
#define JW_INPUT_INIT \
    {sizeof(jw_input), NULL, 0, 0, NULL, {{NULL, 0}, {NULL, 0}, JW_NO_TIME, JW_NO_TIME, 0, 0, 0, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}}}

#define JW_MARKUP 0x01u /* the parts are HTML: read without tags; JW_UNIT_SOURCE and written offsets count what was received */

#define JW_STRICT 0x01u      /* invalid bytes are EENCODING instead of U+FFFD */
#define JW_SCRIPT_HANS 0x02u /* analyse Simplified text through Traditional; text and offsets stay those of the input */
#define JW_LINES 0x04u       /* every line break ends a sentence (headlines, one record a line) */

/* Start from JW_OPTIONS_INIT: words with parts of speech, 16 MiB a document, 512 words a parsed sentence. */
typedef struct jw_options {
    size_t size;
    uint32_t want;  /* JW_LAYER_* to publish; what they need is computed too */
    uint32_t flags; /* JW_STRICT, ... */
    size_t max_bytes;
    uint32_t max_sentence; /* words of a parsed sentence; longer ones are cut at the best comma */
    uint32_t userdict_count;
    const jw_userdict *const *userdicts; /* the first is the strongest; referenced by the worker */
    jw_budget budget;
    uint64_t (*clock)(void *ctx); /* microseconds; NULL: the system's monotonic clock */
    void *clock_ctx;
    uint32_t max_entities; /* entities of a document, the rest are left out; 0: no limit */
    uint32_t candidates;   /* entities to keep for each mention, see jw_doc_candidates; at most 3 */
} jw_options;
#define JW_OPTIONS_INIT \
    {sizeof(jw_options), JW_LAYER_SENTENCES | JW_LAYER_TOKENS | JW_LAYER_POS, 0, (size_t)16 << 20, 512, 0, NULL, {0, 0}, NULL, NULL, 0, 0}

/*
 * Makes a worker; `options` NULL is JW_OPTIONS_INIT.
 * Ensures: holds one reference on the model and on each dictionary.
 * Thread: any, one at a time afterwards.  Status: EOPTION, EMODEL_MISSING (a wanted layer has no section), EMEMORY.  Since: 0.1
 */
JW_API jw_status jw_worker_new(jw_model *model, const jw_options *options, jw_worker **ret, jw_error *reterr);

/* NULL is fine.  Since: 0.1 */
JW_API void jw_worker_free(jw_worker *worker);

/* For the calls that follow.  Since: 0.1 */
JW_API void jw_worker_set_budget(jw_worker *worker, jw_budget budget);

/*
 * Clears `doc` and decodes the input into it: the text layer only.
 * Status: EENCODING (unknown name; invalid bytes under JW_STRICT, reterr->at = byte counted over the parts), ELIMIT, EMEMORY.
 * On failure the document is empty.  Since: 0.1
 */
JW_API jw_status jw_worker_load(jw_worker *worker, const jw_input *input, jw_doc *doc, jw_error *reterr);

/*
 * Computes the layers that are wanted and absent; present ones (set by the caller, read from CoNLL-U) are taken as given.
 * Requires: a document loaded by a worker of the same model.
 * Status: ESTATE (nothing loaded), ELIMIT, EMEMORY.  On failure the document is as it was.  Since: 0.1
 */
JW_API jw_status jw_worker_resume(jw_worker *worker, jw_doc *doc, jw_error *reterr);

/* jw_worker_load of one UTF-8 body part, then jw_worker_resume.  On failure the document is empty.  Since: 0.1 */
JW_API jw_status jw_worker_run(jw_worker *worker, jw_bytes utf8, jw_doc *doc, jw_error *reterr);

/*
 * Loads CoNLL-U text (one document) with its layers: sentences, words, tags (when not `_`), trees (when complete), names (NER= in MISC).
 * The text is rebuilt from forms and SpaceAfter.
 * Status: EFORMAT (reterr->at = byte of the bad line), ELIMIT, EMEMORY.  On failure the document is empty.  Since: 0.1
 */
JW_API jw_status jw_worker_load_conllu(jw_worker *worker, jw_bytes conllu, jw_doc *doc, jw_error *reterr);

/*
 * Runs `n` inputs into `n` documents; a bad one does not stop the others.  each[i] is the status of input i.
 * Status: OK, or the first failure (reterr->at = its index).  Since: 0.1
 */
JW_API jw_status jw_worker_run_many(jw_worker *worker, const jw_input *inputs, size_t n, jw_doc *const *docs, jw_status *each,
                                    jw_error *reterr);

#ifdef __cplusplus
}
#endif
#endif
