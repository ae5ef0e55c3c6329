/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-make-vectors < WORDS > TABLE: word vectors for dict/stats from text whose words lie apart by blanks, one sentence a line.
 * Method: skip-gram with negative samples (Mikolov et al. 2013), a set of output vectors for each place in the window (Ling et al. 2015),
 * so that vectors tell more of grammar than of topic.  Not part of the build: 60 million words take about ten minutes.
 *
 * The table has columns form and vector, sorted by bytes, one character of '0' .. 'o' a dimension (common/vectors.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "common/bytes.h"
#include "common/vec.h"

enum {
    WIDTH = 64,
    WINDOW = 2,
    PLACES = 2 * WINDOW,
    NEGATIVE = 5,
    EPOCHS = 2,
    LEAST = 5, /* occurrences of a word that gets a vector */
    DRAWS = 1 << 23,
    LINE_END =
        0, /* numbers of words: the end of a line, a word without vector, then the words by falling count */
    RARE = 1,
    FIRST = 2
};

static const double first_rate = 0.025, last_rate = 1e-4, frequent = 1e-4;

typedef float quad __attribute__((vector_size(16), may_alias));

struct word {
    uint64_t key;
    const char *form;
    uint32_t len, id;
    uint64_t count;
};

struct words {
    VEC(struct word) list;
    uint32_t *slots; /* index + 1 */
    uint32_t slot_count;
};

struct net {
    float *in, *out; /* [n][WIDTH], [n][PLACES][WIDTH] */
    uint32_t *draws; /* words by their share of draws */
    float *keep;     /* chance that an occurrence is used */
    uint32_t n;
    uint64_t seed;
};

static void *make(size_t n, size_t size)
{
    void *ret = calloc(n, size);
    if (!ret)
        jwi_vec_die("vectors");
    return ret;
}

static struct buffer read_all(FILE *file)
{
    static char part[1 << 16];
    struct buffer ret = {0};
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        jwi_buffer_add(&ret, part, n);
    jwi_buffer_add(&ret, "\n", 1);
    return ret;
}

/* Numbers are one word: what stands around 12 and 1,085 is the same. */
static int is_number(const char *at, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++)
        if (!strchr("0123456789.,%", at[i]) || !at[i])
            return 0;
    return at[0] >= '0' && at[0] <= '9';
}

static uint32_t *slot_of(struct words *words, uint64_t key)
{
    uint32_t at = (uint32_t)key & (words->slot_count - 1);
    while (words->slots[at] && words->list.at[words->slots[at] - 1].key != key)
        at = (at + 1) & (words->slot_count - 1);
    return &words->slots[at];
}

static void grow(struct words *words)
{
    free(words->slots);
    words->slot_count = words->slot_count ? words->slot_count * 2 : 1 << 20;
    words->slots = make(words->slot_count, sizeof *words->slots);
    for (uint32_t i = 0; i < words->list.len; i++)
        *slot_of(words, words->list.at[i].key) = i + 1;
}

static uint32_t add_word(struct words *words, const char *form, uint32_t len)
{
    if (is_number(form, len)) {
        form = "0";
        len = 1;
    }
    uint64_t key = len;
    for (uint32_t i = 0; i < len; i++)
        key = hash_join(key, (unsigned char)form[i]);
    if (words->list.len + 1 > words->slot_count / 2)
        grow(words);
    uint32_t *slot = slot_of(words, key);
    if (!*slot) {
        const struct word word = {key, form, len, RARE, 0};
        VEC_PUSH(&words->list, word);
        *slot = (uint32_t)words->list.len;
    }
    words->list.at[*slot - 1].count++;
    return *slot - 1;
}

static int by_count(const void *a, const void *b)
{
    const struct word *one = *(struct word *const *)a, *two = *(struct word *const *)b;
    if (one->count != two->count)
        return one->count > two->count ? -1 : 1;
    return one->key < two->key ? -1 : one->key > two->key;
}

static int by_form(const void *a, const void *b)
{
    const struct word *one = *(struct word *const *)a, *two = *(struct word *const *)b;
    const int order = memcmp(one->form, two->form, one->len < two->len ? one->len : two->len);
    return order ? order : (int)one->len - (int)two->len;
}

/* By Newton's method, from above. */
static double root(double x)
{
    double y = x > 1 ? x : 1;
    for (double before = y + 1; y < before;) {
        before = y;
        y = (y + x / y) / 2;
    }
    return y;
}

