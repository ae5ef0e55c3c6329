/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The classifier of clauses: a linear model over hashed features.  Features are groups of two to four letters of the subject, the fields,
 * and pairs of neighbouring fields; the order of the rest of the form adds nothing.  Values of fields are not seen, the number that some
 * forms repeat on their first line least of all.
 */
#include "stage/form/form.h"

#include "base/error.h"
#include "base/hash.h"

#include <string.h>

enum { GRAM_MIN = 2, GRAM_MAX = 4, TAG_FIELD = 16, TAG_PAIR, TAG_BIAS, TAG_COUNT };

uint32_t jwi_form_letters(struct units units, uint32_t start, uint32_t end, uint32_t *ret)
{
    uint32_t n = 0;
    for (uint32_t i = start; i < end && n < SIGHT_LETTERS; i++) {
        const uint32_t code = units.code[i];
        if (units.cls[i] != UNIT_SPACE)
            ret[n++] = code >= '0' && code <= '9' ? '0' : code;
    }
    return n;
}

static uint32_t row_of(uint64_t tag, uint64_t feature)
{
    return (uint32_t)(hash_join(tag, feature) & (FORM_ROWS - 1));
}

uint32_t jwi_form_rows(const struct form_sight *sight, uint32_t *ret)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < sight->letter_count; i++) {
        uint64_t gram = sight->letter[i];
        for (uint32_t len = GRAM_MIN; len <= GRAM_MAX && i + len <= sight->letter_count; len++) {
            gram = hash_join(gram, sight->letter[i + len - 1]);
            ret[n++] = row_of(len, gram);
        }
    }
    for (uint32_t i = 0; i < sight->field_count; i++) {
        ret[n++] = row_of(TAG_FIELD, sight->field[i]);
        if (i)
            ret[n++] = row_of(TAG_PAIR, hash_join(sight->field[i - 1], sight->field[i]));
    }
    ret[n++] = row_of(TAG_COUNT, sight->field_count);
    ret[n++] = row_of(TAG_BIAS, 0);
    return n;
}

jw_status jwi_form_model_open(jw_bytes section, struct form_model *ret, jw_error *reterr)
{
    const struct form_model_header *header = (const void *)section.at;
    if (section.len < sizeof *header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section FRMC: %zu bytes hold no header", section.len);
    if (header->version != FORM_MODEL_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section FRMC: version %u, wanted %d", header->version, FORM_MODEL_VERSION);
    const size_t tables = (FORM_ROWS + 1 + FORM_BINS) * sizeof(uint32_t);
    if (section.len != sizeof *header + tables + (uint64_t)header->weight_count * sizeof(struct form_weight))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section FRMC: %zu bytes do not fit its header", section.len);
    const uint32_t *at = (const void *)(section.at + sizeof *header);
    const struct form_model model = {at, at + FORM_ROWS + 1, (const void *)(section.at + sizeof *header + tables)};
    int is_sound = model.weight_at[0] == 0 && model.weight_at[FORM_ROWS] == header->weight_count;
    for (uint32_t i = 0; i < FORM_ROWS && is_sound; i++)
        is_sound = model.weight_at[i] <= model.weight_at[i + 1];
    for (uint32_t i = 0; i < FORM_BINS && is_sound; i++)
        is_sound = model.confidence[i] <= JW_SCALE;
    for (uint32_t i = 0; i < header->weight_count && is_sound; i++)
        is_sound = model.weight[i].clause < FORM_CLAUSES;
    if (!is_sound)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section FRMC: an index is out of range");
    *ret = model;
    return JW_OK;
}

/* Two bins for each doubling: 0, 1, 2, 3, 4-5, 6-7, 8-11, ... */
static uint32_t bin_of(int64_t margin)
{
    uint32_t bits = 0;
    for (int64_t rest = margin; rest > 1; rest >>= 1)
        bits++;
    const uint32_t bin = margin < 2 ? (uint32_t)margin : 2 * bits + (uint32_t)(margin >> (bits - 1) & 1);
    return bin < FORM_BINS ? bin : FORM_BINS - 1;
}

struct form_guess jwi_form_guess(const struct form_model *model, const uint32_t *rows, uint32_t count)
{
    int64_t sum[FORM_CLAUSES];
    uint32_t best = 0, second = 1;
    memset(sum, 0, sizeof sum);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = model->weight_at[rows[i]]; k < model->weight_at[rows[i] + 1]; k++)
            sum[model->weight[k].clause] += model->weight[k].value;
    for (uint32_t i = 1; i < FORM_CLAUSES; i++) {
        if (sum[i] > sum[best]) {
            second = best;
            best = i;
        } else if (i != second && (second == best || sum[i] > sum[second])) {
            second = i;
        }
    }
    const struct form_guess guess = {best + 1, bin_of(sum[best] - sum[second])};
    return guess;
}
