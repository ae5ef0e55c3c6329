/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who and what plays the roles of an event.
 * Method: the tree where it links a name to a word of the match as its subject; else the order in the clause: before the trigger, carried
 * over from the clause before, after it, from the sentence before, from the title.  Values by kind, metric and comparison.
 */
#include "stage/event/event.h"

#include <string.h>

enum { MENTIONS_BACK = 64, VALUES_AHEAD = 24 };

/* One role at work. */
struct search {
    const struct event_scene *scene;
    const struct event_match *match;
    struct event_draft *draft;
    jw_range clause;
    uint32_t trigger; /* token */
    uint32_t types;
    uint32_t passive; /* token of 遭 before the trigger, JW_NONE: an active verb */
};

static uint32_t type_of(const struct event_work *work, uint32_t mention)
{
    return work->type_of[work->doc->mentions[mention].type & 63];
}

/* Code of a token of one unit, else 0. */
static uint32_t letter_of(const struct event_work *work, uint32_t token)
{
    const struct room_word *const word = &work->room->words[token];
    return word->end == word->start + 1 ? work->room->units.code[word->start] : 0;
}

static int is_one_of(uint32_t code, const uint32_t *codes, int n)
{
    for (int i = 0; i < n; i++)
        if (codes[i] == code)
            return 1;
    return 0;
}

/* 對 向 給 從 替 與 跟 獲 遭 被 受 由 */
static int is_oblique(const struct search *search, uint32_t mention)
{
    static const uint32_t marks[] = {0x5c0d, 0x5411, 0x7d66, 0x5f9e, 0x66ff, 0x8207, 0x8ddf, 0x7372, 0x906d, 0x88ab, 0x53d7, 0x7531};
    const uint32_t start = search->scene->work->doc->mentions[mention].tokens.start;
    return start > search->clause.start && is_one_of(letter_of(search->scene->work, start - 1), marks, sizeof marks / sizeof *marks);
}

/* 高盛：...: the name is who says it. */
static int is_speaker(const struct search *search, uint32_t mention)
{
    const struct event_work *const work = search->scene->work;
    const uint32_t end = work->doc->mentions[mention].tokens.end;
    return end < search->scene->tokens.end && letter_of(work, end) == ':';
}

static int is_held(const struct event_draft *draft, const jw_doc *doc, uint32_t mention)
{
    const uint32_t entity = doc->links[mention].entity;
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].mention == mention || (entity != JW_NONE && draft->arg[i].entity == entity))
            return 1;
    return 0;
}

/* 除 or 除了 before it: the name is left out of what is said. */
static int is_excepted(const struct event_scene *scene, uint32_t mention)
{
    const uint32_t start = scene->work->doc->mentions[mention].tokens.start;
    return start > scene->tokens.start && scene->work->room->units.code[scene->work->room->words[start - 1].start] == 0x9664;
}

static int fits(const struct search *search, uint32_t mention)
{
    return !is_excepted(search->scene, mention) && (type_of(search->scene->work, mention) & search->types) &&
           !is_held(search->draft, search->scene->work->doc, mention);
}