static uint32_t draw(struct net *net)
{
    return (uint32_t)(hash_mix(net->seed += UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}

static void fill_draws(struct net *net, struct word *const *kept, uint32_t n, uint64_t total)
{
    double all = 0, sum = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < n; i++)
        all += root((double)kept[i]->count) * root(root((double)kept[i]->count));
    for (uint32_t i = 0; i < n; i++) {
        const double share = (double)kept[i]->count / (double)total;
        sum += root((double)kept[i]->count) * root(root((double)kept[i]->count));
        while (at < DRAWS && at < sum / all * DRAWS)
            net->draws[at++] = kept[i]->id;
        net->keep[kept[i]->id] = (float)(root(frequent / share) + frequent / share);
    }
    while (at < DRAWS)
        net->draws[at++] = kept[n - 1]->id;
}

/* The logistic function as a parabola: 0 below -4, 1 above 4. */
static float logistic(float x)
{
    const float half = x < -4 ? -2 : x > 4 ? 2 : x / 2;
    return (half * (4 - (half < 0 ? -half : half)) / 4 + 1) / 2;
}

/* One pair: `in` moves by what is gathered in `step`, `out` at once. */
static void learn(const quad *in, quad *out, float wanted, float rate, quad *step)
{
    quad sum = {0};
    for (int i = 0; i < WIDTH / 4; i++)
        sum += in[i] * out[i];
    const float error = (wanted - logistic(sum[0] + sum[1] + sum[2] + sum[3])) * rate;
    for (int i = 0; i < WIDTH / 4; i++) {
        step[i] += error * out[i];
        out[i] += error * in[i];
    }
}

static void learn_pair(struct net *net, uint32_t word, uint32_t near, uint32_t place, float rate)
{
    quad *in = (quad *)(net->in + (size_t)word * WIDTH), step[WIDTH / 4];
    memset(step, 0, sizeof step);
    for (int k = 0; k <= NEGATIVE; k++) {
        const uint32_t other = k ? net->draws[draw(net) % DRAWS] : near;
        if (!k || other != near)
            learn(in, (quad *)(net->out + ((size_t)other * PLACES + place) * WIDTH), k ? 0 : 1,
                  rate, step);
    }
    for (int i = 0; i < WIDTH / 4; i++)
        in[i] += step[i];
}

/* The end of a line is a neighbour as well, what lies beyond is not. */
static void learn_at(struct net *net, const uint32_t *text, size_t at, size_t len, float rate)
{
    for (int side = -1; side <= 1; side += 2)
        for (int far = 1; far <= WINDOW; far++) {
            const size_t near = at + (size_t)(side * far);
            if (near >= len)
                break;
            if (text[near] != RARE)
                learn_pair(net, text[at], text[near],
                           (uint32_t)(side < 0 ? far - 1 : WINDOW + far - 1), rate);
            if (text[near] == LINE_END)
                break;
        }
}

static void train(struct net *net, const uint32_t *text, size_t len)
{
    for (size_t i = 0; i < (size_t)net->n * WIDTH; i++)
        net->in[i] = ((float)(draw(net) >> 8) * 0x1p-24f - 0.5f) / WIDTH;
    for (size_t done = 0; done < len * EPOCHS; done++) {
        const size_t at = done % len;
        const double rate = first_rate * (1 - (double)done / (double)(len * EPOCHS));
        if (text[at] >= FIRST && (float)(draw(net) >> 8) * 0x1p-24f < net->keep[text[at]])
            learn_at(net, text, at, len, (float)(rate > last_rate ? rate : last_rate));
    }
}

/* Ten steps are the root of the mean square of all numbers. */
static void write_table(const struct net *net, struct word **kept, uint32_t n)
{
    double square = 0;
    for (uint32_t i = 0; i < n; i++)
        for (int k = 0; k < WIDTH; k++)
            square += (double)net->in[(size_t)kept[i]->id * WIDTH + (size_t)k] *
                      net->in[(size_t)kept[i]->id * WIDTH + (size_t)k];
    const double scale = 10 / root(square / ((double)n * WIDTH));
    qsort(kept, n, sizeof *kept, by_form);
    printf("form\tvector\n");
    for (uint32_t i = 0; i < n; i++) {
        char row[WIDTH + 1] = {0};
        for (int k = 0; k < WIDTH; k++) {
            const double x = net->in[(size_t)kept[i]->id * WIDTH + (size_t)k] * scale + 32;
            row[k] = (char)('0' + (x < 0 ? 0 : x > 63 ? 63 : (int)x));
        }
        printf("%.*s\t%s\n", (int)kept[i]->len, kept[i]->form, row);
    }
}

int main(void)
{
    const struct buffer text = read_all(stdin);
    struct words words = {0};
    VEC(uint32_t) tokens = {0};
    VEC(struct word *) kept = {0};
    uint64_t total = 0;
    for (const char *at = text.at, *end = text.at + text.len; at < end; at++) {
        const char *start = at;
        while (*at != ' ' && *at != '\n')
            at++;
        if (at > start)
            VEC_PUSH(&tokens, FIRST + add_word(&words, start, (uint32_t)(at - start)));
        if (*at == '\n')
            VEC_PUSH(&tokens, LINE_END);
    }
    for (size_t i = 0; i < words.list.len; i++)
        if (words.list.at[i].count >= LEAST) {
            VEC_PUSH(&kept, &words.list.at[i]);
            total += words.list.at[i].count;
        }
    if (!kept.len)
        return 3;
    qsort(kept.at, kept.len, sizeof *kept.at, by_count);
    for (size_t i = 0; i < kept.len; i++)
        kept.at[i]->id = FIRST + (uint32_t)i;
    for (size_t i = 0; i < tokens.len; i++)
        if (tokens.at[i] != LINE_END)
            tokens.at[i] = words.list.at[tokens.at[i] - FIRST].id;
    const uint32_t n = FIRST + (uint32_t)kept.len;
    struct net net = {make((size_t)n * WIDTH, sizeof(float)),
                      make((size_t)n * PLACES * WIDTH, sizeof(float)),
                      make(DRAWS, sizeof(uint32_t)),
                      make(n, sizeof(float)),
                      n,
                      1};
    fill_draws(&net, kept.at, (uint32_t)kept.len, total);
    train(&net, tokens.at, tokens.len);
    write_table(&net, kept.at, (uint32_t)kept.len);
    return 0;
}
