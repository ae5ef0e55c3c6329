/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which name plays a role.
 * Method: the tree where it links a name to a word of the match as its subject; else the order in the clause: before the trigger, carried
 * over from the clause before, after it, then what the text is about.
 */
#include "stage/event/event.h"

#include "doc/scope.h"

#include <string.h>

int jwi_event_is_means(const struct event_work *work, uint32_t mention)
{
    const uint32_t start = work->doc->mentions[mention].tokens.start;
    if (!start)
        return 0;
    const struct room_word *const word = &work->room->words[start - 1];
    const uint32_t *const code = work->room->units.code + word->start;
    return word->end == word->start + 1 ? code[0] == 0x5728 || code[0] == 0x65bc
                                        : word->end == word->start + 2 && code[0] == 0x900f && code[1] == 0x904e;
}

/* Where the row of names begins in which one begins at the token: 與|甲、乙. */
static uint32_t row_start(const struct event_search *search, uint32_t token)
{
    const struct event_work *const work = search->scene->work;
    while (token > search->clause.start + 1 && event_letter(work, token - 1) == 0x3001) {
        const uint32_t before = work->mention_at[token - 2];
        if (before == JW_NONE)
            break;
        token = work->doc->mentions[before].tokens.start;
    }
    return token;
}

/* 傳獲 喜獲 慘遭 before the name */
static int ends_in_passive(const struct event_work *work, uint32_t token)
{
    const struct room_word *const word = &work->room->words[token];
    return word->end == word->start + 2 && code_is_one_of(work->room->units.code[word->end - 1], u"獲遭被");
}

/* 對 向 給 從 替 與 跟 獲 遭 被 受 由, 在 於 透過 */
static int is_oblique(const struct event_search *search, uint32_t mention)
{
    const uint32_t start = row_start(search, search->scene->work->doc->mentions[mention].tokens.start);
    return start > search->clause.start &&
           (code_is_one_of(event_letter(search->scene->work, start - 1), u"對向給從替與跟獲遭被受由") ||
            ends_in_passive(search->scene->work, start - 1) || jwi_event_is_means(search->scene->work, mention));
}

static int is_before_class(const struct event_scene *scene, uint32_t mention, uint32_t cls)
{
    const uint32_t end = scene->work->doc->mentions[mention].tokens.end;
    for (uint32_t i = 0; i < scene->hit_count; i++)
        if (scene->hit[i].tokens.start >= end && scene->hit[i].tokens.start <= end + 1 && jwi_event_has_class(scene->work->lex, &scene->hit[i], cls))
            return 1;
    return 0;
}

/* 推特上燃起: 上 behind a name and before a verb makes it a place; 上季 and 上攻 do not. */
static int is_place(const struct event_work *work, uint32_t end, uint32_t last)
{
    return end + 1 < last && event_letter(work, end) == 0x4e0a && work->doc->upos[end + 1] == work->upos_verb;
}

static int is_house(const struct event_work *work, uint32_t token)
{
    return work->mention_at[token] != JW_NONE && event_type_of(work, work->mention_at[token]) & (1u << TYPE_COM | 1u << TYPE_FIN);
}

/* 高盛：..., 小摩執行長戴蒙：..., 王大明指出: who says it, or the house the speaker works for; 在臉書PO文: where it is said. */
static int is_speaker(const struct event_search *search, uint32_t mention)
{
    enum { TITLE_WORDS = 3 };
    const struct event_work *const work = search->scene->work;
    const uint32_t end = work->doc->mentions[mention].tokens.end, last = search->scene->tokens.end;
    if (is_place(work, end, last))
        return 1;
    const uint32_t words = event_type_of(work, mention) & 1u << TYPE_FIN ? TITLE_WORDS : 0; /* a firm's own officer speaks of the firm */
    const int speaks_of_itself = (event_type_of(work, mention) & 1u << TYPE_COM) != 0; /* 某公司：未遭砍單 */
    for (uint32_t token = speaks_of_itself ? last : end; token < last && token <= end + words && !is_house(work, token); token++)
        if (event_letter(work, token) == ':')
            return 1; /* not 甲銀行倒閉後 高盛： */
    const struct event_header *const header = work->lex->header;
    return is_before_class(search->scene, mention, header->talk_class) ||
           (event_type_of(work, mention) & 1u << TYPE_PER && is_before_class(search->scene, mention, header->speech_class));
}

/* Nearest name that fits in tokens [low, high), from the right or from the left. */
static uint32_t nearest(const struct event_search *search, uint32_t low, uint32_t high, int from_right, int is_free)
{
    const struct event_work *const work = search->scene->work;
    for (uint32_t i = 0; low + i < high; i++) {
        const uint32_t mention = work->mention_at[from_right ? high - 1 - i : low + i];
        if (mention != JW_NONE && jwi_event_fits(search, mention) && (!is_free || (!is_oblique(search, mention) && !is_speaker(search, mention))))
            return mention;
    }
    return JW_NONE;
}

