/* SPDX-License-Identifier: Apache-2.0 */
/* Life of a document, its views, and the layers a caller may set. */
#include "doc/doc.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

enum {
    AFTER_SCOPES = JW_LAYER_OPINIONS | JW_LAYER_EVENTS | JW_LAYER_RELATIONS | JW_LAYER_SCORES | JW_LAYER_EVIDENCE | JW_LAYER_ESG,
    AFTER_POS = JW_LAYER_MENTIONS | JW_LAYER_ARCS | JW_LAYER_ENTITIES | JW_LAYER_FORM | AFTER_SCOPES,
    AFTER_TOKENS = JW_LAYER_POS | JW_LAYER_VALUES | AFTER_POS,
    AFTER_SENTENCES = JW_LAYER_TOKENS | AFTER_TOKENS
};

jw_status jw_doc_new(const jw_alloc *alloc, jw_doc **ret)
{
    const jw_alloc use = jwi_alloc_or_default(alloc);
    jw_doc *doc = jwi_new(&use, sizeof *doc);
    if (!doc)
        return JW_EMEMORY;
    doc->alloc = use;
    jwi_arena_init(&doc->arena, &use);
    *ret = doc;
    return JW_OK;
}

void jw_doc_clear(jw_doc *doc)
{
    const jw_alloc alloc = doc->alloc;
    struct arena arena = doc->arena;
    jw_model_unref(doc->model);
    jwi_arena_reset(&arena);
    memset(doc, 0, sizeof *doc);
    doc->alloc = alloc;
    doc->arena = arena;
}

void jw_doc_free(jw_doc *doc)
{
    if (!doc)
        return;
    jw_model_unref(doc->model);
    jwi_arena_free(&doc->arena);
    const jw_alloc alloc = doc->alloc;
    jwi_free(&alloc, doc, sizeof *doc);
}

uint32_t jw_doc_layers(const jw_doc *doc)
{
    return doc->layers & ~LAYERS_HIDDEN;
}

uint32_t jw_doc_degraded(const jw_doc *doc)
{
    return doc->degraded & ~LAYERS_HIDDEN;
}

uint64_t jw_doc_repaired(const jw_doc *doc)
{
    return doc->repaired;
}

jw_bytes jw_doc_text(const jw_doc *doc)
{
    return doc->text;
}

jw_meta jw_doc_meta(const jw_doc *doc)
{
    return doc->meta;
}

const jw_model *jw_doc_model(const jw_doc *doc)
{
    return doc->model;
}

/* Length of a parallel layer: 0 until it is there. */
static uint32_t len_if(const jw_doc *doc, uint32_t layer, uint32_t len)
{
    return doc->layers & layer ? len : 0;
}

jw_parts jw_doc_parts(const jw_doc *doc)
{
    const jw_parts view = {doc->parts, len_if(doc, JW_LAYER_TEXT, doc->part_count)};
    return view;
}

jw_sentences jw_doc_sentences(const jw_doc *doc)
{
    const jw_sentences view = {doc->sentences, len_if(doc, JW_LAYER_SENTENCES, doc->sentence_count)};
    return view;
}

jw_tokens jw_doc_tokens(const jw_doc *doc)
{
    const jw_tokens view = {doc->tokens, len_if(doc, JW_LAYER_TOKENS, doc->token_count)};
    return view;
}

jw_tags jw_doc_upos(const jw_doc *doc)
{
    const jw_tags view = {doc->upos, len_if(doc, JW_LAYER_POS, doc->token_count)};
    return view;
}

jw_tags jw_doc_xpos(const jw_doc *doc)
{
    const jw_tags view = {doc->xpos, len_if(doc, JW_LAYER_POS, doc->token_count)};
    return view;
}

jw_arcs jw_doc_arcs(const jw_doc *doc)
{
    const jw_arcs view = {doc->arcs, len_if(doc, JW_LAYER_ARCS, doc->token_count)};
    return view;
}

jw_mentions jw_doc_mentions(const jw_doc *doc)
{
    const jw_mentions view = {doc->mentions, len_if(doc, JW_LAYER_MENTIONS, doc->mention_count)};
    return view;
}

jw_mentions jw_doc_terms(const jw_doc *doc)
{
    const jw_mentions view = {doc->terms, len_if(doc, LAYER_TERMS, doc->term_count)};
    return view;
}

