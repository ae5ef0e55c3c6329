/* SPDX-License-Identifier: Apache-2.0 */
/* The document: a text and the layers the stages wrote about it.  It owns its memory and holds a reference on its model. */
#ifndef JINWEN_DOC_H
#define JINWEN_DOC_H

#include <jinwen/model.h>
#include <jinwen/value.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jw_doc jw_doc;

/* Coordinates of jw_doc_map; all but JW_UNIT_TEXT count from the start of the part that holds the range. */
typedef enum jw_unit { JW_UNIT_TEXT, JW_UNIT_CODEPOINT, JW_UNIT_UTF16, JW_UNIT_SOURCE, JW_UNIT_BYTE } jw_unit;

/* Layers, as bits of jw_doc_layers and jw_options.want. */
#define JW_LAYER_TEXT 0x01u
#define JW_LAYER_SENTENCES 0x02u
#define JW_LAYER_TOKENS 0x04u
#define JW_LAYER_POS 0x08u
#define JW_LAYER_MENTIONS 0x10u
#define JW_LAYER_ARCS 0x20u
#define JW_LAYER_VALUES 0x40u
#define JW_LAYER_ENTITIES 0x80u
#define JW_LAYER_OPINIONS 0x100u
#define JW_LAYER_EVENTS 0x200u
#define JW_LAYER_RELATIONS 0x400u
#define JW_LAYER_SCORES 0x800u
#define JW_LAYER_FORM 0x1000u  /* fields and clause of an announcement */
#define JW_LAYER_EVIDENCE 0x2000u /* of the scores; made with them, a layer of its own to show */
#define JW_LAYER_ESG 0x4000u      /* opportunity or risk; esg.h */

/* Parts: the title, the body, then replies. */
typedef enum jw_part_kind { JW_PART_TITLE, JW_PART_BODY, JW_PART_REPLY } jw_part_kind;

/* What a forum's reader put before a reply: 推, 噓, →. */
typedef enum jw_mark { JW_MARK_NONE, JW_MARK_PUSH, JW_MARK_BOO, JW_MARK_ARROW } jw_mark;

typedef struct jw_part_info {
    jw_range text;
    uint32_t kind;
    uint32_t mark; /* jw_mark, of a reply */
} jw_part_info;

/* `tokens` is empty until the token layer is there. */
typedef struct jw_sentence {
    jw_range text, tokens;
    uint32_t part, flags;
} jw_sentence;
#define JW_SENTENCE_PARAGRAPH 1u /* first of its paragraph */
#define JW_SENTENCE_SPLIT 2u     /* cut because it was longer than the limit of a parsed sentence */

/* `word` is an entry of the model's lexicon or JW_NONE. */
typedef struct jw_token {
    jw_range text;
    uint32_t word;
    uint16_t flags, spare;
} jw_token;
#define JW_TOKEN_PINNED 1u   /* number, date, URL, Latin word: kept whole by rule */
#define JW_TOKEN_FORCED 2u   /* from a user dictionary, level force */
#define JW_TOKEN_PREFERRED 4u /* from a user dictionary, level prefer, and chosen */
#define JW_TOKEN_GIVEN 8u    /* from the caller */

/* `head` is a token index in the document, JW_NONE for the root of a sentence. */
typedef struct jw_arc {
    uint32_t head;
    uint16_t rel, flags;
} jw_arc;

/* `score` is a confidence in 1/JW_SCALE. */
typedef struct jw_mention {
    jw_range tokens;
    uint32_t entity;
    uint16_t type, flags;
    int32_t score;
} jw_mention;

/* Views by value: valid until the document is cleared, loaded or freed. */
typedef struct jw_parts {
    const jw_part_info *at;
    uint32_t len;
} jw_parts;
typedef struct jw_sentences {
    const jw_sentence *at;
    uint32_t len;
} jw_sentences;
typedef struct jw_tokens {
    const jw_token *at;
    uint32_t len;
} jw_tokens;
typedef struct jw_tags {
    const uint16_t *at;
    uint32_t len;
} jw_tags;
typedef struct jw_arcs {
    const jw_arc *at;
    uint32_t len;
} jw_arcs;
typedef struct jw_mentions {
    const jw_mention *at;
    uint32_t len;
} jw_mentions;

/* What the record said of itself; copied into the document by jw_worker_load. */
typedef struct jw_meta {
    jw_bytes id, source;
    int64_t published_at, received_at; /* ms UTC or JW_NO_TIME */
    uint32_t source_type, region;      /* jw_source_type, jw_region */
    uint32_t clause;                   /* of an announcement: 1-51 when the record names it, else 0 */
    uint32_t spare;
    jw_bytes issuer, issuer_name; /* code and name of the company that speaks, which its text calls 本公司; or empty */
    jw_bytes hints;               /* ids, codes or UBNs parted by blanks or ;: whom the record is said to be about */
} jw_meta;
typedef enum jw_source_type { JW_NEWS, JW_ANNOUNCEMENT, JW_OFFICIAL, JW_FORUM, JW_REVIEW } jw_source_type;
typedef enum jw_region { JW_TW, JW_HK } jw_region;

