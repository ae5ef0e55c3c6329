/* SPDX-License-Identifier: Apache-2.0 */
/* Stage entity: runs the parts in order; see entity.h. */
#include "stage/entity/entity.h"

#include "base/error.h"

#include <string.h>

/* The list itself is in the room. */
struct entity_view {
    int has_list;
};

static jw_status open_view(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    struct entity_view *ret = view;
    (void)lexicon;
    ret->has_list = jwi_model_file_has(file, "KBAS");
    return ret->has_list ? JW_OK : jwi_fail(reterr, JW_EMODEL_MISSING, 0, "the model has no section KBAS");
}

static uint16_t label_id(const jw_doc *doc, jw_labels set, const char *name)
{
    const jw_bytes label = {name, strlen(name)};
    return (uint16_t)jw_model_label_id(doc->model, set, label);
}

/* Tags of words that stand beside names, never in them. */
static uint32_t stop_tags(const jw_doc *doc)
{
    static const char *const name[] = {"ADP",  "AUX",  "CCONJ", "DET",
                                       "PART", "PRON", "PUNCT", "SCONJ"};
    uint32_t tags = 0;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        const uint16_t id = label_id(doc, JW_LABELS_UPOS, name[i]);
        tags |= id < 32 ? 1u << id : 0;
    }
    return tags;
}

static jw_status run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct kb *kb = room->kb;
    (void)view;
    struct linker linker = {.kb = kb, .room = room, .doc = doc, .units = room->units};
    linker.propn = label_id(doc, JW_LABELS_UPOS, "PROPN");
    linker.verb = label_id(doc, JW_LABELS_UPOS, "VERB");
    linker.stops = stop_tags(doc);
    linker.number_label = label_id(doc, JW_LABELS_MENTION, "COD");
    linker.seen = PUSH_ZERO(room->scratch, uint8_t, kb->entity_count);
    if (!linker.seen)
        return jwi_fail_memory(reterr);
    jwi_entity_record(&linker);
    TRY(jwi_entity_scan(&linker, reterr));
    jwi_entity_score(&linker);
    TRY(jwi_entity_user(&linker, reterr));
    TRY(jwi_entity_local(&linker, reterr));
    struct draft *drafts;
    uint32_t n;
    TRY(jwi_entity_merge(&linker, &drafts, &n, reterr));
    TRY(jwi_entity_table(&linker, doc, drafts, n, reterr));
    return jwi_entity_candidates(&linker, doc, drafts, n, reterr);
}

const struct stage jwi_stage_entity = {"entity",          JW_LAYER_TOKENS, JW_LAYER_ENTITIES,
                                       sizeof(struct entity_view), open_view, run};