static uint32_t head_token(const jw_doc *doc, const jw_mention *mention)
{
    for (uint32_t i = mention->tokens.start; i < mention->tokens.end; i++)
        if (doc->arcs[i].head == JW_NONE || doc->arcs[i].head < mention->tokens.start || doc->arcs[i].head >= mention->tokens.end)
            return i;
    return mention->tokens.start;
}

/* Name in the clause that the tree makes the subject of a word of the match. */
static uint32_t by_tree(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    if (!(work->doc->layers & JW_LAYER_ARCS))
        return JW_NONE;
    for (uint32_t token = search->clause.start; token < search->trigger; token++) {
        const uint32_t mention = work->mention_at[token];
        if (mention == JW_NONE || !jwi_event_fits(search, mention) || is_oblique(search, mention) || is_speaker(search, mention))
            continue;
        const jw_arc *const arc = &work->doc->arcs[head_token(work->doc, &work->doc->mentions[mention])];
        if (arc->head != JW_NONE && (arc->rel == work->rel_subject || arc->rel == work->rel_passive) && jwi_event_is_of_match(search, arc->head))
            return mention;
    }
    return JW_NONE;
}

/*
 * 普丁下令後，烏克蘭各地傳出爆炸聲響: misfortune in a sentence of the body that names people, authorities or places before it is not that
 * of a company named in another sentence.
 */
static int is_of_others(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    const uint32_t others = 1u << TYPE_PER | 1u << TYPE_GOV | 1u << TYPE_ORG | 1u << TYPE_LOC;
    if (!work->taxonomy->leaf[search->match->pattern->leaf].is_misfortune ||
        work->doc->parts[work->doc->sentences[search->scene->sentence].part].kind == JW_PART_TITLE)
        return 0;
    for (uint32_t token = search->scene->tokens.start; token < search->trigger; token++)
        if (work->mention_at[token] != JW_NONE && event_type_of(work, work->mention_at[token]) & others)
            return 1;
    return 0;
}

/* The subject the clause has or takes over, else the nearest name before it in the sentence. */
static uint32_t carried(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    const jw_doc *const doc = work->doc;
    const uint32_t clause = doc->scopes[search->trigger].clause;
    if (clause < doc->clause_count) {
        const struct clause *const at = &doc->clauses[clause];
        const uint32_t candidates[] = {at->subject, at->topic};
        for (int i = 0; i < 2; i++)
            if (candidates[i] < doc->mention_count && doc->mentions[candidates[i]].tokens.start < search->trigger &&
                ((i == 0 && !is_of_others(search)) || doc->mentions[candidates[i]].tokens.start >= search->scene->tokens.start) &&
                jwi_event_fits(search, candidates[i]) &&
                !is_speaker(search, candidates[i]))
                return candidates[i];
    }
    return nearest(search, search->scene->tokens.start, search->clause.start, 1, 1);
}

/* 甲|、|乙, which report together. */
static int is_in_row(const struct event_search *search, uint32_t before, uint32_t mention)
{
    const struct event_work *const work = search->scene->work;
    const uint32_t end = work->doc->mentions[before].tokens.end;
    return work->taxonomy->leaf[search->match->pattern->leaf].is_report && work->doc->mentions[mention].tokens.start == end + 1 &&
           code_is_one_of(event_letter(work, end), u"、與和及跟");
}

/* The only company the range names, or the first of the only row that reports; JW_NONE when it names none or several. */
static uint32_t only_name(const struct event_search *search, jw_range tokens)
{
    const struct event_work *const work = search->scene->work;
    uint32_t only = JW_NONE, last = JW_NONE;
    for (uint32_t i = tokens.start; i < tokens.end; i++) {
        const uint32_t mention = work->mention_at[i];
        if (mention == JW_NONE || !jwi_event_fits(search, mention) || is_speaker(search, mention) || work->doc->links[mention].entity == JW_NONE)
            continue;
        if (only != JW_NONE && work->doc->links[only].entity != work->doc->links[mention].entity && mention != last &&
            !is_in_row(search, last, mention))
            return JW_NONE;
        only = only == JW_NONE ? mention : only;
        last = mention;
    }
    return only;
}