jw_entities jw_doc_entities(const jw_doc *doc)
{
    const jw_entities view = {doc->entities, len_if(doc, JW_LAYER_ENTITIES, doc->entity_count)};
    return view;
}

jw_candidates jw_doc_candidates(const jw_doc *doc)
{
    const jw_candidates view = {doc->candidates,
                                len_if(doc, JW_LAYER_ENTITIES, doc->candidate_count)};
    return view;
}

uint32_t jw_doc_issuer(const jw_doc *doc)
{
    return doc->layers & JW_LAYER_ENTITIES && doc->issuer ? doc->issuer - 1 : JW_NONE;
}

int jw_doc_truncated(const jw_doc *doc)
{
    return doc->is_truncated;
}

jw_links jw_doc_links(const jw_doc *doc)
{
    const jw_links view = {doc->links, len_if(doc, JW_LAYER_ENTITIES, doc->mention_count)};
    return view;
}

jw_values jw_doc_values(const jw_doc *doc)
{
    const jw_values view = {doc->values, len_if(doc, JW_LAYER_VALUES, doc->value_count)};
    return view;
}

jw_opinions jw_doc_opinions(const jw_doc *doc)
{
    const jw_opinions view = {doc->opinions, len_if(doc, JW_LAYER_OPINIONS, doc->opinion_count)};
    return view;
}

jw_events jw_doc_events(const jw_doc *doc)
{
    const jw_events view = {doc->events, len_if(doc, JW_LAYER_EVENTS, doc->event_count)};
    return view;
}

jw_args jw_doc_event_args(const jw_doc *doc)
{
    const jw_args view = {doc->event_args, len_if(doc, JW_LAYER_EVENTS, doc->event_arg_count)};
    return view;
}

jw_relations jw_doc_relations(const jw_doc *doc)
{
    const jw_relations view = {doc->relations, len_if(doc, JW_LAYER_RELATIONS, doc->relation_count)};
    return view;
}

jw_args jw_doc_relation_args(const jw_doc *doc)
{
    const jw_args view = {doc->relation_args, len_if(doc, JW_LAYER_RELATIONS, doc->relation_arg_count)};
    return view;
}

jw_scores jw_doc_scores(const jw_doc *doc)
{
    const jw_scores view = {doc->scores, len_if(doc, JW_LAYER_SCORES, doc->entity_count)};
    return view;
}

jw_evidences jw_doc_evidence(const jw_doc *doc)
{
    const jw_evidences view = {doc->evidence, len_if(doc, JW_LAYER_SCORES, doc->evidence_count)};
    return view;
}

jw_aspects jw_doc_aspects(const jw_doc *doc)
{
    const jw_aspects view = {doc->aspects, len_if(doc, JW_LAYER_SCORES, doc->aspect_count)};
    return view;
}

jw_sentence_scores jw_doc_sentence_scores(const jw_doc *doc)
{
    const jw_sentence_scores view = {doc->sentence_scores, len_if(doc, JW_LAYER_SCORES, doc->sentence_count)};
    return view;
}

jw_doc_score jw_doc_whole_score(const jw_doc *doc)
{
    static const jw_doc_score none;
    return doc->layers & JW_LAYER_SCORES ? doc->whole_score : none;
}

jw_form jw_doc_form(const jw_doc *doc)
{
    static const jw_form none = {.leaf = JW_NONE};
    return doc->layers & JW_LAYER_FORM ? doc->form : none;
}

jw_esg jw_doc_esg(const jw_doc *doc)
{
    static const jw_esg none;
    return doc->layers & JW_LAYER_ESG && doc->esg.is_read ? doc->esg : none;
}

void jwi_doc_drop(jw_doc *doc, uint32_t layers)
{
    if (layers & JW_LAYER_SENTENCES)
        layers |= AFTER_SENTENCES;
    if (layers & JW_LAYER_TOKENS)
        layers |= AFTER_TOKENS | LAYER_TERMS;
    if (layers & JW_LAYER_POS)
        layers |= AFTER_POS;
    if (layers & (AFTER_TOKENS & ~AFTER_SCOPES))
        layers |= AFTER_SCOPES | LAYER_SCOPES;
    doc->layers &= ~layers;
    if (!(layers & JW_LAYER_TOKENS))
        return;
    for (uint32_t i = 0; i < doc->sentence_count; i++)
        memset(&doc->sentences[i].tokens, 0, sizeof(jw_range));
}

