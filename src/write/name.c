/* SPDX-License-Identifier: Apache-2.0 */
/* See name.h. */
#include "write/name.h"

#include "doc/value_text.h"

struct name_cursor jwi_names_before(const jw_doc *doc, uint32_t layers)
{
    const struct name_cursor cursor = {doc, layers, 0, 0, 0, 0, 0};
    return cursor;
}

/* Entities bring the mentions they were found in. */
static int shows_mentions(const struct name_cursor *cursor)
{
    return (cursor->layers & (JW_LAYER_MENTIONS | JW_LAYER_ENTITIES)) != 0;
}

static int find_mention(struct name_cursor *cursor, uint32_t token, struct name *ret)
{
    const jw_mentions all = jw_doc_mentions(cursor->doc);
    while (cursor->mention < all.len && all.at[cursor->mention].tokens.end <= token)
        cursor->mention++;
    if (!shows_mentions(cursor) || cursor->mention == all.len ||
        all.at[cursor->mention].tokens.start > token)
        return 0;
    const jw_mention *const mention = &all.at[cursor->mention];
    const char *label =
        jw_model_label(jw_doc_model(cursor->doc), JW_LABELS_MENTION, mention->type);
    ret->tokens = mention->tokens;
    ret->label = label ? label : "_";
    ret->mention = cursor->mention;
    return 1;
}

/* Asked at the first token of the value, when the cursor's mention is the first that ends behind it. */
static int is_free(const struct name_cursor *cursor, jw_range tokens)
{
    const jw_mentions all = jw_doc_mentions(cursor->doc);
    return !shows_mentions(cursor) || cursor->mention == all.len ||
           all.at[cursor->mention].tokens.start >= tokens.end;
}

/* The value over the token, whether a mention touches it or not. */
static const jw_value *find_value(struct name_cursor *cursor, uint32_t token)
{
    const jw_values all = jw_doc_values(cursor->doc);
    while (cursor->value < all.len && all.at[cursor->value].tokens.end <= token)
        cursor->value++;
    if (!(cursor->layers & JW_LAYER_VALUES) || cursor->value == all.len ||
        all.at[cursor->value].tokens.start > token)
        return NULL;
    const jw_value *const value = &all.at[cursor->value];
    if (value->tokens.start == token)
        cursor->shows_value = is_free(cursor, value->tokens);
    return value;
}

/* Asked at the first token of the term, when the cursor's value is the first that ends behind it. */
static int is_no_value(const struct name_cursor *cursor, jw_range tokens)
{
    const jw_values all = jw_doc_values(cursor->doc);
    return !(cursor->layers & JW_LAYER_VALUES) || cursor->value == all.len || all.at[cursor->value].tokens.start >= tokens.end;
}

/* The term over the token, when nothing else touches it; asked after mention and value. */
static const jw_mention *find_term(struct name_cursor *cursor, uint32_t token)
{
    const jw_mentions all = jw_doc_terms(cursor->doc);
    while (cursor->term < all.len && all.at[cursor->term].tokens.end <= token)
        cursor->term++;
    if (!shows_mentions(cursor) || cursor->term == all.len || all.at[cursor->term].tokens.start > token)
        return NULL;
    const jw_mention *const term = &all.at[cursor->term];
    if (term->tokens.start == token)
        cursor->shows_term = is_free(cursor, term->tokens) && is_no_value(cursor, term->tokens);
    return cursor->shows_term ? term : NULL;
}

static int show_term(const struct name_cursor *cursor, const jw_mention *term, struct name *ret)
{
    if (!term)
        return 0;
    const char *label = jw_model_label(jw_doc_model(cursor->doc), JW_LABELS_MENTION, term->type);
    ret->tokens = term->tokens;
    ret->label = label ? label : "_";
    ret->mention = JW_NONE;
    ret->value = NULL;
    return 1;
}

int jwi_name_at(struct name_cursor *cursor, uint32_t token, struct name *ret)
{
    const int has_mention = find_mention(cursor, token, ret);
    const jw_value *const value = find_value(cursor, token);
    const jw_mention *const term = find_term(cursor, token);
    if (has_mention) {
        const int is_same = value && value->tokens.start == ret->tokens.start &&
                            value->tokens.end == ret->tokens.end;
        ret->value = is_same ? value : NULL;
        return 1;
    }
    if (!value || !cursor->shows_value)
        return show_term(cursor, term, ret);
    ret->tokens = value->tokens;
    ret->label = jwi_value_kind_name(value->kind);
    ret->mention = JW_NONE;
    ret->value = value;
    return 1;
}

char jwi_name_place(const struct name *name, uint32_t token)
{
    const int is_first = token == name->tokens.start, is_last = token + 1 == name->tokens.end;
    if (is_first)
        return is_last ? 'S' : 'B';
    return is_last ? 'E' : 'I';
}

const jw_entity *jwi_name_entity(const struct name_cursor *cursor, const struct name *name)
{
    if (name->mention == JW_NONE || !(cursor->layers & JW_LAYER_ENTITIES))
        return NULL;
    const uint32_t entity = jw_doc_links(cursor->doc).at[name->mention].entity;
    return entity == JW_NONE ? NULL : &jw_doc_entities(cursor->doc).at[entity];
}
