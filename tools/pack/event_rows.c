/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See event_rows.h.  An element of a cue is `@CLASS` or letters with `|` between alternatives; ` .. ` is a gap, ` ... ` one across clauses, a
 * blank alone a short one, `!` marks the trigger when it is not the first.
 *   @REV .. @CHANGE     遭|被 .. !砍單     下修 財測
 * A void cell lists elements whose words nearby in the clause void the cue; with `~` before them, anywhere in the sentence.
 */
#include "pack/event_rows.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 10 };

struct source {
    const char *path;
    size_t line;
    char *cell[CELLS];
    int cells;
};

static void die(const struct source *source, const char *what, const char *detail)
{
    fprintf(stderr, "%s:%zu: %s: %s\n", source->path, source->line, what, detail);
    exit(5);
}

struct name {
    const char *text;
    uint32_t id;
};

static const struct name directions[] = {{"-", DIRECT_NONE},      {"up", DIRECT_UP},       {"down", DIRECT_DOWN},
                                         {"words", DIRECT_WORDS}, {"value", DIRECT_VALUE}, {NULL, 0}};
static const struct name flags[] = {{"strong", TAG_STRONG}, {"weak", TAG_WEAK}, {NULL, 0}};
static const struct name progresses[] = {{"-", 0},
                                         {"rumoured", JW_RUMOURED},
                                         {"planned", JW_PLANNED},
                                         {"announced", JW_ANNOUNCED},
                                         {"in_progress", JW_IN_PROGRESS},
                                         {"reported", JW_REPORTED},
                                         {"completed", JW_COMPLETED},
                                         {"cancelled", JW_CANCELLED},
                                         {"denied", JW_DENIED},
                                         {NULL, 0}};
static const struct name facts[] = {
    {"-", 0}, {"fact", JW_FACT + 1}, {"forecast", JW_FORECAST + 1}, {"opinion", JW_OPINION + 1}, {"rumour", JW_RUMOUR + 1}, {NULL, 0}};
static const struct name needs[] = {{"company", NEED_COMPANY}, {"near", NEED_NEAR},
                                    {"market", NEED_MARKET},   {"percent", NEED_PERCENT},
                                    {"money", NEED_MONEY},     {"number", NEED_NUMBER},
                                    {"before", NEED_BEFORE},   {"verb", NEED_VERB},
                                    {"person", NEED_PERSON},   {"change", NEED_CHANGE},
                                    {"agency", NEED_AGENCY},   {"alone", NEED_ALONE},
                                    {"sole", NEED_SOLE},       {"product", NEED_PRODUCT},
                                    {NULL, 0}};
static const struct name slots[] = {{"theme", SLOT_THEME},       {"agent", SLOT_AGENT},
                                    {"patient", SLOT_PATIENT},   {"object", SLOT_OBJECT},
                                    {"later", SLOT_LATER},       {"after", SLOT_AFTER},
                                    {"before", SLOT_BEFORE},     {"near", SLOT_NEAR},
                                    {"with", SLOT_WITH},         {"to", SLOT_TO},
                                    {"from", SLOT_FROM},         {"other", SLOT_OTHER},
                                    {"nobody", SLOT_NOBODY},     {"word", SLOT_WORD},
                                    {"money", SLOT_MONEY},       {"percent", SLOT_PERCENT},
                                    {"yoy", SLOT_YOY},           {"qoq", SLOT_QOQ},
                                    {"mom", SLOT_MOM},
                                    {"quantity", SLOT_QUANTITY}, {"period", SLOT_PERIOD},
                                    {"day", SLOT_DAY},           {"duration", SLOT_DURATION},
                                    {"share", SLOT_SHARE},       {"old", SLOT_OLD},
                                    {"new", SLOT_NEW},           {NULL, 0}};
static const struct name conditions[] = {{"word", NOTE_WORD},
                                         {"progress", NOTE_PROGRESS},
                                         {"down", NOTE_DOWN},
                                         {"up", NOTE_UP},
                                         {"reversed", NOTE_REVERSED},
                                         {"forecast", NOTE_FORECAST},
                                         {"no_direction", NOTE_NO_DIRECTION},
                                         {"always", NOTE_ALWAYS},
                                         {"plunge", NOTE_PLUNGE},
                                         {"later", NOTE_LATER},
                                         {"fallen", NOTE_FALLEN},
                                         {"minus", NOTE_MINUS},
                                         {NULL, 0}};
static const struct name types[] = {
#define TYPE(name) {#name, TYPE_##name},
    EVENT_TYPES(TYPE)
#undef TYPE
        {NULL, 0}};