void jwi_doc_bind_tokens(jw_doc *doc)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        jw_sentence *sentence = &doc->sentences[i];
        sentence->tokens.start = at;
        while (at < doc->token_count && doc->tokens[at].text.start < sentence->text.end)
            at++;
        sentence->tokens.end = at;
    }
}

static int is_edge(jw_bytes text, uint32_t at)
{
    return at == text.len || ((unsigned char)text.at[at] & 0xc0) != 0x80;
}

/* True when the range is on character edges, not empty, after `before` and inside the text. */
static int is_good_range(jw_bytes text, jw_range range, uint32_t before)
{
    return range.start >= before && range.start < range.end && range.end <= text.len && is_edge(text, range.start) &&
           is_edge(text, range.end);
}

/* Part that holds the whole range, searched from `part` on; JW_NONE when none does. */
static uint32_t part_of(const jw_doc *doc, jw_range range, uint32_t part)
{
    while (part < doc->part_count && doc->parts[part].text.end <= range.start)
        part++;
    return part < doc->part_count && range.end <= doc->parts[part].text.end ? part : JW_NONE;
}

static jw_status need_layer(const jw_doc *doc, uint32_t layer, const char *name, jw_error *reterr)
{
    if (doc->layers & layer)
        return JW_OK;
    return jwi_fail(reterr, JW_ESTATE, 0, "the document has no %s", name);
}

static jw_status fail_range(jw_error *reterr, const char *what, uint32_t i)
{
    return jwi_fail(reterr, JW_EARGUMENT, i, "%s %u: not a sorted, separate, non-empty range on character edges of one part", what, i);
}

jw_status jw_doc_set_sentences(jw_doc *doc, const jw_range *text, uint32_t len, jw_error *reterr)
{
    TRY(need_layer(doc, JW_LAYER_TEXT, "text", reterr));
    jw_sentence *sentences = PUSH_ZERO(&doc->arena, jw_sentence, len);
    if (!sentences)
        return jwi_fail_memory(reterr);
    uint32_t before = 0, part = 0;
    for (uint32_t i = 0; i < len; i++) {
        if (!is_good_range(doc->text, text[i], before))
            return fail_range(reterr, "sentence", i);
        const uint32_t found = part_of(doc, text[i], part);
        if (found == JW_NONE)
            return fail_range(reterr, "sentence", i);
        sentences[i].flags = i == 0 || found != part ? JW_SENTENCE_PARAGRAPH : 0;
        sentences[i].text = text[i];
        sentences[i].part = part = found;
        before = text[i].end;
    }
    jwi_doc_drop(doc, JW_LAYER_SENTENCES);
    doc->sentences = sentences;
    doc->sentence_count = len;
    doc->layers |= JW_LAYER_SENTENCES;
    return JW_OK;
}

/* Moves *sentence on to the one that may hold the range; true when it holds it whole. */
static int sentence_holds(const jw_doc *doc, jw_range range, uint32_t *sentence)
{
    while (*sentence < doc->sentence_count && doc->sentences[*sentence].text.end <= range.start)
        ++*sentence;
    return *sentence < doc->sentence_count && doc->sentences[*sentence].text.start <= range.start &&
           range.end <= doc->sentences[*sentence].text.end;
}

jw_status jw_doc_set_tokens(jw_doc *doc, const jw_range *text, uint32_t len, jw_error *reterr)
{
    TRY(need_layer(doc, JW_LAYER_TEXT, "text", reterr));
    jw_token *tokens = PUSH_ZERO(&doc->arena, jw_token, len);
    if (!tokens)
        return jwi_fail_memory(reterr);
    uint32_t before = 0, part = 0, sentence = 0;
    for (uint32_t i = 0; i < len; i++) {
        if (!is_good_range(doc->text, text[i], before) || (part = part_of(doc, text[i], part)) == JW_NONE)
            return fail_range(reterr, "token", i);
        if (doc->layers & JW_LAYER_SENTENCES && !sentence_holds(doc, text[i], &sentence))
            return jwi_fail(reterr, JW_EARGUMENT, i, "token %u: not inside one sentence", i);
        tokens[i].text = text[i];
        tokens[i].word = JW_NONE;
        tokens[i].flags = JW_TOKEN_GIVEN;
        before = text[i].end;
    }
    jwi_doc_drop(doc, JW_LAYER_TOKENS);
    doc->tokens = tokens;
    doc->token_count = len;
    doc->layers |= JW_LAYER_TOKENS;
    if (doc->layers & JW_LAYER_SENTENCES)
        jwi_doc_bind_tokens(doc);
    return JW_OK;
}

