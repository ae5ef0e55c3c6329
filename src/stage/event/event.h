/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of stage event: section EVNT (trigger words, patterns, roles, notes) and the work on one document.
 * A word is letters and belongs to classes; a pattern is one to four classes in order within a clause; a match of a pattern is an event in
 * the making.
 *   營收 [REV] .. 年增 [CHANGE, up]      pattern `@REV .. @CHANGE` of leaf EARN.REVENUE, direction of its words
 */
#ifndef JW_STAGE_EVENT_EVENT_H
#define JW_STAGE_EVENT_EVENT_H

#include "stage/stage.h"

#include "model/taxonomy.h"

enum {
    EVENT_VERSION = 3,
    EVENT_CONF_STEPS = 20, /* of the table of confidence: 0, 0.05 .. 1 */
    EVENT_WORD_MAX = 16,    /* letters */
    EVENT_ELEMENTS = 4,     /* of a pattern */
    EVENT_SLOTS = 4096,     /* hash of first letters */
    EVENT_GAP = 18,         /* units between two elements */
    EVENT_FAR_GAP = 48,     /* the same, across clauses */
    EVENT_TIGHT = 2,        /* the same, of elements divided by one blank */
    EVENT_REACH = 14,       /* units around a match in which a word may void it */
    EVENT_NO_LEAF = 0xffff, /* pattern that only voids others */
    EVENT_FAR = 0x8000      /* bit of a list item: the word voids from anywhere in the sentence */
};

/* What a word adds beside its letters; bits of event_tag.flags. */
enum {
    TAG_STRONG = 1, /* counts as an amplifier: 1.2 */
    TAG_WEAK = 2    /* 0.6 */
};

enum event_direction {
    DIRECT_NONE,
    DIRECT_UP,
    DIRECT_DOWN,
    DIRECT_WORDS, /* product of the directions of the words */
    DIRECT_VALUE  /* sign of the change among the values */
};

/* Bits of event_pattern.needs. */
enum {
    NEED_COMPANY = 1, /* a bearer */
    NEED_NEAR = 2,    /* a bearer, or a company in the sentence */
    NEED_MARKET = 4,  /* a bearer, or a company, security or index in the sentence */
    NEED_PERCENT = 8, /* a percentage in the clause */
    NEED_MONEY = 16,  /* an amount in the clause */
    NEED_NUMBER = 32, /* any number in the clause */
    NEED_BEFORE = 64, /* an event of the same leaf before it in the sentence or the one before */
    NEED_VERB = 128,  /* the trigger is a verb */
    NEED_PERSON = 256,
    NEED_CHANGE = 512,  /* a value compared with an earlier one */
    NEED_AGENCY = 1024, /* an authority in the sentence */
    NEED_ALONE = 2048,  /* no other event in the clause */
    NEED_SOLE = 4096,   /* no other event in the sentence */
    NEED_PRODUCT = 8192 /* a product named in the clause */
};

/* Where the holder of a role is looked for. */
enum event_slot_kind {
    SLOT_THEME = 1, /* nearest before the trigger, carried over, after it */
    SLOT_AGENT,     /* before an active verb; between 遭 and a passive one */
    SLOT_PATIENT,   /* after an active verb, before a passive one, else as the theme */
    SLOT_OBJECT,    /* the same, but nobody when the verb has no object */
    SLOT_LATER,     /* after the trigger, also in a later clause */
    SLOT_AFTER,     /* after the trigger */
    SLOT_BEFORE,    /* before the trigger, in the clause */
    SLOT_NEAR,      /* either side, in the clause */
    SLOT_WITH,      /* after 與, 和, 跟, 攜手 */
    SLOT_TO,        /* after 給, 向, 對, 予 */
    SLOT_FROM,      /* after 由, 從, 自 */
    SLOT_OTHER,     /* another one of the types than the roles before it hold */
    SLOT_NOBODY,    /* the frame leaves the role open */
    SLOT_WORD,      /* a word of a class */
    SLOT_MONEY,
    SLOT_PERCENT, /* not a comparison */
    SLOT_YOY,     /* this and the next two: changes since then */
    SLOT_QOQ,
    SLOT_MOM,
    SLOT_QUANTITY,
    SLOT_PERIOD,
    SLOT_DAY,
    SLOT_DURATION,
    SLOT_SHARE, /* small money: EPS, dividend, price */
    SLOT_OLD,   /* from, of a change */
    SLOT_NEW
};

