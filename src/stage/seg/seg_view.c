/* SPDX-License-Identifier: Apache-2.0 */
/* Opening section SEGL: sizes are checked here; slots hold no indexes, cells are addressed by
 * features that cannot pass their end. */
#include "stage/seg/seg_view.h"

#include "base/error.h"

#include <string.h>

static struct seg_slots slots_at(const char *at, uint32_t bits)
{
    const struct seg_slots slots = {(const struct seg_slot *)(const void *)at, (1u << bits) - 1};
    return slots;
}

jw_status jwi_seg_view_read(jw_bytes section, const struct lexicon *lexicon, struct seg_view *ret,
                            jw_error *reterr)
{
    struct seg_header header;
    if (section.len < sizeof header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section SEGL: shorter than its header");
    memcpy(&header, section.at, sizeof header);
    if (header.version != SEG_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section SEGL: version %u, wanted %d",
                        header.version, SEG_VERSION);
    if (header.row_bits > SEG_MAX_BITS || header.vocabulary_bits > SEG_MAX_BITS ||
        header.cell_count != SEG_CELL_COUNT || header.word_cell_count != SEG_WORD_CELL_COUNT)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section SEGL: tables of other sizes");
    const uint64_t words = sizeof header, rows = words + SEG_WORD_CELL_COUNT * sizeof(int32_t);
    const uint64_t vocabulary = rows + ((uint64_t)sizeof(struct seg_slot) << header.row_bits);
    const uint64_t cells =
        vocabulary + ((uint64_t)sizeof(struct seg_slot) << header.vocabulary_bits);
    if (section.len != cells + SEG_CELL_COUNT * sizeof(int16_t))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0,
                        "section SEGL: %zu bytes do not fit its header", section.len);
    const struct seg_view view = {
        .rows = slots_at(section.at + rows, header.row_bits),
        .cells = (const int16_t *)(const void *)(section.at + cells),
        .words = {lexicon, slots_at(section.at + vocabulary, header.vocabulary_bits),
                  (const int32_t *)(const void *)(section.at + words)}};
    *ret = view;
    return JW_OK;
}

jw_status jwi_seg_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr)
{
    struct seg_view *ret = view;
    jw_bytes section;
    TRY(jwi_model_file_section(file, "SEGL", &section, reterr));
    if (!lexicon)
        return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "section SEGL needs section LEXI");
    return jwi_seg_view_read(section, lexicon, ret, reterr);
}
