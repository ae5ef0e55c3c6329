/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building a trie's cells: breadth first, every node's children into the first base where all their
 * cells are free.  Free cells form a ring in ascending order, so the search visits nothing else;
 * nodes of several children begin where the last long search of such a node ended, because what
 * lies before is too dense for them (single children fill it).
 */
#include "ml/trie.h"

#include <stdlib.h>
#include <string.h>

enum { LONG_SEARCH = 32768, FIRST_CELLS = 1 << 17 };

struct free_link {
    uint32_t before, after; /* ring through cell 0, which is never free */
};

/* Keys [start, end) share their first `depth` symbols, which lead to `node`. */
struct branch {
    uint32_t start, end, depth, node;
};

struct build {
    const struct trie_keys *keys;
    struct trie_cell *cells;
    struct free_link *links;
    struct branch *queue;
    uint32_t cap, used; /* cells; `used` counts up to the last taken one */
    uint32_t sparse;    /* free cell where searches for several children begin; 0: at the first */
    uint32_t queue_len, queue_cap;
    uint16_t *labels; /* children of the node at hand */
    uint32_t *starts; /* first key of each */
    uint32_t child_count;
};

static int is_free(const struct build *build, uint32_t cell)
{
    return cell && build->cells[cell].parent == cell;
}

static int grow_cells(struct build *build, uint32_t cap)
{
    struct trie_cell *cells = realloc(build->cells, cap * sizeof *cells);
    if (cells)
        build->cells = cells;
    struct free_link *links = realloc(build->links, cap * sizeof *links);
    if (links)
        build->links = links;
    if (!cells || !links)
        return 0;
    if (!build->cap)
        links[0].before = links[0].after = 0;
    for (uint32_t i = build->cap; i < cap; i++) {
        const struct trie_cell none = {0, i, TRIE_NO_ENTRY};
        cells[i] = none;
        if (!i)
            continue;
        const uint32_t last = links[0].before;
        links[i].before = last;
        links[i].after = 0;
        links[last].after = links[0].before = i;
    }
    build->cap = cap;
    return 1;
}

static void take(struct build *build, uint32_t cell, uint32_t parent)
{
    const struct free_link link = build->links[cell];
    build->links[link.before].after = link.after;
    build->links[link.after].before = link.before;
    build->cells[cell].parent = parent;
    if (cell == build->sparse)
        build->sparse = link.after;
    if (cell >= build->used)
        build->used = cell + 1;
}

static int fits(const struct build *build, uint32_t base)
{
    for (uint32_t i = 1; i < build->child_count; i++) {
        const uint32_t cell = base + build->labels[i];
        if (cell < build->cap && !is_free(build, cell))
            return 0;
    }
    return 1;
}

static uint32_t find_base(struct build *build)
{
    const uint32_t first = build->labels[0];
    const int is_single = build->child_count == 1;
    uint32_t tries = 0, cell = is_single || !build->sparse ? build->links[0].after : build->sparse;
    for (; cell; cell = build->links[cell].after) {
        if (cell > first && fits(build, cell - first))
            break;
        tries++;
    }
    if (!is_single && tries > LONG_SEARCH)
        build->sparse = cell;
    if (cell)
        return cell - first;
    return build->cap > first ? build->cap - first : 1;
}

static uint16_t symbol_at(const struct build *build, uint32_t key, uint32_t depth)
{
    return build->keys->symbols[build->keys->start[key] + depth];
}

static uint32_t key_len(const struct build *build, uint32_t key)
{
    return build->keys->start[key + 1] - build->keys->start[key];
}

/* Lists the children of a branch; a key that ends at its node gives the node its entry. */
static void list_children(struct build *build, const struct branch *branch)
{
    uint32_t key = branch->start;
    if (key_len(build, key) == branch->depth)
        build->cells[branch->node].entry = key++;
    build->child_count = 0;
    for (; key < branch->end; key++) {
        const uint16_t label = symbol_at(build, key, branch->depth);
        if (build->child_count && build->labels[build->child_count - 1] == label)
            continue;
        build->labels[build->child_count] = label;
        build->starts[build->child_count++] = key;
    }
    build->starts[build->child_count] = branch->end;
}

static int queue_push(struct build *build, const struct branch *branch)
{
    if (build->queue_len == build->queue_cap) {
        const uint32_t cap = build->queue_cap ? build->queue_cap * 2 : 1024;
        struct branch *queue = realloc(build->queue, cap * sizeof *queue);
        if (!queue)
            return 0;
        build->queue = queue;
        build->queue_cap = cap;
    }
    build->queue[build->queue_len++] = *branch;
    return 1;
}

static int place_children(struct build *build, const struct branch *branch)
{
    const uint32_t base = find_base(build);
    const uint32_t last = base + build->labels[build->child_count - 1];
    if (last >= build->cap &&
        !grow_cells(build, last + 1 > build->cap * 2 ? last + 1 : build->cap * 2))
        return 0;
    build->cells[branch->node].base = base;
    for (uint32_t i = 0; i < build->child_count; i++) {
        const struct branch child = {build->starts[i], build->starts[i + 1], branch->depth + 1,
                                     base + build->labels[i]};
        take(build, child.node, branch->node);
        if (!queue_push(build, &child))
            return 0;
    }
    return 1;
}

static int build_all(struct build *build)
{
    build->labels = malloc((UINT16_MAX + 1u) * sizeof *build->labels);
    build->starts = malloc((UINT16_MAX + 2u) * sizeof *build->starts);
    if (!build->labels || !build->starts || !grow_cells(build, FIRST_CELLS))
        return 0;
    build->used = 1;
    const struct branch root = {0, build->keys->len, 0, TRIE_ROOT};
    if (build->keys->len && !queue_push(build, &root))
        return 0;
    for (uint32_t i = 0; i < build->queue_len; i++) {
        const struct branch branch = build->queue[i];
        list_children(build, &branch);
        if (build->child_count && !place_children(build, &branch))
            return 0;
    }
    return 1;
}

uint32_t jwi_trie_build(const struct trie_keys *keys, struct trie_cell **ret)
{
    struct build build;
    memset(&build, 0, sizeof build);
    build.keys = keys;
    const int is_built = build_all(&build);
    free(build.links);
    free(build.queue);
    free(build.labels);
    free(build.starts);
    if (!is_built) {
        free(build.cells);
        return 0;
    }
    *ret = build.cells;
    return build.used;
}
