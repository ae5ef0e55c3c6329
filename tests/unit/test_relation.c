/* SPDX-License-Identifier: Apache-2.0 */
/* Stage relation: sentences and their relations, damaged sections, the trainer. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "common/desk.h"
#include "stage/relation/relation_rule.h"
#include "stage/relation/relation_train.h"

enum { LINES_MAX = 400, SHOWN_MAX = 4096, LESSON = 60, KEYS = 6 };

static const char *model_path;
static jw_bytes table, lines[LINES_MAX];
static int line_count;

static jw_bytes text_of(const jw_doc *doc, jw_range range)
{
    return (jw_bytes){jw_doc_text(doc).at + range.start, range.end - range.start};
}

static jw_bytes mention_of(const jw_doc *doc, uint32_t mention)
{
    const jw_range tokens = jw_doc_mentions(doc).at[mention].tokens;
    const jw_token *token = jw_doc_tokens(doc).at;
    return text_of(doc, (jw_range){token[tokens.start].text.start, token[tokens.end - 1].text.end});
}

static const char *status_of(const jw_relation *relation)
{
    static const char *const names[] = {"", "?", "*", "", "", "", "", "-", "!"};
    return names[relation->progress];
}

/* "TYPE head>tail", then * planned, ? rumoured, - former, ! denied, then role=text of its attributes. */
static void show(const jw_doc *doc, char *ret)
{
    const jw_relations relations = jw_doc_relations(doc);
    size_t n = 0;
    ret[0] = '\0';
    for (uint32_t i = 0; i < relations.len; i++) {
        const jw_relation *relation = &relations.at[i];
        const jw_bytes head = mention_of(doc, relation->head_mention), tail = mention_of(doc, relation->tail_mention);
        n += (size_t)snprintf(ret + n, SHOWN_MAX - n, "%s%s %.*s>%.*s%s", i ? ";" : "",
                              jw_model_label(jw_doc_model(doc), JW_LABELS_RELATION, relation->type), (int)head.len, head.at, (int)tail.len,
                              tail.at, status_of(relation));
        for (uint32_t k = 0; k < relation->arg_count; k++) {
            const jw_arg *arg = &jw_doc_relation_args(doc).at[relation->first_arg + k];
            const jw_bytes said = text_of(doc, arg->text);
            n += (size_t)snprintf(ret + n, SHOWN_MAX - n, " %s=%.*s", jw_model_label(jw_doc_model(doc), JW_LABELS_ROLE, arg->role),
                                  (int)said.len, said.at);
        }
    }
}

START_TEST(a_sentence_has_its_relations)
{
    jw_options options = JW_OPTIONS_INIT;
    char shown[SHOWN_MAX];
    options.want = JW_LAYER_RELATIONS;
    struct desk desk = open_desk(model_path, &options);
    const char *tab = memchr(lines[_i].at, '\t', lines[_i].len);
    ck_assert_ptr_nonnull(tab);
    const size_t len = (size_t)(tab - lines[_i].at), rest = lines[_i].len - len - 1;
    run_text(&desk, (jw_bytes){lines[_i].at, len});
    show(desk.doc, shown);
    ck_assert_msg(strlen(shown) == rest && !memcmp(shown, tab + 1, rest), "%.*s: %s, not %.*s", (int)len, lines[_i].at, shown, (int)rest,
                  tab + 1);
    close_desk(&desk);
}
END_TEST

START_TEST(bad_rules_are_refused_at_their_line)
{
    static const char *const bad[] = {
        "cue\thold\n",
        "cue\thold\t\n",
        "cue\thold\t一二三四五六七八九\n",
        "row\thold\t持有\n",
        "rule\tHOLDS\tHT\thold$\tshare\t12\t90\n",
        "rule\tHOLDS\tXX\thold$\tshare\t12\t90\tpct\n",
        "rule\tHOLDS\tHT\t-\t-\t12\t90\tpct\n",
        "rule\tHOLDS\tHT\thold$;own\t-\t12\t90\tpct\n",
        "rule\tHOLDS\tHT\thold$\tshare\tmany\t90\tpct\n",
        "rule\tHOLDS\tHT\thold$\tshare\t12\t101\tpct\n",
        "rule\tHOLDS\tHT\thold$\tshare\t12\t90\tcolour\n",
        "rule\tHOLDS\tHT\thold$\tshare\t12\t90\tpct\tmore\n",
    };
    static struct relation_rules rules;
    static const char good[] = "cue\thold\t持有\n";
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[256];
        jw_error error;
        snprintf(text, sizeof text, "%s%s", good, bad[i]);
        ck_assert_msg(jwi_relation_rules_open(bytes_of(text), &rules, &error) == JW_EMODEL_CORRUPT, "%s", bad[i]);
        ck_assert_uint_eq(error.at, sizeof good - 1);
    }
    ck_assert_uint_eq(jwi_relation_rules_open(bytes_of(good), &rules, NULL), JW_OK);
}
END_TEST

