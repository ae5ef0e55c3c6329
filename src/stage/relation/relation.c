/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage relation: relations between the entities of a sentence.
 * Method: rules of words between and behind two names (relation_match) say type and direction; what the words around say of the matter's
 * progress and ground goes with it; a scorer learned from labelled pairs (relation_view) raises or lowers the confidence of types it knows.
 * A relation that a document states several times is kept once, with its surest statement.  Cost: one search of words a sentence with two
 * names; pairs are tried only where words were found.
 */
#include "base/error.h"
#include "model/file.h"
#include "model/model.h"
#include "stage/relation/relation_attr.h"
#include "stage/relation/relation_match.h"
#include "stage/relation/relation_view.h"

#include <string.h>

enum {
    GAP_MAX = 40,         /* units between two names of a pair */
    CONF_MIN = 7000,      /* less sure ones are left out: a graph with holes is better than one with errors */
    PART_COST = 900,      /* of confidence when a name may be cut short */
    RELATIONS_MAX = 1024  /* of a document; what comes later is left out */
};

struct view {
    struct relation_rules rules;
    struct relation_view scorer;
};

struct finder {
    const struct view *view;
    const struct room *room;
    const jw_doc *doc;
    struct relation_text text;
    uint32_t type_ids[RULE_TYPES_MAX];
    uint16_t verb, noun, part, adp; /* UPOS */
    uint32_t types;      /* of heads and tails, as bits */
    uint32_t things;     /* types of what is made, as bits: PRD, TEC, CMD, IND */
    struct relation_sentence *sentence;
    struct relation_draft *drafts;
    uint32_t draft_count;
};

static jw_status open_view(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    struct view *ret = view;
    jw_bytes rules, weights;
    (void)lexicon;
    TRY(jwi_model_file_section(file, "RELC", &rules, reterr));
    TRY(jwi_model_file_section(file, "RELN", &weights, reterr));
    TRY(jwi_relation_rules_open(rules, &ret->rules, reterr));
    return jwi_relation_view_open(weights, &ret->scorer, reterr);
}

static struct unit_span units_of(const struct finder *f, jw_range tokens)
{
    return (struct unit_span){f->room->words[tokens.start].start, f->room->words[tokens.end - 1].end};
}

static jw_range text_of(const struct finder *f, struct unit_span span)
{
    return (jw_range){f->text.units.at[span.start], f->text.units.at[span.end]};
}

/* A name cut at a bracket, 四川)有限公司, is none. */
static int is_whole(const struct finder *f, struct unit_span span)
{
    int open = 0;
    for (uint32_t i = span.start; i < span.end && open >= 0; i++)
        open += (f->text.units.code[i] == '(') - (f->text.units.code[i] == ')');
    return open == 0;
}

/* Mentions of the sentence that name an entity; *next is the first mention not before it. */
static void take_names(struct finder *f, jw_range tokens, uint32_t *next)
{
    const jw_doc *doc = f->doc;
    struct relation_sentence *s = f->sentence;
    s->name_count = 0;
    for (; *next < doc->mention_count && doc->mentions[*next].tokens.start < tokens.end; ++*next) {
        const uint32_t entity = doc->links[*next].entity;
        if (entity >= doc->entity_count || s->name_count == NAMES_MAX || doc->entities[entity].type >= 32)
            continue;
        if (!is_whole(f, units_of(f, doc->mentions[*next].tokens)))
            continue;
        struct relation_name *name = &s->names[s->name_count++];
        name->units = units_of(f, doc->mentions[*next].tokens);
        name->mention = *next;
        name->entity = entity;
        name->type_bit = 1u << doc->entities[entity].type;
    }
}

static int has_han(struct units units, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (units.cls[i] == UNIT_HAN)
            return 1;
    return 0;
}

/* 達運（6120，Darwin）: codes and Latin names in brackets are other forms of the name before them. */
static void drop_notes(struct relation_sentence *s)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->name_count; i++) {
        const struct unit_span name = s->names[i].units;
        const uint32_t end = kept ? s->names[kept - 1].units.end : 0;
        const uint32_t note = kept ? jwi_relation_note_end(s->units, end, s->span.end) : 0;
        if (note <= name.start || has_han(s->units, end, note))
            s->names[kept++] = s->names[i];
    }
    s->name_count = kept;
}

