/* SPDX-License-Identifier: Apache-2.0 */
/* The document behind jw_doc: layers as exact arrays in its own arena. */
#ifndef JW_DOC_DOC_H
#define JW_DOC_DOC_H

#include <jinwen/esg.h>
#include <jinwen/form.h>

#include "base/arena.h"
#include "doc/scope.h"

/* Working layers; not shown by jw_doc_layers. */
#define LAYER_SCOPES 0x80000000u
#define LAYER_TERMS 0x40000000u
#define LAYER_MASK 0x20000000u /* room->seen; never outlives a call */
#define LAYERS_HIDDEN (LAYER_SCOPES | LAYER_TERMS | LAYER_MASK)

/*
 * Source map as runs of characters of one width: character k of a run covers text bytes text_at + k * text_width (and as many more) and
 * source bytes source_at + k * source_width.  CP950 text "中a文" is (0,0,3,2) (3,2,1,1) (4,3,3,2).  Valid UTF-8 is one run of width 1 a part.
 * text_at counts over the whole text, source_at from the start of its part; no run spans two parts.
 */
struct source_run {
    uint32_t text_at, source_at;
    uint8_t text_width, source_width;
    uint16_t spare;
};

/*
 * Where something was taken out of a part of HTML: before text byte `text_at`.  The counts are of all that was taken out of the part up to
 * there; sorted by part and text_at.
 */
struct cutout {
    uint32_t part, text_at, bytes, points, utf16;
};

struct jw_doc {
    jw_alloc alloc;
    struct arena arena;
    jw_model *model; /* one reference while loaded */
    uint32_t layers, degraded;
    uint64_t repaired;
    jw_meta meta;
    jw_bytes text;
    jw_part_info *parts;
    struct source_run *runs; /* sorted by text_at */
    struct cutout *gaps;
    jw_sentence *sentences;
    jw_token *tokens;
    uint16_t *upos, *xpos;
    jw_arc *arcs;
    jw_mention *mentions, *terms;
    jw_value *values;
    jw_link *links; /* [mention_count] */
    jw_entity *entities;
    jw_candidate *candidates; /* by mention */
    struct scope *scopes; /* [token_count] */
    struct clause *clauses;
    struct sense *senses; /* in the order of the text, not overlapping */
    jw_opinion *opinions;
    jw_event *events;
    jw_arg *event_args, *relation_args;
    jw_relation *relations;
    jw_score *scores; /* [entity_count] */
    jw_evidence *evidence;
    uint32_t *evidence_order; /* [evidence_count]: by the place of the words */
    jw_aspect *aspects;
    jw_sentence_score *sentence_scores; /* [sentence_count] */
    struct event_mark *event_marks;     /* finish.h */
    jw_doc_score whole_score;
    jw_form form;
    jw_esg esg;
    uint32_t part_count, run_count, gap_count, sentence_count, token_count, mention_count, term_count, value_count, entity_count;
    uint32_t clause_count, sense_count, opinion_count, event_count, event_arg_count, relation_count, relation_arg_count;
    uint32_t evidence_count, aspect_count, event_mark_count, candidate_count;
    uint32_t issuer;  /* entity + 1 of the company the record names, 0: none */
    int is_truncated; /* entities beyond the limit were left out */
};

/* The sentence is of a forum's post, or of a reply. */
static inline int doc_is_forum(const jw_doc *doc, uint32_t sentence)
{
    return doc->meta.source_type == JW_FORUM || doc->parts[doc->sentences[sentence].part].kind == JW_PART_REPLY;
}

/* Drops the given layers and every layer that was made from them (SENTENCES drop TOKENS, TOKENS drop the rest). */
void jwi_doc_drop(jw_doc *doc, uint32_t layers);

/* Counts every sentence's token range anew from the byte ranges; used by whoever writes the token layer. */
void jwi_doc_bind_tokens(jw_doc *doc);

#endif