static uint32_t id_of(const struct source *source, const struct name *names, const char *text)
{
    for (; names->text; names++)
        if (!strcmp(names->text, text))
            return names->id;
    die(source, "unknown name", text);
    return 0;
}

/* Bits of a `;` list; "-" is none.  `shift` turns ids into bits. */
static uint32_t bits_of(const struct source *source, const struct name *names, char *list, int shift)
{
    uint32_t bits = 0;
    if (!strcmp(list, "-"))
        return 0;
    for (char *at = strtok(list, ";"); at; at = strtok(NULL, ";"))
        bits |= shift ? 1u << id_of(source, names, at) : id_of(source, names, at);
    return bits;
}

static uint16_t class_of(struct event_rows *rows, const struct source *source, const char *name, int is_new)
{
    for (size_t i = 0; i < rows->classes.len; i++)
        if (!strcmp(rows->classes.at[i].name, name))
            return (uint16_t)i;
    struct class_row row;
    if (!is_new || strlen(name) >= sizeof row.name)
        die(source, "unknown class", name);
    strcpy(row.name, name);
    VEC_PUSH(&rows->classes, row);
    return (uint16_t)(rows->classes.len - 1);
}

static uint16_t leaf_of(const struct event_rows *rows, const struct source *source, const char *code)
{
    if (!strcmp(code, "-"))
        return EVENT_NO_LEAF;
    for (size_t i = 0; i < rows->leaves.len; i++)
        if (!strcmp(rows->leaves.at[i].code, code))
            return (uint16_t)i;
    die(source, "unknown leaf", code);
    return 0;
}

static void add_word(struct event_rows *rows, const struct source *source, const char *text, size_t len, struct event_tag tag)
{
    struct word_row row = {.tag = tag};
    uint32_t at[EVENT_WORD_MAX + 1];
    uint8_t cls[EVENT_WORD_MAX + 1];
    uint32_t code[EVENT_WORD_MAX + 1];
    struct norm_units units = {code, cls, at, 0};
    if (!len || len > EVENT_WORD_MAX * 3)
        die(source, "word empty or too long", text);
    jwi_norm_scan(&rows->norm, text, 0, (uint32_t)len, &units);
    if (units.len > EVENT_WORD_MAX)
        die(source, "word too long", text);
    for (uint32_t i = 0; i < units.len; i++)
        row.code[i] = code[i] >= 'A' && code[i] <= 'Z' ? code[i] + 32 : code[i];
    row.len = units.len;
    VEC_PUSH(&rows->words, row);
}

/* Class of an element; letters make a class of their own. */
static uint16_t element_of(struct event_rows *rows, const struct source *source, const char *text)
{
    if (*text == '@')
        return class_of(rows, source, text + 1, 0);
    char name[EVENT_NAME];
    if ((size_t)snprintf(name, sizeof name, "=%s", text) >= sizeof name)
        die(source, "element too long", text);
    const size_t before = rows->classes.len;
    const uint16_t cls = class_of(rows, source, name, 1);
    if (rows->classes.len == before)
        return cls;
    const struct event_tag tag = {cls, 0, 0};
    for (const char *at = text;;) {
        const size_t len = strcspn(at, "|");
        add_word(rows, source, at, len, tag);
        if (!at[len])
            return cls;
        at += len + 1;
    }
}

static void read_cue(struct event_rows *rows, const struct source *source, char *cue, struct event_pattern *pattern)
{
    int is_wide = 0;
    for (char *at = strtok(cue, " "); at; at = strtok(NULL, " ")) {
        if (!strcmp(at, "..") || !strcmp(at, "...")) {
            is_wide = (int)strlen(at) - 1;
            continue;
        }
        if (pattern->count == EVENT_ELEMENTS)
            die(source, "too many elements", at);
        if (*at == '!') {
            pattern->trigger = pattern->count;
            at++;
        }
        if (!is_wide)
            pattern->tight |= (uint8_t)(1u << pattern->count);
        if (is_wide == 2)
            pattern->far |= (uint8_t)(1u << pattern->count);
        pattern->element[pattern->count++] = element_of(rows, source, at);
        is_wide = 0;
    }
}

/* id code group name definition triggers arguments .. */
static void take_leaf(struct event_rows *rows, const struct source *source)
{
    struct leaf_row row;
    if (source->cells < 7 || strlen(source->cell[1]) >= sizeof row.code || strlen(source->cell[6]) >= sizeof row.roles)
        die(source, "bad leaf", source->cell[0]);
    strcpy(row.code, source->cell[1]);
    strcpy(row.roles, source->cell[6]);
    VEC_PUSH(&rows->leaves, row);
}

