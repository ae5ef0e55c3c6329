/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns by PCRE2; see pattern.h. */
#include "base/pattern.h"

#include "base/alloc.h"
#include "base/error.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    BLOCK = 512,          /* bytes of starts searched by one call */
    STEPS_MAX = 2000,     /* backtracking points a start: enough for one `.*` over all that is seen */
    DEPTH_MAX = 500,      /* nested ones: two nested groups over 64 characters take 150 */
    HEAP_MAX = 128,       /* KiB of them */
    NESTING_MAX = 50,     /* parentheses, which compiling recurses into */
    BLOCK_ALIGN = 16      /* of memory handed to PCRE2, and the size of the header before it */
};

struct pattern {
    const jw_alloc *alloc;
    pcre2_code *code;
};

/* Before each block of memory, because PCRE2 does not say how large a block was when it frees it. */
struct block {
    size_t size; /* header included */
    struct block *next; /* while free, in a room */
};

_Static_assert(sizeof(struct block) <= BLOCK_ALIGN, "the header fits before the block");

struct pattern_room {
    struct arena *arena;
    struct block *freed;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static void *block_memory(struct block *block)
{
    return (char *)block + BLOCK_ALIGN;
}

static struct block *block_of(void *memory)
{
    return (struct block *)(void *)((char *)memory - BLOCK_ALIGN);
}

static void *take_owned(size_t size, void *ctx)
{
    const jw_alloc *alloc = ctx;
    if (size > SIZE_MAX - BLOCK_ALIGN)
        return NULL;
    struct block *block = alloc->resize(alloc->ctx, NULL, 0, size + BLOCK_ALIGN);
    if (!block)
        return NULL;
    block->size = size + BLOCK_ALIGN;
    return block_memory(block);
}

static void give_owned(void *memory, void *ctx)
{
    if (memory)
        jwi_free(ctx, block_of(memory), block_of(memory)->size);
}

/* Compiling allocates and frees a few blocks a pattern; what is compiled is one. */
static pcre2_code *compile(jw_bytes source, const jw_alloc *alloc, int *code, size_t *at)
{
    const uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    pcre2_code *ret = NULL;
    *code = PCRE2_ERROR_NOMEMORY;
    pcre2_general_context *general =
        pcre2_general_context_create(take_owned, give_owned, (void *)(uintptr_t)alloc);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    if (context) {
        pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
        pcre2_set_bsr(context, PCRE2_BSR_UNICODE);
        pcre2_set_parens_nest_limit(context, NESTING_MAX);
        ret = pcre2_compile((PCRE2_SPTR)source.at, source.len, options, code, at, context);
    }
    pcre2_compile_context_free(context);
    pcre2_general_context_free(general);
    return ret;
}

static jw_status fail_compile(int code, size_t at, jw_error *reterr)
{
    PCRE2_UCHAR message[160];
    if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED)
        return jwi_fail_memory(reterr);
    if (pcre2_get_error_message(code, message, sizeof message) < 0)
        message[0] = '\0';
    return jwi_fail(reterr, JW_EARGUMENT, at, "%s", (const char *)message);
}

jw_status jwi_pattern_new(jw_bytes source, const jw_alloc *alloc, struct pattern **ret,
                          jw_error *reterr)
{
    int code;
    size_t at = 0;
    if (source.len > PATTERN_BYTES_MAX)
        return jwi_fail(reterr, JW_EARGUMENT, PATTERN_BYTES_MAX, "longer than %d bytes",
                        PATTERN_BYTES_MAX);
    struct pattern *pattern = jwi_new(alloc, sizeof *pattern);
    if (!pattern)
        return jwi_fail_memory(reterr);
    pattern->alloc = alloc;
    pattern->code = compile(source, alloc, &code, &at);
    if (!pattern->code) {
        jwi_pattern_free(pattern);
        return fail_compile(code, at, reterr);
    }
    *ret = pattern;
    return JW_OK;
}

void jwi_pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->code);
    jwi_free(pattern->alloc, pattern, sizeof *pattern);
}

