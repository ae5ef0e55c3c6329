/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trainer of stage ner.  The first passes read sentences by hand and by program, the others those by hand alone.  Of the sentences by hand one
 * in HELD_OUT is kept from the network; on these the finished stage runs once, with bins in the place of confidences, and each bin gets the
 * share of its names that are right, drawn towards the whole and made rising.
 */
#include "stage/ner/ner_train.h"

#include "base/error.h"
#include "model/labels.h"
#include "stage/ner/ner_feat.h"

#include <string.h>

enum { WIDTH = 64, HIDDEN = 96, MEMORY = 48, SEED = 33, HELD_OUT = 16, PRIOR = 8, QUIET = 2 };

extern const struct stage jwi_stage_ner;

/* The lesson without what is held out. */
struct material {
    struct tagnet_token *tokens;
    uint32_t *sentences;
    uint32_t token_count, sentence_count, gold_count;
    struct ner_label labels[NER_LABELS_MAX];
    uint32_t label_count;
    uint32_t first_label[LABELS_MAX]; /* of a type, 0: none yet */
};

static int is_gold_sentence(const struct ner_course *course, uint32_t sentence)
{
    return !course->gold_tokens || course->doc->sentences[sentence].tokens.start < course->gold_tokens;
}

static int is_held_out(const struct ner_course *course, uint32_t sentence)
{
    return is_gold_sentence(course, sentence) && sentence % HELD_OUT == HELD_OUT - 1;
}

/* Four labels a type, in the order in which types come. */
static uint32_t label_of(struct material *material, uint32_t type, enum ner_edge edge)
{
    if (!material->first_label[type]) {
        material->first_label[type] = material->label_count;
        for (uint16_t e = NER_BEGIN; e < NER_EDGES; e++) {
            const struct ner_label label = {(uint16_t)type, e};
            material->labels[material->label_count++] = label;
        }
    }
    return material->first_label[type] + (uint32_t)edge - 1;
}

static void label_tokens(struct material *material, const jw_doc *doc, uint32_t *labels)
{
    material->label_count = 1;
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const jw_mention *mention = &doc->mentions[i];
        const uint32_t first = mention->tokens.start, last = mention->tokens.end - 1;
        if (mention->type >= LABELS_MAX || material->label_count + NER_EDGES > NER_LABELS_MAX)
            continue;
        for (uint32_t k = first; k <= last; k++)
            labels[k] = label_of(material, mention->type,
                                 first == last ? NER_SINGLE
                                 : k == first  ? NER_BEGIN
                                 : k == last   ? NER_END
                                               : NER_INSIDE);
    }
}

static int add_sentence(struct ner_course *course, const struct ner_lists *lists, jw_range tokens,
                        const uint32_t *labels, struct material *ret)
{
    const struct arena_mark mark = jwi_arena_mark(course->room->scratch);
    struct ner_sentence sentence;
    uint64_t context[NER_CONTEXT_MAX];
    if (!jwi_ner_match(lists, course->room->units, course->room->words + tokens.start,
                       tokens.end - tokens.start, course->room->scratch, &sentence))
        return 0;
    for (uint32_t i = 0; i < sentence.count; i++) {
        struct tagnet_token *token = &ret->tokens[ret->token_count++];
        token->label = labels[tokens.start + i];
        if (!jwi_lesson_token(&course->lesson, tokens.start + i, context,
                              jwi_ner_context(&sentence, i, context), token))
            return 0;
    }
    ret->sentences[++ret->sentence_count] = ret->token_count;
    jwi_arena_reset_to(course->room->scratch, mark);
    return 1;
}

static int make_material(struct ner_course *course, const struct ner_lists *lists, struct material *ret)
{
    const jw_doc *doc = course->doc;
    struct arena *arena = course->lesson.arena;
    uint32_t *labels = PUSH_ZERO(arena, uint32_t, doc->token_count);
    ret->tokens = PUSH_ZERO(arena, struct tagnet_token, doc->token_count);
    ret->sentences = PUSH_ZERO(arena, uint32_t, (size_t)doc->sentence_count + 1);
    if (!labels || !ret->tokens || !ret->sentences)
        return 0;
    label_tokens(ret, doc, labels);
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (is_held_out(course, i) || doc->sentences[i].tokens.end == doc->sentences[i].tokens.start)
            continue;
        if (!add_sentence(course, lists, doc->sentences[i].tokens, labels, ret))
            return 0;
        ret->gold_count += (uint32_t)is_gold_sentence(course, i);
    }
    return 1;
}

/* Network, tail, labels. */
static char *join(struct arena *arena, const struct material *material, jw_bytes net,
                  size_t *ret_len)
{
    struct ner_tail tail = {material->label_count, {0}};
    const size_t labels = material->label_count * sizeof *material->labels;
    char *ret = jwi_arena_push(arena, net.len + sizeof tail + labels, 1, 64);
    if (!ret || !net.len)
        return NULL;
    for (int32_t i = 0; i < NER_BINS; i++)
        tail.confidence[i] = i;
    memcpy(ret, net.at, net.len);
    memcpy(ret + net.len, &tail, sizeof tail);
    memcpy(ret + net.len + sizeof tail, material->labels, labels);
    *ret_len = net.len + sizeof tail + labels;
    return ret;
}

