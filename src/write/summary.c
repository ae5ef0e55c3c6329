/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extractive summary: the sentences of the body with the largest maximal marginal relevance, 0.7 salience - 0.3 likeness to what is chosen
 * (Carbonell and Goldstein 1998), in the order of the text, and one line for each event of which it is known whose it is.  Nothing is generated.
 *   salience  0.35 place in the text, 0.30 relevance of the entities named, 0.25 events, 0.10 length
 *   likeness  Jaccard coefficient of hashed pairs of characters
 */
#include "base/utf8.h"
#include "write/likeness.h"
#include "write/sheet.h"
#include "write/summary.h"

#include <string.h>

enum {
    CHOSEN_MOST = 16,
    CHOSEN_DEFAULT = 3,
    SALIENCE_SHARE = 7,
    SHORT = 10,
    LONG = 120
};

struct choice {
    uint32_t sentence;
    int32_t salience;
    struct sign sign;
};

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* 1 for the first sentence of the body, 1/2 for the third, never nothing. */
static int32_t place_score(uint32_t nth)
{
    return (int32_t)(2 * JW_SCALE / (nth + 2));
}

static int32_t length_score(const jw_doc *doc, jw_range text)
{
    int32_t chars = 0;
    for (size_t at = text.start; at < text.end; chars++)
        utf8_next(doc->text.at, &at);
    if (chars < SHORT)
        return chars * JW_SCALE / SHORT;
    return chars <= LONG ? JW_SCALE : LONG * JW_SCALE / chars;
}

/* Sum of relevance, 0..JW_SCALE; a name that comes again adds nothing. */
static int32_t entity_score(const jw_doc *doc, jw_range tokens, struct walk *walk)
{
    int32_t sum = 0;
    uint32_t last = JW_NONE;
    while (walk->mention < doc->mention_count && doc->mentions[walk->mention].tokens.start < tokens.start)
        walk->mention++;
    for (uint32_t m = walk->mention; m < doc->mention_count && doc->mentions[m].tokens.start < tokens.end; m++) {
        const uint32_t entity = doc->links[m].entity;
        if (entity >= doc->entity_count || entity == last)
            continue;
        sum += doc->scores[entity].relevance * (JW_SCALE / 100);
        last = entity;
    }
    return smaller(sum, JW_SCALE);
}

static int32_t event_score(const jw_doc *doc, uint32_t sentence, struct walk *walk)
{
    int32_t sum = 0;
    while (walk->event < doc->event_count && doc->events[walk->event].claim.sentence < sentence)
        walk->event++;
    for (uint32_t i = walk->event; i < doc->event_count && doc->events[i].claim.sentence == sentence; i++)
        sum += doc->events[i].same == i ? 6000 : 3000;
    return smaller(sum, JW_SCALE);
}

int32_t jwi_salience(const jw_doc *doc, uint32_t sentence, uint32_t nth, struct walk *walk)
{
    const jw_sentence *const at = &doc->sentences[sentence];
    const int32_t sum = 35 * place_score(nth) + 30 * entity_score(doc, at->tokens, walk) + 25 * event_score(doc, sentence, walk) +
                        10 * length_score(doc, at->text);
    return doc->sentence_scores[sentence].type == JW_SENTENCE_LIST ? sum / 1000 : sum / 100;
}

static int is_chosen(const struct choice *chosen, uint32_t count, uint32_t sentence)
{
    for (uint32_t i = 0; i < count; i++)
        if (chosen[i].sentence == sentence)
            return 1;
    return 0;
}

static int32_t most_alike(const struct choice *chosen, uint32_t count, const struct sign *sign)
{
    int32_t most = 0;
    for (uint32_t i = 0; i < count; i++) {
        const int32_t alike = jwi_likeness(&chosen[i].sign, sign);
        most = alike > most ? alike : most;
    }
    return most;
}

