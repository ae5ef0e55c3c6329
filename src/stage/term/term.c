/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage term: job titles and account items, 董事長, 毛利率.  They are words of lists, not names: nobody is meant by them, and no entity comes of
 * them.  Method: at each word the longest form of section TERM that ends with a word.  Forms of one character and forms of address (先生)
 * are left out.  Reads tokens, writes terms.
 */
#include "base/cells.h"
#include "base/error.h"
#include "model/labels.h"
#include "stage/stage.h"

enum {
    TERMS_MAX = 1024,
    TERM_WORDS = 8,
    TERM_SHORTEST = 4, /* bytes; one character of Han has three */
    TERM_SCORE = 9000
};

enum term_kind { TERM_TITLE, TERM_ACCOUNT, TERM_KINDS };

struct term {
    jw_bytes form;
    enum term_kind kind;
};

struct term_view {
    struct term terms[TERMS_MAX]; /* by form */
    uint32_t count;
    uint32_t label[TERM_KINDS]; /* types of mentions */
};

/* EPS counts, 總 does not. */
static int is_long_enough(jw_bytes form)
{
    return form.len >= TERM_SHORTEST || (form.len > 1 && (unsigned char)form.at[0] < 0x80);
}

/* First term whose form does not stand before the given one. */
static uint32_t place_of(const struct term_view *view, jw_bytes form)
{
    uint32_t low = 0, high = view->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (bytes_order(view->terms[middle].form, form) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int is_at(const struct term_view *view, uint32_t place, jw_bytes form)
{
    return place < view->count && bytes_same(view->terms[place].form, form);
}

static int begins_so(const struct term_view *view, uint32_t place, jw_bytes form)
{
    return place < view->count && view->terms[place].form.len >= form.len && memcmp(view->terms[place].form.at, form.at, form.len) == 0;
}

/* False when the table is full; a form that is there already stays what it is. */
static int add_term(struct term_view *view, jw_bytes form, enum term_kind kind)
{
    const uint32_t at = place_of(view, form);
    if (!is_long_enough(form) || is_at(view, at, form))
        return 1;
    if (view->count == TERMS_MAX)
        return 0;
    memmove(&view->terms[at + 1], &view->terms[at], (view->count - at) * sizeof *view->terms);
    const struct term term = {form, kind};
    view->terms[at] = term;
    view->count++;
    return 1;
}

/* title FORM FIELD .. or account NAME KIND ALIASES */
static int add_row(struct term_view *view, jw_bytes row)
{
    jw_bytes table, form, field, alias;
    if (!next_part(&row, '\t', &table) || !next_part(&row, '\t', &form) || !next_part(&row, '\t', &field))
        return 0;
    if (bytes_are(table, "title"))
        return bytes_are(field, "honorific") || add_term(view, form, TERM_TITLE);
    if (!bytes_are(table, "account") || !add_term(view, form, TERM_ACCOUNT))
        return 0;
    while (next_part(&row, ';', &alias))
        if (!add_term(view, alias, TERM_ACCOUNT))
            return 0;
    return 1;
}

/* A model without the section has no terms. */
static jw_status open_view(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    (void)lexicon;
    struct term_view *ret = view;
    struct labels labels;
    jw_bytes rows, row;
    if (!jwi_model_file_has(file, "TERM"))
        return JW_OK;
    TRY(jwi_labels_open(file, &labels, reterr));
    ret->label[TERM_TITLE] = jwi_labels_id(&labels, JW_LABELS_MENTION, (jw_bytes){"POS", 3});
    ret->label[TERM_ACCOUNT] = jwi_labels_id(&labels, JW_LABELS_MENTION, (jw_bytes){"ACC", 3});
    TRY(jwi_model_file_section(file, "TERM", &rows, reterr));
    while (next_part(&rows, '\n', &row))
        if (!add_row(ret, row))
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section TERM: a row that is no term: %.*s", row.len < 40 ? (int)row.len : 40, row.at);
    return JW_OK;
}

/* Longest term that begins with token i and stays below `end`, as words; empty when there is none. */
static jw_range term_at(const struct term_view *view, const jw_doc *doc, uint32_t i, uint32_t end, enum term_kind *ret_kind)
{
    jw_range ret = {i, i};
    for (uint32_t k = i; k < end && k < i + TERM_WORDS; k++) {
        if (k > i && doc->tokens[k].text.start != doc->tokens[k - 1].text.end)
            break;
        const jw_bytes form = {doc->text.at + doc->tokens[i].text.start, doc->tokens[k].text.end - doc->tokens[i].text.start};
        const uint32_t place = place_of(view, form);
        if (!begins_so(view, place, form))
            break;
        if (!is_at(view, place, form))
            continue;
        ret.end = k + 1;
        *ret_kind = view->terms[place].kind;
    }
    return ret;
}

static jw_status run(const void *opened, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct term_view *view = opened;
    (void)room;
    doc->term_count = 0;
    doc->terms = PUSH(&doc->arena, jw_mention, doc->token_count);
    if (!doc->terms)
        return jwi_fail_memory(reterr);
    for (uint32_t s = 0; view->count && s < doc->sentence_count; s++) {
        const jw_range tokens = doc->sentences[s].tokens;
        for (uint32_t i = tokens.start; i < tokens.end; i++) {
            enum term_kind kind = TERM_TITLE;
            const jw_mention term = {term_at(view, doc, i, tokens.end, &kind), JW_NONE, 0, 0, TERM_SCORE};
            if (term.tokens.end == i || view->label[kind] == JW_NONE)
                continue;
            doc->terms[doc->term_count] = term;
            doc->terms[doc->term_count++].type = (uint16_t)view->label[kind];
            i = term.tokens.end - 1;
        }
    }
    return JW_OK;
}

const struct stage jwi_stage_term = {"term", JW_LAYER_TOKENS, LAYER_TERMS, sizeof(struct term_view), open_view, run};
