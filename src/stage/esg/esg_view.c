/* SPDX-License-Identifier: Apache-2.0 */
/* Section ESGR: bytes to a checked view. */
#include "base/error.h"
#include "stage/esg/esg.h"

#include <string.h>

static int is_header(const struct esg_header *header)
{
    int is_sound = header->slot_count && !(header->slot_count & (header->slot_count - 1)) && header->threshold > 0 &&
                   header->threshold < JW_SCALE && header->prior >= -ESG_WEIGHT_MAX && header->prior <= ESG_WEIGHT_MAX;
    for (int i = 0; i < ESG_COEFFICIENTS; i++)
        is_sound &= header->coefficient[i] >= -ESG_WEIGHT_MAX && header->coefficient[i] <= ESG_WEIGHT_MAX;
    return is_sound;
}

/* Without an empty slot a search would not end. */
static int has_room(const struct esg_view *view)
{
    for (uint32_t i = 0; i < view->header.slot_count; i++)
        if (view->slots[i].polarity == ESG_EMPTY)
            return 1;
    return 0;
}

jw_status jwi_esg_view_open(jw_bytes section, struct esg_view *ret, jw_error *reterr)
{
    if (section.len < sizeof ret->header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section ESGR: %zu bytes hold no header", section.len);
    memcpy(&ret->header, section.at, sizeof ret->header);
    if (ret->header.version != ESG_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section ESGR: version %u, wanted %d", ret->header.version, ESG_VERSION);
    if (!is_header(&ret->header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section ESGR: a weight or count is out of range");
    jw_bytes left = {section.at + sizeof ret->header, section.len - sizeof ret->header};
    ret->slots = jwi_section_take(&left, ret->header.slot_count, sizeof *ret->slots);
    if (!ret->slots || left.len)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section ESGR: sizes do not add up");
    return has_room(ret) ? JW_OK : jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section ESGR: no empty slot");
}

const struct esg_slot *jwi_esg_find(const struct esg_view *view, uint64_t key)
{
    const uint32_t mask = view->header.slot_count - 1;
    for (uint32_t at = (uint32_t)key & mask;; at = (at + 1) & mask) {
        const struct esg_slot *const slot = &view->slots[at];
        if (slot->polarity == ESG_EMPTY)
            return NULL;
        if (slot->tag == (uint32_t)(key >> 32))
            return slot;
    }
}