/* The next choice, or false when no sentence is left.  Ties go to the sentence further up. */
static int choose(const jw_doc *doc, const struct choice *chosen, uint32_t count, struct choice *ret)
{
    struct walk walk = {0, 0};
    int32_t best = INT32_MIN;
    uint32_t nth = 0;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (doc->parts[doc->sentences[i].part].kind != JW_PART_BODY)
            continue;
        const int32_t worth = jwi_salience(doc, i, nth++, &walk);
        if (is_chosen(chosen, count, i))
            continue;
        const struct sign sign = jwi_sign(bytes_of(doc->text, doc->sentences[i].text));
        const int32_t marginal = (SALIENCE_SHARE * worth - (10 - SALIENCE_SHARE) * most_alike(chosen, count, &sign)) / 10;
        if (marginal <= best)
            continue;
        best = marginal;
        *ret = (struct choice){i, worth, sign};
    }
    return best != INT32_MIN;
}

static void open_item(struct sheet *sheet, int has_id)
{
    out_text(sheet->out, "{");
    if (!has_id)
        return;
    out_text(sheet->out, "\"id\":");
    jwi_out_json(sheet->out, sheet->doc->meta.id);
    out_text(sheet->out, ",");
}

void jwi_summary_sentence(struct sheet *sheet, uint32_t sentence, int32_t salience, int has_id)
{
    const jw_range text = sheet->doc->sentences[sentence].text;
    open_item(sheet, has_id);
    out_text(sheet->out, "\"n\":");
    jwi_out_uint(sheet->out, (uint64_t)sentence + 1);
    out_text(sheet->out, ",\"at\":");
    jwi_sheet_span(sheet, text);
    out_text(sheet->out, ",\"salience\":");
    jwi_out_scaled(sheet->out, salience);
    out_text(sheet->out, ",\"text\":");
    jwi_out_json(sheet->out, bytes_of(sheet->text, text));
    out_text(sheet->out, "}");
}

void jwi_summary_event(struct sheet *sheet, const jw_event *event, int has_id)
{
    open_item(sheet, has_id);
    out_text(sheet->out, "\"n\":");
    jwi_out_uint(sheet->out, event->number);
    out_text(sheet->out, ",\"type\":");
    jwi_sheet_label(sheet, JW_LABELS_EVENT, event->type);
    out_text(sheet->out, ",\"at\":");
    jwi_sheet_span(sheet, event->claim.text);
    out_text(sheet->out, ",\"line\":");
    jwi_summary_line(sheet->out, sheet->doc, event);
    out_text(sheet->out, "}");
}

static void put_sentences(struct sheet *sheet)
{
    struct choice chosen[CHOSEN_MOST];
    const uint32_t asked = sheet->options->sentences ? sheet->options->sentences : CHOSEN_DEFAULT;
    const uint32_t most = asked < CHOSEN_MOST ? asked : CHOSEN_MOST;
    uint32_t count = 0;
    while (count < most && choose(sheet->doc, chosen, count, &chosen[count]))
        count++;
    const char *comma = "";
    for (uint32_t done = 0, next; done < count; done++) { /* by place */
        next = done;
        for (uint32_t i = done + 1; i < count; i++)
            next = chosen[i].sentence < chosen[next].sentence ? i : next;
        const struct choice first = chosen[next];
        chosen[next] = chosen[done];
        chosen[done] = first;
        out_text(sheet->out, comma);
        jwi_summary_sentence(sheet, chosen[done].sentence, chosen[done].salience, 0);
        comma = ",";
    }
}

static void put_events(struct sheet *sheet)
{
    const char *comma = "";
    for (uint32_t i = 0; i < sheet->doc->event_count; i++) {
        const jw_event *const event = &sheet->doc->events[i];
        if (event->same != i || !jwi_summary_has_line(sheet->doc, event))
            continue;
        out_text(sheet->out, comma);
        jwi_summary_event(sheet, event, 0);
        comma = ",";
    }
}

void jwi_write_summary(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct sheet sheet = {.out = out, .doc = doc, .options = options, .text = jw_doc_text(doc), .scale = scale_on(doc, options->offsets)};
    out_text(out, "{\"schema\":\"jinwen/1\"");
    if (options->run.len > 0) {
        out_text(out, ",\"run\":");
        jwi_out_json(out, options->run);
    }
    out_text(out, ",\"id\":");
    jwi_out_json(out, doc->meta.id);
    out_text(out, ",\"sents\":[");
    if (jw_doc_layers(doc) & JW_LAYER_SCORES)
        put_sentences(&sheet);
    out_text(out, "],\"events\":[");
    if (jw_doc_layers(doc) & JW_LAYER_EVENTS)
        put_events(&sheet);
    out_text(out, "]}\n");
}
