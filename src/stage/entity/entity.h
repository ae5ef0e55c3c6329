/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage entity: who is meant.
 * Method: every name of the knowledge base that stands in the text becomes a candidate (entity_scan); the best set of candidates that do
 * not overlap is kept; points for the form of the name and for what stands around it decide whether it is a name here and whose
 * (entity_score); short forms that the document defines, roles such as 該公司 and numbers of companies follow (entity_local); names the
 * tagger found and the list does not know become nil entities (entity_merge).  Integer points, no training: every weight is in one enum.
 */
#ifndef JW_STAGE_ENTITY_ENTITY_H
#define JW_STAGE_ENTITY_ENTITY_H

#include "model/kb.h"
#include "stage/stage.h"

enum name_flag {
    NAME_ALIGNED = 1, /* its edges are edges of words */
    NAME_KY = 2,      /* the suffix -KY is part of it */
    NAME_CODED = 4,   /* a code of the same entity stands beside it */
    NAME_MARKET = 8,  /* a code with its market: 2330-TW */
    NAME_TAKEN = 16,  /* accepted */
    NAME_LOCAL = 32,  /* from the document, not from the base */
    NAME_ROLE = 64,   /* 該公司 */
    NAME_NUMBER = 128, /* a UBN */
    NAME_RECORD = 256  /* it refers to the issuer of the record */
};

/* Locals that no role of the text asks for: securities, companies by English names, the issuer. */
enum { LOCAL_SECURITIES = 64, LOCAL_ENGLISH = 64, LOCALS_OF_RECORD = 1 + LOCAL_SECURITIES + LOCAL_ENGLISH };
enum seen_bit { SEEN_NAMED = 1, SEEN_HINTED = 2 }; /* accepted somewhere in the document; the record says it is about it */

/* A name of the knowledge base in the text. */
struct name {
    uint32_t start, end; /* units */
    uint32_t key;        /* name of the base; JW_NONE: from the document itself */
    uint32_t entity;     /* of the base; from kb->entity_count on a local; JW_NONE while open */
    int32_t score;
    uint16_t flags;
    uint8_t kind;  /* enum kb_kind of the link chosen */
    uint16_t type;       /* mention label + 1 when it is not the entity's, else 0 */
};

struct cue {
    uint32_t start, end;
    uint8_t near, before, after, spare;
};

struct role {
    uint32_t start, end;
    uint32_t role; /* enum kb_role */
};

/* An entity of this document alone: a company by its legal name or number, or one of a user dictionary. */
struct local {
    uint32_t start, end; /* units of its name */
    char ubn[8];
    int has_ubn;
    jw_bytes eid;  /* of the user, or empty */
    jw_bytes name; /* of the record, or empty: that of its place */
    uint16_t type; /* mention label */
};

/* One mention in the making. */
struct draft {
    jw_range tokens;
    struct unit_span span; /* where a nil entity's name stands */
    uint32_t entity;       /* as in struct name; JW_NONE: nil or no entity */
    uint16_t type, kind;   /* mention label, jw_mention_kind */
    int is_open;           /* short of points */
    int32_t score, link_score;
    uint32_t name; /* of linker->names, or JW_NONE */
    int is_word;   /* an ordinary word where no clause begins */
    int is_record; /* the record says whom it speaks of */
};

/* What the parts of the stage share for one document. */
struct linker {
    const struct kb *kb;
    struct room *room;
    const jw_doc *doc;
    struct units units;
    const uint16_t *symbols; /* [units.len] */
    uint8_t *edge;           /* [units.len + 1], 1: a word starts or ends here */
    struct name *names;      /* by start, apart from each other once chosen */
    struct cue *cues;
    struct role *roles;
    struct local *locals;
    uint8_t *seen;   /* [entity_count], enum seen_bit */
    uint32_t issuer; /* as in struct name: whom 本公司 stands for; JW_NONE: the record does not say */
    uint32_t name_count, cue_count, role_count, local_count;
    uint16_t propn, verb;  /* tags, or 0xffff */
    uint32_t stops;        /* tags that no word of a name has, as bits */
    uint16_t number_label; /* of a mention that is a number */
};

/* Fills symbols, edges, names, cues and roles; the names kept do not overlap. */
jw_status jwi_entity_scan(struct linker *linker, jw_error *reterr);

/* What the record says of whom it is from and about. */
void jwi_entity_record(struct linker *linker);

/* Decides for each name whether it is one here and whose. */
void jwi_entity_score(struct linker *linker);

/* Names in the making, sorted. */
struct list {
    struct name *at;
    uint32_t len;
};

/* A name the document itself gives. */
struct name jwi_entity_name(uint32_t start, uint32_t end, uint32_t entity, uint32_t kind,
                            int32_t score);

/* A company only this document knows; its id as in struct name. */
uint32_t jwi_entity_new_local(struct linker *linker, uint32_t start, uint32_t end);

uint32_t jwi_entity_count_roles(const struct linker *linker, uint32_t role);

