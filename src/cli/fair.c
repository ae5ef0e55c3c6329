/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See fair.h.  Method: every mention of a company, a bank or a person is replaced by a name that no register holds, the same for all mentions of one
 * entity; a user dictionary makes these names known, so that finding names cannot differ.  Who issues an announcement keeps its name, because the
 * record names it beside the text; so do pronouns, and entities beyond the names there are.
 */
#include "cli/fair.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_A_KIND = 6, KINDS = 3, SCALE = 10000 };

static const struct stand_in {
    const char *name, *code, *eid;
} stand_ins[KINDS][NAMES_A_KIND] = {
    {{"晨曜科技", "9971", "C90000001"}, {"岳霖精密", "9972", "C90000002"}, {"澄海航運", "9973", "C90000003"}, {"沐森材料", "9974", "C90000004"},
     {"旭岡電機", "9975", "C90000005"}, {"禾翎生技", "9976", "C90000006"}},
    {{"澄海銀行", "9981", "C90000011"}, {"岳霖銀行", "9982", "C90000012"}, {"晨曜銀行", "9983", "C90000013"}, {"沐森銀行", "9984", "C90000014"},
     {"旭岡銀行", "9985", "C90000015"}, {"禾翎銀行", "9986", "C90000016"}},
    {{"王大明", "", "P90000001"}, {"李小華", "", "P90000002"}, {"陳大文", "", "P90000003"}, {"張小美", "", "P90000004"}, {"林小玉", "", "P90000005"},
     {"黃大同", "", "P90000006"}}};

const char fair_names[] =
    "form\tlevel\ttype\tentity\n"
    "9971\tforce\tCOM\tC90000001\n9972\tforce\tCOM\tC90000002\n9973\tforce\tCOM\tC90000003\n9974\tforce\tCOM\tC90000004\n"
    "9975\tforce\tCOM\tC90000005\n9976\tforce\tCOM\tC90000006\n9981\tforce\tFIN\tC90000011\n9982\tforce\tFIN\tC90000012\n"
    "9983\tforce\tFIN\tC90000013\n9984\tforce\tFIN\tC90000014\n9985\tforce\tFIN\tC90000015\n9986\tforce\tFIN\tC90000016\n"
    "岳霖精密\tforce\tCOM\tC90000002\n岳霖銀行\tforce\tFIN\tC90000012\n張小美\tforce\tPER\tP90000004\n旭岡銀行\tforce\tFIN\tC90000015\n"
    "旭岡電機\tforce\tCOM\tC90000005\n晨曜科技\tforce\tCOM\tC90000001\n晨曜銀行\tforce\tFIN\tC90000013\n李小華\tforce\tPER\tP90000002\n"
    "林小玉\tforce\tPER\tP90000005\n沐森材料\tforce\tCOM\tC90000004\n沐森銀行\tforce\tFIN\tC90000014\n澄海航運\tforce\tCOM\tC90000003\n"
    "澄海銀行\tforce\tFIN\tC90000011\n王大明\tforce\tPER\tP90000001\n禾翎生技\tforce\tCOM\tC90000006\n禾翎銀行\tforce\tFIN\tC90000016\n"
    "陳大文\tforce\tPER\tP90000003\n黃大同\tforce\tPER\tP90000006\n";

void cli_swap_free(struct swap *swap)
{
    cli_buffer_free(&swap->text);
    free(swap->parts);
    free(swap->name);
    free(swap->eid);
}

static int kind_of(const jw_doc *doc, const jw_entity *entity)
{
    static const char *const types[KINDS] = {"COM", "FIN", "PER"};
    const char *const type = jw_model_label(jw_doc_model(doc), JW_LABELS_MENTION, entity->type);
    for (int i = 0; type && i < KINDS; i++)
        if (strcmp(type, types[i]) == 0)
            return i;
    return -1;
}

static void make_room(struct swap *swap, uint32_t parts, uint32_t entities)
{
    if (parts > swap->part_cap) {
        free(swap->parts);
        swap->parts = cli_new(parts, sizeof *swap->parts);
        swap->part_cap = parts;
    }
    if (entities > swap->entity_cap) {
        free(swap->name);
        free(swap->eid);
        swap->name = cli_new(entities, sizeof *swap->name);
        swap->eid = cli_new(entities, sizeof *swap->eid);
        swap->entity_cap = entities;
    }
}

/* Who becomes whom; index of the stand-in of each entity in ret, -1 for none. */
static uint32_t choose(struct swap *swap, const jw_doc *doc)
{
    const jw_entities entities = jw_doc_entities(doc);
    uint32_t used[KINDS] = {0}, count = 0;
    for (uint32_t i = 0; i < entities.len; i++) {
        const int kind = kind_of(doc, &entities.at[i]);
        swap->name[i] = swap->eid[i] = NULL;
        if (kind < 0 || used[kind] == NAMES_A_KIND || i == jw_doc_issuer(doc))
            continue;
        const struct stand_in *const other = &stand_ins[kind][used[kind]++];
        swap->name[i] = other->name;
        swap->eid[i] = other->eid;
        count++;
    }
    return count;
}

static const char *code_of(const char *eid)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (int i = 0; i < NAMES_A_KIND; i++)
            if (strcmp(stand_ins[kind][i].eid, eid) == 0)
                return stand_ins[kind][i].code;
    return "";
}

/* What stands for a mention; NULL: itself. */
static const char *words_for(const struct swap *swap, const jw_doc *doc, uint32_t mention)
{
    const jw_link *const link = &jw_doc_links(doc).at[mention];
    if (link->entity >= jw_doc_entities(doc).len || !swap->name[link->entity] || link->kind == JW_MENTION_PRONOUN || link->kind == JW_MENTION_ROLE)
        return NULL;
    return link->kind == JW_MENTION_CODE ? code_of(swap->eid[link->entity]) : swap->name[link->entity];
}

