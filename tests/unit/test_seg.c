/* SPDX-License-Identifier: Apache-2.0 */
/* The segmenter trained on toy sentences: it learns them, twice the same; scores do not depend on
 * windows; pins and preferences hold. */
#include "stage/seg/seg.h"

#include <stdlib.h>
#include <string.h>

#include "common/desk.h"
#include "model/model.h"
#include "stage/seg/seg_score.h"
#include "stage/seg/seg_train.h"

static const char *model_path;

/* Words apart by blanks. */
static const char *const lessons[] = {
    "台積電 股價 今天 漲停 。",          "公司 公布 去年 第三 季 獲利 。",
    "董事 長 表示 ， 市場 需求 增加 。", "他 在 電視 上 說 明年 會 更 好 。",
    "央行 宣布 升息 半 碼 。",           "學者 們 認為 景氣 復甦 。",
    "這 家 公司 生產 電視 機 。",        "我們 明天 到 台北 開會 。",
    "股東 會 通過 配息 3 元 。",         "營收 年增 兩 成 。",
    "記者 問 他 是否 看好 後市 。",      "投資 人 應 注意 風險 。",
};

enum { LESSONS = sizeof lessons / sizeof lessons[0], UNITS_MAX = 64 };

struct lesson {
    uint32_t code[UNITS_MAX], at[UNITS_MAX + 1];
    uint8_t cls[UNITS_MAX], boundary[UNITS_MAX + 1], cut[UNITS_MAX + 1];
    struct units units;
};

/* The lesson without its blanks, with the boundaries the text stages leave. */
static void read_lesson(struct desk *desk, const char *words, struct lesson *ret)
{
    char text[256];
    size_t len = 0;
    uint8_t starts[256] = {1};
    for (; *words; words++)
        if (*words == ' ')
            starts[len] = 1;
        else
            text[len++] = *words;
    const jw_bytes bytes = {text, len};
    const struct room *room = run_text(desk, bytes);
    const struct units units = {ret->code, ret->cls, ret->at, room->units.len};
    ck_assert_uint_lt(units.len, UNITS_MAX);
    memcpy(ret->code, room->units.code, units.len * sizeof *ret->code);
    memcpy(ret->cls, room->units.cls, units.len);
    memcpy(ret->boundary, room->boundary, units.len + 1u);
    memcpy(ret->at, room->units.at, (units.len + 1u) * sizeof *ret->at);
    for (uint32_t i = 0; i < units.len; i++)
        ret->cut[i] = starts[ret->at[i]];
    ret->units = units;
}

static void say_nothing(void *ctx, const char *what, uint32_t pass, uint32_t wrong, uint32_t total)
{
    (void)ctx, (void)what, (void)pass, (void)wrong, (void)total;
}

/* A section trained on the lessons; free its bytes. */
static jw_bytes train(struct desk *desk)
{
    static struct lesson all[LESSONS];
    const struct seg_progress quiet = {say_nothing, NULL};
    struct seg_trainer *trainer = jwi_seg_trainer_new(desk->model->lexicon);
    jw_bytes section;
    for (int i = 0; i < LESSONS; i++) {
        read_lesson(desk, lessons[i], &all[i]);
        ck_assert(jwi_seg_trainer_add(trainer, all[i].units, all[i].boundary, all[i].cut, SEG_WORDS_BY_HAND, NULL) ==
                  JW_OK);
    }
    ck_assert(jwi_seg_trainer_run(trainer, quiet, NULL) == JW_OK);
    ck_assert(jwi_seg_trainer_write(trainer, &section, NULL) == JW_OK);
    jwi_seg_trainer_free(trainer);
    return section;
}

static void free_section(jw_bytes section)
{
    free((void *)(uintptr_t)section.at);
}

START_TEST(training_twice_gives_the_same_bytes)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_bytes one = train(&desk), two = train(&desk);
    ck_assert_uint_eq(one.len, two.len);
    ck_assert(memcmp(one.at, two.at, one.len) == 0);
    free_section(one);
    free_section(two);
    close_desk(&desk);
}
END_TEST

