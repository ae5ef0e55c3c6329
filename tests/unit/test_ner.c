/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names: the decoder against all well-formed sequences, a toy training that finds what it learned and repeats itself, and damaged
 * networks.
 */
#include "stage/ner/ner.h"

#include <stdlib.h>

#include "common/bytes.h"
#include "common/desk.h"
#include "common/gold.h"
#include "stage/ner/ner_train.h"

enum { TYPES = 2, LABELS = 1 + TYPES * (NER_EDGES - 1), WORDS = 4, EPOCHS = 20, REPEATS = 15 };

static const char *model_path;

/* The outside, then the four edges of each type. */
static void make_labels(struct ner_label ret[LABELS])
{
    memset(ret, 0, LABELS * sizeof *ret);
    for (uint16_t i = 1; i < LABELS; i++) {
        ret[i].type = (uint16_t)((i - 1) / (NER_EDGES - 1));
        ret[i].edge = (uint16_t)(1 + (i - 1) % (NER_EDGES - 1));
    }
}

static int may_follow(const struct ner_label *before, const struct ner_label *after)
{
    const int is_open = before->edge == NER_BEGIN || before->edge == NER_INSIDE;
    const int goes_on = after->edge == NER_INSIDE || after->edge == NER_END;
    return is_open == goes_on && (!is_open || before->type == after->type);
}

/* Score of a sequence, or INT64_MIN when it is not well formed. */
static int64_t score_of(const struct ner_label *labels, const int32_t *scores,
                        const uint8_t *sequence)
{
    const struct ner_label *before = &labels[0];
    int64_t sum = 0;
    for (uint32_t i = 0; i < WORDS; i++) {
        if (!may_follow(before, &labels[sequence[i]]))
            return INT64_MIN;
        before = &labels[sequence[i]];
        sum += scores[i * LABELS + sequence[i]];
    }
    return may_follow(before, &labels[0]) ? sum : INT64_MIN;
}

static int64_t best_of_all(const struct ner_label *labels, const int32_t *scores)
{
    int64_t best = INT64_MIN;
    for (uint32_t code = 0; code < LABELS * LABELS * LABELS * LABELS; code++) {
        uint8_t sequence[WORDS];
        uint32_t rest = code;
        for (uint32_t i = 0; i < WORDS; i++, rest /= LABELS)
            sequence[i] = (uint8_t)(rest % LABELS);
        const int64_t score = score_of(labels, scores, sequence);
        best = score > best ? score : best;
    }
    return best;
}

START_TEST(decoder_finds_the_best_well_formed_sequence)
{
    struct ner_label labels[LABELS];
    struct ner_view view = {.labels = labels, .tail = {LABELS, {0}}};
    uint64_t state = (uint64_t)_i + 1;
    int32_t scores[WORDS * LABELS], sums[WORDS * LABELS];
    uint8_t back[WORDS * LABELS] = {0}, found[WORDS];
    make_labels(labels);
    for (uint32_t i = 0; i < WORDS * LABELS; i++)
        scores[i] = (int32_t)(next_random(&state) % 2001) - 1000;
    jwi_ner_decode(&view, scores, LABELS, WORDS, sums, back, found);
    ck_assert_int_eq(score_of(labels, scores, found), best_of_all(labels, scores));
}
END_TEST

static const char lesson[] = "1\t昨天\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                             "2\t王小明\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=S-PER\n"
                             "3\t到\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                             "4\t台北\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=S-LOC\n"
                             "5\t開會\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n"
                             "1\t中央\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=B-GOV\n"
                             "2\t氣象\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=I-GOV\n"
                             "3\t署\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=E-GOV\n"
                             "4\t發布\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                             "5\t警報\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n"
                             "1\t統一\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=S-COM\n"
                             "2\t股價\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                             "3\t上漲\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n"
                             "1\t統一\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                             "2\t口徑\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                             "3\t說明\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n";

static void say_nothing(uint32_t epoch, uint32_t wrong, uint32_t total)
{
    (void)epoch, (void)wrong, (void)total;
}

static void show_nothing(uint32_t bin, uint32_t found, uint32_t right, int32_t confidence)
{
    (void)bin, (void)found, (void)right, (void)confidence;
}

