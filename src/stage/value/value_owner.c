/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose value it is: the mention of a company, security, index, currency or commodity that it is said of.
 * Method: lists and rates first; with trees, up from the value to the first word that has such a mention as its subject or modifier; else, and
 * where the tree says nothing, the nearest such mention before the value in its sentence, else the last one of the sentence before in the same
 * part, when nothing else is the subject; over the end of a line only if the text is about it.
 */
#include "stage/value/value_owner.h"

/* 歐洲央行升息2碼: a rate set by an authority is no company's. */
static int is_set_by_authority(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    static const char *const rate[] = {"interest_rate"};
    return end > first && owner->doc->mentions[end - 1].type == owner->authority && is_one_of(value->of, rate, 1);
}

/* 正達等7家企業: the firms are counted. */
static int is_count_of_firms(const jw_doc *doc, const jw_value *value)
{
    static const char among[] = "等";
    const uint32_t len = sizeof among - 1;
    return value->kind == JW_VALUE_QUANTITY && value->text.start >= len && !memcmp(doc->text.at + value->text.start - len, among, len);
}

/* Points of an index, and a turnover of hundreds of billions: no company's. */
static int is_of_market(const jw_value *value)
{
    static const char *const index[] = {"index"}, *const points[] = {"points"}, *const turnover[] = {"turnover", "volume"};
    enum { HUNDRED_BILLION = 11 };
    return (is_one_of(value->of, index, 1) && is_one_of(value->unit, points, 1)) ||
           (value->kind == JW_VALUE_MONEY && is_one_of(value->of, turnover, 2) && !is_below(value->value, HUNDRED_BILLION));
}

/* 超越聯發科的 46.5%: right behind the name and 的, whatever is done to it. */
static uint32_t owner_of_possession(const struct owner *owner, const jw_value *value, jw_range near)
{
    static const char of[] = "的";
    const jw_doc *const doc = owner->doc;
    if (near.end == near.start)
        return JW_NONE;
    const jw_mention *const mention = &doc->mentions[near.end - 1];
    jw_range gap = between(doc, mention, value->text.start);
    gap.end -= gap.end > gap.start && doc->text.at[gap.end - 1] == ' ';
    return gap.end - gap.start == sizeof of - 1 && !memcmp(doc->text.at + gap.start, of, sizeof of - 1) && mention->type == owner->type[OWNER_COM] &&
                   value->compare == JW_COMPARE_ABS && jwi_owner_may_own(owner, mention) && jwi_owner_may_measure(owner, mention->type, value)
               ? near.end - 1
               : JW_NONE;
}

/* Who is said to have it, by the lists, the tree and the words of its sentence; `near` are the mentions before it there. */
static void find_owner(const struct owner *owner, const jw_sentence *sentence, jw_value *value, jw_range near)
{
    value->mention = owner->is_form ? JW_NONE : jwi_owner_of_list(owner, value, near.start, near.end);
    if (value->mention == JW_NONE && !owner->is_form)
        value->mention = owner_of_possession(owner, value, near);
    if (value->mention == JW_NONE && !owner->is_form)
        value->mention = jwi_owner_of_element(owner, value, near.start, near.end);
    if (value->mention == JW_NONE && owner->doc->layers & JW_LAYER_ARCS)
        value->mention = jwi_owner_by_tree(owner, value, near.start, near.end);
    if (value->mention != JW_NONE)
        return;
    if (owner->is_form || !is_mere_count(value))
        value->mention = jwi_owner_nearest(owner, value, near.start, near.end);
    if (value->mention != JW_NONE && jwi_owner_is_cut_off(owner, sentence, value, near.end))
        value->mention = JW_NONE;
}

/* What is an announcement's, an index's, an authority's or a currency's by what it is; whether it was one of them. */
static int own_plainly(const struct owner *owner, const struct reading *at, jw_value *value, jw_range near)
{
    static const char *const holding[] = {"shareholding"};
    if (owner->is_form && at->counts_holdings && is_one_of(value->of, holding, 1)) {
        value->mention = at->speaker; /* whoever holds them, the shares are its */
        return 1;
    }
    if (is_of_market(value)) {
        value->mention = jwi_owner_index(owner, near.start, near.end, at->before);
        return 1;
    }
    if (is_set_by_authority(owner, value, near.start, near.end) || (!owner->is_form && is_count_of_firms(owner->doc, value)))
        return 1;
    value->mention = jwi_owner_of_rate(owner, value, near.start, near.end);
    if (value->mention == JW_NONE)
        return 0;
    jwi_owner_name_rate(owner, value);
    return 1;
}