/* Nearest name that fits in tokens [low, high), from the right or from the left. */
static uint32_t nearest(const struct search *search, uint32_t low, uint32_t high, int from_right, int is_free)
{
    const struct event_work *const work = search->scene->work;
    for (uint32_t i = 0; low + i < high; i++) {
        const uint32_t mention = work->mention_at[from_right ? high - 1 - i : low + i];
        if (mention != JW_NONE && fits(search, mention) && (!is_free || (!is_oblique(search, mention) && !is_speaker(search, mention))))
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

static int is_of_match(const struct search *search, uint32_t token)
{
    for (uint32_t i = 0; i < search->match->pattern->count; i++) {
        const jw_range tokens = search->scene->hit[search->match->hit[i]].tokens;
        if (token >= tokens.start && token < tokens.end)
            return 1;
    }
    return 0;
}

/* Name in the clause that the tree makes the subject of a word of the match. */
static uint32_t by_tree(const struct search *search)
{
    const struct event_work *const work = search->scene->work;
    if (!(work->doc->layers & JW_LAYER_ARCS))
        return JW_NONE;
    for (uint32_t token = search->clause.start; token < search->trigger; token++) {
        const uint32_t mention = work->mention_at[token];
        if (mention == JW_NONE || !fits(search, mention) || is_oblique(search, mention) || is_speaker(search, mention))
            continue;
        const jw_arc *const arc = &work->doc->arcs[head_token(work->doc, &work->doc->mentions[mention])];
        if (arc->head != JW_NONE && (arc->rel == work->rel_subject || arc->rel == work->rel_passive) && is_of_match(search, arc->head))
            return mention;
    }
    return JW_NONE;
}

/* The subject the clause has or takes over, else the nearest name before it in the sentence. */
static uint32_t carried(const struct search *search)
{
    const struct event_work *const work = search->scene->work;
    const jw_doc *const doc = work->doc;
    const uint32_t clause = doc->scopes[search->trigger].clause;
    if (clause < doc->clause_count) {
        const struct clause *const at = &doc->clauses[clause];
        const uint32_t candidates[] = {at->subject, at->topic};
        for (int i = 0; i < 2; i++)
            if (candidates[i] < doc->mention_count && doc->mentions[candidates[i]].tokens.start < search->trigger &&
                (i == 0 || doc->mentions[candidates[i]].tokens.start >= search->scene->tokens.start) && fits(search, candidates[i]) &&
                !is_speaker(search, candidates[i]))
                return candidates[i];
    }
    return nearest(search, search->scene->tokens.start, search->clause.start, 1, 1);
}

/* The only company the range names, JW_NONE when it names none or several. */
static uint32_t only_name(const struct search *search, jw_range tokens)
{
    const struct event_work *const work = search->scene->work;
    uint32_t only = JW_NONE;
    for (uint32_t i = tokens.start; i < tokens.end; i++) {
        const uint32_t mention = work->mention_at[i];
        if (mention == JW_NONE || !fits(search, mention) || work->doc->links[mention].entity == JW_NONE)
            continue;
        if (only != JW_NONE && work->doc->links[only].entity != work->doc->links[mention].entity)
            return JW_NONE;
        only = only == JW_NONE ? mention : only;
    }
    return only;
}

/* The only company of the first sentence, which the text is about; else the first of the sentence before; else the first of the title. */
static uint32_t from_before(const struct search *search)
{
    const jw_doc *const doc = search->scene->work->doc;
    const jw_sentence *const sentence = &doc->sentences[search->scene->sentence];
    if (!search->scene->sentence || doc->parts[sentence->part].kind == JW_PART_REPLY)
        return JW_NONE;
    uint32_t mention = only_name(search, doc->sentences[0].tokens);
    if (mention == JW_NONE && sentence[-1].part == sentence->part)
        mention = nearest(search, sentence[-1].tokens.start, sentence[-1].tokens.end, 0, 0);
    return mention == JW_NONE ? nearest(search, doc->sentences[0].tokens.start, doc->sentences[0].tokens.end, 0, 0) : mention;
}

static uint32_t find_theme(const struct search *search)
{
    uint32_t mention = by_tree(search);
    if (mention == JW_NONE)
        mention = nearest(search, search->clause.start, search->trigger, 1, 1);
    if (mention == JW_NONE)
        mention = carried(search);
    if (mention == JW_NONE)
        mention = nearest(search, search->trigger, search->clause.end, 0, 0);
    return mention == JW_NONE ? from_before(search) : mention;
}

static uint32_t find_agent(const struct search *search)
{
    if (search->passive != JW_NONE)
        return nearest(search, search->passive, search->trigger, 0, 0);
    uint32_t mention = by_tree(search);
    if (mention == JW_NONE)
        mention = nearest(search, search->clause.start, search->trigger, 1, 1);
    return mention == JW_NONE ? carried(search) : mention;
}

/* 將, 把: the name behind it suffers. */
static uint32_t disposed(const struct search *search)
{
    const struct event_work *const work = search->scene->work;
    for (uint32_t token = search->trigger; token > search->clause.start; token--) {
        const uint32_t code = letter_of(work, token - 1);
        if (code == 0x5c07 || code == 0x628a)
            return nearest(search, token, search->trigger, 0, 0);
    }
    return JW_NONE;
}

static uint32_t after_mark(const struct search *search, const uint32_t *marks, int n);

static uint32_t find_object(const struct search *search)
{
    static const uint32_t marks[] = {0x5c0d, 0x5411}; /* 對 向 */
    if (search->passive != JW_NONE)
        return nearest(search, search->clause.start, search->passive, 1, 1);
    uint32_t mention = disposed(search);
    if (mention == JW_NONE)
        mention = after_mark(search, marks, sizeof marks / sizeof *marks);
    return mention == JW_NONE ? nearest(search, search->trigger, search->clause.end, 0, 0) : mention;
}

static uint32_t find_patient(const struct search *search)
{
    uint32_t mention = find_object(search);
    if (mention == JW_NONE && search->passive == JW_NONE)
        mention = nearest(search, search->clause.start, search->trigger, 1, 1);
    if (mention == JW_NONE)
        mention = carried(search);
    return mention == JW_NONE ? from_before(search) : mention;
}

/* Name right behind one of the marks, anywhere in the clause. */
static uint32_t after_mark(const struct search *search, const uint32_t *marks, int n)
{
    const struct event_work *const work = search->scene->work;
    for (uint32_t token = search->clause.start; token + 1 < search->clause.end; token++) {
        const uint32_t mention = work->mention_at[token + 1];
        if (mention != JW_NONE && is_one_of(letter_of(work, token), marks, n) && fits(search, mention))
            return mention;
    }
    return JW_NONE;
}

static uint32_t find_name(const struct search *search, uint32_t slot)
{
    static const uint32_t with[] = {0x8207, 0x548c, 0x8ddf, 0x540c, 0x53ca, 0x3001, '/'}; /* 與 和 跟 同 及 、 */
    static const uint32_t to[] = {0x7d66, 0x5411, 0x5c0d, 0x4e88},
                          from[] = {0x7531, 0x5f9e, 0x81ea, 0x5411, 0x7372}; /* 給 向 對 予; 由 從 自 向 獲 */
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
        return after_mark(search, with, sizeof with / sizeof *with);
    case SLOT_TO:
        return after_mark(search, to, sizeof to / sizeof *to);
    default:
        return after_mark(search, from, sizeof from / sizeof *from);
    }
}

static uint32_t bits(uint32_t kind)
{
    return 1u << kind;
}

static int is_value_of(const jw_value *value, const struct event_role *role)
{
    static const uint32_t kinds[] = {
        [SLOT_MONEY - SLOT_MONEY] = 1u << JW_VALUE_MONEY,
        [SLOT_PERCENT - SLOT_MONEY] = 1u << JW_VALUE_PERCENT,
        [SLOT_YOY - SLOT_MONEY] = 1u << JW_VALUE_PERCENT,
        [SLOT_MOM - SLOT_MONEY] = 1u << JW_VALUE_PERCENT,
        [SLOT_QUANTITY - SLOT_MONEY] = 1u << JW_VALUE_QUANTITY,
        [SLOT_PERIOD - SLOT_MONEY] = 1u << JW_VALUE_DATE,
        [SLOT_DAY - SLOT_MONEY] = 1u << JW_VALUE_DATE,
        [SLOT_DURATION - SLOT_MONEY] = 1u << JW_VALUE_DURATION,
        [SLOT_SHARE - SLOT_MONEY] = 1u << JW_VALUE_MONEY,
        [SLOT_OLD - SLOT_MONEY] = 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_MONEY | 1u << JW_VALUE_RATIO,
        [SLOT_NEW - SLOT_MONEY] = 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_MONEY | 1u << JW_VALUE_RATIO,
    };
    if (!(kinds[role->slot - SLOT_MONEY] & bits(value->kind)) ||
        (role->metric && jwi_event_name(value->of) != role->metric && jwi_event_name(value->unit) != role->metric))
        return 0;
    switch (role->slot) {
    case SLOT_MONEY:
        return value->compare == JW_COMPARE_NONE || value->compare == JW_COMPARE_ABS;
    case SLOT_PERCENT:
        return value->compare != JW_COMPARE_YOY && value->compare != JW_COMPARE_MOM && value->compare != JW_COMPARE_QOQ;
    case SLOT_YOY:
        return value->compare == JW_COMPARE_YOY;
    case SLOT_MOM:
        return value->compare == JW_COMPARE_MOM || value->compare == JW_COMPARE_QOQ;
    case SLOT_PERIOD:
        return value->first.grain != JW_GRAIN_NONE && value->first.grain < JW_GRAIN_DAY;
    case SLOT_DAY:
        return value->first.grain == JW_GRAIN_DAY;
    default:
        return 1;
    }
}

static int is_value_held(const struct event_draft *draft, uint32_t value)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].value == value)
            return 1;
    return 0;
}

