/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a summary over several records chooses from: the sentences of title and body and the line of each event, with the companies, banks and
 * securities they are about, one JSON object a record.  A sentence is about whom it names; one that names nobody belongs to the record alone.
 */
#include "write/calendar.h"
#include "write/code.h"
#include "write/sheet.h"
#include "write/summary.h"

#include <string.h>

enum { ABOUT_LEAST = 20 /* relevance: entities of lists and strips are not summed up */ };

static int is_subject(const jw_doc *doc, uint32_t entity)
{
    static const char *const types[] = {"COM", "FIN", "SEC"};
    if (entity >= doc->entity_count || doc->entities[entity].flags & JW_ENTITY_NIL || doc->scores[entity].relevance <= ABOUT_LEAST)
        return 0;
    const char *const type = jw_model_label(doc->model, JW_LABELS_MENTION, doc->entities[entity].type);
    for (size_t i = 0; type && i < sizeof types / sizeof *types; i++)
        if (!strcmp(type, types[i]))
            return 1;
    return 0;
}

static void put_eid(struct sheet *sheet, uint32_t entity, const char **comma)
{
    out_text(sheet->out, *comma);
    jwi_out_json(sheet->out, sheet->doc->entities[entity].eid);
    *comma = ",";
}

static int names(const jw_doc *doc, jw_range tokens, uint32_t entity, uint32_t *mention)
{
    while (*mention < doc->mention_count && doc->mentions[*mention].tokens.start < tokens.start)
        ++*mention;
    for (uint32_t m = *mention; m < doc->mention_count && doc->mentions[m].tokens.start < tokens.end; m++)
        if (doc->links[m].entity == entity)
            return 1;
    return 0;
}

static void put_sentence(struct sheet *sheet, uint32_t sentence, int32_t salience, uint32_t *mention)
{
    const jw_doc *const doc = sheet->doc;
    const char *comma = "";
    out_text(sheet->out, "{\"of\":[");
    for (uint32_t e = 0; e < doc->entity_count; e++)
        if (is_subject(doc, e) && names(doc, doc->sentences[sentence].tokens, e, mention))
            put_eid(sheet, e, &comma);
    out_text(sheet->out, "],\"sent\":");
    jwi_summary_sentence(sheet, sentence, salience, 1);
    out_text(sheet->out, "}");
}

static void put_sentences(struct sheet *sheet)
{
    const jw_doc *const doc = sheet->doc;
    struct walk walk = {0, 0};
    uint32_t nth = 0, mention = 0;
    const char *comma = "";
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (doc->parts[doc->sentences[i].part].kind == JW_PART_REPLY)
            continue;
        const int32_t salience = jwi_salience(doc, i, nth++, &walk);
        out_text(sheet->out, comma);
        put_sentence(sheet, i, salience, &mention);
        comma = ",";
    }
}

static void put_event(struct sheet *sheet, const jw_event *event)
{
    const jw_doc *const doc = sheet->doc;
    const char *comma = "";
    char hash[16];
    const jw_bytes key = {hash, sizeof hash};
    out_text(sheet->out, "{\"key\":");
    jwi_code_hash(event->key, hash);
    jwi_out_json(sheet->out, key);
    out_text(sheet->out, ",\"of\":[");
    for (uint32_t e = 0; e < doc->entity_count; e++)
        for (uint32_t i = 0; i < event->arg_count && is_subject(doc, e); i++)
            if (doc->event_args[event->first_arg + i].entity == e) {
                put_eid(sheet, e, &comma);
                break;
            }
    out_text(sheet->out, "],\"event\":");
    jwi_summary_event(sheet, event, 1);
    out_text(sheet->out, "}");
}

static void put_about(struct sheet *sheet)
{
    const jw_doc *const doc = sheet->doc;
    const char *comma = "";
    for (uint32_t e = 0; e < doc->entity_count; e++) {
        if (!is_subject(doc, e))
            continue;
        out_text(sheet->out, comma);
        out_text(sheet->out, "{\"eid\":");
        jwi_out_json(sheet->out, doc->entities[e].eid);
        out_text(sheet->out, ",\"name\":");
        jwi_out_json(sheet->out, doc->entities[e].name);
        out_text(sheet->out, ",\"relevance\":");
        jwi_out_uint(sheet->out, doc->scores[e].relevance);
        out_text(sheet->out, "}");
        comma = ",";
    }
}

void jwi_write_candidates(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct sheet sheet = {.out = out, .doc = doc, .options = options, .text = jw_doc_text(doc), .scale = scale_on(doc, options->offsets)};
    const int64_t available = jwi_available_at(doc, options);
    const int is_read = (jw_doc_layers(doc) & JW_LAYER_SCORES) != 0;
    const char *comma = "";
    out_text(out, "{\"day\":");
    if (available == JW_NO_TIME) {
        out_text(out, "null");
    } else {
        out_text(out, "\"");
        jwi_out_day(out, jwi_market_day(available));
        out_text(out, "\"");
    }
    if (options->keep.len > 0) {
        out_text(out, ",\"keep\":");
        out_put(out, options->keep.at, options->keep.len);
    }
    out_text(out, ",\"about\":[");
    if (is_read)
        put_about(&sheet);
    out_text(out, "],\"sents\":[");
    if (is_read)
        put_sentences(&sheet);
    out_text(out, "],\"events\":[");
    for (uint32_t i = 0; is_read && i < doc->event_count; i++)
        if (doc->events[i].same == i && jwi_summary_has_line(doc, &doc->events[i])) {
            out_text(out, comma);
            put_event(&sheet, &doc->events[i]);
            comma = ",";
        }
    out_text(out, "]}\n");
}