/* The only company of the first sentence, which the text is about; else the first of the sentence before; else the first of the title. */
static uint32_t from_before(const struct event_search *search)
{
    const jw_doc *const doc = search->scene->work->doc;
    const jw_sentence *const sentence = &doc->sentences[search->scene->sentence];
    if (!search->scene->sentence || doc->parts[sentence->part].kind == JW_PART_REPLY || is_of_others(search))
        return JW_NONE;
    uint32_t mention = only_name(search, doc->sentences[0].tokens);
    if (mention == JW_NONE && sentence[-1].part == sentence->part)
        mention = nearest(search, sentence[-1].tokens.start, sentence[-1].tokens.end, 0, 0);
    return mention == JW_NONE ? nearest(search, doc->sentences[0].tokens.start, doc->sentences[0].tokens.end, 0, 0) : mention;
}

/* The clause names a product, an index, an authority or somebody else before the trigger: what is told is theirs. */
static int names_other(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    const uint32_t others = 1u << TYPE_PRD | 1u << TYPE_ORG | 1u << TYPE_GOV | 1u << TYPE_PER | 1u << TYPE_IDX | 1u << TYPE_CMD |
                            1u << TYPE_CUR | 1u << TYPE_IND;
    for (uint32_t token = search->clause.start; token < search->trigger; token++)
        if (work->mention_at[token] != JW_NONE && event_type_of(work, work->mention_at[token]) & others)
            return 1;
    return 0;
}

/*
 * 一旦敗訴，某公司將賠償: a clause that supposes or concedes is about the subject of what follows, and so is the first half of a headline that
 * names nobody: 獲利不如預期 某公司盤後大跌.
 */
static uint32_t from_behind(const struct event_search *search)
{
    const jw_doc *const doc = search->scene->work->doc;
    const jw_range rest = {search->clause.end, search->scene->tokens.end};
    const uint8_t mood = doc->scopes[search->trigger].mood;
    const int is_own = search->scene->work->taxonomy->leaf[search->match->pattern->leaf].kin == KIN_OWN; /* 〈某某掏空案〉 is another's */
    const int is_tag = search->clause.end > search->clause.start && event_letter(search->scene->work, search->clause.end - 1) == 0x3009;
    const int is_headline = doc->parts[doc->sentences[search->scene->sentence].part].kind == JW_PART_TITLE && !(is_own && is_tag) &&
                            !names_other(search);
    return is_headline || mood & (JW_MOOD_HYPOTHETICAL | JW_MOOD_CONCEDED) ? only_name(search, rest) : JW_NONE;
}

/* 倒閉的某公司: what has befallen the firm behind 的, and nobody before it. */
static int is_attribute(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    const struct event_match *const match = search->match;
    const uint32_t end = search->scene->hit[match->hit[match->pattern->count - 1]].tokens.end;
    return work->taxonomy->leaf[match->pattern->leaf].is_misfortune && end < search->clause.end && event_letter(work, end) == 0x7684;
}

static uint32_t find_theme(const struct event_search *search)
{
    if (is_attribute(search))
        return nearest(search, search->trigger, search->clause.end, 0, 0);
    if (jwi_event_is_other_price(search))
        return JW_NONE;
    uint32_t mention = by_tree(search);
    if (mention == JW_NONE)
        mention = nearest(search, search->clause.start, search->trigger, 1, 1);
    if (mention == JW_NONE && jwi_event_is_price_of_other(search))
        return JW_NONE;
    if (mention == JW_NONE)
        mention = carried(search);
    if (mention == JW_NONE)
        mention = nearest(search, search->trigger, search->clause.end, 0, 0);
    if (mention == JW_NONE)
        mention = from_behind(search);
    return mention == JW_NONE ? from_before(search) : mention;
}

static uint32_t find_agent(const struct event_search *search)
{
    if (search->passive != JW_NONE)
        return nearest(search, search->passive, search->trigger, 0, 0);
    uint32_t mention = by_tree(search);
    if (mention == JW_NONE)
        mention = nearest(search, search->clause.start, search->trigger, 1, 1);
    return mention == JW_NONE ? carried(search) : mention;
}

/* 將, 把: the name behind it suffers. */
static uint32_t disposed(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    for (uint32_t token = search->trigger; token > search->clause.start; token--) {
        const uint32_t code = event_letter(work, token - 1);
        if (code == 0x5c07 || code == 0x628a)
            return nearest(search, token, search->trigger, 0, 0);
    }
    return JW_NONE;
}

static uint32_t after_mark(const struct event_search *search, const char16_t *marks);

static uint32_t find_object(const struct event_search *search)
{
    if (search->passive != JW_NONE)
        return nearest(search, search->clause.start, search->passive, 1, 1);
    uint32_t mention = disposed(search);
    if (mention == JW_NONE)
        mention = after_mark(search, u"對向");
    return mention == JW_NONE ? nearest(search, search->trigger, search->clause.end, 0, 0) : mention;
}

