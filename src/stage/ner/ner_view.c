/* SPDX-License-Identifier: Apache-2.0 */
/* Section NERN: bytes to a checked view. */
#include "stage/ner/ner_view.h"

#include "base/error.h"
#include "model/labels.h"
#include "stage/ner/ner.h"

#include <string.h>

static jw_status check_tail(const struct ner_view *view, jw_error *reterr)
{
    const uint32_t n = view->tail.label_count;
    if (!n || n > NER_LABELS_MAX || n > view->net.header.labels)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section NERN: %u labels", n);
    for (uint32_t i = 0; i < NER_BINS; i++)
        if (view->tail.confidence[i] < 0 || view->tail.confidence[i] > JW_SCALE)
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section NERN: confidence %d",
                            view->tail.confidence[i]);
    return JW_OK;
}

/* The outside, then the four edges of each type: the decoder counts on the order. */
static jw_status check_labels(const struct ner_view *view, jw_error *reterr)
{
    const uint32_t n = view->tail.label_count, edges = NER_EDGES - 1;
    for (uint32_t i = 0; i < n; i++) {
        const struct ner_label *label = &view->labels[i];
        const uint32_t edge = i ? 1 + (i - 1) % edges : NER_OUTSIDE;
        if (label->edge != edge || label->type >= LABELS_MAX ||
            (edge > NER_BEGIN && label->type != label[-1].type))
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section NERN: label %u is none", i);
    }
    if (n % edges != 1)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section NERN: %u labels", n);
    return JW_OK;
}

jw_status jwi_ner_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr)
{
    struct ner_view *ret = view;
    jw_bytes section;
    size_t used;
    TRY(jwi_model_file_section(file, "NERN", &section, reterr));
    if (!lexicon || !jwi_model_file_has(file, "KBAS"))
        return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "section NERN needs sections LEXI and KBAS");
    TRY(jwi_article_open(file, &ret->articles, reterr));
    TRY(jwi_tagnet_open(section, &ret->net, &used, reterr));
    if (section.len - used < sizeof ret->tail)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, used, "section NERN: no labels");
    memcpy(&ret->tail, section.at + used, sizeof ret->tail);
    used += sizeof ret->tail;
    TRY(check_tail(ret, reterr));
    if ((section.len - used) / sizeof *ret->labels < ret->tail.label_count)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, used, "section NERN: section ends early");
    ret->labels = (const void *)(section.at + used);
    ret->lexicon = lexicon;
    return check_labels(ret, reterr);
}