/* The sentence's token that holds the unit. */
static uint32_t token_at(const struct finder *f, uint32_t unit, jw_range tokens)
{
    uint32_t low = tokens.start, high = tokens.end;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->room->words[middle].start <= unit)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Words of list `plan`; 將 that only puts its object first, 將廠房抵押予, is none. */
static int is_planned(const struct finder *f, struct unit_span span, jw_range tokens)
{
    const struct relation_sentence *s = f->sentence;
    for (uint32_t i = 0; i < s->hit_count; i++) {
        const struct rule_hit *hit = &s->hits[i];
        if (hit->start < span.start || hit->end > span.end || !list_has(&hit->lists, LIST_PLAN))
            continue;
        if (f->text.units.code[hit->start] != 0x5c07 || hit->end - hit->start > 1 || f->doc->upos[token_at(f, hit->start, tokens)] != f->adp)
            return 1;
    }
    return 0;
}

/* How far the matter is, by the words of the clause; what stage scope found fills in.  Plans are announced before the word itself. */
static void weigh(const struct finder *f, const struct relation_found *found, uint32_t token, jw_relation *ret)
{
    const struct unit_span ahead = {found->scope.start, found->word.start};
    const struct list_set lists = jwi_relation_lists(f->sentence, found->scope), before = jwi_relation_lists(f->sentence, ahead);
    const struct scope *scope = &f->doc->scopes[token];
    ret->progress = scope->progress;
    ret->fact = scope->fact;
    ret->mood = scope->mood;
    if (found->is_position) {
        const struct unit_span near = {found->text.start > 1 ? found->text.start - 2 : 0, found->text.end};
        const struct list_set close = jwi_relation_lists(f->sentence, near);
        ret->progress = list_has(&close, LIST_FORMER) || list_has(&lists, LIST_LEAVE) ? JW_CANCELLED : JW_REPORTED;
        return;
    }
    if (found->rule->between.at_start && !found->rule->behind.is_used) { /* 旗下, 客戶: it stands, whatever else is said */
        ret->progress = JW_REPORTED;
        return;
    }
    if (list_has(&before, LIST_DONE))
        ret->progress = JW_COMPLETED;
    if (is_planned(f, ahead, f->doc->sentences[ret->sentence].tokens) && !(found->rule->attrs & ATTR_HELD))
        ret->progress = JW_PLANNED;
    if (list_has(&lists, LIST_CANCEL))
        ret->progress = JW_CANCELLED;
    if (list_has(&lists, LIST_RUMOUR)) {
        ret->progress = JW_RUMOURED;
        ret->fact = JW_RUMOUR;
    }
    if (list_has(&lists, LIST_DENY))
        ret->progress = JW_DENIED;
}

/* What the learned scorer gives the type in this direction; JW_SCALE for "no relation" in *none. */
static int32_t chance_of(struct finder *f, const struct relation_pair *pair, uint32_t type, int head, int32_t *none)
{
    struct relation_scores scores;
    int32_t chance = 0;
    jwi_relation_score(&f->view->scorer, &f->text, pair, &scores);
    *none = scores.chance[0];
    for (uint32_t i = 1; i < scores.label_count; i++) {
        const struct relation_base *base = &f->view->scorer.bases[scores.label[i] / 2];
        const int turned = (scores.label[i] & 1) ^ base->is_turned;
        if (base->type == type && (base->is_symmetric || turned == head))
            chance += scores.chance[i];
    }
    return chance;
}

static int is_known(const struct relation_view *scorer, uint32_t type)
{
    for (uint32_t i = 1; i < scorer->base_count; i++)
        if (scorer->bases[i].type == type)
            return 1;
    return 0;
}

static void keep(struct finder *f, const struct relation_draft *draft)
{
    for (uint32_t i = 0; i < f->draft_count; i++) {
        jw_relation *old = &f->drafts[i].relation;
        const jw_relation *new = &draft->relation;
        const int is_turned = f->doc->model->taxonomy->relation[new->type].is_symmetric && old->head == new->tail && old->tail == new->head;
        if (old->type != new->type || !((old->head == new->head && old->tail == new->tail) || is_turned))
            continue;
        if (new->conf > old->conf)
            f->drafts[i] = *draft;
        return;
    }
    if (f->draft_count < RELATIONS_MAX)
        f->drafts[f->draft_count++] = *draft;
}

