/* SPDX-License-Identifier: Apache-2.0 */
/* Section POSN: bytes to a checked view. */
#include "stage/pos/pos_view.h"

#include "base/error.h"
#include "model/labels.h"

#include <string.h>

/* UPOS of marks; JW_NONE when the labels have none. */
struct marks {
    uint32_t punct, sym;
};

static int is_allowed(const struct marks *marks, uint32_t upos, enum pos_sort sort)
{
    if (sort == POS_SORT_MARK)
        return upos == marks->punct || upos == marks->sym;
    return sort == POS_SORT_ANY || upos != marks->punct;
}

/* Padding is barred always, and a sort that no pair is of bars no pair. */
static void set_bars(struct pos_view *view, const struct marks *marks, enum pos_sort sort)
{
    uint32_t allowed = 0;
    for (uint32_t i = 0; i < TAGNET_DIM_MAX; i++) {
        const int is_free = i < view->pair_count && is_allowed(marks, view->pairs[i].upos, sort);
        view->bars[sort][i] = is_free ? INT32_MAX : INT32_MIN;
        allowed += (uint32_t)is_free;
    }
    for (uint32_t i = 0; !allowed && i < view->pair_count; i++)
        view->bars[sort][i] = INT32_MAX;
}

static void find_noun(const struct labels *labels, struct pos_view *ret)
{
    static const jw_bytes noun = {"NOUN", 4}, nn = {"NN", 2};
    const uint32_t upos = jwi_labels_id(labels, JW_LABELS_UPOS, noun), xpos = jwi_labels_id(labels, JW_LABELS_XPOS, nn);
    ret->has_noun = upos != JW_NONE && xpos != JW_NONE;
    ret->noun = (struct pos_pair){(uint16_t)upos, (uint16_t)xpos};
}

static jw_status find_labels(const struct model_file *file, struct pos_view *ret, jw_error *reterr)
{
    static const jw_bytes punct = {"PUNCT", 5}, sym = {"SYM", 3};
    struct labels labels;
    TRY(jwi_labels_open(file, &labels, reterr));
    const struct marks marks = {jwi_labels_id(&labels, JW_LABELS_UPOS, punct),
                                jwi_labels_id(&labels, JW_LABELS_UPOS, sym)};
    for (int sort = 0; sort < POS_SORTS; sort++)
        set_bars(ret, &marks, (enum pos_sort)sort);
    find_noun(&labels, ret);
    return JW_OK;
}

jw_status jwi_pos_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr)
{
    struct pos_view *ret = view;
    jw_bytes section;
    size_t used;
    TRY(jwi_model_file_section(file, "POSN", &section, reterr));
    if (!lexicon)
        return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "section POSN needs section LEXI");
    TRY(jwi_tagnet_open(section, &ret->net, &used, reterr));
    if (section.len - used < sizeof ret->pair_count)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, used, "section POSN: no labels");
    memcpy(&ret->pair_count, section.at + used, sizeof ret->pair_count);
    used += sizeof ret->pair_count;
    if (!ret->pair_count || ret->pair_count > ret->net.header.labels ||
        (section.len - used) / sizeof *ret->pairs < ret->pair_count)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, used, "section POSN: %u labels",
                        ret->pair_count);
    ret->pairs = (const void *)(section.at + used);
    for (uint32_t i = 0; i < ret->pair_count; i++)
        if (ret->pairs[i].upos >= LABELS_MAX || ret->pairs[i].xpos >= LABELS_MAX)
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, used, "section POSN: label %u is none", i);
    ret->lexicon = lexicon;
    return find_labels(file, ret, reterr);
}
