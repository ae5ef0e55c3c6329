/* SPDX-License-Identifier: Apache-2.0 */
/* See code.h. */
#include "doc/doc.h"
#include "model/model.h"
#include "write/code.h"

#include <string.h>

#define PICK(names, index) ((index) < sizeof(names) / sizeof *(names) ? (names)[index] : (names)[0])

const char *jwi_code_direction(uint32_t direction)
{
    static const char *const names[] = {"none", "up", "down"};
    return PICK(names, direction);
}

const char *jwi_code_progress(uint32_t progress)
{
    static const char *const names[] = {NULL,       "rumoured",  "planned",   "announced", "in_progress",
                                        "reported", "completed", "cancelled", "denied"};
    return PICK(names, progress);
}

const char *jwi_code_fact(uint32_t fact)
{
    static const char *const names[] = {"fact", "forecast", "opinion", "rumour"};
    return PICK(names, fact);
}

const char *jwi_code_negation(uint32_t negation)
{
    static const char *const names[] = {"none", "single", "double"};
    return PICK(names, negation);
}

const char *jwi_code_bearing(uint32_t bearing)
{
    static const char *const names[] = {"other", "subject", "object", "passive"};
    return PICK(names, bearing);
}

const char *jwi_code_sentence_type(uint32_t type)
{
    static const char *const names[] = {"statement", "question", "quote", "title", "list", "push"};
    return PICK(names, type);
}

const char *jwi_code_stance(uint32_t stance)
{
    static const char *const names[] = {"none", "hawk", "dove"};
    return PICK(names, stance);
}

const char *jwi_code_relation_status(const jw_relation *relation)
{
    if (relation->progress == JW_DENIED)
        return "denied";
    if (relation->progress == JW_CANCELLED || relation->negation == JW_NEGATED)
        return "former";
    return relation->progress == JW_PLANNED || relation->progress == JW_RUMOURED ? "planned" : "current";
}

int32_t jwi_code_credit(int32_t credit)
{
    return credit < 0 ? -((-credit + JW_SCALE / 2) / JW_SCALE) : (credit + JW_SCALE / 2) / JW_SCALE;
}

int jwi_code_is_party(const char *role)
{
    static const char *const names[] = {"company",    "subject",  "issuer",   "court",     "agency",    "target",       "supplier", "seller",
                                        "pledger",    "pledgee",  "person",   "party",     "parties",   "investor",     "holder",   "debtor",
                                        "customer",   "creditor", "winner",   "loser",     "union",     "victim",       "media",    "lead_bank",
                                        "subscriber", "investee", "plaintiff", "defendant", "buyer",    "counterparty", "broker",   "borrower",
                                        "applicant",  "actor",    "acquirer", "auditor",   "bank"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(role, names[i]) == 0)
            return 1;
    return 0;
}

void jwi_code_hash(uint64_t hash, char ret[16])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 15; i >= 0; i--, hash >>= 4)
        ret[i] = digits[hash & 15];
}

const jw_claim *jwi_code_claim(const jw_doc *doc, const jw_evidence *evidence)
{
    if (evidence->event != JW_NONE)
        return &doc->events[evidence->event].claim;
    return evidence->opinion != JW_NONE ? &doc->opinions[evidence->opinion].claim : NULL;
}

jw_bytes jwi_code_evidence(const jw_doc *doc, const jw_evidence *evidence)
{
    const struct taxonomy *const taxonomy = doc->model->taxonomy;
    const uint32_t type = evidence->event != JW_NONE ? doc->events[evidence->event].type : JW_NONE;
    const char *const name = evidence->opinion != JW_NONE ? "評價" : evidence->weight ? "推噓" : "上下限";
    if (taxonomy && type < taxonomy->leaf_count)
        return taxonomy->leaf[type].name;
    return (jw_bytes){name, strlen(name)};
}