/* 六角 is a company before it is 60 cents. */
static int is_name(const struct event_work *work, const jw_value *value)
{
    const uint32_t mention = value->tokens.start < work->doc->token_count ? work->mention_at[value->tokens.start] : JW_NONE;
    return mention != JW_NONE && (type_of(work, mention) & (1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_SEC));
}

/* 由, 自, 從 before the value; 至, 到, 為, 成 before it. */
static int follows(const struct search *search, const jw_value *value, int is_new)
{
    static const uint32_t old[] = {0x7531, 0x81ea, 0x5f9e}, new[] = {0x81f3, 0x5230, 0x70ba, 0x6210};
    const struct event_work *const work = search->scene->work;
    for (uint32_t back = 1; back < 5 && value->tokens.start >= search->clause.start + back; back++) {
        const struct room_word *const word = &work->room->words[value->tokens.start - back];
        const uint32_t last = work->room->units.code[word->end - 1];
        if (is_one_of(last, is_new ? new : old, is_new ? 4 : 3))
            return 1;
        if (is_one_of(last, is_new ? old : new, is_new ? 3 : 4))
            return 0;
    }
    return 0;
}

/*
 * The value of the role: nearest after the trigger in the clause, else before it there, else, when the role names a metric, later in the
 * sentence.
 */