/*
 * In 索羅斯敲進安謀 減持輝達 the first name is the object of another verb and no subject of the next; likewise a technology that only
 * describes a product: 推出5G手機.
 */
static int is_object(const struct finder *f, const struct relation_found *found, const struct relation_pair *pair)
{
    const uint32_t before = pair->tokens[0].start, next = pair->tokens[1].end;
    const uint32_t blank = pair->units[0].end;
    const int is_parted = f->text.units.cls[blank] == UNIT_SPACE || f->text.units.code[blank] == ',';
    if (found->rule->is_tail_first || found->rule->between.at_start)
        return 0;
    if (is_parted && before > pair->sentence.start && f->doc->upos[before - 1] == f->verb)
        return 1;
    const struct relation_name *tail = &f->sentence->names[found->tail];
    if (!(tail->type_bit & f->things) || next >= pair->sentence.end || f->room->words[next].start != tail->units.end)
        return 0;
    return f->doc->upos[next] == f->noun || f->doc->upos[next] == f->part || f->text.units.code[tail->units.end] == 0x7528; /* 用 */
}

/* Whether a clause begins at the unit: behind a comma, a blank or 〉. */
static int starts_clause(const struct finder *f, uint32_t unit)
{
    const uint32_t before = unit ? f->text.units.code[unit - 1] : 0;
    return before == ',' || before == 0x3009 || (unit && f->text.units.cls[unit - 1] == UNIT_SPACE);
}

/* 東元改選前哨戰〉鈺叡擬收購菱光: a clause in between has a subject of its own. */
static int has_subject(const struct finder *f, const struct relation_found *found, const struct relation_pair *pair)
{
    for (uint32_t i = pair->tokens[0].end; i < pair->tokens[1].start; i++) {
        const struct room_word *word = &f->room->words[i];
        if (word->start >= found->word.start || word->start >= pair->units[1].start)
            return 0;
        if (starts_clause(f, word->start) && (f->doc->upos[i] == f->noun || f->doc->upos[i] == f->text.propn))
            return 1;
    }
    return 0;
}

/* Whether a noun of two letters and more is joined to the name on its right: 泰航飛航訓練中心 is not 泰航. */
static int is_part(const struct finder *f, const struct relation_pair *pair, int which)
{
    const uint32_t next = pair->tokens[which].end;
    if (next >= pair->sentence.end || f->doc->upos[next] != f->noun)
        return 0;
    const struct room_word *word = &f->room->words[next];
    return word->start == pair->units[which].end && word->end - word->start > 1;
}

/* A name that no list knows is as sure as its mention. */
static int32_t sureness(const struct finder *f, const struct relation_name *name)
{
    const int is_nil = (f->doc->entities[name->entity].flags & JW_ENTITY_NIL) != 0;
    return is_nil ? f->doc->mentions[name->mention].score : JW_SCALE;
}

/* Confidence of the rule, less what makes the names doubtful, moved by the learned scorer. */
static int32_t confidence(struct finder *f, const struct relation_found *found, const struct relation_pair *pair, uint32_t type)
{
    int32_t conf = found->rule->conf, none = 0, chance = 0;
    if (is_known(&f->view->scorer, type))
        chance = chance_of(f, pair, type, found->rule->is_tail_first, &none);
    conf += (JW_SCALE - conf) * chance / JW_SCALE - none / 20 - found->cost;
    if (!found->is_position && !found->rule->between.at_start && is_part(f, pair, 0))
        conf -= PART_COST;
    if (!found->is_position && !found->rule->behind.is_used && is_part(f, pair, 1))
        conf -= PART_COST;
    conf = (int32_t)((int64_t)conf * sureness(f, &f->sentence->names[found->head]) / JW_SCALE);
    return (int32_t)((int64_t)conf * sureness(f, &f->sentence->names[found->tail]) / JW_SCALE);
}

