/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-eval: compares an annotated file with a gold file of the same text.
 *
 * Both files are read into flat arrays (struct eval_file) whose strings are ids of one shared pool, so comparing two cells is comparing
 * two integers.  Positions count characters of all forms joined, white space left out; a word of one file is found in the other by its
 * position alone.
 */
#ifndef JW_TOOLS_EVAL_EVAL_H
#define JW_TOOLS_EVAL_EVAL_H

#include <jinwen/base.h>

#include <stdbool.h>
#include <stdio.h>

#include "pool.h"

/* Values of eval_word.parent that are no word. */
#define EVAL_ROOT (UINT32_MAX - 1)
#define EVAL_NO_TREE (UINT32_MAX - 2)

struct eval_token {
    uint32_t start, end, line;
};

/* `has_tree` is false when every HEAD of the sentence is `_`. */
struct eval_sentence {
    uint32_t start, end, word_at, word_end, line;
    bool has_tree;
};

/* Columns are pool ids.  Words of a multi-word token all carry the position of that token. */
struct eval_word {
    uint32_t form, lemma, upos, xpos, feats, rel, ner;
    uint32_t start, end;
    uint32_t parent; /* index in words, EVAL_ROOT or EVAL_NO_TREE */
    uint32_t child_at,
        child_len;       /* its children with a functional relation: eval_file.child[child_at ..] */
    uint32_t head, line; /* HEAD as written, and where */
    bool is_multi, is_content, is_functional;
};

struct eval_file {
    const char *path;
    uint32_t *code; /* characters of all tokens: code points, no white space */
    uint32_t n_code, cap_code;
    struct eval_token *token;
    uint32_t n_token, cap_token;
    struct eval_sentence *sentence;
    uint32_t n_sentence, cap_sentence;
    struct eval_word *word;
    uint32_t n_word, cap_word;
    uint32_t *child;
    bool has_tree; /* some sentence has one */
};

/* Which gold word each system word is, and back; JW_NONE where there is none. */
struct eval_match {
    uint32_t *gold_of, *system_of;
    uint32_t len;
};

/* The two files, their strings, and the words they share. */
struct eval_pair {
    struct eval_file gold, system;
    struct eval_pool pool;
    struct eval_match match;
};

/* `types` NULL: all.  `map` renames types before anything is compared: "FIN=ORG,GOV=ORG". */
struct eval_ner_options {
    const char *types, *map;
    uint32_t errors;
};

/* conllu_file.c: CoNLL-U.  Status: EIO, EFORMAT (message: path:line: reason), EMEMORY. */
jw_status jwi_eval_read(const char *path, struct eval_pool *pool, struct eval_file *ret,
                        jw_error *reterr);
void jwi_eval_file_free(struct eval_file *file);

/* The same for names: CoNLL-U with NER= in MISC, or lines of `form TAB tag` or `id TAB form TAB tag ...` with empty lines between sentences. */
jw_status jwi_eval_read_names(const char *path, struct eval_pool *pool, struct eval_file *ret,
                              jw_error *reterr);

/* align.c */
/* Fails unless both files have the same characters. */
jw_status jwi_eval_same_text(const struct eval_pair *pair, jw_error *reterr);

/* Fills pair->match. */
jw_status jwi_eval_align(struct eval_pair *pair, jw_error *reterr);
void jwi_eval_match_free(struct eval_match *match);

/* score.c */
void jwi_eval_print_scores(FILE *out, bool counts, const struct eval_pair *pair);
jw_status jwi_eval_print_unseen(FILE *out, const struct eval_file *train,
                                const struct eval_pair *pair, jw_error *reterr);

/* errors.c */
jw_status jwi_eval_print_errors(FILE *out, uint32_t top, struct eval_pair *pair, jw_error *reterr);

/* mention.c */
jw_status jwi_eval_print_names(FILE *out, const struct eval_ner_options *options,
                               struct eval_pair *pair, jw_error *reterr);

/*
 * spans.c: JSON lines, one document each and the same documents in both files.  Gold: `text`, `entities` [{s, e, type}], `ignore` [[s, e]]
 * where a name of the system is no error.  System: the same, or records with `mentions` [{at: [part, s, e], type}].
 */
jw_status jwi_eval_print_spans(FILE *out, const struct eval_ner_options *options,
                               const char *const path[2], jw_error *reterr);

/* raw_text.c */
jw_status jwi_eval_print_text(FILE *out, const char *path, jw_error *reterr);

#endif
