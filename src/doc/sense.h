/* SPDX-License-Identifier: Apache-2.0 */
/* What a word of dict/senti does to a statement, and where such words stand in a document.  docs/FINANCE.md explains each kind. */
#ifndef JW_DOC_SENSE_H
#define JW_DOC_SENSE_H

#include <jinwen/base.h>

/* Kinds, as they are called in dict/senti/operators.tsv; the last four are those of the other lists and of directions. */
#define SENSE_KINDS(X) \
    X(negation) X(failed) X(escaped) X(denied) X(cancelled) X(reversed) X(worsened) X(doubted) X(expect) X(degree) \
    X(forecast) X(opinion) X(rumour) X(hypothetical) X(question) X(presumed) X(rhetorical) X(ironic) X(future) \
    X(conceded) X(contrast) X(join) X(passive) X(except) X(rather) X(completed) X(plain) \
    X(direction) X(view) X(concept) X(word)
enum sense_rank {
#define SENSE(name) SENSE_RANK_##name,
    SENSE_KINDS(SENSE)
#undef SENSE
    SENSE_RANKS
};
enum sense_kind {
#define SENSE(name) SENSE_##name = (int)(1u << SENSE_RANK_##name),
    SENSE_KINDS(SENSE)
#undef SENSE
};

/* Where an operator reaches when it is not as usual for its kind; what a word needs.  Letters l r h b f o c t s p v m k g e w of the lists. */
enum sense_flag {
    SENSE_LEFT = 1,   /* reaches what stands before it */
    SENSE_RIGHT = 2,  /* reaches only what stands after it */
    SENSE_HIGH = 4,   /* a verb: reaches over 的 */
    SENSE_BREAK = 8,  /* a clause begins with it */
    SENSE_FORUM = 16, /* counts in replies and forum posts only */
    SENSE_OBJECT = 32, /* a verb whose object counts: 看好 X, 侵蝕獲利 */
    SENSE_CONTEST = 64, /* who does it gains what who suffers it loses: 超越 */
    SENSE_TONE = 128,   /* tells the tone and nothing more */
    SENSE_SUBJECT = 256, /* never about what stands behind it: 受惠 X */
    SENSE_PRIOR = 512,   /* reaches left over clauses */
    SENSE_JUDGES = 1024, /* a direction that is good or bad whatever its concept: 改善, 惡化 */
    SENSE_MARKET = 2048, /* a market, not a company: 美股 */
    SENSE_POSITION = 4096, /* names who is long or, with a polarity below 0, short: 空單 */
    SENSE_OUTCOME = 8192, /* what becomes of a long position: 畢業, 賺爛; of a short one the opposite; with both bits a squeeze: 軋爆 */
    SENSE_LAST = 16384,    /* the last word of its clause, alone or right behind a name, a number or a mark: 穩懋 多 */
    SENSE_ACT = 32768      /* a verb of what the firm before it undertakes: 打造, 導入; anything else outweighs it */
};

struct sense_term {
    uint32_t kinds;  /* bits of enum sense_kind */
    int16_t value;   /* 1/JW_SCALE: polarity of a word, valence of a concept, factor of a degree or direction; else a count */
    int16_t credit;  /* weight on the credit axis, 1/100 */
    int8_t sign;     /* of a direction, a comparison, a view */
    uint8_t aspect;  /* id of JW_LABELS_ASPECT, or 255 */
    uint16_t flags;  /* enum sense_flag */
    uint32_t rule;   /* rank of its first rule name in section SCOP: risen, fallen, flat for a concept; else one */
};

/* One found in the text.  The term belongs to the model. */
struct sense {
    jw_range tokens;
    const struct sense_term *term;
};

#endif
