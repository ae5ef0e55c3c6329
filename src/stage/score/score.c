/* SPDX-License-Identifier: Apache-2.0 */
/* Stage score: see score.h. */
#include "stage/score/score.h"

#include "base/error.h"

#include <string.h>

static jw_status score_open(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    (void)lexicon;
    jw_bytes section;
    TRY(jwi_model_file_section(file, "SCOR", &section, reterr));
    return jwi_score_table_open(section, view, reterr);
}

/* The longest word of the lists that starts at a token, of tokens that touch; how many it has, 0 when there is none. */
static uint32_t match_word(const struct desk *desk, uint32_t token, uint32_t *ret)
{
    const jw_doc *const doc = desk->doc;
    uint32_t found = 0;
    for (uint32_t n = 0; n < SCORE_WORD_TOKENS && token + n < doc->token_count; n++) {
        if (n > 0 && doc->tokens[token + n].text.start != doc->tokens[token + n - 1].text.end)
            break;
        const jw_bytes word = {doc->text.at + doc->tokens[token].text.start, doc->tokens[token + n].text.end - doc->tokens[token].text.start};
        const uint32_t bits = jwi_score_word(desk->table, word);
        if (bits) {
            *ret = bits;
            found = n + 1;
        }
    }
    return found;
}

static jw_status mark_words(struct desk *desk, jw_error *reterr)
{
    desk->word_bits = PUSH_ZERO(desk->arena, uint16_t, desk->doc->token_count);
    if (!desk->word_bits)
        return jwi_fail_memory(reterr);
    for (uint32_t t = 0; t < desk->doc->token_count; t++) {
        uint32_t bits = 0;
        for (uint32_t n = match_word(desk, t, &bits); n > 0; n--, t += n > 0)
            desk->word_bits[t] = (uint16_t)bits;
    }
    return JW_OK;
}

static uint32_t tag_of(const jw_doc *doc, const char *name)
{
    const jw_bytes bytes = {name, strlen(name)};
    return jw_model_label_id(doc->model, JW_LABELS_UPOS, bytes);
}

static void find_tags(struct desk *desk)
{
    static const char *const nouns[] = {"NOUN", "PROPN", "PART", "X"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        const uint32_t tag = tag_of(desk->doc, nouns[i]);
        desk->noun_tags |= tag < 32 ? 1u << tag : 0;
    }
    desk->punct_tag = tag_of(desk->doc, "PUNCT");
    desk->verb_tag = tag_of(desk->doc, "VERB");
}

static void find_parts(struct desk *desk)
{
    const jw_doc *const doc = desk->doc;
    while (desk->title_end < doc->sentence_count && doc->parts[doc->sentences[desk->title_end].part].kind == JW_PART_TITLE)
        desk->title_end++;
    desk->body_end = desk->title_end;
    while (desk->body_end < doc->sentence_count && doc->parts[doc->sentences[desk->body_end].part].kind == JW_PART_BODY)
        desk->body_end++;
}

static jw_status score_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    struct desk desk = {.doc = doc, .table = view, .arena = room->scratch};
    doc->scores = PUSH_ZERO(&doc->arena, jw_score, doc->entity_count);
    if (!doc->scores)
        return jwi_fail_memory(reterr);
    memset(&doc->whole_score, 0, sizeof doc->whole_score);
    find_tags(&desk);
    find_parts(&desk);
    TRY(mark_words(&desk, reterr));
    TRY(jwi_score_items(&desk, reterr));
    TRY(jwi_score_sums(&desk, reterr));
    TRY(jwi_score_relevance(&desk, reterr));
    return jwi_score_document(&desk, reterr);
}

const struct stage jwi_stage_score = {
    .name = "score",
    .reads = JW_LAYER_OPINIONS | JW_LAYER_EVENTS,
    .writes = JW_LAYER_SCORES | JW_LAYER_EVIDENCE,
    .view_size = sizeof(struct score_table),
    .open = score_open,
    .run = score_run,
};
