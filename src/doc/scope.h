/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Working layer SCOPES, parallel to the tokens: which operators reach a token, and the clauses.  Made by stage/scope, read by the
 * stages that weigh statements.  Not published.
 */
#ifndef JW_DOC_SCOPE_H
#define JW_DOC_SCOPE_H

#include <jinwen/finance.h>

#include "doc/sense.h"

/* Operators that change what a statement is worth; bits of scope.operators. */
enum {
    OPERATOR_DENIED = 1,     /* 否認 X, X 不實 */
    OPERATOR_CANCELLED = 2,  /* 取消 X, X 喊停 */
    OPERATOR_REVERSED = 4,   /* X 收斂, X 止跌: less of it */
    OPERATOR_ESCAPED = 8,    /* 免於 X */
    OPERATOR_FAILED = 16,    /* 未能 X, X 失敗 */
    OPERATOR_DOUBTED = 32,   /* 不排除 X, 未必 X */
    OPERATOR_WORSENED = 64,  /* X 擴大: more of it */
    OPERATOR_MISSED = 128,   /* X 不如預期; OPERATOR_BEATEN its opposite */
    OPERATOR_BEATEN = 256
};

/* Why what is said beside a name is not said of it; bits of scope.role. */
enum {
    ROLE_SOURCE = 1, /* it says the rest: 美銀：, 高盛看好 */
    ROLE_PLACE = 2,  /* where something is said: 在 X 上 */
    ROLE_BASE = 4,   /* what another is measured by: 比 X 強, 跟 X 比 */
    ROLE_WHOSE = 8   /* it tells whose supplier, customer or subsidiary another is: X 旗下某公司, X 供應鏈 */
};

struct scope {
    uint32_t clause;
    int32_t degree; /* product of the degree words that reach the token, 1/JW_SCALE */
    uint16_t operators;
    uint8_t negations; /* number of negations that reach the token */
    uint8_t fact;      /* jw_fact */
    uint8_t mood;      /* JW_MOOD_* */
    uint8_t progress;  /* jw_progress that the words around it tell */
    uint8_t role;      /* ROLE_*, at the first word of a company's name */
    uint8_t spare;
};

/* Operators that turn a statement round, negations included. */
static inline uint32_t scope_flips(const struct scope *scope)
{
    uint32_t flips = scope->negations;
    for (uint32_t bits = scope->operators &
                         (OPERATOR_CANCELLED | OPERATOR_REVERSED | OPERATOR_ESCAPED | OPERATOR_FAILED | OPERATOR_MISSED);
         bits; bits &= bits - 1)
        flips++;
    return flips;
}

/*
 * What is left of a statement's worth after status and flips, 1/JW_SCALE, negative when it is turned round; schema of the scores in
 * docs/FINANCE.md.  One flip -0.5, two 0.8, three -0.4; denied 0.2, denied and not 0.8; of forecast, opinion and rumour the smallest.
 * `is_exempt`: forecasts and opinions are what it is made of and take nothing off.
 */
static inline int32_t scope_factor(const struct scope *scope, int is_exempt)
{
    static const int32_t by_flips[] = {JW_SCALE, -5000, 8000, -4000}, by_fact[] = {JW_SCALE, 8000, 5000, 4000};
    const uint32_t flips = scope_flips(scope);
    int32_t factor = by_flips[flips < 4 ? flips : 2 + flips % 2];
    if (scope->operators & OPERATOR_DENIED)
        factor = flips ? 8000 : 2000;
    if (!(is_exempt && scope->fact != JW_RUMOUR))
        factor = factor / 100 * (by_fact[scope->fact & 3] / 100);
    if (scope->mood & JW_MOOD_HYPOTHETICAL)
        factor /= 2;
    if (scope->mood & JW_MOOD_QUESTION)
        factor /= 10;
    return factor;
}

/* Clauses cover the tokens of a document without gaps, in order. */
struct clause {
    jw_range tokens;
    uint32_t sentence;
    uint32_t subject; /* mention that is its subject, own or carried over; JW_NONE */
    uint32_t topic;   /* last company-like mention named at or before the clause in its part; JW_NONE */
    uint8_t mood;     /* JW_MOOD_* of the whole clause */
    uint8_t fact;     /* jw_fact of the whole clause */
    uint8_t is_passive;
    uint8_t spare;
};

#endif