/* The first block given back that is large enough, or a new one; a room has a handful of blocks. */
static void *take_lent(size_t size, void *ctx)
{
    struct pattern_room *room = ctx;
    if (size > SIZE_MAX - BLOCK_ALIGN)
        return NULL;
    for (struct block **link = &room->freed; *link; link = &(*link)->next)
        if ((*link)->size >= size + BLOCK_ALIGN) {
            struct block *found = *link;
            *link = found->next;
            return block_memory(found);
        }
    struct block *block = jwi_arena_push(room->arena, 1, size + BLOCK_ALIGN, BLOCK_ALIGN);
    if (!block)
        return NULL;
    block->size = size + BLOCK_ALIGN;
    return block_memory(block);
}

static void give_lent(void *memory, void *ctx)
{
    struct pattern_room *room = ctx;
    if (!memory)
        return;
    block_of(memory)->next = room->freed;
    room->freed = block_of(memory);
}

struct pattern_room *jwi_pattern_room(struct arena *arena)
{
    struct pattern_room *room = PUSH_ZERO(arena, struct pattern_room, 1);
    if (!room)
        return NULL;
    room->arena = arena;
    pcre2_general_context *general = pcre2_general_context_create(take_lent, give_lent, room);
    if (!general)
        return NULL;
    room->data = pcre2_match_data_create(1, general);
    room->context = pcre2_match_context_create(general);
    if (!room->data || !room->context)
        return NULL;
    pcre2_set_match_limit(room->context, STEPS_MAX);
    pcre2_set_depth_limit(room->context, DEPTH_MAX);
    pcre2_set_heap_limit(room->context, HEAP_MAX);
    return room;
}

/* The edge of a character at or before `at`. */
static size_t edge_before(jw_bytes text, size_t at)
{
    while (at > 0 && at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80)
        at--;
    return at;
}

static size_t edge_after(jw_bytes text, size_t at)
{
    do
        at++;
    while (at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80);
    return at;
}

/* Searches the starts [walk->at, end) and returns what PCRE2 says; a match moves walk->at. */
static int search(struct pattern_room *room, struct pattern_walk *walk, size_t end, jw_range *ret)
{
    const jw_bytes text = walk->text;
    const size_t first = walk->at > PATTERN_SIGHT ? edge_before(text, walk->at - PATTERN_SIGHT) : 0;
    const size_t last =
        text.len - end > PATTERN_SIGHT ? edge_before(text, end + PATTERN_SIGHT) : text.len;
    const uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY | (first ? PCRE2_NOTBOL : 0) |
                             (last < text.len ? PCRE2_NOTEOL : 0);
    pcre2_set_offset_limit(room->context, end - 1 - first);
    const int code = pcre2_match(walk->pattern->code, (PCRE2_SPTR)text.at + first, last - first,
                                 walk->at - first, options, room->data, room->context);
    if (code >= 0) {
        const size_t *found = pcre2_get_ovector_pointer(room->data);
        ret->start = (uint32_t)(first + found[0]);
        ret->end = (uint32_t)(first + found[1]);
        walk->at = edge_after(text, first + pcre2_get_startchar(room->data));
    }
    return code;
}

/* A limit was met: by one start, which has no match, or somewhere in a block, which is gone through start by start then. */
static void fall_back(struct pattern_walk *walk, size_t end, int is_slow)
{
    if (!is_slow) {
        walk->slow_until = end;
        return;
    }
    walk->failures++;
    walk->at = end;
}

jw_status jwi_pattern_next(struct pattern_room *room, struct pattern_walk *walk, jw_range *ret,
                           jw_error *reterr)
{
    const jw_bytes text = walk->text;
    while (walk->at < text.len && walk->failures < PATTERN_FAILURES) {
        const int is_slow = walk->at < walk->slow_until;
        size_t end = text.len;
        if (is_slow)
            end = edge_after(text, walk->at);
        else if (text.len - walk->at > BLOCK)
            end = edge_before(text, walk->at + BLOCK);
        const int code = search(room, walk, end, ret);
        if (code == PCRE2_ERROR_NOMEMORY)
            return jwi_fail_memory(reterr);
        if (code >= 0 && ret->start < ret->end)
            return JW_OK;
        if (code == PCRE2_ERROR_NOMATCH)
            walk->at = end;
        else if (code < 0)
            fall_back(walk, end, is_slow);
    }
    ret->start = ret->end = 0;
    return JW_OK;
}