static uint32_t find_value(const struct search *search, const struct event_role *role)
{
    const jw_doc *const doc = search->scene->work->doc;
    uint32_t before = JW_NONE, later = JW_NONE;
    for (uint32_t i = search->scene->values.start; i < search->scene->values.end; i++) {
        const jw_value *const value = &doc->values[i];
        if (!is_value_of(value, role) || is_name(search->scene->work, value) || is_value_held(search->draft, i) ||
            (role->slot == SLOT_OLD && !follows(search, value, 0)) || (role->slot == SLOT_NEW && !follows(search, value, 1)))
            continue;
        const int is_inside = value->tokens.start >= search->clause.start && value->tokens.start < search->clause.end;
        if (is_inside && value->tokens.start >= search->trigger)
            return i;
        if (is_inside)
            before = i;
        else if (role->metric && later == JW_NONE && value->tokens.start >= search->clause.end)
            later = i;
    }
    return before != JW_NONE ? before : later;
}

uint32_t jwi_event_holder(const jw_doc *doc, uint32_t mention)
{
    const jw_link *const link = &doc->links[mention];
    if (doc->meta.source_type != JW_ANNOUNCEMENT || (link->kind != JW_MENTION_ROLE && link->kind != JW_MENTION_PRONOUN) ||
        link->entity == JW_NONE)
        return link->entity;
    for (uint32_t i = 0; i < mention; i++)
        if (doc->links[i].entity == link->entity && doc->links[i].kind != JW_MENTION_ROLE && doc->links[i].kind != JW_MENTION_PRONOUN)
            return link->entity;
    return JW_NONE;
}