/* Types of mentions a role takes; the order is that of the model file. */
#define EVENT_TYPES(X) X(COM) X(FIN) X(GOV) X(ORG) X(PER) X(SEC) X(IDX) X(LOC) X(FAC) X(PRD) X(TEC) X(IND) X(LAW) X(POS) X(CMD) X(CUR)
enum event_type {
#define TYPE(name) TYPE_##name,
    EVENT_TYPES(TYPE)
#undef TYPE
        TYPE_COUNT
};

/* Layout of EVNT: header, slots[EVENT_SLOTS], words, tags, classes, patterns, roles, notes, credit rows, codes (u32), class lists (u16). */
struct event_header {
    uint32_t version, word_count, tag_count, class_count, pattern_count, list_count, role_count, note_count, code_count, leaf_count,
        credit_count;
    uint32_t metric_class, passive_class, branch_class, talk_class, speech_class; /* classes the code asks for by name */
    uint16_t conf[EVENT_CONF_STEPS + 2]; /* 1/JW_SCALE at each step: how often what a rule is as sure of is there; the last is spare */
};
struct event_slot {
    uint32_t code, low, high; /* words that begin with the letter */
};
struct event_word {
    uint32_t code_at, tag_at;
    uint16_t len, tag_count;
};
struct event_tag {
    uint16_t cls;
    int8_t direction;
    uint8_t flags;
};
struct event_class {
    uint32_t pattern_at, pattern_count; /* patterns that begin with it */
};
struct event_pattern {
    uint16_t element[EVENT_ELEMENTS];
    uint8_t count, tight, trigger; /* tight: bit i: element i lies close to the one before */
    uint8_t direction;             /* enum event_direction */
    uint16_t leaf, needs, conf;
    uint8_t progress, fact; /* what it says of itself, 0 nothing; fact + 1 */
    uint8_t frame;
    uint8_t far; /* bit i: element i may stand in a later clause */
    uint16_t void_count;
    uint32_t void_at; /* classes whose words void it */
};
struct event_role {
    uint16_t leaf;
    uint8_t frame; /* 0: every frame */
    uint8_t role;  /* rank among the leaf's arguments */
    uint8_t slot;
    uint8_t order;     /* of the row: the first that finds a holder wins */
    uint8_t is_change; /* of SLOT_PERCENT: the percentage is a change */
    uint8_t spare[3];
    uint16_t cls;    /* of SLOT_WORD */
    uint32_t types;  /* bits by enum event_type */
    uint32_t metric; /* jwi_event_name of what a value must measure, 0: anything */
};

/* When a leaf is worth something else. */
enum event_note_kind {
    NOTE_WORD = 1, /* a word of class `arg` in the clause; with EVENT_FAR in the sentence */
    NOTE_PROGRESS, /* progress is `arg` */
    NOTE_DOWN,     /* direction is down */
    NOTE_UP,
    NOTE_REVERSED, /* operator */
    NOTE_FORECAST, /* fact is forecast or it speaks of the future */
    NOTE_NO_DIRECTION,
    NOTE_ALWAYS,
    NOTE_PLUNGE, /* the stated change is below -30 % */
    NOTE_LATER,  /* announced or later, neither cancelled nor denied */
    NOTE_FALLEN, /* a word of class `arg`, and the direction is down */
    NOTE_MINUS   /* an amount among the arguments is negative */
};
enum event_note_mode { NOTE_KEEP, NOTE_TIMES, NOTE_VALUE };
struct event_note {
    uint16_t leaf, arg;
    uint8_t kind, market_mode, credit_mode, direction; /* direction: 0 keep, else enum event_direction */
    int32_t market, credit;
    uint16_t becomes; /* leaf it turns into, or EVENT_NO_LEAF */
    uint16_t spare;
};

/* The credit indicator an event raises: the first row that holds and none of whose `without` words is in the sentence. */
struct event_credit {
    uint16_t leaf, arg, without; /* without: class + 1, 0: none */
    uint16_t code;               /* rank in credit.tsv */
    uint8_t kind, order, spare[2];
};

