/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage form: the numbered lines of an announcement as typed fields, its clause, and the event it reports.
 * Method: lines by form_scan.c, values by form_value.c; the clause is the record's, else the one the form states, else a linear model's
 * over subject and fields (form_sight.c); the event is looked up (form_leaf.c).  Documents that are no announcements count when they have
 * at least two known fields.  Reads values, mentions and entities where they are there.  Linear; integers only.
 */
#include "stage/form/form.h"

#include "base/error.h"
#include "stage/stage.h"

#include <string.h>

enum { FIELDS_OF_A_FORM = 2 };

struct form_stage {
    struct form_table table;
    struct form_model model;
    int has_model;
    uint32_t clause_id; /* the field that states the clause */
};

static jw_status form_open(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    struct form_stage *stage = view;
    jw_bytes section;
    (void)lexicon;
    TRY(jwi_model_file_section(file, "FORM", &section, reterr));
    TRY(jwi_form_table_open(section, &stage->table, reterr));
    stage->clause_id = jwi_form_id("clause", strlen("clause"));
    stage->has_model = jwi_model_file_has(file, "FRMC");
    if (!stage->has_model)
        return JW_OK;
    TRY(jwi_model_file_section(file, "FRMC", &section, reterr));
    return jwi_form_model_open(section, &stage->model, reterr);
}

/* Units of the first part of the kind; empty when there is none. */
static jw_range units_of_part(const struct room *room, const jw_doc *doc, jw_part_kind kind)
{
    jw_range ret = {0, 0};
    for (uint32_t i = 0; i < doc->part_count; i++) {
        if (doc->parts[i].kind != (uint32_t)kind)
            continue;
        while (ret.start < room->units.len && room->units.at[ret.start] < doc->parts[i].text.start)
            ret.start++;
        for (ret.end = ret.start; ret.end < room->units.len && room->units.at[ret.end] < doc->parts[i].text.end;)
            ret.end++;
        break;
    }
    return ret;
}

/* One document on its way through the stage. */
struct reading {
    const struct form_stage *stage;
    struct room *room;
    jw_doc *doc;
    jw_range subject; /* units */
    struct form_items items;
};

static jw_status guess_clause(const struct reading *reading, jw_form *form, jw_error *reterr)
{
    struct room *room = reading->room;
    const struct form_items *items = &reading->items;
    uint32_t *letters = PUSH(room->scratch, uint32_t, SIGHT_LETTERS), *fields = PUSH(room->scratch, uint32_t, SIGHT_FIELDS);
    uint32_t *rows = PUSH(room->scratch, uint32_t, SIGHT_ROWS);
    if (!letters || !fields || !rows)
        return jwi_fail_memory(reterr);
    struct form_sight sight = {letters, fields, 0, 0};
    sight.letter_count = jwi_form_letters(room->units, reading->subject.start, reading->subject.end, letters);
    for (uint32_t i = 0; i < items->len && sight.field_count < SIGHT_FIELDS; i++)
        if (items->at[i].parent == JW_NONE && items->at[i].wording)
            fields[sight.field_count++] = items->at[i].wording->id;
    if (!sight.letter_count && !sight.field_count)
        return JW_OK;
    const struct form_guess guess = jwi_form_guess(&reading->stage->model, rows, jwi_form_rows(&sight, rows));
    form->clause = guess.clause;
    form->clause_score = (int32_t)reading->stage->model.confidence[guess.bin];
    form->flags |= JW_FORM_PREDICTED;
    return JW_OK;
}

/* The clause that the form itself states: 符合條款第四條第XX款：12. */
static uint32_t stated_clause(const struct reading *reading, const jw_form *form)
{
    for (uint32_t i = 0; i < form->field_count; i++) {
        const jw_decimal number = form->fields[i].amount;
        const struct form_wording *wording = reading->items.at[i].wording;
        if (wording && wording->id == reading->stage->clause_id && number.known && !number.power && number.mantissa > 0 &&
            number.mantissa <= FORM_CLAUSES)
            return (uint32_t)number.mantissa;
    }
    return 0;
}

static jw_status find_clause(const struct reading *reading, jw_form *form, jw_error *reterr)
{
    const uint32_t given = reading->doc->meta.clause;
    form->clause = given && given <= FORM_CLAUSES ? given : stated_clause(reading, form);
    if (!form->clause)
        return reading->stage->has_model ? guess_clause(reading, form, reterr) : JW_OK;
    form->clause_score = JW_SCALE;
    form->flags |= JW_FORM_GIVEN;
    return JW_OK;
}

static void find_leaf(const struct reading *reading, jw_form *form)
{
    const struct form_table *table = &reading->stage->table;
    const struct form_leaf *leaf = jwi_form_leaf(table, reading->room->units, reading->subject, &reading->items, form->clause);
    if (!leaf)
        return;
    form->flags |= leaf->is_routine ? JW_FORM_ROUTINE : 0;
    form->direction = leaf->direction;
    form->progress = leaf->progress;
    form->leaf_code.at = leaf->code_len ? table->name + leaf->code_at : NULL;
    form->leaf_code.len = leaf->code_len;
    if (leaf->code_len)
        form->leaf = jw_model_label_id(reading->doc->model, JW_LABELS_EVENT, form->leaf_code);
}

static uint32_t mention_type(const jw_doc *doc, const char *name)
{
    const jw_bytes label = {name, strlen(name)};
    return jw_model_label_id(doc->model, JW_LABELS_MENTION, label);
}

static jw_status read_fields(const struct reading *reading, jw_error *reterr)
{
    jw_doc *doc = reading->doc;
    const struct form_items *items = &reading->items;
    const struct form_reader reader = {
        &reading->stage->table,
        reading->room->units,
        doc,
        mention_type(doc, "PER"),
        {mention_type(doc, "COM"), mention_type(doc, "FIN"), mention_type(doc, "ORG"), mention_type(doc, "GOV")}};
    jw_field *fields = PUSH(&doc->arena, jw_field, items->len);
    if (!fields)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < items->len; i++)
        jwi_form_read(&reader, &items->at[i], &fields[i]);
    doc->form.fields = fields;
    doc->form.field_count = items->len;
    return JW_OK;
}

static jw_status form_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    struct reading reading = {view, room, doc, units_of_part(room, doc, JW_PART_TITLE), {NULL, 0, 0}};
    const jw_range body = units_of_part(room, doc, JW_PART_BODY);
    memset(&doc->form, 0, sizeof doc->form);
    doc->form.leaf = JW_NONE;
    if (!jwi_form_scan(&reading.stage->table, room->units, body.start, body.end, room->scratch, &reading.items))
        return jwi_fail_memory(reterr);
    if (doc->meta.source_type != JW_ANNOUNCEMENT && reading.items.known < FIELDS_OF_A_FORM)
        return JW_OK;
    TRY(read_fields(&reading, reterr));
    TRY(find_clause(&reading, &doc->form, reterr));
    find_leaf(&reading, &doc->form);
    return JW_OK;
}

const struct stage jwi_stage_form = {
    .name = "form",
    .reads = JW_LAYER_TOKENS,
    .writes = JW_LAYER_FORM,
    .view_size = sizeof(struct form_stage),
    .open = form_open,
    .run = form_run,
};
