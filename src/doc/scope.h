/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Working layer SCOPES, parallel to the tokens: which operators reach a token, and the clauses.  Made by stage/scope, read by the
 * stages that weigh statements.  Not published.
 */
#ifndef JW_DOC_SCOPE_H
#define JW_DOC_SCOPE_H

#include <jinwen/finance.h>

/* Operators that change what a statement is worth; bits of scope.operators. */
enum {
    OPERATOR_DENIED = 1,     /* 否認, 澄清 ... 不實 */
    OPERATOR_CANCELLED = 2,  /* 取消, 撤銷, 解除 */
    OPERATOR_REVERSED = 4,   /* 收斂, 縮小, 止跌: less of it */
    OPERATOR_ESCAPED = 8,    /* 免於, 避免 */
    OPERATOR_FAILED = 16,    /* 未能, 難以, 無法 */
    OPERATOR_DOUBTED = 32,   /* 不排除, 恐, 可能 */
    OPERATOR_WORSENED = 64,  /* 擴大, 加劇: more of it */
    OPERATOR_MISSED = 128    /* 不如預期, 低於預期; OPERATOR_BEATEN its opposite */
};
#define OPERATOR_BEATEN 256u

struct scope {
    uint32_t clause;
    int32_t degree; /* product of the degree words that reach the token, 1/JW_SCALE */
    uint16_t operators;
    uint8_t negations; /* number of negations that reach the token */
    uint8_t fact;      /* jw_fact */
    uint8_t mood;      /* JW_MOOD_* */
    uint8_t progress;  /* jw_progress that the words around it tell */
    uint8_t spare[2];
};

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