/* Roles, notes and credit rows of a leaf are contiguous. */
struct event_lex {
    const struct event_header *header;
    const struct event_slot *slot;
    const struct event_word *word;
    const struct event_tag *tag;
    const struct event_class *cls;
    const struct event_pattern *pattern;
    const uint16_t *list;
    const struct event_role *role;
    const struct event_note *note;
    const struct event_credit *credit;
    const uint32_t *code;
};

jw_status jwi_event_lex_open(jw_bytes section, struct event_lex *ret, jw_error *reterr);

/* How often an event is there of which a rule is as sure as `said`; both 1/JW_SCALE, linear between the steps of the table. */
int32_t jwi_event_confidence(const struct event_lex *lex, int32_t said);
uint32_t jwi_event_slot(uint32_t code);
uint32_t jwi_event_name(jw_bytes name);

/* Words that begin at a unit: writes their ranks, shortest first, at most EVENT_WORD_MAX; returns how many. */
uint32_t jwi_event_words_at(const struct event_lex *lex, const uint32_t *codes, uint32_t len, uint32_t *ret);

/* A word found; units and tokens are half-open, of the document. */
struct event_hit {
    uint32_t start, end, word;
    jw_range tokens;
};

/* A pattern found; `hits` are of the sentence. */
struct event_match {
    const struct event_pattern *pattern;
    uint32_t hit[EVENT_ELEMENTS];
    uint32_t own;      /* the words from here on are of the firm it tells of: all, or the last one alone */
    uint32_t trigger;  /* hit whose clause tells of whom */
    uint32_t letters;  /* of its words together: the longer match wins */
    int32_t direction; /* product of the directions of its words, 0 when none has one */
    uint32_t flags;    /* TAG_* of its words */
};

/* An event in the making. */
struct event_draft {
    jw_event event;
    jw_arg arg[LEAF_ROLES];
    uint32_t arg_count;
    uint32_t next;       /* draft before it of the same type and bearer, or JW_NONE */
    int64_t change;      /* hundredths of a percent */
    int32_t base_market; /* polarity before magnitude and degree */
    uint8_t is_changed;  /* change is stated */
    uint8_t is_plain;    /* its direction is that of the form */
    uint8_t slot;        /* enum event_slot_kind that found the bearer */
    uint32_t bearer;     /* argument that holds it, or JW_NONE */
};

/* A document at work. */
struct event_work {
    const struct event_lex *lex;
    const struct taxonomy *taxonomy;
    const struct room *room;
    jw_doc *doc;
    uint32_t *mention_at; /* [token_count], JW_NONE: none */
    uint32_t type_of[64]; /* bit of enum event_type, by id of JW_LABELS_MENTION */
    uint16_t role_at[TAXONOMY_LEAVES + 1], note_at[TAXONOMY_LEAVES + 1], credit_at[TAXONOMY_LEAVES + 1];
    uint16_t rel_subject, rel_passive, upos_verb, upos_noun;
    struct event_draft *draft; /* [draft_count] */
    uint32_t draft_count, draft_cap;
    uint32_t value; /* first value of the sentence */
};

/* One sentence at work; in the scratch arena. */
struct event_scene {
    struct event_work *work;
    uint32_t sentence;
    jw_range tokens, units, values, senses; /* of the sentence */
    struct event_hit *hit;
    uint32_t hit_count;
    struct event_match *match;
    uint32_t match_count;
};

/* Words of a sentence, without those that lie in longer ones; then the patterns they make, without those that others explain. */
jw_status jwi_event_find_words(struct event_scene *scene, jw_error *reterr);
jw_status jwi_event_find_matches(struct event_scene *scene, jw_error *reterr);
int jwi_event_has_class(const struct event_lex *lex, const struct event_hit *hit, uint32_t cls);

/* The token is part of a word of some class. */
int jwi_event_is_word(const struct event_scene *scene, uint32_t token);

/*
 * Entity of a mention.  The 本公司 of an announcement is whoever files it, not the first company the form goes on to name: nobody unless the
 * record says who files it or that company was named before.
 */
uint32_t jwi_event_holder(const jw_doc *doc, uint32_t mention);