/* First role, first cue that starts at or after the unit. */
uint32_t jwi_entity_role_from(const struct linker *linker, uint32_t unit);
uint32_t jwi_entity_cue_from(const struct linker *linker, uint32_t unit);

/* Merges sorted names into the list: longer ones win, as do those of the document over equal ones. */
jw_status jwi_entity_add(struct linker *linker, const struct name *names, uint32_t n,
                         jw_error *reterr);

/* Adds the names of user dictionaries and makes room for locals. */
jw_status jwi_entity_user(struct linker *linker, jw_error *reterr);

/* Adds companies by their legal form. */
jw_status jwi_entity_legal(struct linker *linker, jw_error *reterr);

/* Adds companies by an English legal form. */
jw_status jwi_entity_english(struct linker *linker, jw_error *reterr);

/* Adds companies by a word of their trade. */
jw_status jwi_entity_trade(struct linker *linker, jw_error *reterr);

/* Adds short forms of companies that only the document knows. */
jw_status jwi_entity_stem(struct linker *linker, jw_error *reterr);

/* Adds bonds, funds and notes that carry a firm's name. */
jw_status jwi_entity_security(struct linker *linker, jw_error *reterr);

/* Adds what the document defines and what refers back. */
jw_status jwi_entity_local(struct linker *linker, jw_error *reterr);

/* Adds what refers back: 該公司, 本公司, 股王. */
jw_status jwi_entity_refer(struct linker *linker, jw_error *reterr);

/* Last name accepted that ends at or before the unit; JW_NONE when there is none. */
uint32_t jwi_entity_before(const struct linker *linker, uint32_t at);

/* One list of drafts from the names and the mentions that are there: sorted, no overlap. */
jw_status jwi_entity_merge(struct linker *linker, struct draft **ret, uint32_t *ret_len,
                           jw_error *reterr);

/* Adds (Volodymyr Zelensky) behind a person; ret[2 * n]. */
uint32_t jwi_entity_add_spelled(const struct linker *linker, const struct draft *drafts, uint32_t n, struct draft *ret);

/* Adds 魏董事長 where the tagger has no mention or only the surname; where it has one, links it.  ret[n + linker->role_count]. */
uint32_t jwi_entity_add_titles(const struct linker *linker, const struct draft *drafts, uint32_t n, struct draft *ret);

/* 李直言: the person of that surname named before. */
void jwi_entity_link_surnames(const struct linker *linker, struct draft *drafts, uint32_t n);

/* Writes mentions, links and entities of the document. */
jw_status jwi_entity_table(struct linker *linker, jw_doc *doc, const struct draft *drafts,
                           uint32_t n, jw_error *reterr);

/* Points of a link apart from what stands around the name: form, rank, what else the document names. */
int32_t jwi_entity_base_points(const struct linker *linker, const struct name *name,
                               const struct kb_link *link);

/* Share of right links among names with these points, 1/JW_SCALE. */
int32_t jwi_entity_link_share(int32_t points);

/* Fills the candidates of the mentions, as many as the options ask for. */
jw_status jwi_entity_candidates(const struct linker *linker, jw_doc *doc,
                                const struct draft *drafts, uint32_t n, jw_error *reterr);

/* The sentence that holds the unit. */
struct unit_span jwi_entity_sentence(const struct linker *linker, uint32_t at);

/* First token that ends after unit `at`. */
uint32_t jwi_entity_token(const struct linker *linker, uint32_t at);

static inline int is_mark(const struct linker *linker, uint32_t at)
{
    return linker->units.cls[at] == UNIT_PUNCT || linker->units.cls[at] == UNIT_SPACE ||
           linker->units.cls[at] == UNIT_SYMBOL;
}

static inline int only_marks(const struct linker *linker, uint32_t start, uint32_t end, uint32_t most)
{
    if (start > end || end - start > most)
        return 0;
    for (uint32_t i = start; i < end; i++)
        if (!is_mark(linker, i))
            return 0;
    return 1;
}

static inline int is_word_char(uint8_t cls)
{
    return cls == UNIT_LATIN || cls == UNIT_DIGIT;
}

static inline int is_name_char(uint8_t cls)
{
    return cls == UNIT_HAN || is_word_char(cls);
}

/* What the names of the list say of a name found. */
static inline const struct kb_link *first_link(const struct linker *linker, const struct name *name)
{
    return &linker->kb->links[linker->kb->link_at[name->key]];
}

static inline uint32_t link_count(const struct linker *linker, const struct name *name)
{
    return linker->kb->link_at[name->key + 1] - linker->kb->link_at[name->key];
}

static inline int is_name_link(const struct kb_link *link)
{
    return link->kind <= KB_CODE;
}

/* Whether what stands beside the name leaves this reading. */
int jwi_entity_may_mean(const struct linker *linker, const struct name *name, const struct kb_link *link);

/* 韓國央行: name `i` is of an office of another country, or of many. */
int jwi_entity_is_abroad(const struct linker *linker, uint32_t i);

#endif
