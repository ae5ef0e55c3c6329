/* SPDX-License-Identifier: Apache-2.0 */
/* Which value plays a role: by kind, what it measures and what it is compared with. */
#include "stage/event/event.h"

static uint32_t bits(uint32_t kind)
{
    return 1u << kind;
}

static int is_value_of(const jw_value *value, const struct event_role *role)
{
    static const uint32_t kinds[] = {
        [SLOT_MONEY - SLOT_MONEY] = 1u << JW_VALUE_MONEY,
        [SLOT_PERCENT - SLOT_MONEY] = 1u << JW_VALUE_PERCENT,
        [SLOT_YOY - SLOT_MONEY] = 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_RATIO, /* 年增4倍 */
        [SLOT_QOQ - SLOT_MONEY] = 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_RATIO,
        [SLOT_MOM - SLOT_MONEY] = 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_RATIO,
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
    case SLOT_QOQ:
        return value->compare == JW_COMPARE_QOQ;
    case SLOT_MOM:
        return value->compare == JW_COMPARE_MOM;
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
    return mention != JW_NONE && (event_type_of(work, mention) & (1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_SEC));
}

/* 由, 自, 從 before the value; 至, 到, 為, 成 before it. */
static int follows(const struct event_search *search, const jw_value *value, int is_new)
{
    static const char16_t old[] = u"由自從", new[] = u"至到為成";
    const struct event_work *const work = search->scene->work;
    for (uint32_t back = 1; back < 5 && value->tokens.start >= search->clause.start + back; back++) {
        const struct room_word *const word = &work->room->words[value->tokens.start - back];
        const uint32_t last = work->room->units.code[word->end - 1];
        if (code_is_one_of(last, is_new ? new : old))
            return 1;
        if (code_is_one_of(last, is_new ? old : new))
            return 0;
    }
    return 0;
}

/* 百億元, 千億元: a mark that is passed. */
static int is_mark(const struct event_work *work, const jw_value *value)
{
    return code_is_one_of(work->room->units.code[work->room->words[value->tokens.start].start], u"百千萬億");
}

/* The number itself, close behind the mark and of the same time. */
static int tells_mark(const jw_doc *doc, uint32_t mark, uint32_t value)
{
    enum { CLOSE = 6 };
    for (uint32_t i = mark + 1; i < value; i++)
        if (doc->values[i].kind == JW_VALUE_DATE)
            return 0;
    return doc->values[value].tokens.start <= doc->values[mark].tokens.end + CLOSE;
}

/*
 * The value of the role: nearest after the trigger in the clause, else before it there, else, when the role names a metric, later in the
 * sentence.  A mark gives way to the number that is told close behind it: 站上百億元，達110.47億元.
 */
uint32_t jwi_event_find_value(const struct event_search *search, const struct event_role *role)
{
    const jw_doc *const doc = search->scene->work->doc;
    uint32_t before = JW_NONE, later = JW_NONE, mark = JW_NONE;
    for (uint32_t i = search->scene->values.start; i < search->scene->values.end; i++) {
        const jw_value *const value = &doc->values[i];
        if (!is_value_of(value, role) || is_name(search->scene->work, value) || is_value_held(search->draft, i) ||
            (role->slot == SLOT_OLD && !follows(search, value, 0)) || (role->slot == SLOT_NEW && !follows(search, value, 1)))
            continue;
        const int is_inside = value->tokens.start >= search->clause.start && value->tokens.start < search->clause.end;
        if (mark != JW_NONE)
            return tells_mark(doc, mark, i) ? i : mark;
        const int is_ahead = is_inside && value->tokens.start >= search->trigger,
                  is_later = role->metric && before == JW_NONE && value->tokens.start >= search->clause.end;
        if (role->metric && later == JW_NONE && (is_ahead || is_later) && is_mark(search->scene->work, value)) {
            mark = i;
            continue;
        }
        if (is_ahead)
            return i;
        if (is_inside)
            before = i;
        else if (is_later && later == JW_NONE)
            later = i;
    }
    return before != JW_NONE ? before : later != JW_NONE ? later : mark;
}