/* Trains on the lesson; afterwards the document's mentions are what the trained stage found. */
static jw_bytes train(struct gold *gold, struct arena *arena)
{
    jw_error error;
    jw_bytes section;
    struct buffer text = {0};
    for (int i = 0; i < REPEATS; i++)
        jwi_buffer_add(&text, lesson, sizeof lesson - 1);
    jwi_gold_read_text(gold, model_path, jwi_buffer_bytes(&text));
    jwi_buffer_free(&text);
    jwi_arena_init(arena, NULL);
    struct ner_course course = {
        .room = &gold->room, .doc = gold->doc, .file = &gold->model->file, .epochs = EPOCHS};
    course.lesson.room = &gold->room;
    course.lesson.doc = gold->doc;
    course.lesson.lexicon = gold->model->lexicon;
    course.lesson.arena = arena;
    course.report = say_nothing;
    course.report_bin = show_nothing;
    ck_assert_msg(jwi_ner_train(&course, &section, &error) == JW_OK, "%s", error.message);
    return section;
}

START_TEST(training_repeats_itself_and_finds_what_it_learned)
{
    struct gold gold, again;
    struct arena arena, other;
    const jw_bytes one = train(&gold, &arena), two = train(&again, &other);
    const jw_mention *found = gold.doc->mentions;
    ck_assert_uint_eq(one.len, two.len);
    ck_assert_mem_eq(one.at, two.at, one.len);
    ck_assert_uint_eq(gold.doc->mention_count, 4 * REPEATS);
    ck_assert_uint_eq(found[0].tokens.start, 1);
    ck_assert_uint_eq(found[1].tokens.start, 3);
    ck_assert_uint_eq(found[2].tokens.start, 5);
    ck_assert_uint_eq(found[2].tokens.end, 8);
    ck_assert_uint_eq(found[3].tokens.start, 10);
    jwi_arena_free(&arena);
    jwi_arena_free(&other);
    jwi_gold_free(&gold);
    jwi_gold_free(&again);
}
END_TEST

/* Everything the stage does with a network, on words it may not know. */
static void use(const struct tagnet *net, struct arena *scratch)
{
    uint64_t state = 7;
    const jw_sentence sentence = {.tokens = {0, 5}};
    struct tagnet_batch batch;
    int16_t *sums = PUSH(scratch, int16_t, net->header.width);
    ck_assert(jwi_tagnet_batch(net, &sentence, 1, scratch, &batch));
    for (uint32_t i = 0; i < sentence.tokens.end; i++) {
        const uint64_t word = (uint64_t)net->words.slots[i].tag << 32 | i;
        const uint64_t keys[] = {next_random(&state),
                                 (uint64_t)net->features.slots[i].tag << 32 | i};
        uint32_t row;
        jwi_tagnet_find_words(net, &word, 1, &row);
        jwi_tagnet_start(net, row, sums);
        jwi_tagnet_add_features(net, keys, 2, sums);
        jwi_tagnet_token(net, sums, batch.tokens + (size_t)i * net->header.width);
    }
    ck_assert(jwi_tagnet_run(net, &batch, scratch) != NULL);
    jwi_arena_reset(scratch);
}

START_TEST(damaged_networks_are_refused_or_harmless)
{
    struct gold gold;
    struct arena arena, scratch;
    struct tagnet net;
    jw_error error;
    size_t used;
    uint64_t state = 11;
    const jw_bytes section = train(&gold, &arena);
    char *copy = jwi_arena_push(&arena, section.len, 1, 64);
    jwi_arena_init(&scratch, NULL);
    ck_assert(jwi_tagnet_open(section, &net, &used, &error) == JW_OK);
    for (size_t len = 0; len < used; len += 1 + used / 50) {
        const jw_bytes part = {section.at, len};
        ck_assert(jwi_tagnet_open(part, &net, &used, &error) == JW_EMODEL_CORRUPT);
    }
    for (int round = 0; round < 200; round++) {
        memcpy(copy, section.at, section.len);
        for (int k = 0; k < 20; k++)
            copy[next_random(&state) % (k < 2 ? 64 : section.len)] = (char)next_random(&state);
        const jw_bytes bytes = {copy, section.len};
        if (jwi_tagnet_open(bytes, &net, &used, &error) == JW_OK)
            use(&net, &scratch);
    }
    jwi_arena_free(&scratch);
    jwi_arena_free(&arena);
    jwi_gold_free(&gold);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("ner");
    suite_add_loop(suite, decoder_finds_the_best_well_formed_sequence, 50);
    suite_add(suite, training_repeats_itself_and_finds_what_it_learned);
    suite_add(suite, damaged_networks_are_refused_or_harmless);
    return suite_run(suite);
}