/* Clause of a token. */
jw_range jwi_event_clause(const struct event_scene *scene, uint32_t token);

/* Values, verbs and events before it that the pattern asks for. */
int jwi_event_has_needs(const struct event_scene *scene, const struct event_match *match);

/* One role at work. */
struct event_search {
    const struct event_scene *scene;
    const struct event_match *match;
    struct event_draft *draft;
    jw_range clause;
    uint32_t trigger; /* token */
    uint32_t types;
    uint32_t passive; /* token of 遭 before the trigger, JW_NONE: an active verb */
    int is_bearer;    /* the role sought is the one that bears the event */
};

/*
 * The company an announcement speaks for: the subsidiary its subject line names, 代子公司晨曜科技公告.., else its issuer, else the first company
 * of the line; JW_NONE: no announcement, or nobody.  *mention is where the text names it, JW_NONE when it does not.
 */
uint32_t jwi_event_speaker(const struct event_work *work, uint32_t *mention);

/* An event of an announcement that nobody bears is its speaker's; the words of the event stand for a speaker the text does not name. */
void jwi_event_add_speaker(const struct event_work *work, struct event_draft *draft);

/* The code of a token of one letter, else 0. */
static inline uint32_t event_letter(const struct event_work *work, uint32_t token)
{
    const struct room_word *const word = &work->room->words[token];
    return word->end == word->start + 1 ? work->room->units.code[word->start] : 0;
}

static inline uint32_t event_type_of(const struct event_work *work, uint32_t mention)
{
    return work->type_of[work->doc->mentions[mention].type & 63];
}

/* 在, 於 or 透過 stands before the name: 在臉書控訴, 透過推特表示. */
int jwi_event_is_means(const struct event_work *work, uint32_t mention);

/* Whether a token is of the match; whether a name has a role already; whether it may play the one that is looked for. */
int jwi_event_is_of_match(const struct event_search *search, uint32_t token);
int jwi_event_is_held(const struct event_draft *draft, const jw_doc *doc, uint32_t mention);
int jwi_event_fits(const struct event_search *search, uint32_t mention);

/* Whether it is something else whose price moves: by the word before the trigger, by the tree. */
int jwi_event_is_other_price(const struct event_search *search);
int jwi_event_is_price_of_other(const struct event_search *search);

/* Mention or value for a slot, JW_NONE when nothing fits. */
uint32_t jwi_event_find_name(const struct event_search *search, uint32_t slot);
uint32_t jwi_event_find_value(const struct event_search *search, const struct event_role *role);

/* Fills arguments, bearers, period and date; false when what the pattern needs is not there. */
int jwi_event_bind(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft);

/*
 * The next name beside the bearer in a list (德儀、英特爾應聲下跌) after `mention`, to the left when `step` is -1; JW_NONE at its end, or
 * when the leaf's roles tell the names of a list apart.
 */
uint32_t jwi_event_beside(const struct event_scene *scene, const struct event_draft *draft, uint32_t mention, int step);

/* Fills direction, status, polarity, rule. */
jw_status jwi_event_weigh(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft, jw_error *reterr);

/* Rule (revenue.up, order_loss.not_denied) and path (營收<-nsubj-年增) of a draft that is weighed. */
jw_status jwi_event_write_rule(struct event_work *work, struct event_draft *draft, jw_error *reterr);
jw_status jwi_event_write_path(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft,
                               jw_error *reterr);

/* Class of a change in hundredths of a percent, 0..4; polarity with the magnitude and degree of the claim. */
uint32_t jwi_event_magnitude(int64_t change);
int32_t jwi_event_market(int32_t base, const jw_claim *claim);

/* Room for more drafts. */
jw_status jwi_event_reserve(struct event_work *work, uint32_t more, jw_error *reterr);

/* The event of an announcement's form, if it has one; and its worth: that of leaf and direction, nothing when it is a matter of course. */
jw_status jwi_event_add_form(struct event_work *work, jw_error *reterr);
jw_status jwi_event_weigh_plainly(struct event_work *work, struct event_draft *draft, int is_routine, jw_error *reterr);

/* Merges the drafts and publishes them. */
jw_status jwi_event_publish(struct event_work *work, jw_error *reterr);

#endif