static uint32_t find_patient(const struct event_search *search)
{
    uint32_t mention = find_object(search);
    if (mention == JW_NONE && search->passive == JW_NONE)
        mention = nearest(search, search->clause.start, search->trigger, 1, 1);
    if (mention == JW_NONE)
        mention = carried(search);
    return mention == JW_NONE ? from_before(search) : mention;
}

/* Name right behind one of the marks, anywhere in the clause. */
static uint32_t after_mark(const struct event_search *search, const char16_t *marks)
{
    const struct event_work *const work = search->scene->work;
    for (uint32_t token = search->clause.start; token + 1 < search->clause.end; token++) {
        const uint32_t mention = work->mention_at[token + 1];
        if (mention != JW_NONE && code_is_one_of(event_letter(work, token), marks) && jwi_event_fits(search, mention))
            return mention;
    }
    return JW_NONE;
}

uint32_t jwi_event_find_name(const struct event_search *search, uint32_t slot)
{
    switch (slot) {
    case SLOT_THEME:
        return find_theme(search);
    case SLOT_AGENT:
        return find_agent(search);
    case SLOT_PATIENT:
        return find_patient(search);
    case SLOT_OBJECT:
        return search->passive == JW_NONE ? find_object(search) : find_patient(search);
    case SLOT_LATER:
        return nearest(search, search->trigger, search->scene->tokens.end, 0, 1);
    case SLOT_AFTER:
        return nearest(search, search->trigger, search->clause.end, 0, 0);
    case SLOT_BEFORE:
        return nearest(search, search->clause.start, search->trigger, 1, 0);
    case SLOT_NEAR:
    case SLOT_OTHER: {
        const jw_range range = slot == SLOT_NEAR ? search->clause : search->scene->tokens;
        const uint32_t mention = nearest(search, search->trigger, search->clause.end, 0, 0);
        return mention != JW_NONE ? mention : nearest(search, range.start, search->trigger, 1, 0);
    }
    case SLOT_WITH:
        return after_mark(search, u"與和跟同及、/");
    case SLOT_TO:
        return after_mark(search, u"給向對予");
    default:
        return after_mark(search, u"由從自向獲");
    }
}

uint32_t jwi_event_holder(const jw_doc *doc, uint32_t mention)
{
    const jw_link *const link = &doc->links[mention];
    if (doc->meta.source_type != JW_ANNOUNCEMENT || (link->kind != JW_MENTION_ROLE && link->kind != JW_MENTION_PRONOUN) ||
        link->entity == JW_NONE)
        return link->entity;
    if (link->flags & JW_LINK_RECORD)
        return link->entity;
    for (uint32_t i = 0; i < mention; i++)
        if (doc->links[i].entity == link->entity && doc->links[i].kind != JW_MENTION_ROLE && doc->links[i].kind != JW_MENTION_PRONOUN)
            return link->entity;
    return JW_NONE;
}

/* 、 和 與 及 暨 / between the names of a list. */
static int is_joint(uint32_t code)
{
    return code_is_one_of(code, u"、和與及暨/");
}

uint32_t jwi_event_beside(const struct event_scene *scene, const struct event_draft *draft, uint32_t mention, int step)
{
    const struct event_work *const work = scene->work;
    const jw_doc *const doc = work->doc;
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    const int is_mutual = leaf->also_share == JW_SCALE && draft->slot == SLOT_AGENT;
    if (!is_mutual &&
        (leaf->also != JW_NONE ||
         (draft->slot != SLOT_THEME && draft->slot != SLOT_PATIENT && draft->slot != SLOT_AFTER && draft->slot != SLOT_OBJECT)))
        return JW_NONE;
    for (;;) {
        const jw_range tokens = doc->mentions[mention].tokens;
        if (step < 0 ? tokens.start < scene->tokens.start + 2 : tokens.end + 1 >= scene->tokens.end)
            return JW_NONE;
        const uint32_t next = step < 0 ? tokens.start - 1 : tokens.end;
        const int touches = work->mention_at[next] != JW_NONE && /* 特斯拉台積電 */
                            (step < 0 ? doc->tokens[next].text.end == doc->tokens[next + 1].text.start
                                      : doc->tokens[next - 1].text.end == doc->tokens[next].text.start);
        const uint32_t other = work->mention_at[touches ? next : step < 0 ? next - 1 : next + 1];
        const uint32_t listed = 1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_SEC;
        if (other == JW_NONE || !(touches || is_joint(event_letter(work, next))) || !(event_type_of(work, other) & listed) ||
            doc->links[other].entity == JW_NONE || (jwi_event_is_held(draft, doc, other) && !is_mutual))
            return JW_NONE;
        if (!jwi_event_is_held(draft, doc, other))
            return other;
        mention = other; /* the other side of an alliance stands in the same list */
    }
}