static void add_mention(struct event_draft *draft, const jw_doc *doc, uint32_t mention, uint32_t role)
{
    const jw_range tokens = doc->mentions[mention].tokens;
    const jw_range text = {doc->tokens[tokens.start].text.start, doc->tokens[tokens.end - 1].text.end};
    draft->arg[draft->arg_count++] = (jw_arg){text, mention, jwi_event_holder(doc, mention), JW_NONE, (uint16_t)role, 0};
}

static void add_value(struct event_draft *draft, const jw_doc *doc, uint32_t value, uint32_t role)
{
    draft->arg[draft->arg_count++] = (jw_arg){doc->values[value].text, JW_NONE, JW_NONE, value, (uint16_t)role, 0};
}

/* Words of a class in the clause: 展望 as the metric of a guidance. */
static void add_word(const struct search *search, const struct event_role *role, uint32_t id)
{
    const struct event_scene *const scene = search->scene;
    const struct event_hit *best = NULL;
    for (uint32_t i = 0; i < scene->hit_count; i++) {
        const struct event_hit *const hit = &scene->hit[i];
        if (hit->tokens.start < search->clause.start || hit->tokens.start >= search->clause.end ||
            !jwi_event_has_class(scene->work->lex, hit, role->cls))
            continue;
        if (!best || hit->tokens.start <= search->trigger + 8)
            best = hit;
        if (hit->tokens.start >= search->trigger)
            break;
    }
    if (!best)
        return;
    const uint32_t *const at = scene->work->room->units.at;
    search->draft->arg[search->draft->arg_count++] =
        (jw_arg){{at[best->start], at[best->end]}, JW_NONE, JW_NONE, JW_NONE, (uint16_t)id, 0};
}

static int has_role(const struct event_draft *draft, uint32_t id)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role == id)
            return 1;
    return 0;
}

static void fill_role(struct search *search, const struct event_role *role, uint32_t id)
{
    const jw_doc *const doc = search->scene->work->doc;
    if (search->draft->arg_count == LEAF_ROLES || has_role(search->draft, id))
        return;
    if (role->slot == SLOT_NOBODY)
        return;
    if (role->slot == SLOT_WORD) {
        add_word(search, role, id);
    } else if (role->slot >= SLOT_MONEY) {
        const uint32_t value = find_value(search, role);
        if (value != JW_NONE)
            add_value(search->draft, doc, value, id);
    } else {
        search->types = role->types;
        const uint32_t mention = find_name(search, role->slot);
        if (mention != JW_NONE)
            add_mention(search->draft, doc, mention, id);
    }
}

/* 遭, 被, 獲 between the names and the trigger, or the trigger's own first letter. */
static uint32_t find_passive(const struct search *search)
{
    const struct event_scene *const scene = search->scene;
    const uint32_t cls = scene->work->lex->header->passive_class;
    uint32_t found = JW_NONE;
    for (uint32_t i = 0; i < scene->hit_count && scene->hit[i].tokens.start <= search->trigger; i++)
        if (scene->hit[i].tokens.start >= search->clause.start && jwi_event_has_class(scene->work->lex, &scene->hit[i], cls))
            found = scene->hit[i].tokens.start;
    return found;
}

static uint32_t entity_of(const struct event_draft *draft, uint32_t role)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role == role && draft->arg[i].entity != JW_NONE)
            return draft->arg[i].entity;
    return JW_NONE;
}

/* A name of the types anywhere in the range. */
static int has_name(const struct event_work *work, jw_range tokens, uint32_t types)
{
    for (uint32_t i = tokens.start; i < tokens.end; i++)
        if (work->mention_at[i] != JW_NONE && (type_of(work, work->mention_at[i]) & types))
            return 1;
    return 0;
}

