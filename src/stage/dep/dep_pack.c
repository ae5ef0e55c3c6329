/* SPDX-License-Identifier: Apache-2.0 */
/* Float weights to the integers of sections DEPN and DEPW; what depends on the form of a word alone is summed into one row. */
#include "base/error.h"
#include "base/hash.h"
#include "ml/net_pack.h"
#include "stage/dep/dep_trainer.h"

#include <math.h>
#include <string.h>

enum { SHIFT_MAX = 11 }; /* keeps sums of activations times weights within 32 bits up to 256 */

/* A section in the making; a NULL `at` only counts. */
struct writer {
    char *at;
    size_t len;
};

static void *put(struct writer *writer, const void *data, size_t size)
{
    const size_t start = (writer->len + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    char *at = writer->at ? writer->at + start : NULL;
    if (at) {
        memset(writer->at + writer->len, 0, start - writer->len);
        if (data)
            memcpy(at, data, size);
        else
            memset(at, 0, size);
    }
    writer->len = start + size;
    return at;
}

static void put_row(int16_t *at, const float *row, uint32_t width)
{
    for (uint32_t i = 0; at && i < width; i++)
        at[i] = (int16_t)jwi_net_fixed(row[i], NET_BITS, INT16_MAX);
}

static void put_rows(struct writer *writer, const struct tensor *tensor)
{
    int16_t *at = put(writer, NULL, (size_t)tensor->rows * tensor->cols * sizeof *at);
    for (uint32_t i = 0; at && i < tensor->rows; i++)
        put_row(at + (size_t)i * tensor->cols, tensor->value + (size_t)i * tensor->cols,
                tensor->cols);
}

static void put_chars(struct writer *writer, const struct dep_tensors *t)
{
    const uint32_t rows = t->chars[0].rows, width = t->chars[0].cols;
    int16_t *at = put(writer, NULL, (size_t)rows * DEP_PLACES * width * sizeof *at);
    for (uint32_t i = 0; at && i < rows; i++)
        for (uint32_t place = 0; place < DEP_PLACES; place++)
            put_row(at + ((size_t)i * DEP_PLACES + place) * width,
                    t->chars[place].value + (size_t)i * width, width);
}

/* Bias may be NULL. */
static void put_matrix(struct writer *writer, const struct tensor *weights,
                       const struct tensor *bias, uint32_t shift)
{
    const uint32_t in = weights->rows, out = weights->cols;
    int16_t *at = put(writer, NULL, (size_t)in * out * sizeof *at);
    for (uint32_t i = 0; at && i < in; i++)
        for (uint32_t o = 0; o < out; o++)
            at[((size_t)(o / NET_BLOCK) * (in / 2) + i / 2) * 2 * NET_BLOCK + o % NET_BLOCK * 2 +
               i % 2] = (int16_t)jwi_net_fixed(weights->value[(size_t)i * out + o], shift, INT16_MAX);
    int32_t *sums = put(writer, NULL, out * sizeof *sums);
    for (uint32_t o = 0; sums && bias && o < out; o++)
        sums[o] = jwi_net_fixed(bias->value[o], NET_BITS + shift, INT32_MAX);
}

/* Numbers of 8 bits: how many fraction bits they have, and which of them is 0. */
struct byte_unit {
    uint32_t bits;
    int32_t zero;
};

static const struct byte_unit of_words = {DEP_WORD_BITS, DEP_WORD_ZERO}, of_states = {NET_BITS - NET_STATE_BITS, NET_STATE_ZERO},
                          of_dependents = {DEP_ARC_BITS, 0};

/* y with `bits` fraction bits.  Bias may be NULL. */
static void put_bytes(struct writer *writer, struct byte_unit from, const struct tensor *weights, const struct tensor *bias, uint32_t bits,
                      uint32_t shift)
{
    const uint32_t in = weights->rows, out = weights->cols;
    float unit[2 * DEP_DIM_MAX], mean[2 * DEP_DIM_MAX] = {0}, units[3 * DEP_DIM_MAX];
    int32_t zero[2 * DEP_DIM_MAX];
    for (uint32_t i = 0; i < in; i++) {
        unit[i] = (float)(UINT32_C(1) << from.bits);
        zero[i] = from.zero;
    }
    for (uint32_t o = 0; o < out; o++)
        units[o] = (float)(UINT32_C(1) << bits);
    const struct net_source source = {unit, zero, mean};
    struct net_packed ret;
    ret.at = put(writer, NULL, (size_t)in * out);
    ret.bias = put(writer, NULL, out * sizeof *ret.bias);
    ret.scale = put(writer, NULL, out * sizeof *ret.scale);
    if (ret.scale)
        jwi_net_pack(weights->value, bias ? bias->value : NULL, in, out, &source, units, shift,
                     &ret);
}

/* The most fraction bits that leave room for the largest weight. */
static uint32_t shift_for(const struct tensor *tensor)
{
    float most = 0;
    for (size_t i = 0; i < (size_t)tensor->rows * tensor->cols; i++)
        most = fabsf(tensor->value[i]) > most ? fabsf(tensor->value[i]) : most;
    uint32_t shift = SHIFT_MAX;
    while (shift && most * (float)(1u << shift) > INT16_MAX)
        shift--;
    return shift;
}

static struct dep_header make_header(const struct dep_trainer *trainer)
{
    const struct dep_lesson *lesson = trainer->lesson;
    const struct dep_recipe *r = &trainer->recipe;
    struct dep_header ret = {.version = DEP_VERSION,
                             .width = r->width,
                             .layers = r->layers,
                             .hidden = r->hidden,
                             .arc = r->arc};
    ret.label = r->label;
    ret.label_count = lesson->label_count;
    ret.label_columns = DEP_TRAIN_LABELS;
    ret.xpos_count = lesson->xpos_count;
    ret.tag_rows = trainer->tag_rows;
    ret.char_rows = trainer->chars.count + 1;
    for (ret.char_slots = 1; ret.char_slots < 2 * ret.char_rows;)
        ret.char_slots *= 2;
    ret.label_root = lesson->label_root;
    ret.label_piece = lesson->label_piece;
    ret.name_shift = shift_for(&trainer->tensors.name);
    ret.label_names = lesson->label_names;
    return ret;
}

static void put_char_slots(struct writer *writer, const struct dep_trainer *trainer, uint32_t slots)
{
    struct dep_char_slot *at = put(writer, NULL, slots * sizeof *at);
    for (uint32_t i = 0; at && i < trainer->chars.count; i++) {
        const uint32_t code = (uint32_t)trainer->chars.keys[i];
        uint32_t slot = (uint32_t)hash_mix(code) & (slots - 1);
        while (at[slot].code)
            slot = (slot + 1) & (slots - 1);
        at[slot] = (struct dep_char_slot){code, i + 1};
    }
}

/* What the tags of a row add to the gates of the first layer. */
static void put_tag_gates(struct writer *writer, const struct tensor *tags, const struct tensor *input)
{
    int16_t *at = put(writer, NULL, (size_t)tags->rows * input->cols * sizeof *at);
    for (uint32_t row = 0; at && row < tags->rows; row++)
        for (uint32_t o = 0; o < input->cols; o++) {
            float sum = 0;
            for (uint32_t i = 0; i < tags->cols; i++)
                sum += tags->value[(size_t)row * tags->cols + i] * input->value[(size_t)i * input->cols + o];
            at[(size_t)row * input->cols + o] = (int16_t)jwi_net_fixed(sum, DEP_TAG_BITS, INT16_MAX);
        }
}

static void put_network(struct writer *writer, const struct dep_trainer *trainer)
{
    const struct dep_header header = make_header(trainer);
    const struct dep_tensors *t = &trainer->tensors;
    put(writer, &header, sizeof header);
    put(writer, trainer->tag_row, (size_t)DEP_UPOS_COUNT * header.xpos_count);
    put_char_slots(writer, trainer, header.char_slots);
    for (int way = 0; way < 2; way++)
        put_tag_gates(writer, &t->tags, &t->input[0][way]);
    put_chars(writer, t);
    put_rows(writer, &t->shapes);
    put_row(put(writer, NULL, header.width * sizeof(int16_t)), t->words.value, header.width);
    put_rows(writer, &t->root);
    for (uint32_t i = 0; i < header.layers; i++) {
        for (int way = 0; way < 2; way++) {
            const uint32_t bits = NET_BITS + DEP_GATES_BITS;
            put_bytes(writer, i ? of_states : of_words, &t->input[i][way], &t->bias[i][way], bits, DEP_GATES_SHIFT);
            put_bytes(writer, of_states, &t->recurrent[i][way], NULL, bits, DEP_GATES_SHIFT);
        }
    }
    put_bytes(writer, of_states, &t->mix, &t->mix_bias, NET_BITS, DEP_MIX_SHIFT);
    put_bytes(writer, of_states, &t->tagger[1], &t->tagger_bias[1], NET_BITS, DEP_MIX_SHIFT);
    put_bytes(writer, of_dependents, &t->pair, &t->pair_bias, DEP_PAIR_BITS, DEP_PAIR_SHIFT);
    put_matrix(writer, &t->name, &t->name_bias, header.name_shift);
}

/* Forms with a row of their own. */
struct forms {
    struct key_map seen;
    struct dep_word *at;
};

static int add_form(struct forms *forms, const struct dep_word *word)
{
    const uint32_t count = forms->seen.count, number = jwi_key_map_add(&forms->seen, word->key);
    if (number == count)
        forms->at[number] = *word;
    return number != JW_NONE;
}

static int add_examples(struct forms *forms, const struct dep_trainer *trainer,
                        struct dep_examples examples)
{
    for (uint32_t i = 0; i < examples.len; i++) {
        for (uint32_t k = 1; k < examples.at[i].nodes; k++) {
            const struct dep_word *word = &examples.at[i].words[k];
            if (jwi_key_map_find(&trainer->words, word->key) != JW_NONE && !add_form(forms, word))
                return 0;
        }
    }
    return 1;
}

static int gather_forms(struct forms *forms, const struct dep_trainer *trainer, struct arena *arena)
{
    const struct dep_lesson *lesson = trainer->lesson;
    forms->seen.arena = arena;
    forms->at = PUSH(arena, struct dep_word, (size_t)trainer->words.count + lesson->vector_count);
    if (!forms->at || !add_examples(forms, trainer, lesson->trees) ||
        !add_examples(forms, trainer, lesson->others))
        return 0;
    for (uint32_t i = 0; i < lesson->vector_count; i++)
        if (!add_form(forms, &lesson->vector_words[i]))
            return 0;
    return 1;
}

static void add_row(const struct tensor *tensor, uint32_t row, float *sum)
{
    for (uint32_t i = 0; i < tensor->cols; i++)
        sum[i] += tensor->value[(size_t)row * tensor->cols + i];
}

/* All that the trainer adds up for a form. */
static void sum_form(const struct dep_trainer *trainer, const struct dep_word *word, float *sum)
{
    const struct dep_tensors *t = &trainer->tensors;
    const uint32_t number = jwi_key_map_find(&trainer->words, word->key),
                   vector = jwi_key_map_find(&trainer->vectors, word->key);
    const uint32_t step = trainer->lesson->vector_width;
    memset(sum, 0, trainer->recipe.width * sizeof *sum);
    add_row(&t->words, number == JW_NONE ? 0 : number + 1, sum);
    add_row(&t->shapes, word->shape, sum);
    for (uint32_t i = 0; i < word->count; i++)
        add_row(&t->chars[2], jwi_key_map_find(&trainer->chars, word->codes[i]) + 1, sum);
    add_row(&t->chars[0], jwi_key_map_find(&trainer->chars, word->codes[0]) + 1, sum);
    add_row(&t->chars[1], jwi_key_map_find(&trainer->chars, word->last) + 1, sum);
    for (uint32_t k = 0; vector != JW_NONE && k < step; k++)
        for (uint32_t i = 0; i < trainer->recipe.width; i++)
            sum[i] += trainer->lesson->vectors[(size_t)vector * step + k] *
                      t->vectors.value[(size_t)k * trainer->recipe.width + i];
}

static void put_slot(struct dep_word_slot *slots, uint32_t mask, uint64_t key, uint32_t row)
{
    for (uint32_t probe = 0; probe < DEP_PROBES; probe++) {
        struct dep_word_slot *slot = &slots[((uint32_t)key + probe) & mask];
        if (slot->check)
            continue;
        *slot = (struct dep_word_slot){dep_check(key), row};
        return;
    }
}

static void put_words(struct writer *writer, const struct dep_trainer *trainer,
                      const struct forms *forms)
{
    const uint32_t count = forms->seen.count, width = trainer->recipe.width;
    struct dep_words_header header = {DEP_VERSION, width, 1, count, {0}};
    while ((uint64_t)1 << header.slot_bits < (uint64_t)count * 3 / 2)
        header.slot_bits++;
    put(writer, &header, sizeof header);
    struct dep_word_slot *slots = put(writer, NULL, sizeof *slots << header.slot_bits);
    uint8_t *rows = put(writer, NULL, (size_t)count * width);
    for (uint32_t i = 0; slots && i < count; i++) {
        float sum[DEP_DIM_MAX];
        sum_form(trainer, &forms->at[i], sum);
        put_slot(slots, (1u << header.slot_bits) - 1, forms->at[i].key, i);
        for (uint32_t k = 0; k < width; k++)
            rows[(size_t)i * width + k] = (uint8_t)(DEP_WORD_ZERO + jwi_net_fixed(sum[k], DEP_WORD_BITS, INT8_MAX));
    }
}

jw_status jwi_dep_trainer_pack(const struct dep_trainer *trainer, struct arena *arena,
                               struct dep_sections *ret, jw_error *reterr)
{
    struct forms forms = {0};
    struct writer network = {0}, words = {0};
    if (!gather_forms(&forms, trainer, arena))
        return jwi_fail_memory(reterr);
    put_network(&network, trainer);
    put_words(&words, trainer, &forms);
    network.at = jwi_arena_push(arena, network.len, 1, MODEL_ALIGN);
    words.at = jwi_arena_push(arena, words.len, 1, MODEL_ALIGN);
    if (!network.at || !words.at)
        return jwi_fail_memory(reterr);
    network.len = words.len = 0;
    put_network(&network, trainer);
    put_words(&words, trainer, &forms);
    ret->network = (jw_bytes){network.at, network.len};
    ret->words = (jw_bytes){words.at, words.len};
    return JW_OK;
}
