/* SPDX-License-Identifier: Apache-2.0 */
/* From clause, subject and fields to the event an announcement reports: the first row of dict/events/clause_leaves.tsv that fits. */
#include "stage/form/form.h"

/* Whether the letters stand in units [start, end), blanks and line breaks aside. */
static int has_letters(struct units units, uint32_t start, uint32_t end, const uint32_t *letter, uint32_t len)
{
    for (uint32_t i = start; i < end; i++) {
        uint32_t n = 0;
        for (uint32_t k = i; k < end && n < len; k++) {
            if (units.cls[k] == UNIT_SPACE && n)
                continue;
            if (units.code[k] != letter[n])
                break;
            n++;
        }
        if (n == len)
            return 1;
    }
    return 0;
}

static int has_cue(const struct form_table *table, const struct form_term *term, struct units units, uint32_t start, uint32_t end)
{
    for (uint32_t i = 0; i < term->cue_count; i++) {
        const struct form_cue cue = table->cue[term->first_cue + i];
        if (has_letters(units, start, end, table->letter + cue.at, cue.len))
            return 1;
    }
    return !term->cue_count;
}

static int holds(const struct form_table *table, const struct form_term *term, struct units units, jw_range subject,
                 const struct form_items *items)
{
    if (!term->field)
        return has_cue(table, term, units, subject.start, subject.end);
    for (uint32_t i = 0; i < items->len; i++) {
        const struct form_item *item = &items->at[i];
        if (item->wording && item->wording->id == term->field && has_cue(table, term, units, item->value, item->end))
            return 1;
    }
    return 0;
}

const struct form_leaf *jwi_form_leaf(const struct form_table *table, struct units units, jw_range subject, const struct form_items *items,
                                      uint32_t clause)
{
    for (uint32_t i = 0; i < table->leaf_count; i++) {
        const struct form_leaf *leaf = &table->leaf[i];
        uint32_t k = 0;
        if (leaf->clause != clause)
            continue;
        while (k < leaf->term_count) {
            const struct form_term *term = &table->term[leaf->first_term + k];
            if (holds(table, term, units, subject, items) == (int)(term->is_negated != 0))
                break;
            k++;
        }
        if (k == leaf->term_count)
            return leaf;
    }
    return NULL;
}
