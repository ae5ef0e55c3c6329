/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section KBAS: the entity list and every name that may stand for an entity, beside the words that tell a name from an ordinary word.
 * Names are keys of a trie over symbols; Latin letters have one symbol in both cases, 臺 and 台 share one.  A key has links: to entities,
 * to a cue, to a role, or to nothing ("not a name": 統一發票).
 *
 *   struct kb_walk walk = kb_walk_start(kb, symbols, at, end);
 *   while (kb_walk_next(&walk))
 *       use(walk.name, walk.len);                          the names that start at `at`, shortest first
 */
#ifndef JW_MODEL_KB_H
#define JW_MODEL_KB_H

#include <jinwen/entity.h>

#include "ml/trie.h"
#include "model/file.h"

enum {
    KB_VERSION = 2,
    KB_BLOCK_BITS = 7,
    KB_BLOCK = 1 << KB_BLOCK_BITS,
    KB_STAGE = 0x110000 / KB_BLOCK,
    KB_CODE_MAX = 8,
    KB_PAIR_BITS = 16,
    KB_PAIRS = (1 << KB_PAIR_BITS) / 8,
    KB_NAME_MAX = 64
};

/* Types an entity of the list may have; kb.label gives the label of a mention. */
#define KB_TYPES(X) \
    X(COM) X(FIN) X(ORG) X(GOV) X(PER) X(SEC) X(IDX) X(CUR) \
    X(CMD) X(PRD) X(TEC) X(IND) X(LOC) X(FAC) X(LAW) X(EVT)
enum kb_type {
#define KB_TYPE(name) KB_##name,
    KB_TYPES(KB_TYPE)
#undef KB_TYPE
    KB_TYPE_COUNT
};

/* Kinds of a link. */
enum kb_kind {
    KB_FULL,  /* legal or official name */
    KB_SHORT, /* exchange's or press's short name */
    KB_ENGLISH,
    KB_NICK,
    KB_CODE,
    KB_CUE,  /* target is near | before << 8 | after << 16 */
    KB_ROLE, /* target is an enum kb_role */
    KB_HIDE, /* hides shorter names: 統一發票 */
    KB_KIND_COUNT
};

enum kb_role {
    KB_ROLE_SUBJECT, /* 該公司: the company spoken of */
    KB_ROLE_SELF,    /* 本公司: the company that speaks */
    KB_ROLE_COMPANY, /* 公司 */
    KB_ROLE_PARENT,  /* 母公司 */
    KB_ROLE_DEFINE,  /* 以下簡稱 */
    KB_ROLE_UBN,     /* 統一編號 */
    KB_ROLE_TITLE,   /* 董事長 */
    KB_ROLE_LEGAL,   /* 股份有限公司 */
    KB_ROLE_WORD,    /* 子公司: a word that is no part of a name */
    KB_ROLE_OTHER,   /* 投顧 behind a name: another company of that group */
    KB_ROLE_CROWN,   /* 股王: the company the text gave the title to */
    KB_ROLE_CHILD,   /* 子公司: the one the text names */
    KB_ROLE_TRADE,   /* 科技 behind a proper noun: a company */
    KB_ROLE_GIVEN,   /* Peter: alone it is a person */
    KB_ROLE_FIRM,    /* 工業: the last word of names of firms and of no place */
    KB_ROLE_RANK,    /* 財長, 股神: stands before names of persons */
    KB_ROLE_SAYS,    /* 專欄, 表示: stands behind them */
    KB_ROLE_COUNT
};

enum { NAME_MASK_LEN = 2 }; /* units of what stands for a name of a company, a person or a place */

enum kb_flag {
    KB_WORD = 1,    /* an ordinary word, place or person as well */
    KB_CONTEXT = 2, /* counts in context only */
    KB_EXACT = 4,   /* capitals matter */
    KB_DERIVED = 8, /* made by rule from the legal name */
    KB_QUIET = 32,  /* no help to the tagger, which knows such names by their letters: places abroad, courts */
    KB_NOUN = 16    /* so common that only a code or the full name in the text makes it a name */
};

struct kb_link {
    uint32_t target; /* entity, or as the kind says */
    uint32_t text;   /* string: the name as written */
    uint8_t kind, flags;
    uint8_t rank;   /* 1 wins over 2 over 3 when nothing else tells them apart */
    uint8_t common; /* of a name that is a word as well: 0 unknown to the word list, else 1 + floor of log2 of its count there */
};

/* Strings are offsets into the pool; 0 is the empty one. */
struct kb_entity {
    uint32_t eid, name, code, mic, symbol, isin, ubn, industry, country;
    uint32_t since, until; /* yyyymmdd, 0 unknown or open */
    uint32_t parent;       /* entity or JW_NONE */
    uint32_t type;         /* enum kb_type */
};

/* A short name in use between two days, [since, until). */
struct kb_term {
    uint32_t name, since, until;
};

struct kb_ubn {
    uint32_t number, entity;
};