/* Copies tags after checking each against its label set. */
static jw_status copy_tags(jw_doc *doc, jw_labels set, const uint16_t *tags, uint16_t **ret, jw_error *reterr)
{
    uint16_t *copy = PUSH(&doc->arena, uint16_t, doc->token_count);
    if (!copy)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->token_count; i++) {
        if (!jw_model_label(doc->model, set, tags[i]))
            return jwi_fail(reterr, JW_EARGUMENT, i, "tag %u of token %u is no label", tags[i], i);
        copy[i] = tags[i];
    }
    *ret = copy;
    return JW_OK;
}

static jw_status check_len(const jw_doc *doc, uint32_t len, jw_error *reterr)
{
    if (len == doc->token_count)
        return JW_OK;
    return jwi_fail(reterr, JW_EARGUMENT, len, "%u items for %u tokens", len, doc->token_count);
}

jw_status jw_doc_set_pos(jw_doc *doc, const uint16_t *upos, const uint16_t *xpos, uint32_t len, jw_error *reterr)
{
    uint16_t *own_upos, *own_xpos;
    TRY(need_layer(doc, JW_LAYER_TOKENS, "tokens", reterr));
    TRY(check_len(doc, len, reterr));
    TRY(copy_tags(doc, JW_LABELS_UPOS, upos, &own_upos, reterr));
    TRY(copy_tags(doc, JW_LABELS_XPOS, xpos, &own_xpos, reterr));
    jwi_doc_drop(doc, JW_LAYER_POS);
    doc->upos = own_upos;
    doc->xpos = own_xpos;
    doc->layers |= JW_LAYER_POS;
    return JW_OK;
}

/* One root and no cycle in the sentence: every token reaches the root in at most `len` steps. */
static int is_tree(const jw_arc *arcs, jw_range tokens, uint8_t *seen)
{
    uint32_t roots = 0;
    for (uint32_t i = tokens.start; i < tokens.end; i++) {
        const uint32_t head = arcs[i].head;
        roots += head == JW_NONE;
        if (head != JW_NONE && (head < tokens.start || head >= tokens.end))
            return 0;
    }
    if (roots != (tokens.end > tokens.start))
        return 0;
    for (uint32_t i = tokens.start; i < tokens.end; i++) {
        uint32_t at = i;
        for (; at != JW_NONE && !seen[at]; at = arcs[at].head)
            seen[at] = 1;
        if (at != JW_NONE && seen[at] == 1)
            return 0;
        for (at = i; at != JW_NONE && seen[at] == 1; at = arcs[at].head)
            seen[at] = 2;
    }
    return 1;
}

jw_status jw_doc_set_arcs(jw_doc *doc, const jw_arc *arcs, uint32_t len, jw_error *reterr)
{
    TRY(need_layer(doc, JW_LAYER_SENTENCES, "sentences", reterr));
    TRY(need_layer(doc, JW_LAYER_TOKENS, "tokens", reterr));
    TRY(check_len(doc, len, reterr));
    jw_arc *copy = PUSH(&doc->arena, jw_arc, len);
    uint8_t *seen = PUSH_ZERO(&doc->arena, uint8_t, len);
    if (!copy || !seen)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < len; i++)
        if (!jw_model_label(doc->model, JW_LABELS_DEP, arcs[i].rel))
            return jwi_fail(reterr, JW_EARGUMENT, i, "relation %u of token %u is no label", arcs[i].rel, i);
    for (uint32_t i = 0; i < doc->sentence_count; i++)
        if (!is_tree(arcs, doc->sentences[i].tokens, seen))
            return jwi_fail(reterr, JW_EARGUMENT, doc->sentences[i].tokens.start, "sentence %u is not a tree with one root", i);
    if (len)
        memcpy(copy, arcs, len * sizeof *copy);
    doc->arcs = copy;
    doc->layers |= JW_LAYER_ARCS;
    return JW_OK;
}
