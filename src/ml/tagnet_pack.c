/* SPDX-License-Identifier: Apache-2.0 */
/* Rounding of a trained tagging network to its section; the layout is in tagnet.h. */
#include "ml/tagnet_trainer.h"

#include <string.h>

enum { ALIGN = 64 };

struct writer {
    char *at;
    size_t len;
};

static void *room_for(struct writer *writer, size_t n, size_t size)
{
    void *ret = writer->at ? writer->at + writer->len : NULL;
    writer->len += (n * size + ALIGN - 1) / ALIGN * ALIGN;
    return ret;
}

/* Half away from zero, cut to +-limit. */
static int32_t fixed(float x, uint32_t bits, int32_t limit)
{
    const float scaled = x * (float)(UINT32_C(1) << bits);
    const float top = (float)limit;
    if (scaled >= top)
        return limit;
    if (scaled <= -top)
        return -limit;
    return (int32_t)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
}

static uint32_t slots_for(uint32_t count)
{
    uint32_t slots = 16;
    while (slots / 3 * 2 <= count)
        slots *= 2;
    return slots;
}

static void write_index(struct writer *writer, const uint64_t *keys, uint32_t count)
{
    const uint32_t slots = slots_for(count);
    struct tagnet_slot *at = room_for(writer, slots, sizeof *at);
    if (!at)
        return;
    memset(at, 0xff, slots * sizeof *at);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = (uint32_t)keys[i] & (slots - 1);
        while (at[slot].row != JW_NONE)
            slot = (slot + 1) & (slots - 1);
        at[slot].tag = (uint32_t)(keys[i] >> 32);
        at[slot].row = i;
    }
}

static void write_rows(struct writer *writer, const struct params *rows, uint32_t count,
                       uint32_t width)
{
    int8_t *at = room_for(writer, count, width);
    for (size_t i = 0; at && i < (size_t)count * width; i++)
        at[i] = (int8_t)fixed(rows->value[i], TAGNET_FEATURE_BITS, INT8_MAX);
}

/* What a token sums to, without the bias. */
static void sum_token(const struct tagnet_trainer *t, const struct tagnet_token *token, float *sums)
{
    const uint32_t width = t->shape.width;
    memset(sums, 0, width * sizeof *sums);
    for (uint32_t k = 0; k < token->feature_count; k++)
        for (uint32_t i = 0; i < width; i++)
            sums[i] += t->rows.value[(size_t)token->features[k] * width + i];
    if (token->vector == JW_NONE)
        return;
    const float *vector = t->shape.vectors + (size_t)token->vector * t->shape.vector_width;
    for (uint32_t k = 0; k < t->shape.vector_width; k++)
        for (uint32_t i = 0; i < width; i++)
            sums[i] += vector[k] * t->vector.value[(size_t)k * width + i];
}

static void write_words(struct writer *writer, const struct tagnet_trainer *t,
                        const struct tagnet_words *words)
{
    const uint32_t width = t->shape.width;
    int8_t *at = room_for(writer, words->count, width);
    float sums[TAGNET_DIM_MAX];
    for (size_t i = 0; at && i < words->count; i++) {
        sum_token(t, &words->tokens[i], sums);
        for (uint32_t k = 0; k < width; k++)
            at[i * width + k] = (int8_t)fixed(sums[k], TAGNET_WORD_BITS, INT8_MAX);
    }
}

static void write_bias(struct writer *writer, const struct params *bias, uint32_t bits)
{
    int32_t *at = room_for(writer, bias->count, sizeof *at);
    for (size_t i = 0; at && i < bias->count; i++)
        at[i] = fixed(bias->value[i], bits, INT32_C(1) << 30);
}

/* The order of weights is that of struct net_matrix. */
static void write_matrix(struct writer *writer, const struct params *w, const struct params *bias,
                         uint32_t in, uint32_t out, uint32_t bits)
{
    int16_t *at = room_for(writer, (size_t)in * out, sizeof *at);
    for (size_t i = 0; at && i < in; i++)
        for (size_t o = 0; o < out; o++)
            at[(o / NET_BLOCK * in / 2 + i / 2) * 2 * NET_BLOCK + o % NET_BLOCK * 2 + i % 2] =
                (int16_t)fixed(w->value[i * out + o], bits, INT16_MAX);
    write_bias(writer, bias, NET_BITS + bits);
}

/* Called twice: once to measure, once to write. */
static void write_all(struct writer *writer, const struct tagnet_trainer *t,
                      const uint64_t *feature_keys, const struct tagnet_words *words)
{
    const struct tagnet_shape *s = &t->shape;
    const struct tagnet_header header = {TAGNET_VERSION,
                                         s->width,
                                         s->hidden,
                                         s->memory,
                                         s->labels,
                                         words->count,
                                         slots_for(words->count),
                                         s->features,
                                         slots_for(s->features),
                                         s->layers,
                                         {0}};
    void *at = room_for(writer, 1, sizeof header);
    if (at)
        memcpy(at, &header, sizeof header);
    write_index(writer, words->keys, words->count);
    write_index(writer, feature_keys, s->features);
    write_words(writer, t, words);
    write_rows(writer, &t->rows, s->features, s->width);
    write_bias(writer, &t->token_bias, NET_BITS);
    for (uint32_t l = 0; l < s->layers; l++) {
        write_matrix(writer, &t->window[l], &t->window_bias[l], l ? t->pass.layer : 3 * s->width,
                     s->hidden, TAGNET_WEIGHT_BITS);
        write_matrix(writer, &t->gates[l], &t->gates_bias[l], s->hidden, 4 * s->memory,
                     TAGNET_WEIGHT_BITS);
    }
    write_matrix(writer, &t->output, &t->output_bias, t->pass.step, s->labels, TAGNET_OUTPUT_BITS);
}

jw_bytes jwi_tagnet_pack(const struct tagnet_trainer *trainer, const uint64_t *feature_keys,
                         const struct tagnet_words *words, struct arena *arena)
{
    jw_bytes ret = {NULL, 0};
    struct writer writer = {NULL, 0};
    write_all(&writer, trainer, feature_keys, words);
    writer.at = jwi_arena_push_zero(arena, writer.len, 1, ALIGN);
    if (!writer.at)
        return ret;
    ret.at = writer.at;
    ret.len = writer.len;
    writer.len = 0;
    write_all(&writer, trainer, feature_keys, words);
    return ret;
}