static int has_value(const struct event_scene *scene, jw_range tokens, uint32_t kinds, int is_change)
{
    const jw_doc *const doc = scene->work->doc;
    for (uint32_t i = scene->values.start; i < scene->values.end; i++) {
        const jw_value *const value = &doc->values[i];
        if (value->tokens.start >= tokens.start && value->tokens.start < tokens.end && (kinds >> value->kind & 1) &&
            (!is_change || value->compare == JW_COMPARE_YOY || value->compare == JW_COMPARE_MOM || value->compare == JW_COMPARE_QOQ))
            return 1;
    }
    return 0;
}

/* The event found last is of the leaf, in this sentence or the one before. */
static int has_before(const struct event_scene *scene, uint32_t leaf)
{
    const struct event_work *const work = scene->work;
    if (!work->draft_count)
        return 0;
    const jw_event *const event = &work->draft[work->draft_count - 1].event;
    return event->type == leaf && event->claim.sentence + 1 >= scene->sentence;
}

int jwi_event_has_needs(const struct event_scene *scene, const struct event_match *match)
{
    const uint32_t needs = match->pattern->needs, trigger = scene->hit[match->hit[match->pattern->trigger]].tokens.start;
    const jw_range clause = jwi_event_clause(scene, trigger);
    const uint32_t numbers = 1u << JW_VALUE_MONEY | 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_QUANTITY | 1u << JW_VALUE_RATIO;
    return !((needs & NEED_PERCENT && !has_value(scene, clause, 1u << JW_VALUE_PERCENT, 0)) ||
             (needs & NEED_MONEY && !has_value(scene, clause, 1u << JW_VALUE_MONEY, 0)) ||
             (needs & NEED_NUMBER && !has_value(scene, clause, numbers, 0)) ||
             (needs & NEED_CHANGE && !has_value(scene, scene->tokens, 1u << JW_VALUE_PERCENT, 1)) ||
             (needs & NEED_VERB && scene->work->doc->upos[trigger] != scene->work->upos_verb) ||
             (needs & NEED_PERSON && !has_name(scene->work, scene->tokens, 1u << TYPE_PER | 1u << TYPE_POS)) ||
             (needs & NEED_AGENCY && !has_name(scene->work, scene->tokens, 1u << TYPE_GOV)));
}

/* The names the pattern asks for: its bearer, or at least one in the sentence; an announcement speaks for its company without a name. */
static int has_names(const struct event_scene *scene, uint32_t needs, uint32_t bearer)
{
    const uint32_t company = 1u << TYPE_COM | 1u << TYPE_FIN, market = company | 1u << TYPE_SEC | 1u << TYPE_IDX;
    if (scene->work->doc->meta.source_type == JW_ANNOUNCEMENT)
        return 1;
    return bearer != JW_NONE || !(needs & NEED_COMPANY || (needs & NEED_NEAR && !has_name(scene->work, scene->tokens, company)) ||
                                  (needs & NEED_MARKET && !has_name(scene->work, scene->tokens, market)));
}

static void fill_dates(struct event_draft *draft, const jw_doc *doc)
{
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if (draft->arg[i].value == JW_NONE)
            continue;
        const jw_value *const value = &doc->values[draft->arg[i].value];
        if (value->kind != JW_VALUE_DATE)
            continue;
        if (value->first.grain == JW_GRAIN_DAY)
            draft->event.date = value->first;
        else
            draft->event.period = value->first;
    }
    for (uint32_t i = 0; i < draft->arg_count && !draft->event.period.grain; i++)
        if (draft->arg[i].value != JW_NONE && doc->values[draft->arg[i].value].kind == JW_VALUE_PERCENT)
            draft->event.period = doc->values[draft->arg[i].value].first;
}

/* 、 和 與 及 暨 / between the names of a list. */
static int is_joint(uint32_t code)
{
    static const uint32_t joints[] = {0x3001, 0x548c, 0x8207, 0x53ca, 0x66a8, '/'};
    return is_one_of(code, joints, sizeof joints / sizeof *joints);
}

