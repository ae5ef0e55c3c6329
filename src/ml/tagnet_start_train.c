/* SPDX-License-Identifier: Apache-2.0 */
/* Stored weights to start from; see tagnet_start_train.h. */
#include "ml/tagnet_start_train.h"

#include "base/error.h"
#include "ml/tagnet_trainer.h"

#include <string.h>

enum { DENSE_MAX = 2 + 4 * TAGNET_LAYERS_MAX, ROW_MAX = INT8_MAX };

/* Everything that is no row and no label, in the order of the stored form; returns how many arrays. */
static uint32_t dense_of(struct tagnet_trainer *t, struct params *ret[DENSE_MAX])
{
    uint32_t n = 0;
    ret[n++] = &t->token_bias;
    ret[n++] = &t->vector;
    for (uint32_t l = 0; l < t->shape.layers; l++) {
        ret[n++] = &t->window[l];
        ret[n++] = &t->window_bias[l];
        ret[n++] = &t->gates[l];
        ret[n++] = &t->gates_bias[l];
    }
    return n;
}

/* Floats of a shape that the trainer would have; every dimension is below 2^10, so that nothing overflows. */
static size_t dense_len(const struct tagnet_start_header *header)
{
    const size_t width = header->width, hidden = header->hidden, memory = header->memory;
    size_t ret = width + header->vector_width * width;
    for (uint32_t l = 0; l < header->layers; l++)
        ret += ((l ? hidden + 2 * memory : 3 * width) + 1) * hidden + (hidden + 1) * 4 * memory;
    return ret;
}

static int is_header(const struct tagnet_start_header *header)
{
    return header->width <= TAGNET_DIM_MAX && header->hidden <= TAGNET_DIM_MAX &&
           header->memory <= TAGNET_DIM_MAX && header->layers <= TAGNET_LAYERS_MAX &&
           header->vector_width <= TAGNET_DIM_MAX;
}

jw_status jwi_tagnet_start_open(jw_bytes data, struct tagnet_start *ret, jw_error *reterr)
{
    struct tagnet_start_header *header = &ret->header;
    if (data.len < sizeof *header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "start: %zu bytes are no header", data.len);
    memcpy(header, data.at, sizeof *header);
    if (header->version != TAGNET_START_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "start: version %u, wanted %u",
                        header->version, TAGNET_START_VERSION);
    if (!is_header(header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "start: dimensions %u %u %u, %u layers",
                        header->width, header->hidden, header->memory, header->layers);
    const size_t dense = dense_len(header) * sizeof(float);
    const size_t wanted =
        sizeof *header + dense + header->features * (sizeof(uint64_t) + (size_t)header->width);
    if (data.len != wanted)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "start: %zu bytes, wanted %zu", data.len,
                        wanted);
    ret->keys = (const void *)(data.at + sizeof *header);
    ret->dense = (const void *)(ret->keys + header->features);
    ret->rows = (const void *)(data.at + wanted - (size_t)header->features * header->width);
    return JW_OK;
}

static int is_shape(const struct tagnet_start_header *header, const struct tagnet_shape *shape)
{
    return header->width == shape->width && header->hidden == shape->hidden &&
           header->memory == shape->memory && header->layers == shape->layers &&
           header->vector_width == shape->vector_width && header->features <= shape->features;
}

int jwi_tagnet_start_load(const struct tagnet_start *start, struct tagnet_trainer *ret)
{
    struct params *dense[DENSE_MAX];
    const float *at = start->dense;
    if (!is_shape(&start->header, &ret->shape))
        return 0;
    const uint32_t n = dense_of(ret, dense);
    for (uint32_t i = 0; i < n; at += dense[i++]->count)
        memcpy(dense[i]->value, at, dense[i]->count * sizeof *at);
    for (size_t i = 0; i < (size_t)start->header.features * start->header.width; i++)
        ret->rows.value[i] = (float)start->rows[i] / (float)(1 << TAGNET_START_BITS);
    return 1;
}

static int8_t row_number(float x)
{
    const float scaled = x * (float)(1 << TAGNET_START_BITS);
    if (scaled >= (float)ROW_MAX || scaled <= -(float)ROW_MAX)
        return scaled < 0 ? -ROW_MAX : ROW_MAX;
    return (int8_t)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
}

/* Copies the numbers and goes on behind them. */
static void put(char **at, const void *from, size_t len)
{
    memcpy(*at, from, len);
    *at += len;
}

static void put_rows(char **at, const struct tagnet_trainer *t, const uint32_t *seen,
                     uint32_t least)
{
    const uint32_t width = t->shape.width;
    for (uint32_t i = 0; i < t->shape.features; i++)
        for (uint32_t k = 0; seen[i] >= least && k < width; k++)
            *(*at)++ = (char)row_number(t->rows.value[(size_t)i * width + k]);
}

jw_bytes jwi_tagnet_start_write(const struct tagnet_trainer *trainer, const uint64_t *keys,
                                const uint32_t *seen, uint32_t least, struct arena *arena)
{
    struct tagnet_trainer t = *trainer;
    struct tagnet_start_header header = {
        TAGNET_START_VERSION, t.shape.width,        t.shape.hidden, t.shape.memory,
        t.shape.layers,       t.shape.vector_width, 0,              0};
    struct params *dense[DENSE_MAX];
    jw_bytes ret = {NULL, 0};
    for (uint32_t i = 0; i < t.shape.features; i++)
        header.features += seen[i] >= least;
    const size_t len = sizeof header + dense_len(&header) * sizeof(float) +
                       header.features * (sizeof *keys + (size_t)header.width);
    char *data = jwi_arena_push(arena, len, 1, 64), *at = data;
    if (!data)
        return ret;
    put(&at, &header, sizeof header);
    for (uint32_t i = 0; i < t.shape.features; i++)
        if (seen[i] >= least)
            put(&at, &keys[i], sizeof keys[i]);
    const uint32_t n = dense_of(&t, dense);
    for (uint32_t i = 0; i < n; i++)
        put(&at, dense[i]->value, dense[i]->count * sizeof(float));
    put_rows(&at, &t, seen, least);
    ret.at = data;
    ret.len = len;
    return ret;
}