/* class word direction flags */
static void take_word(struct event_rows *rows, const struct source *source)
{
    if (source->cells != 4)
        die(source, "four cells wanted", source->cell[0]);
    const uint32_t direction = id_of(source, directions, source->cell[2]);
    const struct event_tag tag = {class_of(rows, source, source->cell[0], 1),
                                  direction == DIRECT_UP     ? 1
                                  : direction == DIRECT_DOWN ? -1
                                                             : 0,
                                  (uint8_t)bits_of(source, flags, source->cell[3], 0)};
    add_word(rows, source, source->cell[1], strlen(source->cell[1]), tag);
}

/* cue leaf direction progress fact frame needs conf void */
static void take_trigger(struct event_rows *rows, const struct source *source)
{
    if (source->cells != 9)
        die(source, "nine cells wanted", source->cell[0]);
    struct event_pattern pattern;
    memset(&pattern, 0, sizeof pattern);
    pattern.leaf = leaf_of(rows, source, source->cell[1]);
    pattern.direction = (uint8_t)id_of(source, directions, source->cell[2]);
    pattern.progress = (uint8_t)id_of(source, progresses, source->cell[3]);
    pattern.fact = (uint8_t)id_of(source, facts, source->cell[4]);
    pattern.frame = (uint8_t)(source->cell[5][0] == '-' ? 0 : source->cell[5][0] - 'a' + 1);
    pattern.needs = (uint16_t)bits_of(source, needs, source->cell[6], 0);
    const int conf = atoi(source->cell[7]);
    if (conf < 1 || conf > 100)
        die(source, "confidence is 1 to 100", source->cell[7]);
    pattern.conf = (uint16_t)(conf * 100);
    pattern.void_at = (uint32_t)rows->list.len;
    char *rest = source->cell[8];
    for (char *next; strcmp(rest, "-") != 0 && *rest; rest = next) {
        next = rest + strcspn(rest, ";");
        if (*next)
            *next++ = '\0';
        const int is_far = *rest == '~';
        const uint16_t cls = (uint16_t)(element_of(rows, source, rest + is_far) | (is_far ? EVENT_FAR : 0));
        VEC_PUSH(&rows->list, cls);
        pattern.void_count++;
    }
    read_cue(rows, source, source->cell[0], &pattern);
    VEC_PUSH(&rows->patterns, pattern);
}

static uint8_t role_of(const struct event_rows *rows, const struct source *source, uint16_t leaf, const char *name)
{
    const char *at = rows->leaves.at[leaf].roles;
    for (uint8_t rank = 0;; rank++) {
        const size_t len = strcspn(at, ";");
        if (strlen(name) == len && !strncmp(at, name, len))
            return rank;
        if (!at[len])
            die(source, "no such role", name);
        at += len + 1;
    }
}

/* leaf order frame role slot types class: types is a metric for values, class `change` marks a percentage that is a change */
static void take_role(struct event_rows *rows, const struct source *source)
{
    if (source->cells != 7)
        die(source, "seven cells wanted", source->cell[0]);
    struct event_role role;
    memset(&role, 0, sizeof role);
    role.leaf = leaf_of(rows, source, source->cell[0]);
    role.frame = (uint8_t)(source->cell[2][0] == '-' ? 0 : source->cell[2][0] - 'a' + 1);
    role.role = role_of(rows, source, role.leaf, source->cell[3]);
    role.slot = (uint8_t)id_of(source, slots, source->cell[4]);
    role.order = (uint8_t)atoi(source->cell[1]);
    role.is_change = !strcmp(source->cell[6], "change");
    if (role.slot >= SLOT_MONEY && strcmp(source->cell[5], "-") != 0)
        role.metric = jwi_event_name((jw_bytes){source->cell[5], strlen(source->cell[5])});
    else
        role.types = bits_of(source, types, source->cell[5], 1);
    role.cls = role.slot == SLOT_WORD ? class_of(rows, source, source->cell[6], 0) : 0;
    VEC_PUSH(&rows->roles, role);
}

static int32_t scaled(const char *text)
{
    return (int32_t)(strtod(text, NULL) * 10000 + (text[0] == '-' ? -0.5 : 0.5));
}

static uint8_t mode_of(const char *text, int32_t *ret)
{
    if (!strcmp(text, "-"))
        return NOTE_KEEP;
    *ret = scaled(text + 1);
    return text[0] == 'x' ? NOTE_TIMES : NOTE_VALUE;
}

