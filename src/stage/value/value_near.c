/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The owner by tree and by place: up from the value to the first word that has an owner as its subject or modifier; else the nearest before it.
 */
#include "stage/value/value_owner.h"

enum { INDEX_REACH = 24 }; /* mentions back to an index that points are of */

/* The word of the mention whose head lies outside it. */
static uint32_t head_of(const jw_doc *doc, const jw_mention *mention)
{
    for (uint32_t i = mention->tokens.start; i < mention->tokens.end; i++) {
        const uint32_t head = doc->arcs[i].head;
        if (head == JW_NONE || head < mention->tokens.start || head >= mention->tokens.end)
            return i;
    }
    return mention->tokens.start;
}

int jwi_owner_is_attached(const struct owner *owner, const jw_mention *mention, uint32_t to)
{
    const jw_arc *arc = &owner->doc->arcs[head_of(owner->doc, mention)];
    return arc->head == to &&
           (arc->rel == owner->subject || arc->rel == owner->modifier || arc->rel == owner->topic);
}

enum { WIDTH = 3 }; /* bytes of a character of Chinese */

/* ， or 。 */
static int is_stop(const char *at)
{
    return !memcmp(at, "，", WIDTH) || !memcmp(at, "。", WIDTH);
}

/* 受業外認列立訊股票評價損失拖累: in one clause, somewhere between 受 and the word for what it did. */
static int is_burden(const jw_doc *doc, const jw_mention *mention)
{
    enum { REACH = 30 };
    static const char under[] = "受";
    static const char *const deeds[] = {"拖累", "影響", "衝擊", "帶動", "干擾"};
    const char *const text = doc->text.at;
    const uint32_t start = doc->tokens[mention->tokens.start].text.start, end = doc->tokens[mention->tokens.end - 1].text.end;
    uint32_t at = start;
    while (at >= WIDTH && start - at < REACH && memcmp(text + at - WIDTH, under, WIDTH) != 0 && !is_stop(text + at - WIDTH))
        at -= (unsigned char)text[at - 1] < 0x80 ? 1 : WIDTH;
    if (at < WIDTH || memcmp(text + at - WIDTH, under, WIDTH) != 0)
        return 0;
    for (at = end; at + 2 * WIDTH <= doc->text.len && at - end < REACH && !is_stop(text + at); at++)
        for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
            if (memcmp(text + at, deeds[i], 2 * WIDTH) == 0)
                return 1;
    return 0;
}

/* 受特斯拉拖累, 賣廠予立訊, 對台積電: something is done to it or by it, and what follows is said of another. */
static int is_oblique(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const before[] = {"受", "遭", "獲", "予", "給", "向", "對", "受惠", "受累", "因", "攜手", "聯手", "超越", "超過",
                                         "量超", "數超", "率超", "值超", "額超", "贏過", "勝過", "打敗", "擊敗", "優於", "遜於", "高於", "低於", "領先", "落後", "不如", "擠下",
                                         "取代", "無懼", "不畏", "不甩"};
    return is_behind(doc, mention, before, sizeof before / sizeof *before) || is_burden(doc, mention);
}

/* 台航賣陽明3200餘張 獲利近5億元: what was sold earned nothing itself. */
static int is_sold(const jw_doc *doc, const jw_mention *mention, const jw_value *value)
{
    static const char *const deeds[] = {"賣", "處分", "出售", "出脫"}, *const gains[] = {"net_profit", "gain"};
    return value->kind == JW_VALUE_MONEY && is_one_of(value->of, gains, 2) && is_behind(doc, mention, deeds, sizeof deeds / sizeof *deeds);
}

/* Mentions [first, end) lie before the value in its sentence. */
static uint32_t climb(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    uint32_t token = value->tokens.start;
    for (int step = 0; step < CLIMB && token != JW_NONE;
         step++, token = owner->doc->arcs[token].head)
        for (uint32_t i = end; i > first; i--)
            if (jwi_owner_may_own(owner, &owner->doc->mentions[i - 1]) && jwi_owner_may_measure(owner, owner->doc->mentions[i - 1].type, value) &&
                !is_oblique(owner->doc, &owner->doc->mentions[i - 1]) && !is_sold(owner->doc, &owner->doc->mentions[i - 1], value) &&
                jwi_owner_is_attached(owner, &owner->doc->mentions[i - 1], token))
                return i - 1;
    return JW_NONE;
}