static int is_gold(const jw_mention *mention, const jw_mention *gold, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (gold[i].tokens.start == mention->tokens.start &&
            gold[i].tokens.end == mention->tokens.end && gold[i].type == mention->type)
            return 1;
    return 0;
}

/* Counts names found and right in held-out sentences; while the table holds bins, a name's confidence is its bin. */
static void count_bins(const struct ner_course *course, const jw_mention *gold, uint32_t gold_count,
                       uint32_t found[NER_BINS], uint32_t right[NER_BINS])
{
    const jw_doc *doc = course->doc;
    uint32_t sentence = 0, first = 0;
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const jw_mention *mention = &doc->mentions[i];
        while (doc->sentences[sentence].tokens.end <= mention->tokens.start)
            sentence++;
        while (first < gold_count && gold[first].tokens.end <= mention->tokens.start)
            first++;
        if (!is_held_out(course, sentence) || mention->score >= NER_BINS)
            continue;
        found[mention->score]++;
        right[mention->score] += (uint32_t)is_gold(mention, gold + first,
                                                   gold_count - first < 4 ? gold_count - first : 4);
    }
}

static void fill_table(const struct ner_course *course, const uint32_t found[NER_BINS],
                       const uint32_t right[NER_BINS], int32_t confidence[NER_BINS])
{
    uint32_t all = 1, good = 1;
    for (uint32_t i = 0; i < NER_BINS; i++) {
        all += found[i];
        good += right[i];
    }
    for (uint32_t i = 0; i < NER_BINS; i++) {
        const uint64_t share = ((uint64_t)right[i] * all + PRIOR * (uint64_t)good) * JW_SCALE /
                               (((uint64_t)found[i] + PRIOR) * all);
        confidence[i] = (int32_t)share;
        if (i && confidence[i] < confidence[i - 1])
            confidence[i] = confidence[i - 1];
        course->report_bin(i, found[i], right[i], confidence[i]);
    }
}

static jw_status calibrate(struct ner_course *course, struct ner_view *view, char *section,
                           size_t net_len, jw_error *reterr)
{
    jw_doc *doc = course->doc;
    const jw_mention *gold = doc->mentions;
    const uint32_t gold_count = doc->mention_count;
    uint32_t found[NER_BINS] = {0}, right[NER_BINS] = {0};
    TRY(jwi_stage_ner.run(view, course->room, doc, reterr));
    count_bins(course, gold, gold_count, found, right);
    fill_table(course, found, right, view->tail.confidence);
    memcpy(section + net_len, &view->tail, sizeof view->tail);
    return JW_OK;
}

static jw_status train(struct ner_course *course, struct ner_view *view, struct material *material,
                       jw_bytes *ret, jw_error *reterr)
{
    struct lesson *lesson = &course->lesson;
    const struct tagnet_recipe recipe = {course->epochs, SEED, 1e-3f, 0.5f, 0.1f, 0.2f, 0.3f, NULL,
                                         course->silver_epochs};
    const struct ner_lists lists = {course->room->kb, &view->articles};
    struct tagnet_words words;
    size_t used;
    if (!jwi_lesson_start(lesson) || !make_material(course, &lists, material))
        return jwi_fail_memory(reterr);
    const struct tagnet_shape shape = {WIDTH,
                                       HIDDEN,
                                       MEMORY,
                                       lesson_pad(material->label_count),
                                       lesson->features.count,
                                       lesson->vectors.width,
                                       lesson->vectors.at,
                                       1};
    const struct tagnet_corpus corpus = {material->tokens, material->sentences,
                                         material->sentence_count, material->gold_count};
    struct tagnet_trainer *trainer =
        jwi_tagnet_train(&shape, &corpus, &recipe, lesson->arena, course->report);
    if (!trainer || !jwi_lesson_rows(lesson, &words))
        return jwi_fail_memory(reterr);
    const jw_bytes net = jwi_tagnet_pack(trainer, lesson->features.keys, &words, QUIET, lesson->arena);
    char *section = join(lesson->arena, material, net, &ret->len);
    if (!section)
        return jwi_fail_memory(reterr);
    ret->at = section;
    TRY(jwi_tagnet_open(*ret, &view->net, &used, reterr));
    memcpy(&view->tail, section + net.len, sizeof view->tail);
    view->labels = material->labels;
    view->lexicon = lesson->lexicon;
    return calibrate(course, view, section, net.len, reterr);
}

jw_status jwi_ner_train(struct ner_course *course, jw_bytes *ret, jw_error *reterr)
{
    struct ner_view *view = PUSH_ZERO(course->lesson.arena, struct ner_view, 1);
    struct material *material = PUSH_ZERO(course->lesson.arena, struct material, 1);
    if (!view || !material)
        return jwi_fail_memory(reterr);
    if (!course->room->kb)
        return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "no section KBAS");
    TRY(jwi_article_open(course->file, &view->articles, reterr));
    return train(course, view, material, ret, reterr);
}
