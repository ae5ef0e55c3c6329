/* SPDX-License-Identifier: Apache-2.0 */
/* Opening sections DEPN and DEPW; see dep_view.h. */
#include "stage/dep/dep_view.h"

#include "base/error.h"
#include "base/hash.h"
#include "model/labels.h"

#include <string.h>

/* Takes the arrays of a section one after another. */
struct reader {
    jw_bytes section;
    size_t at;
    int is_short;
};

static const void *take(struct reader *reader, size_t n, size_t size)
{
    const size_t start = (reader->at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    if (start > reader->section.len || n > (reader->section.len - start) / size) {
        reader->is_short = 1;
        return NULL;
    }
    reader->at = start + n * size;
    return reader->section.at + start;
}

static struct net_matrix take_matrix(struct reader *reader, uint32_t in, uint32_t out,
                                     uint32_t shift)
{
    struct net_matrix ret = {NULL, NULL, in, out, shift};
    ret.at = take(reader, (size_t)in * out, sizeof *ret.at);
    ret.bias = take(reader, out, sizeof *ret.bias);
    return ret;
}

static struct net_bytes take_bytes(struct reader *reader, uint32_t in, uint32_t out, uint32_t shift)
{
    struct net_bytes ret = {NULL, NULL, NULL, in, out, shift};
    ret.at = take(reader, (size_t)in * out, 1);
    ret.bias = take(reader, out, sizeof *ret.bias);
    ret.scale = take(reader, out, sizeof *ret.scale);
    return ret;
}

static int is_dim(uint32_t dim)
{
    return dim && dim <= DEP_DIM_MAX && dim % NET_BLOCK == 0;
}

static int is_sound(const struct dep_header *h)
{
    if (!is_dim(h->width) || !is_dim(h->hidden) || !is_dim(h->arc) || !is_dim(h->label) ||
        !is_dim(h->label_columns))
        return 0;
    if (!h->layers || h->layers > DEP_LAYERS_MAX || !h->label_count ||
        h->label_count > h->label_columns)
        return 0;
    if (!h->xpos_count || h->xpos_count > LABELS_MAX || !h->tag_rows || h->tag_rows > DEP_TAGS_MAX ||
        h->label_root >= h->label_count || h->label_piece >= h->label_count)
        return 0;
    if (!h->char_slots || h->char_slots & (h->char_slots - 1) || h->char_slots > 1u << 20 ||
        !h->char_rows || h->char_rows > 1u << 16)
        return 0;
    return h->name_shift <= 16;
}

/* The weights know labels by number: the names behind the numbers must be those of training. */
static jw_status check_labels(struct dep_view *view, const struct model_file *file,
                              jw_error *reterr)
{
    static const jw_bytes punct = {"punct", 5}, nmod = {"nmod", 4}, flat = {"flat:name", 9};
    jw_bytes names;
    struct labels labels;
    TRY(jwi_model_file_section(file, "LABL", &names, reterr));
    if (jwi_dep_label_names(names) != view->dim.label_names)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0,
                        "section DEPN: made for other labels than those of section LABL");
    TRY(jwi_labels_open(file, &labels, reterr));
    view->label_punct = jwi_labels_id(&labels, JW_LABELS_DEP, punct);
    view->label_name = jwi_labels_id(&labels, JW_LABELS_DEP, nmod);
    if (view->label_name == JW_NONE)
        view->label_name = view->dim.label_piece;
    view->label_person = jwi_labels_id(&labels, JW_LABELS_DEP, flat);
    if (view->label_person == JW_NONE)
        view->label_person = view->label_name;
    jwi_dep_ties_open(&labels, view->ties);
    return JW_OK;
}

static jw_status check_rows(const struct dep_view *view, jw_error *reterr)
{
    for (uint32_t i = 0; i < DEP_UPOS_COUNT * view->dim.xpos_count; i++)
        if (view->tags[i] >= view->dim.tag_rows)
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, i, "section DEPN: tag row %u past %u",
                            view->tags[i], view->dim.tag_rows);
    for (uint32_t i = 0; i < view->dim.char_slots; i++)
        if (view->char_slots[i].row >= view->dim.char_rows)
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, i,
                            "section DEPN: character row past the end");
    return JW_OK;
}

/* The pairs behind the rows; of those that share a row the first. */
static void read_tags(struct dep_view *view)
{
    const uint32_t xpos_count = view->dim.xpos_count;
    for (uint32_t i = DEP_UPOS_COUNT * xpos_count; i-- > 0;) {
        view->tag_upos[view->tags[i]] = (uint16_t)(i / xpos_count);
        view->tag_xpos[view->tags[i]] = (uint16_t)(i % xpos_count);
    }
    for (uint32_t row = 0; row < DEP_TAGS_MAX; row++)
        view->tag_bars[row] = row && row < view->dim.tag_rows ? INT32_MAX : INT32_MIN;
}

static void take_layers(struct reader *reader, struct dep_view *view)
{
    const struct dep_header *dim = &view->dim;
    for (uint32_t i = 0; i < dim->layers; i++) {
        for (int way = 0; way < 2; way++) {
            const uint32_t gates = 3 * dim->hidden;
            view->layer[i].input[way] = take_bytes(reader, i ? 2 * dim->hidden : dim->width, gates, DEP_GATES_SHIFT);
            view->layer[i].recurrent[way] =
                take_bytes(reader, dim->hidden, gates, DEP_GATES_SHIFT);
        }
    }
}