/* 台股大漲200點，其中國巨站穩500元，大漲6%: of an index and a company named behind it, the company that is a subject there. */
static uint32_t nearer_subject(const struct owner *owner, const jw_value *value, uint32_t found, uint32_t end)
{
    const jw_doc *const doc = owner->doc;
    if (found == JW_NONE || doc->mentions[found].type != owner->type[OWNER_INDEX])
        return found;
    for (uint32_t i = end; i > found + 1; i--) {
        const jw_mention *const mention = &doc->mentions[i - 1];
        if ((mention->type == owner->type[OWNER_COM] || mention->type == owner->type[OWNER_FIN]) && jwi_owner_may_own(owner, mention) &&
            jwi_owner_may_measure(owner, mention->type, value) && doc->arcs[head_of(doc, mention)].rel == owner->subject)
            return i - 1;
    }
    return found;
}

/* 微軟領漲道瓊 特斯拉強彈逾10%: nothing but the verb between the name and how far its price went. */
static uint32_t right_before(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    enum { VERB = 15 }; /* bytes */
    static const char *const price[] = {"price"}, *const stops[] = {"，", "、", " ", "的", "與", "及", "和", "均", "皆", "都", "齊", "各"};
    const jw_doc *const doc = owner->doc;
    if (end == first || value->kind != JW_VALUE_PERCENT || value->compare || !is_one_of(value->of, price, 1))
        return JW_NONE;
    const jw_mention *const mention = &doc->mentions[end - 1];
    const jw_range gap = between(doc, mention, value->text.start);
    return mention->type == owner->type[OWNER_COM] && gap.end - gap.start <= VERB && !has_any(doc, gap, stops, sizeof stops / sizeof *stops) &&
                   jwi_owner_may_own(owner, mention) && !is_oblique(doc, mention)
               ? end - 1
               : JW_NONE;
}

uint32_t jwi_owner_by_tree(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    const uint32_t next = right_before(owner, value, first, end);
    return next != JW_NONE ? next : nearer_subject(owner, value, climb(owner, value, first, end), end);
}

/* 在臉書, 據道瓊: where something is said. */
static int is_medium(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const before[] = {"在", "於", "據", "透過", "接受", "《"};
    return is_behind(doc, mention, before, sizeof before / sizeof *before);
}

uint32_t jwi_owner_last(const struct owner *owner, uint32_t first, uint32_t end)
{
    for (uint32_t i = end; i > first; i--)
        if (jwi_owner_may_own(owner, &owner->doc->mentions[i - 1]) && (owner->is_form || !is_medium(owner->doc, &owner->doc->mentions[i - 1])))
            return i - 1;
    return JW_NONE;
}

/* The nearest before the value that can own it, one that is no mere object if there is any. */
uint32_t jwi_owner_nearest(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    uint32_t object = JW_NONE;
    for (uint32_t i = end; i > first; i--) {
        const jw_mention *mention = &owner->doc->mentions[i - 1];
        if (!jwi_owner_may_own(owner, mention) || !jwi_owner_may_measure(owner, mention->type, value))
            continue;
        if (!is_oblique(owner->doc, mention) && !is_sold(owner->doc, mention, value))
            return i - 1;
        object = object == JW_NONE ? i - 1 : object;
    }
    return object;
}

/* 大摩對台積電的目標價由1,330元調升: of a bank that was found and a firm that it speaks of, the firm. */
uint32_t jwi_owner_of_target(const struct owner *owner, const jw_value *value, uint32_t found, uint32_t first, uint32_t end)
{
    static const char *const target[] = {"target_price"};
    if (found == JW_NONE || owner->doc->mentions[found].type != owner->type[OWNER_FIN] || !is_one_of(value->of, target, 1))
        return found;
    for (uint32_t i = end; i > first; i--)
        if (owner->doc->mentions[i - 1].type == owner->type[OWNER_COM] && jwi_owner_may_own(owner, &owner->doc->mentions[i - 1]))
            return i - 1;
    return found;
}

/* Points are an index's, whichever company moved it. */
uint32_t jwi_owner_index(const struct owner *owner, uint32_t first, uint32_t end, uint32_t before)
{
    for (uint32_t i = end; i > first; i--)
        if (owner->doc->mentions[i - 1].type == owner->type[OWNER_INDEX])
            return i - 1;
    if (before != JW_NONE && owner->doc->mentions[before].type == owner->type[OWNER_INDEX])
        return before;
    for (uint32_t i = first; i > 0 && first - i < INDEX_REACH; i--)
        if (owner->doc->mentions[i - 1].type == owner->type[OWNER_INDEX])
            return i - 1;
    return JW_NONE;
}
