/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The contract of a stage.  A stage reads layers and writes layers, once, and shares nothing with other stages but the document and the
 * room of the call.  The runner (stage/pipeline.c) skips stages whose layers are there or unwanted.
 */
#ifndef JW_STAGE_STAGE_H
#define JW_STAGE_STAGE_H

#include <jinwen/worker.h>

#include "base/arena.h"
#include "doc/doc.h"
#include "doc/units.h"
#include "model/file.h"
#include "model/kb.h"

/* Half-open range of units. */
struct unit_span {
    uint32_t start, end;
};

/* A word in the making; becomes a jw_token. */
struct room_word {
    uint32_t start, end; /* units */
    uint32_t word;       /* lexicon entry or JW_NONE */
    uint16_t flags;      /* JW_TOKEN_* */
    uint16_t pos;        /* xpos fixed by a user dictionary + 1, or 0 */
    uint32_t name;       /* type of mention that a user dictionary forces + 1, or 0 */
};

/* A match of a `prefer` entry, or a rule's pin. */
struct room_pin {
    uint32_t start, end; /* units */
    uint16_t kind;       /* JW_TOKEN_PINNED, _FORCED, _PREFERRED or _GIVEN */
    uint16_t pos;        /* as in room_word */
    uint32_t name;       /* as in room_word */
};

/*
 * Words as the stages that tag, name and parse see them: a company's name is one word and the same for all companies (model/company_name.h),
 * a person's the same for all persons (model/person_name.h).
 */
struct room_seen {
    struct units units;
    struct room_word *words; /* [count], in `units` */
    uint32_t *token;         /* [count + 1], first token of each word */
    uint8_t *name;           /* [count], of a company's or a person's name: enum kb_type + 1; 0: no such name */
    jw_sentence *sentences;  /* [doc->sentence_count], `tokens` counts words here */
    uint32_t count;
};

/* A tagger's second choice for a word, and its part of what it gives to both, in 1/ROOM_SHARE: at most half, 0 when the first is certain. */
struct room_second {
    uint8_t upos, xpos, share;
};

enum { ROOM_SHARE = 16 };

/*
 * What a worker lends the stages for one call.  `lasting` lives for the document, `scratch` for a sentence.  The working layers below are
 * filled by stages in their order and stay valid until the call ends.
 */
struct room {
    const jw_options *options;
    const void *const *views; /* [STAGE_COUNT], model views by stage */
    const void *lexicon;      /* struct lexicon view, NULL when the model has none */
    const struct kb *kb;      /* entity list, NULL when the model has none */
    struct arena *lasting, *scratch;
    uint64_t words_done;          /* budget spent */
    uint32_t given;               /* layers that were there before the call */
    struct units units;           /* norm: the whole text, all parts */
    uint8_t *boundary;            /* norm, pin: [units.len + 1], enum boundary */
    struct room_pin *pins;        /* pin: sorted by start; forced ones do not overlap */
    uint32_t pin_count;
    struct unit_span *sentences;  /* sent: [doc->sentence_count], parallel to doc->sentences */
    struct room_word *words;      /* seg: [doc->token_count], parallel to doc->tokens */
    struct room_seen seen;        /* mask */
    struct room_second *second;   /* pos: [seen.count + 1], the first word's at 1; NULL: it has not run */
};

/* Behind the words of a bracket that opens with the word and closes before `end`; else the word. */
static inline uint32_t room_note_end(const struct room *room, uint32_t word, uint32_t end)
{
    const uint32_t unit = word < end ? units_note_end(room->units, room->words[word].start, room->words[end - 1].end) : 0;
    while (word < end && room->words[word].start < unit)
        word++;
    return word;
}

struct stage {
    const char *name;
    uint32_t reads, writes; /* JW_LAYER_* of the document; working layers are always made */
    size_t view_size;       /* 0: the stage has no model */
    /* Makes a validated view of the stage's sections; JW_EMODEL_MISSING disables the stage. */
    jw_status (*open)(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr);
    jw_status (*run)(const void *view, struct room *room, jw_doc *doc, jw_error *reterr);
};

#endif