/* leaf condition argument market credit direction becomes: market and credit are xFACTOR, =VALUE or - */
static void take_note(struct event_rows *rows, const struct source *source)
{
    if (source->cells != 7)
        die(source, "seven cells wanted", source->cell[0]);
    struct event_note note;
    memset(&note, 0, sizeof note);
    note.leaf = leaf_of(rows, source, source->cell[0]);
    note.kind = (uint8_t)id_of(source, conditions, source->cell[1]);
    if (note.kind == NOTE_WORD) {
        const int is_far = source->cell[2][0] == '~';
        note.arg = (uint16_t)(element_of(rows, source, source->cell[2] + is_far) | (is_far ? EVENT_FAR : 0));
    } else if (note.kind == NOTE_PROGRESS) {
        note.arg = (uint16_t)id_of(source, progresses, source->cell[2]);
    }
    note.market_mode = mode_of(source->cell[3], &note.market);
    note.credit_mode = mode_of(source->cell[4], &note.credit);
    note.direction = (uint8_t)id_of(source, directions, source->cell[5]);
    note.becomes = leaf_of(rows, source, source->cell[6]);
    VEC_PUSH(&rows->notes, note);
}

/* code name .. */
static void take_code(struct event_rows *rows, const struct source *source)
{
    struct leaf_row row;
    if (source->cells < 6 || strlen(source->cell[0]) >= sizeof row.code)
        die(source, "bad indicator", source->cell[0]);
    strcpy(row.code, source->cell[0]);
    row.roles[0] = '\0';
    VEC_PUSH(&rows->codes, row);
}

/* leaf order code condition argument without */
static void take_credit(struct event_rows *rows, const struct source *source)
{
    if (source->cells != 6)
        die(source, "six cells wanted", source->cell[0]);
    struct event_credit row;
    memset(&row, 0, sizeof row);
    row.leaf = leaf_of(rows, source, source->cell[0]);
    row.order = (uint8_t)atoi(source->cell[1]);
    row.kind = (uint8_t)id_of(source, conditions, source->cell[3]);
    if (row.kind == NOTE_WORD || row.kind == NOTE_FALLEN)
        row.arg = element_of(rows, source, source->cell[4]);
    else if (row.kind == NOTE_PROGRESS)
        row.arg = (uint16_t)id_of(source, progresses, source->cell[4]);
    row.without = strcmp(source->cell[5], "-") ? (uint16_t)(element_of(rows, source, source->cell[5]) + 1) : 0;
    while (row.code < rows->codes.len && strcmp(rows->codes.at[row.code].code, source->cell[2]) != 0)
        row.code++;
    if (row.code == rows->codes.len)
        die(source, "unknown indicator", source->cell[2]);
    VEC_PUSH(&rows->credits, row);
}

/* said conf, of every step */
static void take_confidence(struct event_rows *rows, const struct source *source)
{
    if (source->cells != 2 || rows->conf_count > EVENT_CONF_STEPS)
        die(source, "two cells wanted, of 21 steps", source->cell[0]);
    const double step = atof(source->cell[0]) * EVENT_CONF_STEPS, conf = atof(source->cell[1]) * JW_SCALE;
    if (step < rows->conf_count - 0.01 || step > rows->conf_count + 0.01 || conf < 0 || conf > JW_SCALE)
        die(source, "not the next step, or no probability", source->cell[0]);
    rows->conf[rows->conf_count++] = (uint16_t)(conf + 0.5);
}

static void read_table(struct event_rows *rows, const char *path, void (*take)(struct event_rows *rows, const struct source *source))
{
    struct source source = {.path = path};
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(&source, "cannot read", error.message);
    for (size_t at = 0; at < data.len;) {
        const char *newline = memchr(data.at + at, '\n', data.len - at);
        const size_t len = newline ? (size_t)(newline - data.at) - at : data.len - at;
        char line[8192];
        if (len >= sizeof line)
            die(&source, "line too long", "");
        memcpy(line, data.at + at, len);
        line[len] = '\0';
        at += len + 1;
        if (!source.line++)
            continue;
        source.cell[0] = line;
        source.cells = 1;
        for (char *tab = line; (tab = strchr(tab, '\t')) && source.cells < CELLS;) {
            *tab++ = '\0';
            source.cell[source.cells++] = tab;
        }
        take(rows, &source);
    }
    jwi_file_unmap(data);
}

uint16_t jwi_event_rows_class(struct event_rows *rows, const char *name)
{
    static const struct source nowhere = {.path = "classes"};
    return class_of(rows, &nowhere, name, 0);
}

void jwi_event_rows_read(struct event_rows *rows, char **paths)
{
    static void (*const takes[])(struct event_rows *rows, const struct source *source) = {
        take_leaf, take_word, take_trigger, take_role, take_note, take_code, take_credit, take_confidence};
    for (size_t i = 0; i < sizeof takes / sizeof *takes; i++)
        read_table(rows, paths[i], takes[i]);
    if (rows->conf_count != EVENT_CONF_STEPS + 1)
        die(&(struct source){.path = paths[7]}, "steps are missing", "");
}