static void own_value(const struct owner *owner, const jw_sentence *sentence, struct reading *at, jw_value *value, jw_range near)
{
    static const char *const rate[] = {"exchange_rate"};
    const jw_doc *const doc = owner->doc;
    if (owner->is_form)
        jwi_owner_read_report(value, at);
    if (value->kind == JW_VALUE_DATE || value->kind == JW_VALUE_DURATION || value->kind == JW_VALUE_CODE ||
        value->tokens.start >= doc->token_count)
        return;
    if (owner->is_form)
        jwi_owner_fill_report(at, value);
    if (own_plainly(owner, at, value, near))
        return;
    find_owner(owner, sentence, value, near);
    if (!owner->is_form)
        value->mention = jwi_owner_of_target(owner, value, value->mention, near.start, near.end);
    else
        value->mention = jwi_owner_of_child(owner, sentence, at, value);
    const uint32_t at_title = owner->is_form || !sentence->part ? JW_NONE : at->speaker;
    if (value->mention == JW_NONE && !owner->is_form && !sentence->part &&
        jwi_owner_may_await(owner, sentence, value, at->speaker))
        value->mention = at->speaker;
    if (value->mention == JW_NONE && jwi_owner_may_borrow(owner, sentence, value, near.start, near.end, at->before, at_title))
        value->mention = at->before;
    jwi_owner_name_price(owner, value);
    jwi_owner_name_currency(owner, value);
    if (value->mention != JW_NONE && is_one_of(value->of, rate, 1) && doc->mentions[value->mention].type != owner->type[OWNER_CURRENCY])
        value->mention = JW_NONE;
}

/* Every byte is looked at once, however many values ask. */
static void find_line(struct owner *owner, const jw_sentence *sentence)
{
    for (; owner->read < sentence->text.start; owner->read++)
        if (owner->doc->text.at[owner->read] == '\n')
            owner->line = owner->read + 1;
}

static void own_sentence(struct owner *owner, const jw_sentence *sentence, struct reading *at, jw_value *values, uint32_t count)
{
    enum { MOST_NAMES = 64 }; /* a list of names has no long reach */
    const jw_doc *doc = owner->doc;
    const uint32_t first = at->mention;
    while (at->mention < doc->mention_count && doc->mentions[at->mention].tokens.start < sentence->tokens.end)
        at->mention++;
    if (owner->is_form)
        jwi_owner_enter_field(owner, sentence, at, (jw_range){first, at->mention});
    find_line(owner, sentence);
    owner->has_rate = jwi_owner_speaks_of_rate(owner, sentence->text, first, at->mention);
    for (uint32_t near = first; at->value < count && values[at->value].text.start < sentence->text.end; at->value++) {
        while (near < at->mention && doc->mentions[near].tokens.end <= values[at->value].tokens.start)
            near++;
        own_value(owner, sentence, at, &values[at->value], (jw_range){near - first > MOST_NAMES ? near - MOST_NAMES : first, near});
    }
    const uint32_t last = jwi_owner_last(owner, at->mention - first > MOST_NAMES ? at->mention - MOST_NAMES : first, at->mention);
    at->before = last != JW_NONE ? last : at->before;
}

/* Who makes the announcement is no bank, insurer or broker. */
static int is_firm(const struct owner *owner, uint32_t speaker)
{
    static const char *const words[] = {"銀", "證", "保", "壽", "票", "租", "金"};
    const jw_bytes name = owner->doc->meta.issuer_name;
    if (speaker != JW_NONE)
        return owner->doc->mentions[speaker].type == owner->type[OWNER_COM];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = 0; at + strlen(words[i]) <= name.len; at++)
            if (!memcmp(name.at + at, words[i], strlen(words[i])))
                return 0;
    return name.len > 0;
}

static struct owner owner_of(const jw_doc *doc, const jw_value *values, uint32_t count)
{
    static const char *const names[OWNER_TYPES] = {"COM", "FIN", "SEC", "IDX", "CUR", "CMD"};
    static const char *const foreign[FOREIGN_TYPES] = {"GOV", "LOC", "ORG", "IND"};
    struct owner owner = {.doc = doc, .values = values, .count = count};
    for (int i = 0; i < OWNER_TYPES; i++)
        owner.type[i] = label_of(doc, JW_LABELS_MENTION, names[i]);
    owner.authority = label_of(doc, JW_LABELS_MENTION, "GOV");
    for (int i = 0; i < FOREIGN_TYPES; i++)
        owner.foreign[i] = label_of(doc, JW_LABELS_MENTION, foreign[i]);
    owner.subject = label_of(doc, JW_LABELS_DEP, "nsubj");
    owner.modifier = label_of(doc, JW_LABELS_DEP, "nmod");
    owner.topic = label_of(doc, JW_LABELS_DEP, "dislocated");
    owner.is_form = doc->meta.source_type == JW_ANNOUNCEMENT;
    for (uint32_t i = 0; i < doc->mention_count; i++)
        owner.ownable += (uint32_t)jwi_owner_may_own(&owner, &doc->mentions[i]);
    return owner;
}

void jwi_value_own(const jw_doc *doc, jw_value *values, uint32_t count)
{
    if (!(doc->layers & JW_LAYER_MENTIONS) || !doc->model)
        return;
    struct owner owner = owner_of(doc, values, count);
    struct reading at = {.before = JW_NONE, .other = JW_NONE, .speaker = JW_NONE};
    at.speaker = owner.is_form ? jwi_owner_speaker(&owner) : jwi_owner_of_title(&owner);
    owner.is_firm = owner.is_form && is_firm(&owner, at.speaker);
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (i && doc->sentences[i].part != doc->sentences[i - 1].part)
            at.before = at.speaker;
        own_sentence(&owner, &doc->sentences[i], &at, values, count);
    }
}
