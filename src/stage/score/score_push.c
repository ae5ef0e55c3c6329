/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marks of a forum: a push says again what the post says, a boo says the opposite.  They count for the one entity the post is about, with the
 * mean polarity of what title and body say of it; an arrow says nothing.  All marks together weigh no more than one sure statement of a title,
 * so that a thousand readers cannot outshout the text.
 */
#include "base/error.h"
#include "stage/score/score.h"

enum { PUSH_CONF = 1000, REPLY_TENTHS = 3, PLAIN = 10 * 2 };

/* What title and body say of an entity. */
struct post {
    uint64_t weight;
    int64_t weighted;
    uint64_t largest; /* size of the largest weight x polarity */
    uint16_t aspect;  /* of that */
    uint8_t is_titled;
};

static struct post *read_posts(struct desk *desk)
{
    const jw_doc *const doc = desk->doc;
    struct post *const posts = PUSH_ZERO(desk->arena, struct post, doc->entity_count);
    for (uint32_t i = 0; posts && i < desk->item_count; i++) {
        const struct item *const item = &desk->items[i];
        struct post *const post = &posts[item->entity];
        const int64_t weighted = (int64_t)item->weight * item->polarity;
        const uint64_t size = (uint64_t)(weighted < 0 ? -weighted : weighted);
        if (item->claim->sentence >= desk->body_end)
            continue;
        post->weight += item->weight;
        post->weighted += weighted;
        post->aspect = size > post->largest ? item->aspect : post->aspect;
        post->largest = size > post->largest ? size : post->largest;
    }
    for (uint32_t m = 0; posts && m < doc->mention_count; m++)
        if (doc->links[m].entity < doc->entity_count && desk->title_end > 0 &&
            doc->mentions[m].tokens.start < doc->sentences[desk->title_end - 1].tokens.end)
            posts[doc->links[m].entity].is_titled = 1;
    return posts;
}

/* Whom the post is about: of those it judges the one of the title it says most of, else the only one; JW_NONE for posts that compare many. */
static uint32_t find_subject(const struct desk *desk, const struct post *posts)
{
    uint32_t titled = JW_NONE, only = JW_NONE, judged = 0;
    for (uint32_t i = 0; i < desk->doc->entity_count; i++) {
        if (!posts[i].weighted)
            continue;
        judged++;
        only = i;
        if (posts[i].is_titled && (titled == JW_NONE || posts[i].weight > posts[titled].weight))
            titled = i;
    }
    return titled != JW_NONE ? titled : judged == 1 ? only : JW_NONE;
}

static int is_counted(const jw_doc *doc, uint32_t part)
{
    return doc->parts[part].mark == JW_MARK_PUSH || doc->parts[part].mark == JW_MARK_BOO;
}

uint32_t jwi_score_marks(const jw_doc *doc)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < doc->part_count; i++)
        count += (uint32_t)is_counted(doc, i);
    return count;
}

/* Sentences of the part; a reply without any is a mark without words, which no evidence could show. */
static jw_range sentences_of(const jw_doc *doc, uint32_t part, uint32_t from)
{
    jw_range range = {from, from};
    while (range.start < doc->sentence_count && doc->sentences[range.start].part < part)
        range.start++;
    for (range.end = range.start; range.end < doc->sentence_count && doc->sentences[range.end].part == part; range.end++) {
    }
    return range;
}

static void fill_claim(const jw_doc *doc, jw_claim *claim, jw_range sentences, int is_push)
{
    claim->sentence = sentences.start;
    claim->text = (jw_range){doc->sentences[sentences.start].text.start, doc->sentences[sentences.end - 1].text.end};
    claim->tokens = (jw_range){doc->sentences[sentences.start].tokens.start, doc->sentences[sentences.end - 1].tokens.end};
    claim->conf = PUSH_CONF;
    claim->magnitude = claim->degree = JW_SCALE;
    claim->rule = is_push ? (jw_bytes){"push", 4} : (jw_bytes){"boo", 3};
}

jw_status jwi_score_pushes(struct desk *desk, uint32_t marks, jw_error *reterr)
{
    const jw_doc *const doc = desk->doc;
    if (!marks)
        return JW_OK;
    const struct post *const posts = read_posts(desk);
    jw_claim *const claims = PUSH_ZERO(desk->arena, jw_claim, marks);
    if (!posts || !claims)
        return jwi_fail_memory(reterr);
    const uint32_t subject = find_subject(desk, posts), one = REPLY_TENTHS * PLAIN * PUSH_CONF, cap = JW_WEIGHT_SCALE / marks;
    jw_range sentences = {0, 0};
    for (uint32_t part = 0, n = 0; subject != JW_NONE && part < doc->part_count; part++) {
        if (!is_counted(doc, part))
            continue;
        sentences = sentences_of(doc, part, sentences.end);
        if (sentences.start == sentences.end)
            continue;
        const int is_push = doc->parts[part].mark == JW_MARK_PUSH;
        const int32_t mean = (int32_t)round_half(posts[subject].weighted, (int64_t)posts[subject].weight);
        struct item *const item = &desk->items[desk->item_count++];
        fill_claim(doc, &claims[n], sentences, is_push);
        *item = (struct item){.claim = &claims[n++],
                              .entity = subject,
                              .event = JW_NONE,
                              .opinion = JW_NONE,
                              .polarity = is_push ? mean : -mean,
                              .weight = one < cap ? one : cap,
                              .aspect = posts[subject].aspect,
                              .text = claims[n - 1].text};
    }
    return JW_OK;
}