/* 就公司董事長: between a company and the title of its officer stand names of units, no verb and no preposition. */
static int is_foreign_title(const struct finder *f, const struct relation_found *found, const struct relation_pair *pair)
{
    if (!found->is_position || !found->rule->is_tail_first)
        return 0;
    if (f->text.units.code[pair->units[1].start - 1] == ':') /* 白宮經濟學家：鮑爾 */
        return 1;
    for (uint32_t i = pair->tokens[0].end; i < pair->tokens[1].start && f->room->words[i].start < found->word.start; i++)
        if ((f->doc->upos[i] == f->verb || f->doc->upos[i] == f->adp) && f->text.units.code[f->room->words[i].start] != 0x524d) /* 前 */
            return 1;
    return 0;
}

static void take_found(struct finder *f, const struct relation_found *found, const struct relation_pair *pair, uint32_t sentence)
{
    struct relation_draft draft = {.title = found->title, .near = {found->text.start, found->scope.end}, .attrs = found->rule->attrs};
    if (found->rule->between.at_start && !found->rule->behind.is_used)
        draft.near.end = found->text.end;
    const struct relation_name *head = &f->sentence->names[found->head], *tail = &f->sentence->names[found->tail];
    jw_relation *relation = &draft.relation;
    relation->type = f->type_ids[found->rule->type];
    relation->sentence = sentence;
    relation->head = head->entity;
    relation->tail = tail->entity;
    relation->head_mention = head->mention;
    relation->tail_mention = tail->mention;
    relation->text = text_of(f, found->text);
    relation->rule = f->view->rules.types[found->rule->type];
    const uint32_t token = token_at(f, found->word.start, pair->sentence);
    if (is_object(f, found, pair) || is_foreign_title(f, found, pair) ||
        (!found->is_position && !found->rule->between.at_start && has_subject(f, found, pair)))
        return;
    weigh(f, found, token, relation);
    if ((f->doc->scopes[token].negations & 1) && relation->progress != JW_CANCELLED) /* 合併|告吹 was meant */
        return;
    relation->conf = confidence(f, found, pair, relation->type);
    if (relation->conf >= CONF_MIN)
        keep(f, &draft);
}

static void try_pair(struct finder *f, uint32_t a, uint32_t b, uint32_t sentence)
{
    struct relation_found found[FOUND_MAX];
    const struct relation_name *names = f->sentence->names;
    struct relation_pair pair = {.sentence = f->doc->sentences[sentence].tokens};
    const uint32_t n = jwi_relation_match(f->sentence, a, b, found);
    for (int i = 0; i < 2; i++) {
        const struct relation_name *name = &names[i ? b : a];
        pair.tokens[i] = f->doc->mentions[name->mention].tokens;
        pair.units[i] = name->units;
        pair.type[i] = f->doc->mentions[name->mention].type;
    }
    for (uint32_t i = 0; i < n; i++)
        take_found(f, &found[i], &pair, sentence);
}

/* Words of the rules that stand outside names that may have a relation: 傳 in 遠傳 is none, 優於大盤 is one. */
static void find_words(struct relation_sentence *s, uint32_t types)
{
    uint32_t at = s->span.start;
    s->hit_count = 0;
    for (uint32_t i = 0; i <= s->name_count; i++) {
        if (i < s->name_count && !(s->names[i].type_bit & types))
            continue;
        const uint32_t end = i < s->name_count ? s->names[i].units.start : s->span.end;
        if (at < end)
            s->hit_count += jwi_relation_hits(s->rules, s->units, at, end, s->hits + s->hit_count, HITS_MAX - s->hit_count);
        at = i < s->name_count && s->names[i].units.end > at ? s->names[i].units.end : at;
    }
}

