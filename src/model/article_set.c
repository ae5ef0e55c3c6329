/* SPDX-License-Identifier: Apache-2.0 */
/* See article_set.h. */
#include "model/article_set.h"

#include "base/error.h"

jw_status jwi_article_open(const struct model_file *file, struct article_set *ret, jw_error *reterr)
{
    static const struct article_set empty;
    jw_bytes section;
    *ret = empty;
    if (!jwi_model_file_has(file, "ARTI"))
        return JW_OK;
    TRY(jwi_model_file_section(file, "ARTI", &section, reterr));
    const struct article_header *header = jwi_section_take(&section, 1, sizeof *header);
    if (!header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section ARTI: %zu bytes hold no header", section.len);
    if (header->version != ARTICLE_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section ARTI: version %u, wanted %d", header->version, ARTICLE_VERSION);
    ret->first = jwi_section_take(&section, (1 << ARTICLE_BITS) + 1, sizeof *ret->first);
    ret->tags = ret->first ? jwi_section_take(&section, header->count, sizeof *ret->tags) : NULL;
    if (!ret->tags)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section ARTI: sizes do not add up");
    ret->count = header->count;
    return JW_OK;
}

int jwi_article_has(const struct article_set *set, uint64_t hash)
{
    if (!set->count)
        return 0;
    const uint32_t bucket = article_bucket(hash);
    const uint32_t end = set->first[bucket + 1] < set->count ? set->first[bucket + 1] : set->count;
    for (uint32_t i = set->first[bucket]; i < end && set->tags[i] <= article_tag(hash); i++)
        if (set->tags[i] == article_tag(hash))
            return 1;
    return 0;
}