static void put_part(struct swap *swap, const jw_doc *doc, jw_range text, uint32_t *mention)
{
    const jw_mentions mentions = jw_doc_mentions(doc);
    const jw_tokens tokens = jw_doc_tokens(doc);
    const char *const all = jw_doc_text(doc).at;
    uint32_t at = text.start;
    for (; *mention < mentions.len; ++*mention) {
        const jw_range words = mentions.at[*mention].tokens;
        const jw_range range = {tokens.at[words.start].text.start, tokens.at[words.end - 1].text.end};
        const char *const other = words_for(swap, doc, *mention);
        if (range.start >= text.end)
            break;
        if (!other || range.start < at || range.end > text.end)
            continue;
        cli_buffer_put(&swap->text, all + at, range.start - at);
        cli_buffer_text(&swap->text, other);
        at = range.end;
    }
    cli_buffer_put(&swap->text, all + at, text.end - at);
}

int cli_swap_make(struct swap *swap, const jw_doc *doc)
{
    const jw_parts parts = jw_doc_parts(doc);
    uint32_t mention = 0;
    make_room(swap, parts.len, jw_doc_entities(doc).len);
    if (choose(swap, doc) == 0)
        return 0;
    swap->text.len = 0;
    swap->part_count = parts.len;
    (void)cli_buffer_room(&swap->text, 8 * jw_doc_text(doc).len + 64); /* no name is eight times as long as what it stands for: it never moves */
    for (uint32_t i = 0; i < parts.len; i++) {
        const size_t start = swap->text.len;
        put_part(swap, doc, parts.at[i].text, &mention);
        swap->parts[i] = (jw_part){{NULL, swap->text.len - start}, parts.at[i].kind, parts.at[i].mark};
    }
    size_t at = 0;
    for (uint32_t i = 0; i < parts.len; at += swap->parts[i++].text.len)
        swap->parts[i].text.at = swap->text.at + at;
    return 1;
}

/* One score, INT32_MIN when it is missing. */
static int32_t score_of(const jw_score *score, int which)
{
    switch (which) {
    case 0:
        return score->has_market ? score->market : INT32_MIN;
    case 1:
        return score->has_credit ? score->credit_raw : INT32_MIN;
    case 2:
        return score->is_scored ? score->tone : INT32_MIN;
    default:
        return score->relevance * SCALE;
    }
}

static void put_score(struct buffer *out, int32_t score)
{
    const uint32_t size = (uint32_t)(score < 0 ? -(int64_t)score : score);
    if (score == INT32_MIN) {
        cli_buffer_text(out, "null");
        return;
    }
    cli_buffer_text(out, score < 0 ? "-" : "");
    cli_buffer_uint(out, size / SCALE);
    cli_buffer_text(out, ".");
    for (uint32_t unit = SCALE / 10, rest = size % SCALE; unit > 0; unit /= 10)
        cli_buffer_uint(out, rest / unit % 10);
}

static void put_line(struct buffer *out, const jw_doc *doc, const jw_entity *entity, const char *as, const char *score, int32_t was, int32_t is)
{
    const jw_bytes id = jw_doc_meta(doc).id;
    cli_buffer_text(out, "{\"id\":");
    cli_buffer_json(out, id.at, id.len);
    cli_buffer_text(out, ",\"eid\":");
    cli_buffer_json(out, entity->eid.at, entity->eid.len);
    cli_buffer_text(out, ",\"name\":");
    cli_buffer_json(out, entity->name.at, entity->name.len);
    cli_buffer_text(out, ",\"as\":");
    cli_buffer_json(out, as, as ? strlen(as) : 0);
    cli_buffer_text(out, ",\"score\":\"");
    cli_buffer_text(out, score);
    cli_buffer_text(out, "\",\"was\":");
    put_score(out, was);
    cli_buffer_text(out, ",\"is\":");
    put_score(out, is);
    cli_buffer_text(out, "}\n");
}

static const jw_score *find_twin(const jw_doc *twin, jw_bytes eid)
{
    const jw_entities entities = jw_doc_entities(twin);
    for (uint32_t i = 0; i < entities.len; i++)
        if (entities.at[i].eid.len == eid.len && memcmp(entities.at[i].eid.at, eid.at, eid.len) == 0)
            return &jw_doc_scores(twin).at[i];
    return NULL;
}

uint32_t cli_swap_compare(const struct swap *swap, const jw_doc *doc, const jw_doc *twin, struct buffer *out)
{
    static const char *const names[] = {"market", "credit", "tone", "relevance"};
    static const jw_score nothing = {0};
    const jw_entities entities = jw_doc_entities(doc);
    uint32_t moved = 0;
    for (uint32_t i = 0; i < entities.len; i++) {
        const jw_entity *const entity = &entities.at[i];
        const jw_score *const was = &jw_doc_scores(doc).at[i];
        const jw_bytes eid = swap->eid[i] ? bytes_from(swap->eid[i], strlen(swap->eid[i])) : entity->eid;
        const jw_score *const found = find_twin(twin, eid), *const is = found ? found : &nothing;
        if (!swap->eid[i] && !was->is_scored && !found)
            continue; /* a name inside another, gone with it */
        for (int k = 0; k < 4; k++) {
            if (score_of(was, k) == score_of(is, k))
                continue;
            put_line(out, doc, entity, swap->name[i], names[k], score_of(was, k), score_of(is, k));
            moved++;
        }
    }
    return moved;
}