/* Status: EMEMORY.  Thread: any.  Since: 0.1 */
JW_API jw_status jw_doc_new(const jw_alloc *alloc, jw_doc **ret);

/* Empties the document and keeps its memory for the next one.  Thread: the writer.  Since: 0.1 */
JW_API void jw_doc_clear(jw_doc *doc);

/* NULL is fine.  Thread: the writer.  Since: 0.1 */
JW_API void jw_doc_free(jw_doc *doc);

/* Layers present, JW_LAYER_* bits.  Thread: any reader; likewise every function below that takes a const document.  Since: 0.1 */
JW_API uint32_t jw_doc_layers(const jw_doc *doc);

/* Layers that the budget left incomplete.  Since: 0.1 */
JW_API uint32_t jw_doc_degraded(const jw_doc *doc);

/* Invalid byte sequences that became one U+FFFD each when the text was decoded.  Since: 0.1 */
JW_API uint64_t jw_doc_repaired(const jw_doc *doc);

/* The decoded text, all parts one after another, UTF-8; byte ranges of every layer refer to it.  Since: 0.1 */
JW_API jw_bytes jw_doc_text(const jw_doc *doc);
JW_API jw_meta jw_doc_meta(const jw_doc *doc);
JW_API jw_parts jw_doc_parts(const jw_doc *doc);
JW_API jw_sentences jw_doc_sentences(const jw_doc *doc);
JW_API jw_tokens jw_doc_tokens(const jw_doc *doc);

/* Parallel to the tokens: ids of JW_LABELS_UPOS and JW_LABELS_XPOS.  Since: 0.1 */
JW_API jw_tags jw_doc_upos(const jw_doc *doc);
JW_API jw_tags jw_doc_xpos(const jw_doc *doc);
JW_API jw_arcs jw_doc_arcs(const jw_doc *doc);
JW_API jw_mentions jw_doc_mentions(const jw_doc *doc);

/* Job titles (POS) and account items (ACC) in the order of the text, made with the mentions; they may overlap mentions and values.  Since: 0.1 */
JW_API jw_mentions jw_doc_terms(const jw_doc *doc);

/* Amounts, dates and codes in the order of the text; their units and metrics are borrowed from the model.  Since: 0.1 */
JW_API jw_values jw_doc_values(const jw_doc *doc);

/* The model the layers were made with; NULL for an empty document.  Borrowed.  Since: 0.1 */
JW_API const jw_model *jw_doc_model(const jw_doc *doc);

/*
 * Translates a range that lies in one part.  An offset inside a character widens to it; a range outside the text is clamped.
 * From any unit but JW_UNIT_TEXT the part cannot be told from the offset: name it with `part`, ignored otherwise.
 * Cost: linear in the part; use jw_doc_map_tokens for all tokens.  Since: 0.1
 */
JW_API jw_range jw_doc_map(const jw_doc *doc, uint32_t part, jw_range range, jw_unit from, jw_unit to);

/* Ranges of the first `cap` tokens in one pass; ret[cap].  Since: 0.1 */
JW_API void jw_doc_map_tokens(const jw_doc *doc, jw_unit to, jw_range *ret, uint32_t cap);

/*
 * Replaces a layer by the caller's; later layers are dropped, earlier ones kept.  Each is copied.
 * Requires: a loaded document; ranges sorted, disjoint, not empty, on character edges, inside one part (tokens: inside one sentence when
 * sentences are there).  Tags and arcs: one per token.
 * Thread: the writer.  Status: EARGUMENT (reterr->at = index of the first bad item), ESTATE (no text, no tokens), EMEMORY.  Since: 0.1
 */
JW_API jw_status jw_doc_set_sentences(jw_doc *doc, const jw_range *text, uint32_t len, jw_error *reterr);
JW_API jw_status jw_doc_set_tokens(jw_doc *doc, const jw_range *text, uint32_t len, jw_error *reterr);
JW_API jw_status jw_doc_set_pos(jw_doc *doc, const uint16_t *upos, const uint16_t *xpos, uint32_t len, jw_error *reterr);
JW_API jw_status jw_doc_set_arcs(jw_doc *doc, const jw_arc *arcs, uint32_t len, jw_error *reterr);

#ifdef __cplusplus
}
#endif
#endif