static void take_sentence(struct finder *f, uint32_t sentence, uint32_t *next)
{
    struct relation_sentence *s = f->sentence;
    const jw_range tokens = f->doc->sentences[sentence].tokens;
    if (tokens.start == tokens.end)
        return;
    take_names(f, tokens, next);
    if (s->name_count < 2)
        return;
    s->span = units_of(f, tokens);
    drop_notes(s);
    find_words(s, f->types);
    if (!s->hit_count)
        return;
    for (uint32_t a = 0; a < s->name_count; a++) {
        const uint32_t end = jwi_relation_note_end(s->units, s->names[a].units.end, s->span.end);
        for (uint32_t b = a + 1; b < s->name_count && s->names[b].units.start <= end + GAP_MAX; b++)
            if (s->names[a].entity != s->names[b].entity && s->names[b].units.start >= s->names[a].units.end)
                try_pair(f, a, b, sentence);
    }
}

static uint32_t label_of(const jw_doc *doc, jw_labels set, const char *name)
{
    const jw_bytes label = {name, strlen(name)};
    return jw_model_label_id(doc->model, set, label);
}

static jw_status write_layer(const struct finder *f, jw_doc *doc, jw_error *reterr)
{
    jw_relation *relations = PUSH(&doc->arena, jw_relation, f->draft_count);
    jw_arg *args = PUSH(&doc->arena, jw_arg, (size_t)f->draft_count * RELATION_ARGS_MAX);
    if (!relations || !args)
        return jwi_fail_memory(reterr);
    doc->relation_arg_count = 0;
    for (uint32_t i = 0; i < f->draft_count; i++) {
        relations[i] = f->drafts[i].relation;
        relations[i].first_arg = doc->relation_arg_count;
        relations[i].arg_count = jwi_relation_attributes(&f->text, doc, &f->drafts[i], args + doc->relation_arg_count);
        doc->relation_arg_count += relations[i].arg_count;
    }
    doc->relations = relations;
    doc->relation_args = args;
    doc->relation_count = f->draft_count;
    return JW_OK;
}

static void bind_labels(struct finder *f)
{
    static const char *const things[] = {"PRD", "TEC", "CMD", "IND"};
    f->verb = (uint16_t)label_of(f->doc, JW_LABELS_UPOS, "VERB");
    f->noun = (uint16_t)label_of(f->doc, JW_LABELS_UPOS, "NOUN");
    f->part = (uint16_t)label_of(f->doc, JW_LABELS_UPOS, "PART");
    f->adp = (uint16_t)label_of(f->doc, JW_LABELS_UPOS, "ADP");
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        const uint32_t id = label_of(f->doc, JW_LABELS_MENTION, things[i]);
        f->things |= id < 32 ? 1u << id : 0;
    }
}

/* Types that some relation has for a head or a tail, as bits. */
static uint32_t legal_types(const struct taxonomy *taxonomy)
{
    uint32_t types = 0;
    for (uint32_t i = 0; taxonomy && i < taxonomy->relation_count; i++)
        types |= taxonomy->relation[i].head_types | taxonomy->relation[i].tail_types;
    return types;
}

static jw_status relation_run(const void *opened, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct view *view = opened;
    struct finder f = {.view = view, .room = room, .doc = doc};
    uint32_t next = 0;
    f.drafts = PUSH(room->scratch, struct relation_draft, RELATIONS_MAX);
    f.sentence = PUSH(room->scratch, struct relation_sentence, 1);
    if (!f.drafts || !f.sentence)
        return jwi_fail_memory(reterr);
    f.text.units = room->units;
    f.text.words = room->words;
    f.text.rules = &f.view->rules;
    jwi_relation_text_bind(&f.text, doc);
    for (uint32_t i = 0; i < view->rules.type_count; i++)
        f.type_ids[i] = jw_model_label_id(doc->model, JW_LABELS_RELATION, view->rules.types[i]);
    bind_labels(&f);
    f.types = legal_types(doc->model->taxonomy);
    f.sentence->rules = &view->rules;
    f.sentence->taxonomy = doc->model->taxonomy;
    f.sentence->type_ids = f.type_ids;
    f.sentence->units = room->units;
    for (uint32_t i = 0; i < doc->sentence_count && doc->model->taxonomy; i++)
        take_sentence(&f, i, &next);
    return write_layer(&f, doc, reterr);
}

const struct stage jwi_stage_relation = {
    .name = "relation",
    .reads = LAYER_SCOPES,
    .writes = JW_LAYER_RELATIONS,
    .view_size = sizeof(struct view),
    .open = open_view,
    .run = relation_run,
};