uint32_t jwi_event_beside(const struct event_scene *scene, const struct event_draft *draft, uint32_t mention, int step)
{
    const struct event_work *const work = scene->work;
    const jw_doc *const doc = work->doc;
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    if (leaf->also != JW_NONE || (draft->slot != SLOT_THEME && draft->slot != SLOT_PATIENT && draft->slot != SLOT_AFTER))
        return JW_NONE;
    const jw_range tokens = doc->mentions[mention].tokens;
    if (step < 0 ? tokens.start < scene->tokens.start + 2 : tokens.end + 1 >= scene->tokens.end)
        return JW_NONE;
    const uint32_t joint = step < 0 ? tokens.start - 1 : tokens.end;
    const uint32_t other = work->mention_at[step < 0 ? joint - 1 : joint + 1];
    const uint32_t listed = 1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_SEC;
    if (other == JW_NONE || !is_joint(letter_of(work, joint)) || !(type_of(work, other) & listed) || is_held(draft, doc, other) ||
        doc->links[other].entity == JW_NONE)
        return JW_NONE;
    return other;
}

/* Rows of the pattern's frame stand for the general ones of their role. */
static int is_of_frame(const struct event_work *work, uint32_t row, const struct event_pattern *pattern)
{
    const struct event_role *const role = &work->lex->role[row];
    if (role->frame || !pattern->frame)
        return role->frame == pattern->frame;
    for (uint32_t i = work->role_at[pattern->leaf]; i < work->role_at[pattern->leaf + 1]; i++)
        if (work->lex->role[i].frame == pattern->frame && work->lex->role[i].role == role->role)
            return 0;
    return 1;
}

/* Which argument bears the event, and where such a one is looked for first. */
static void mark_bearer(const struct event_work *work, const struct leaf *leaf, const struct event_pattern *pattern,
                        struct event_draft *draft)
{
    draft->bearer = JW_NONE;
    for (uint32_t i = 0; i < draft->arg_count && leaf->bears != JW_NONE; i++)
        if (draft->arg[i].role == leaf->bears && draft->arg[i].entity != JW_NONE)
            draft->bearer = i;
    for (uint32_t i = work->role_at[pattern->leaf]; i < work->role_at[pattern->leaf + 1] && !draft->slot && leaf->bears != JW_NONE; i++) {
        const struct event_role *const role = &work->lex->role[i];
        if (role->role < leaf->role_count && leaf->roles[role->role] == leaf->bears && is_of_frame(work, i, pattern))
            draft->slot = role->slot;
    }
}

int jwi_event_bind(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft)
{
    struct event_work *const work = scene->work;
    const struct event_pattern *const pattern = match->pattern;
    const struct event_hit *const trigger = &scene->hit[match->hit[pattern->trigger]];
    struct search search = {scene, match, draft, jwi_event_clause(scene, trigger->tokens.start), trigger->tokens.start, 0, JW_NONE};
    search.passive = find_passive(&search);
    const struct leaf *const leaf = &work->taxonomy->leaf[pattern->leaf];
    for (uint32_t i = work->role_at[pattern->leaf]; i < work->role_at[pattern->leaf + 1]; i++) {
        const struct event_role *const role = &work->lex->role[i];
        if (role->role < leaf->role_count && is_of_frame(work, i, pattern))
            fill_role(&search, role, leaf->roles[role->role]);
    }
    draft->event.claim.entity = leaf->bears == JW_NONE ? JW_NONE : entity_of(draft, leaf->bears);
    mark_bearer(work, leaf, pattern, draft);
    draft->event.second = leaf->also == JW_NONE ? JW_NONE : entity_of(draft, leaf->also);
    draft->event.second_share = leaf->also_share;
    fill_dates(draft, work->doc);
    if (pattern->needs & NEED_BEFORE && !has_before(scene, pattern->leaf))
        return 0;
    return has_names(scene, pattern->needs, draft->event.claim.entity);
}