START_TEST(too_many_rules_and_words_are_refused)
{
    static struct relation_rules rules;
    static char text[RULES_MAX * 64 + 64];
    size_t n = 0;
    for (int i = 0; i <= RULES_MAX; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "rule\tHOLDS\tHT\thold$\t-\t12\t90\t-\n");
    ck_assert_uint_eq(jwi_relation_rules_open((jw_bytes){text, n}, &rules, NULL), JW_EMODEL_CORRUPT);
    n = 0;
    for (int i = 0; i <= RULE_LISTS_MAX; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "cue\tlist%d\t持有\n", i);
    ck_assert_uint_eq(jwi_relation_rules_open((jw_bytes){text, n}, &rules, NULL), JW_EMODEL_CORRUPT);
}
END_TEST

static void be_silent(uint32_t pass, uint32_t passes, double loss)
{
    (void)pass;
    (void)passes;
    (void)loss;
}

/* Key 1 says base 1 with the head first, key 2 with the tail first, key 3 base 2, which has no direction; other keys say nothing. */
static jw_bytes train_toy(struct arena *arena, struct relation_example *examples, uint64_t (*keys)[2][KEYS])
{
    static const struct relation_base bases[] = {{"none", JW_NONE, 1, 0}, {"holds", 8, 0, 0}, {"rivals", 3, 1, 0}};
    for (uint32_t i = 0; i < LESSON; i++) {
        const uint32_t kind = i % 4;
        const uint16_t label[] = {2, 3, 4, 0};
        for (int head = 0; head < 2; head++) {
            for (uint32_t k = 0; k < KEYS; k++)
                keys[i][head][k] = (UINT64_C(1000) + i * KEYS % 37 + k) * UINT64_C(0x9e3779b97f4a7c15);
            if (kind == 2 || (kind < 2 && (uint32_t)head == kind))
                keys[i][head][0] = (kind == 2 ? 3u : 1u) * UINT64_C(0x9e3779b97f4a7c15);
            examples[i].keys[head] = keys[i][head];
            examples[i].key_count[head] = KEYS;
        }
        examples[i].label[0] = label[kind];
        examples[i].label_count = 1;
    }
    const struct relation_lesson lesson = {examples, LESSON, bases, 3, arena, be_silent};
    jw_bytes section = {NULL, 0};
    jw_error error;
    ck_assert_uint_eq(jwi_relation_train(&lesson, &section, &error), JW_OK);
    return section;
}

START_TEST(training_twice_gives_the_same_bytes)
{
    static struct relation_example examples[LESSON];
    static uint64_t keys[LESSON][2][KEYS];
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    const jw_bytes first = train_toy(&arena, examples, keys), second = train_toy(&arena, examples, keys);
    ck_assert_uint_eq(first.len, second.len);
    ck_assert_mem_eq(first.at, second.at, first.len);
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(a_trained_section_opens_and_damaged_ones_do_not)
{
    static struct relation_example examples[LESSON];
    static uint64_t keys[LESSON][2][KEYS];
    struct relation_view view;
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    const jw_bytes section = train_toy(&arena, examples, keys);
    ck_assert_uint_eq(jwi_relation_view_open(section, &view, NULL), JW_OK);
    ck_assert_uint_eq(view.base_count, 3);
    ck_assert_str_eq(view.bases[1].name, "holds");
    ck_assert_uint_gt(view.row_count, 0);
    for (size_t len = 0; len < section.len; len += 64)
        ck_assert_uint_ne(jwi_relation_view_open((jw_bytes){section.at, len}, &view, NULL), JW_OK);
    uint32_t *header = (void *)(uintptr_t)section.at;
    static const uint32_t wrong[][2] = {{0, 99}, {1, 0}, {1, RELATION_BASES_MAX + 1}, {2, UINT32_MAX}, {3, 0}, {3, 3}, {3, UINT32_MAX}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const uint32_t kept = header[wrong[i][0]];
        header[wrong[i][0]] = wrong[i][1];
        ck_assert_uint_ne(jwi_relation_view_open(section, &view, NULL), JW_OK);
        header[wrong[i][0]] = kept;
    }
    jwi_arena_free(&arena);
}
END_TEST

static void read_table(const char *path)
{
    jw_error error;
    if (jwi_file_map(path, &table, &error) != JW_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(3);
    }
    const char *at = memchr(table.at, '\n', table.len);
    for (const char *const end = table.at + table.len; at && ++at < end && line_count < LINES_MAX;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        lines[line_count++] = (jw_bytes){at, (size_t)((stop ? stop : end) - at)};
        at = stop;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: test-relation MODEL TABLE\n");
        return 2;
    }
    model_path = argv[1];
    read_table(argv[2]);
    Suite *suite = suite_create("relation");
    suite_add_loop(suite, a_sentence_has_its_relations, line_count);
    suite_add(suite, bad_rules_are_refused_at_their_line);
    suite_add(suite, too_many_rules_and_words_are_refused);
    suite_add(suite, training_twice_gives_the_same_bytes);
    suite_add(suite, a_trained_section_opens_and_damaged_ones_do_not);
    return suite_run(suite);
}
