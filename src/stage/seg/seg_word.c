/* SPDX-License-Identifier: Apache-2.0 */
/* Words and the search for the best ones; see seg_word.h. */
#include "stage/seg/seg_word.h"

#include "base/error.h"

jw_status jwi_seg_path_new(struct arena *arena, uint32_t len, struct seg_path *ret,
                           jw_error *reterr)
{
    const size_t cap = (size_t)len + 1;
    const struct seg_path path = {PUSH(arena, uint32_t, cap), PUSH(arena, uint32_t, cap),
                                  PUSH(arena, int64_t, cap)};
    if (!path.position || !path.before || !path.best)
        return jwi_fail_memory(reterr);
    *ret = path;
    return JW_OK;
}

uint64_t jwi_seg_word_key(const uint32_t *codes, uint32_t len)
{
    uint64_t key = SEG_ROW_KINDS;
    for (uint32_t i = 0; i < len; i++)
        key = hash_join(key, codes[i]);
    return key;
}

static uint32_t char_of(const struct lexicon *lexicon, uint32_t code)
{
    const uint32_t symbol = lexicon_symbol(lexicon, code);
    return symbol < SEG_CHARS ? symbol : 0;
}

#define WORD_CELL(name, index) (ret[SEG_WORD_##name] = SEG_WORD_FIRST_##name + (index))

void jwi_seg_word_cells(const struct seg_words *words, struct units sentence, uint32_t start,
                        uint32_t end, uint32_t *ret)
{
    static const struct lexicon_entry unknown;
    const uint32_t len = end - start, length = len < SEG_WORD_MAX ? len - 1 : SEG_WORD_MAX - 1;
    const uint32_t *codes = sentence.code + start;
    const uint32_t found =
        len <= SEG_WORD_MAX ? jwi_lexicon_find(words->lexicon, codes, len) : JW_NONE;
    const struct lexicon_entry *entry =
        found == JW_NONE ? &unknown : lexicon_entry_at(words->lexicon, found);
    const struct seg_slot *known =
        len <= SEG_WORD_MAX ? seg_find(words->vocabulary, jwi_seg_word_key(codes, len)) : NULL;
    const uint32_t groups = jwi_seg_groups(entry->classes),
                   frequency = jwi_seg_coarse(entry->frequency);
    const uint32_t vocabulary = known ? (uint32_t)known->weights[0] & 7 : 0;
    uint32_t types = 0;
    for (uint32_t i = 0; i < 4; i++)
        types = types << 3 | (i < len ? jwi_seg_type(codes[i], sentence.cls[start + i]) : 0u);
    WORD_CELL(LISTS, length << 7 | groups);
    WORD_CELL(FREQUENCY, length << 4 | frequency);
    WORD_CELL(VOCABULARY, length << 3 | vocabulary);
    WORD_CELL(COUNTS, length << 7 | frequency << 3 | vocabulary);
    WORD_CELL(ALL, length << 10 | groups << 3 | vocabulary);
    WORD_CELL(TYPES, length << 12 | types);
    WORD_CELL(FIRST, char_of(words->lexicon, codes[0]) << 3 | length);
    WORD_CELL(LAST, char_of(words->lexicon, codes[len - 1]) << 3 | length);
}

static int64_t word_score(const struct seg_words *words, struct units sentence, uint32_t start,
                          uint32_t end)
{
    uint32_t cells[SEG_WORD_TABLE_COUNT];
    int64_t sum = 0;
    jwi_seg_word_cells(words, sentence, start, end, cells);
    for (int i = 0; i < SEG_WORD_TABLE_COUNT; i++)
        sum += words->cells[cells[i]];
    return sum;
}

/* Best words between settled cuts: path->position[0] and [last], with the open boundaries between
 * them. */
static void search(const struct seg_words *words, struct seg_path *path, uint32_t last,
                   struct units sentence, const int32_t *scores, uint8_t *cut)
{
    const uint32_t *position = path->position;
    path->best[0] = 0;
    for (uint32_t j = 1; j <= last; j++) {
        const int64_t own = j < last ? scores[position[j]] : 0;
        int64_t inside = 0;
        path->best[j] = INT64_MIN;
        for (uint32_t i = j; i-- > 0;) {
            if (i + 1 < j) {
                if (position[j] - position[i] > SEG_WORD_SPAN)
                    break;
                inside += scores[position[i + 1]];
            }
            const int64_t value = path->best[i] + own - inside +
                                  word_score(words, sentence, position[i], position[j]);
            if (value > path->best[j]) {
                path->best[j] = value;
                path->before[j] = i;
            }
        }
    }
    for (uint32_t j = last; j > 0; j = path->before[j]) {
        for (uint32_t i = path->before[j] + 1; i < j; i++)
            cut[position[i]] = 0;
        if (j < last)
            cut[position[j]] = 1;
    }
}

void jwi_seg_decode(const struct seg_words *words, struct seg_path *path, struct units sentence,
                    const uint8_t *boundary, const int32_t *scores, uint8_t *cut)
{
    uint32_t last = 0;
    if (!sentence.len)
        return;
    cut[0] = 1;
    path->position[0] = 0;
    for (uint32_t k = 1; k <= sentence.len; k++) {
        const int is_end = k == sentence.len || boundary[k] == BOUNDARY_CUT ||
                           (boundary[k] == BOUNDARY_FREE && scores[k] > SEG_SURE);
        const int is_open = !is_end && boundary[k] == BOUNDARY_FREE && scores[k] >= -SEG_SURE;
        if (k < sentence.len)
            cut[k] = (uint8_t)is_end;
        if (!is_end && !is_open)
            continue;
        path->position[++last] = k;
        if (!is_end)
            continue;
        if (last > 1)
            search(words, path, last, sentence, scores, cut);
        path->position[0] = k;
        last = 0;
    }
}