/* Cuts of one stretch of units by a trained section. */
static void segment(const struct seg_view *view, struct units units, const uint8_t *boundary,
                    int32_t *scores, uint8_t *cut)
{
    struct arena arena;
    struct seg_scratch scratch;
    struct seg_path path;
    jwi_arena_init(&arena, NULL);
    ck_assert(jwi_seg_scratch_new(&arena, &scratch, NULL) == JW_OK);
    ck_assert(jwi_seg_path_new(&arena, units.len, &path, NULL) == JW_OK);
    jwi_seg_score(view, &scratch, units, boundary, scores);
    jwi_seg_decode(&view->words, &path, units, boundary, scores, cut);
    jwi_arena_free(&arena);
}

START_TEST(what_was_learned_is_known)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_bytes section = train(&desk);
    struct seg_view view;
    ck_assert(jwi_seg_view_read(section, desk.model->lexicon, &view, NULL) == JW_OK);
    for (int i = 0; i < LESSONS; i++) {
        struct lesson lesson;
        int32_t scores[UNITS_MAX + 1];
        uint8_t cut[UNITS_MAX];
        read_lesson(&desk, lessons[i], &lesson);
        segment(&view, lesson.units, lesson.boundary, scores, cut);
        ck_assert(memcmp(cut, lesson.cut, lesson.units.len) == 0);
    }
    free_section(section);
    close_desk(&desk);
}
END_TEST

/* The lessons one after the other, longer than several windows. */
START_TEST(scores_do_not_depend_on_windows)
{
    enum { LEN = 5 * SEG_STEP + 7 };
    static uint32_t code[LEN];
    static uint8_t cls[LEN], boundary[LEN + 1];
    static int32_t whole[LEN + 1], part[LEN + 1];
    struct desk desk = open_desk(model_path, NULL);
    const jw_bytes section = train(&desk);
    struct seg_view view;
    struct seg_scratch scratch;
    struct lesson lesson;
    ck_assert(jwi_seg_view_read(section, desk.model->lexicon, &view, NULL) == JW_OK);
    for (uint32_t at = 0, i = 0; at < LEN; i++) {
        read_lesson(&desk, lessons[i % LESSONS], &lesson);
        for (uint32_t k = 0; k < lesson.units.len && at < LEN; k++, at++) {
            code[at] = lesson.code[k];
            cls[at] = lesson.cls[k];
        }
    }
    ck_assert(jwi_seg_scratch_new(desk.worker->room.scratch, &scratch, NULL) == JW_OK);
    const struct units units = {code, cls, NULL, LEN};
    jwi_seg_score(&view, &scratch, units, boundary, whole);
    /* far from both ends a stretch has the scores it has in the whole */
    for (uint32_t shift = 1; shift < 2 * SEG_STEP; shift += 37) {
        const struct units rest = {code + shift, cls + shift, NULL, LEN - shift};
        jwi_seg_score(&view, &scratch, rest, boundary + shift, part);
        for (uint32_t k = shift + SEG_REACH; k < LEN; k++)
            REQUIRE(part[k - shift] == whole[k]);
    }
    free_section(section);
    close_desk(&desk);
}
END_TEST

START_TEST(settled_boundaries_stay)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_bytes section = train(&desk);
    struct seg_view view;
    struct lesson lesson;
    int32_t scores[UNITS_MAX + 1];
    uint8_t cut[UNITS_MAX];
    uint64_t state = 5;
    ck_assert(jwi_seg_view_read(section, desk.model->lexicon, &view, NULL) == JW_OK);
    for (int round = 0; round < 200; round++) {
        read_lesson(&desk, lessons[round % LESSONS], &lesson);
        for (uint32_t k = 1; k < lesson.units.len; k++)
            lesson.boundary[k] = (uint8_t)(next_random(&state) % 3);
        segment(&view, lesson.units, lesson.boundary, scores, cut);
        for (uint32_t k = 1; k < lesson.units.len; k++) {
            REQUIRE(lesson.boundary[k] != BOUNDARY_CUT || cut[k]);
            REQUIRE(lesson.boundary[k] != BOUNDARY_JOIN || !cut[k]);
        }
    }
    free_section(section);
    close_desk(&desk);
}
END_TEST