struct kb_header {
    uint32_t version, entity_count, term_count, name_count, link_count, cell_count, symbol_count,
        block_count, ubn_count, pool_len, spare[6];
};

struct kb {
    const uint16_t *stage;  /* [KB_STAGE] */
    const uint16_t *symbol; /* [block_count * KB_BLOCK] */
    const uint8_t *pairs;   /* [KB_PAIRS], bits: how names that are masked begin (kb_name_may_begin) */
    struct trie trie;
    const uint32_t *link_at; /* [name_count + 1] */
    const struct kb_link *links;
    const struct kb_entity *entities; /* by eid */
    const uint32_t *term_at;          /* [entity_count + 1] */
    const struct kb_term *terms;
    const struct kb_ubn *ubns; /* [ubn_count], by number */
    const unsigned char *pool; /* each string: its length, its bytes */
    uint32_t entity_count, name_count, ubn_count;
    uint32_t label[KB_TYPE_COUNT]; /* mention labels */
};

/* Checks version, sizes, offsets and targets; the trie is checked at use.  Status: EMODEL_MISSING, EMODEL_CORRUPT, EMODEL_VERSION. */
jw_status jwi_kb_open(const struct model_file *file, struct kb *ret, jw_error *reterr);

/* The name an entity has on a day (yyyymmdd; 0: today's). */
jw_bytes jwi_kb_name_on(const struct kb *kb, uint32_t entity, uint32_t day);

/* Whether eight digits are a valid UBN (weights 1 2 1 2 1 2 4 1, sum of digits divisible by five). */
int jwi_kb_is_ubn(const char digits[8]);

/* Entity with this UBN or JW_NONE. */
uint32_t jwi_kb_find_ubn(const struct kb *kb, const char digits[8]);

/* Entity with this id; with this code in Taiwan's markets; the one company there with this full or short name.  JW_NONE: none. */
uint32_t jwi_kb_find_eid(const struct kb *kb, jw_bytes eid);
uint32_t jwi_kb_find_code(const struct kb *kb, jw_bytes code);
uint32_t jwi_kb_find_company(const struct kb *kb, jw_bytes name);

static inline uint16_t kb_symbol(const struct kb *kb, uint32_t code)
{
    return kb->symbol[(uint32_t)kb->stage[code >> KB_BLOCK_BITS] << KB_BLOCK_BITS |
                      (code & (KB_BLOCK - 1))];
}

static inline jw_bytes kb_string(const struct kb *kb, uint32_t at)
{
    const jw_bytes string = {(const char *)kb->pool + at + 1, kb->pool[at]};
    return string;
}

/* Hash of the first two symbols of a name. */
static inline uint32_t kb_pair(uint16_t first, uint16_t second)
{
    return ((uint32_t)first * 0x9e3779b1u ^ (uint32_t)second * 0x85ebca6bu) >> (32 - KB_PAIR_BITS);
}

/* Whether a name that is a company's, a place's or a person's alone may begin with the two symbols: most of a text needs no look into the list. */
static inline int kb_name_may_begin(const struct kb *kb, uint16_t first, uint16_t second)
{
    const uint32_t pair = kb_pair(first, second);
    return first && second && kb->pairs[pair >> 3] >> (pair & 7) & 1;
}

/* Listed or once listed in Taiwan: XTAI or ROCO, not XHKG. */
static inline int kb_is_taiwan(const struct kb *kb, uint32_t entity)
{
    const jw_bytes mic = kb_string(kb, kb->entities[entity].mic);
    return mic.len == 4 && mic.at[1] != 'H';
}

/* The name with exactly these characters, JW_NONE when there is none; whether it has a link of the kind, and of the target unless JW_NONE. */
uint32_t jwi_kb_find_name(const struct kb *kb, const uint32_t *code, uint32_t len);
int jwi_kb_has_link(const struct kb *kb, uint32_t name, enum kb_kind kind, uint32_t target);

/* Whether the capitals suit: as the list writes them, three letters and more all in capitals (Sony, SONY), or a long name's first one. */
int jwi_kb_has_case(const struct kb *kb, const struct kb_link *link, const uint32_t *code);

struct kb_walk {
    const struct kb *kb;
    const uint16_t *at, *end;
    uint32_t node, steps;
    uint32_t name, len; /* of the name found */
};

static inline struct kb_walk kb_walk_start(const struct kb *kb, const uint16_t *symbols,
                                           uint32_t at, uint32_t end)
{
    const struct kb_walk walk = {kb, symbols + at, symbols + end, TRIE_ROOT, 0, 0, 0};
    return walk;
}

/* The next longer name; false when there is none. */
static inline int kb_walk_next(struct kb_walk *walk)
{
    while (walk->at < walk->end && *walk->at) {
        walk->node = trie_step(&walk->kb->trie, walk->node, *walk->at++);
        walk->steps++;
        if (walk->node == TRIE_ROOT)
            return 0;
        walk->name = trie_entry(&walk->kb->trie, walk->node);
        walk->len = walk->steps;
        if (walk->name < walk->kb->name_count)
            return 1;
    }
    return 0;
}

#endif
