/* SPDX-License-Identifier: Apache-2.0 */
/* From --want, --fields, --table and the output format to the layers that are shown and those that are computed. */
#include "cli/option_layers.h"

#include <string.h>

/* What `doc` and `all` of --want stand for. */
#define FINANCE_LAYERS (JW_LAYER_EVENTS | JW_LAYER_RELATIONS | JW_LAYER_SCORES | JW_LAYER_EVIDENCE)
#define DOC_LAYERS (JW_LAYER_MENTIONS | JW_LAYER_ENTITIES | JW_LAYER_VALUES | JW_LAYER_FORM | FINANCE_LAYERS)
#define ALL_LAYERS \
    (DOC_LAYERS | JW_LAYER_ESG | JW_LAYER_SENTENCES | JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_ARCS)

int cli_is_table(jw_format format)
{
    return format == JW_CSV || format == JW_TSV;
}

int cli_layers_read(struct options *options, const char *value)
{
    static const struct name_value names[] = {{"sent", JW_LAYER_SENTENCES},
                                              {"token", JW_LAYER_TOKENS},
                                              {"pos", JW_LAYER_TOKENS | JW_LAYER_POS},
                                              {"ner", JW_LAYER_MENTIONS},
                                              {"dep", JW_LAYER_TOKENS | JW_LAYER_ARCS},
                                              {"entity", JW_LAYER_ENTITIES},
                                              {"value", JW_LAYER_VALUES},
                                              {"form", JW_LAYER_FORM},
                                              {"senti", JW_LAYER_ENTITIES | JW_LAYER_SCORES},
                                              {"event", JW_LAYER_EVENTS},
                                              {"relation", JW_LAYER_RELATIONS},
                                              {"evidence", JW_LAYER_EVIDENCE},
                                              {"esg", JW_LAYER_ESG},
                                              {"doc", DOC_LAYERS},
                                              {"all", ALL_LAYERS},
                                              {NULL, 0}};
    uint32_t layers = 0;
    int is_named = 0;
    for (const char *at = value;; at++) {
        const size_t len = strcspn(at, ",");
        int layer;
        if (cli_find_name(names, at, len, &layer) != 0)
            return -1;
        layers |= (uint32_t)layer;
        is_named |= strncmp(at, "doc", len) != 0 && strncmp(at, "all", len) != 0;
        at += len;
        if (*at == '\0')
            break;
    }
    options->want = value;
    options->want_shown = layers;
    options->wants_default = !is_named;
    return 0;
}

/* Layers that the printed keys need. */
static uint32_t layers_of_fields(const char *fields)
{
    static const struct {
        const char *key;
        uint32_t layers;
    } needs[] = {{"n_sent", JW_LAYER_SENTENCES},
                 {"n_tok", JW_LAYER_TOKENS},
                 {"mentions", JW_LAYER_MENTIONS},
                 {"entities", JW_LAYER_ENTITIES | JW_LAYER_SCORES}, /* they stand by relevance */
                 {"values", JW_LAYER_VALUES},
                 {"form", JW_LAYER_FORM},
                 {"events", JW_LAYER_EVENTS},
                 {"relations", JW_LAYER_RELATIONS},
                 {"evidence", JW_LAYER_EVIDENCE},
                 {"esg", JW_LAYER_ESG},
                 {"n_company", JW_LAYER_SCORES},
                 {"roundup", JW_LAYER_SCORES},
                 {"pushes", JW_LAYER_SCORES},
                 {"entities.relevance", JW_LAYER_SCORES},
                 {"entities.first_sent", JW_LAYER_SCORES},
                 {"entities.role", JW_LAYER_SCORES},
                 {"entities.tok_about", JW_LAYER_SCORES},
                 {"entities.market", JW_LAYER_SCORES},
                 {"entities.credit", JW_LAYER_SCORES},
                 {"entities.tone", JW_LAYER_SCORES},
                 {"entities.aspects", JW_LAYER_SCORES},
                 {"sents.type", JW_LAYER_SCORES},
                 {"sents.market", JW_LAYER_SCORES},
                 {"sents.stance", JW_LAYER_SCORES},
                 {"sents.forward", JW_LAYER_SCORES},
                 {"sents.uncertainty", JW_LAYER_SCORES},
                 {"sents.litigious", JW_LAYER_SCORES},
                 {"mentions.eid", JW_LAYER_ENTITIES},
                 {"mentions.nil", JW_LAYER_ENTITIES},
                 {"mentions.kind", JW_LAYER_ENTITIES},
                 {"mentions.link_conf", JW_LAYER_ENTITIES},
                 {"flags", JW_LAYER_TOKENS | JW_LAYER_SCORES},
                 {"sents", JW_LAYER_SENTENCES},
                 {"sents.tok", JW_LAYER_TOKENS},
                 {"toks", JW_LAYER_TOKENS},
                 {"toks.upos", JW_LAYER_POS},
                 {"toks.xpos", JW_LAYER_POS},
                 {"toks.head", JW_LAYER_ARCS},
                 {"toks.dep", JW_LAYER_ARCS},
                 {"toks.ner", JW_LAYER_MENTIONS}};
    uint32_t layers = 0;
    for (const char *at = fields; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        const size_t len = strcspn(at, ",");
        for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
            const size_t key_len = strlen(needs[i].key);
            const int is_it = key_len == len && memcmp(at, needs[i].key, len) == 0;
            const int is_inside =
                key_len > len && memcmp(at, needs[i].key, len) == 0 && needs[i].key[len] == '.';
            const int is_group =
                key_len < len && memcmp(at, needs[i].key, key_len) == 0 && at[key_len] == '.';
            if (is_it || is_inside || is_group)
                layers |= needs[i].layers;
        }
    }
    return layers;
}

/* What the rows and cells of a table show. */
static uint32_t layers_of_table(uint32_t table)
{
    switch (table) {
    case JW_TABLE_SENTENCES:
        return JW_LAYER_SENTENCES | JW_LAYER_TOKENS | JW_LAYER_SCORES;
    case JW_TABLE_TOKENS:
        return ALL_LAYERS;
    case JW_TABLE_MENTIONS:
        return JW_LAYER_MENTIONS | JW_LAYER_ENTITIES;
    case JW_TABLE_ESG:
        return JW_LAYER_ESG;
    default:
        return DOC_LAYERS;
    }
}

void cli_layers_settle(struct options *options)
{
    const int is_fixed = options->verb == VERB_EXPLAIN || options->verb == VERB_SUMMARY || options->verb == VERB_FAIRNESS;
    const int shows_all =
        options->tables || options->to == JW_CONLLU || options->to == JW_HTML || options->verb == VERB_CONVERT;
    if (!options->want) {
        options->want = "doc";
        options->wants_default = !is_fixed;
        options->want_shown = shows_all                   ? ALL_LAYERS
                              : cli_is_table(options->to) ? layers_of_table(options->table)
                                                          : options->verb == VERB_EXPLAIN ? DOC_LAYERS | JW_LAYER_ESG
                                                           : DOC_LAYERS;
    }
    if (options->to != JW_JSONL)
        options->want_shown |= JW_LAYER_SENTENCES | JW_LAYER_TOKENS;
    const uint32_t counted = JW_LAYER_SENTENCES | JW_LAYER_TOKENS; /* every record tells how many */
    const uint32_t computed = options->want_shown | counted;
    options->want_computed =
        options->fields ? computed & layers_of_fields(options->fields) : computed;
    if (options->want_computed == 0 || options->verb == VERB_CONVERT || options->verb == VERB_CHECK)
        options->want_computed = JW_LAYER_SENTENCES;
}