/* Every path through the words of a short stretch, the slow way. */
static int64_t best_by_force(const struct seg_words *words, struct units units,
                             const int32_t *scores)
{
    int64_t best = INT64_MIN;
    for (uint32_t set = 0; set < 1u << (units.len - 1); set++) {
        int64_t sum = 0;
        for (uint32_t start = 0, end; start < units.len; start = end) {
            uint32_t cells[SEG_WORD_TABLE_COUNT];
            for (end = start + 1; end < units.len && !(set >> (end - 1) & 1); end++)
                sum -= scores[end];
            sum += end < units.len ? scores[end] : 0;
            jwi_seg_word_cells(words, units, start, end, cells);
            for (int i = 0; i < SEG_WORD_TABLE_COUNT; i++)
                sum += words->cells[cells[i]];
        }
        best = sum > best ? sum : best;
    }
    return best;
}

static int64_t value_of(const struct seg_words *words, struct units units, const int32_t *scores,
                        const uint8_t *cut)
{
    int64_t sum = 0;
    for (uint32_t start = 0, end; start < units.len; start = end) {
        uint32_t cells[SEG_WORD_TABLE_COUNT];
        for (end = start + 1; end < units.len && !cut[end]; end++)
            sum -= scores[end];
        sum += end < units.len ? scores[end] : 0;
        jwi_seg_word_cells(words, units, start, end, cells);
        for (int i = 0; i < SEG_WORD_TABLE_COUNT; i++)
            sum += words->cells[cells[i]];
    }
    return sum;
}

START_TEST(the_search_finds_the_best_words)
{
    enum { LEN = 9 };
    struct desk desk = open_desk(model_path, NULL);
    const jw_bytes section = train(&desk);
    struct seg_view view;
    struct seg_path path;
    struct lesson lesson;
    uint64_t state = 9;
    ck_assert(jwi_seg_view_read(section, desk.model->lexicon, &view, NULL) == JW_OK);
    for (int round = 0; round < 200; round++) {
        const uint8_t boundary[LEN + 1] = {0};
        int32_t scores[LEN + 1] = {0};
        uint8_t cut[LEN];
        read_lesson(&desk, lessons[round % LESSONS], &lesson);
        ck_assert(jwi_seg_path_new(desk.worker->room.scratch, LEN, &path, NULL) == JW_OK);
        const struct units units = units_slice(lesson.units, 0, LEN);
        for (uint32_t k = 1; k < LEN; k++)
            scores[k] = (int32_t)(next_random(&state) % (2 * SEG_SURE)) - SEG_SURE;
        jwi_seg_decode(&view.words, &path, units, boundary, scores, cut);
        ck_assert_int_eq(value_of(&view.words, units, scores, cut),
                         best_by_force(&view.words, units, scores));
    }
    free_section(section);
    close_desk(&desk);
}
END_TEST

START_TEST(damaged_sections_are_refused)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_bytes section = train(&desk), half = {section.at, section.len / 2},
                   stub = {section.at, 3};
    struct seg_view view;
    ck_assert_int_eq(jwi_seg_view_read(half, desk.model->lexicon, &view, NULL), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(jwi_seg_view_read(stub, desk.model->lexicon, &view, NULL), JW_EMODEL_CORRUPT);
    struct seg_header *header = (struct seg_header *)(uintptr_t)section.at;
    header->row_bits = 60;
    ck_assert_int_eq(jwi_seg_view_read(section, desk.model->lexicon, &view, NULL),
                     JW_EMODEL_CORRUPT);
    header->version++;
    ck_assert_int_eq(jwi_seg_view_read(section, desk.model->lexicon, &view, NULL),
                     JW_EMODEL_VERSION);
    free_section(section);
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : NULL;
    Suite *suite = suite_create("seg");
    suite_add(suite, training_twice_gives_the_same_bytes);
    suite_add(suite, what_was_learned_is_known);
    suite_add(suite, scores_do_not_depend_on_windows);
    suite_add(suite, settled_boundaries_stay);
    suite_add(suite, the_search_finds_the_best_words);
    suite_add(suite, damaged_sections_are_refused);
    return suite_run(suite);
}
