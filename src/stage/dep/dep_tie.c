/* SPDX-License-Identifier: Apache-2.0 */
#include "stage/dep/dep_tie.h"

#include <string.h>

static uint32_t id_of(const struct labels *labels, jw_labels set, const char *name)
{
    const jw_bytes bytes = {name, strlen(name)};
    return jwi_labels_id(labels, set, bytes);
}

void jwi_dep_ties_open(const struct labels *labels, struct dep_tie ret[DEP_TIE_COUNT])
{
    static const struct {
        uint32_t code;
        const char *relation, *upos, *xpos;
    } ties[] = {
#define DEP_TIE(code, relation, upos, xpos) {code, relation, upos, xpos},
#include "stage/dep/dep_tie.def"
    };
    for (int i = 0; i < DEP_TIE_COUNT; i++)
        ret[i] = (struct dep_tie){ties[i].code, id_of(labels, JW_LABELS_DEP, ties[i].relation), id_of(labels, JW_LABELS_UPOS, ties[i].upos),
                                  id_of(labels, JW_LABELS_XPOS, ties[i].xpos)};
}

void jwi_dep_ties_apply(const struct dep_tie ties[DEP_TIE_COUNT], const struct room *room, const jw_arc *arcs, jw_doc *doc)
{
    for (uint32_t i = 0; i < doc->token_count; i++) {
        const struct room_word *word = &room->words[i];
        if (word->end - word->start != 1 || word->pos)
            continue;
        for (int k = 0; k < DEP_TIE_COUNT; k++)
            if (ties[k].code == room->units.code[word->start] && ties[k].relation == arcs[i].rel && ties[k].upos != JW_NONE &&
                ties[k].xpos != JW_NONE) {
                doc->upos[i] = (uint16_t)ties[k].upos;
                doc->xpos[i] = (uint16_t)ties[k].xpos;
            }
    }
}
