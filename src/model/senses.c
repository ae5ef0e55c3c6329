/* SPDX-License-Identifier: Apache-2.0 */
/* Reader of section SCOP; see senses.h. */
#include "model/senses.h"

#include "base/error.h"

static int read_arrays(jw_bytes left, const struct senses_header *header, struct senses *ret)
{
    ret->term_count = header->term_count;
    ret->rule_count = header->rule_count;
    ret->trie.len = header->cell_count;
    ret->stage = jwi_section_take(&left, SENSES_STAGE, sizeof *ret->stage);
    ret->symbol = jwi_section_take(&left, (size_t)header->block_count * SENSES_BLOCK, sizeof *ret->symbol);
    ret->trie.cells = jwi_section_take(&left, header->cell_count, sizeof *ret->trie.cells);
    ret->terms = jwi_section_take(&left, header->term_count, sizeof *ret->terms);
    ret->rule_at = jwi_section_take(&left, (size_t)header->rule_count + 1, sizeof *ret->rule_at);
    ret->names = jwi_section_take(&left, header->name_size, 1);
    return ret->stage && ret->symbol && ret->trie.cells && ret->terms && ret->rule_at && ret->names && !left.len &&
           header->cell_count && header->block_count;
}

static int is_sound(const struct senses *senses, const struct senses_header *header)
{
    for (uint32_t i = 0; i < SENSES_STAGE; i++)
        if (senses->stage[i] >= header->block_count)
            return 0;
    for (uint32_t i = 0; i < header->term_count; i++) {
        const struct sense_term *const term = &senses->terms[i];
        const uint32_t rules = term->kinds & SENSE_concept ? 3 : 1;
        if (term->rule >= header->rule_count || header->rule_count - term->rule < rules || term->value < -2 * JW_SCALE ||
            term->value > 2 * JW_SCALE)
            return 0;
    }
    for (uint32_t i = 0; i < header->rule_count; i++)
        if (senses->rule_at[i] > senses->rule_at[i + 1])
            return 0;
    return senses->rule_at[0] == 0 && senses->rule_at[header->rule_count] <= header->name_size;
}

jw_status jwi_senses_open(const struct model_file *file, struct senses *ret, jw_error *reterr)
{
    jw_bytes section;
    TRY(jwi_model_file_section(file, "SCOP", &section, reterr));
    const struct senses_header *const header = (const void *)section.at;
    if (section.len < sizeof *header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section SCOP: %zu bytes hold no header", section.len);
    if (header->version != SENSES_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section SCOP: version %u, wanted %d", header->version, SENSES_VERSION);
    const jw_bytes arrays = {section.at + sizeof *header, section.len - sizeof *header};
    if (!read_arrays(arrays, header, ret))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section SCOP: sizes do not add up");
    if (!is_sound(ret, header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section SCOP: an index is out of range");
    return JW_OK;
}