static jw_status open_network(struct dep_view *view, const struct model_file *file,
                              jw_error *reterr)
{
    struct reader reader = {.at = sizeof view->dim};
    TRY(jwi_model_file_section(file, "DEPN", &reader.section, reterr));
    if (reader.section.len < sizeof view->dim)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section DEPN: shorter than its header");
    memcpy(&view->dim, reader.section.at, sizeof view->dim);
    const struct dep_header *dim = &view->dim;
    if (dim->version != DEP_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section DEPN: version %u, wanted %d",
                        dim->version, DEP_VERSION);
    if (!is_sound(dim))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section DEPN: sizes out of range");
    view->tags = take(&reader, (size_t)DEP_UPOS_COUNT * dim->xpos_count, 1);
    view->char_slots = take(&reader, dim->char_slots, sizeof *view->char_slots);
    for (int way = 0; way < 2; way++)
        view->tag_gates[way] = take(&reader, (size_t)dim->tag_rows * 3 * dim->hidden, sizeof *view->tag_gates[way]);
    view->char_rows =
        take(&reader, (size_t)dim->char_rows * DEP_PLACES * dim->width, sizeof *view->char_rows);
    view->shape_rows = take(&reader, (size_t)DEP_SHAPES * dim->width, sizeof *view->shape_rows);
    view->unknown = take(&reader, dim->width, sizeof *view->unknown);
    view->root = take(&reader, dim->width, sizeof *view->root);
    take_layers(&reader, view);
    view->mix = take_bytes(&reader, 2 * dim->hidden, 2 * (dim->arc + dim->label), DEP_MIX_SHIFT);
    view->tagger = take_bytes(&reader, 2 * dim->hidden, DEP_TAGS_MAX, DEP_MIX_SHIFT);
    view->pair = take_bytes(&reader, dim->arc, dim->arc, DEP_PAIR_SHIFT);
    view->name = take_matrix(&reader, dim->label, dim->label_columns, dim->name_shift);
    if (reader.is_short || reader.at != reader.section.len)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, reader.at,
                        "section DEPN: %zu bytes do not fit its header", reader.section.len);
    TRY(check_labels(view, file, reterr));
    TRY(check_rows(view, reterr));
    read_tags(view);
    return JW_OK;
}

static jw_status open_words(struct dep_view *view, const struct model_file *file, jw_error *reterr)
{
    struct dep_words_header header;
    struct reader reader = {.at = sizeof header};
    TRY(jwi_model_file_section(file, "DEPW", &reader.section, reterr));
    if (reader.section.len < sizeof header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section DEPW: shorter than its header");
    memcpy(&header, reader.section.at, sizeof header);
    if (header.version != DEP_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section DEPW: version %u, wanted %d",
                        header.version, DEP_VERSION);
    if (header.slot_bits > 24 || header.width != view->dim.width)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section DEPW: sizes out of range");
    view->slot_mask = (1u << header.slot_bits) - 1;
    view->word_count = header.word_count;
    view->slots = take(&reader, (size_t)view->slot_mask + 1, sizeof *view->slots);
    view->word_rows = take(&reader, (size_t)header.word_count * header.width, 1);
    if (reader.is_short || reader.at != reader.section.len)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, reader.at,
                        "section DEPW: %zu bytes do not fit its header", reader.section.len);
    return JW_OK;
}

jw_status jwi_dep_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr)
{
    (void)lexicon;
    struct dep_view found;
    memset(&found, 0, sizeof found);
    TRY(open_network(&found, file, reterr));
    TRY(open_words(&found, file, reterr));
    memcpy(view, &found, sizeof found);
    return JW_OK;
}

static int is_used_set(const char *line, size_t len)
{
    return len > 5 &&
           (!memcmp(line, "dep\t", 4) || !memcmp(line, "upos\t", 5) || !memcmp(line, "xpos\t", 5));
}

uint64_t jwi_dep_label_names(jw_bytes lines)
{
    uint64_t hash = 0;
    for (size_t at = 0, len; at < lines.len; at += len + 1) {
        const char *line = lines.at + at, *end = memchr(line, '\n', lines.len - at);
        len = end ? (size_t)(end - line) : lines.len - at;
        for (size_t i = 0; is_used_set(line, len) && i < len; i++)
            hash = hash_join(hash, (unsigned char)line[i]);
    }
    return hash;
}

const uint8_t *jwi_dep_word_row(const struct dep_view *view, uint64_t key)
{
    const uint32_t check = dep_check(key);
    for (uint32_t probe = 0; probe < DEP_PROBES; probe++) {
        const struct dep_word_slot *slot = &view->slots[((uint32_t)key + probe) & view->slot_mask];
        if (slot->check == check && slot->row < view->word_count)
            return view->word_rows + (size_t)slot->row * view->dim.width;
        if (!slot->check)
            return NULL;
    }
    return NULL;
}

uint32_t jwi_dep_char_row(const struct dep_view *view, uint32_t code)
{
    const uint32_t mask = view->dim.char_slots - 1;
    uint32_t at = (uint32_t)hash_mix(code);
    for (uint32_t probe = 0; probe < DEP_PROBES; probe++, at++) {
        const struct dep_char_slot *slot = &view->char_slots[at & mask];
        if (slot->code == code)
            return slot->row;
        if (!slot->code)
            return 0;
    }
    return 0;
}
