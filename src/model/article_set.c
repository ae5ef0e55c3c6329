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

/* The tags of the bucket, all before the end of the section. */
static jw_range tags_of(const struct article_set *set, uint64_t hash)
{
    const uint32_t *first = set->first + article_bucket(hash);
    const jw_range ret = {first[0] < set->count ? first[0] : set->count, first[1] < set->count ? first[1] : set->count};
    return ret;
}

void jwi_article_fetch(const struct article_set *set, uint64_t hash)
{
    if (set->count)
        __builtin_prefetch(set->tags + tags_of(set, hash).start);
}

/* Halves what is left without a branch that would have to be guessed. */
int jwi_article_has(const struct article_set *set, uint64_t hash)
{
    if (!set->count)
        return 0;
    const jw_range tags = tags_of(set, hash);
    const uint16_t tag = article_tag(hash), *at = set->tags + tags.start;
    if (tags.start >= tags.end)
        return 0;
    for (uint32_t len = tags.end - tags.start; len > 1; len -= len / 2)
        at += at[len / 2] <= tag ? len / 2 : 0;
    return *at == tag;
}
