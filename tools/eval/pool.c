/* SPDX-License-Identifier: Apache-2.0 */
/* String pool (FNV-1a, open addressing, at most half full) and the two helpers that every file of the evaluator uses. */
#include "pool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

jw_status jwi_eval_grow(void *array, size_t len, uint32_t *cap, size_t size, jw_error *reterr)
{
    if (len < *cap)
        return JW_OK;
    uint32_t wanted = *cap ? *cap * 2 : 64;
    void *at;
    memcpy(&at, array, sizeof(at));
    at = wanted > *cap ? realloc(at, wanted * size) : NULL;
    if (!at)
        return jwi_fail_memory(reterr);
    memcpy(array, &at, sizeof(at));
    *cap = wanted;
    return JW_OK;
}

static uint32_t hash(const char *at, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)at[i]) * 16777619u;
    return h;
}

/* Slot of the string, or the free slot where it belongs. */
static uint32_t find_slot(const struct eval_pool *pool, const char *at, size_t len)
{
    uint32_t i = hash(at, len) & (pool->n_slot - 1);
    for (; pool->slot[i]; i = (i + 1) & (pool->n_slot - 1)) {
        const char *known = jwi_eval_string(pool, pool->slot[i] - 1);
        if (strncmp(known, at, len) == 0 && known[len] == '\0')
            break;
    }
    return i;
}

static jw_status grow_slots(struct eval_pool *pool, jw_error *reterr)
{
    uint32_t n = pool->n_slot ? pool->n_slot * 2 : 1024;
    uint32_t *slot = n > pool->n_slot ? calloc(n, sizeof(*slot)) : NULL;
    if (!slot)
        return jwi_fail_memory(reterr);
    free(pool->slot);
    pool->slot = slot;
    pool->n_slot = n;
    for (uint32_t id = 0; id < pool->n; id++) {
        const char *known = jwi_eval_string(pool, id);
        pool->slot[find_slot(pool, known, strlen(known))] = id + 1;
    }
    return JW_OK;
}

static jw_status push_text(struct eval_pool *pool, const char *at, size_t len, jw_error *reterr)
{
    if (pool->n_text + len + 1 > pool->cap_text) {
        size_t wanted = (pool->n_text + len + 1) * 2;
        char *bigger = realloc(pool->text, wanted);
        if (!bigger)
            return jwi_fail_memory(reterr);
        pool->text = bigger;
        pool->cap_text = wanted;
    }
    memcpy(pool->text + pool->n_text, at, len);
    pool->text[pool->n_text + len] = '\0';
    pool->n_text += len + 1;
    return JW_OK;
}

jw_status jwi_eval_intern(struct eval_pool *pool, const char *at, size_t len, uint32_t *ret,
                          jw_error *reterr)
{
    if (pool->n >= pool->n_slot / 2)
        TRY(grow_slots(pool, reterr));
    uint32_t i = find_slot(pool, at, len);
    if (!pool->slot[i]) {
        TRY(jwi_eval_grow(&pool->at, pool->n, &pool->cap, sizeof(*pool->at), reterr));
        pool->at[pool->n] = pool->n_text;
        TRY(push_text(pool, at, len, reterr));
        pool->slot[i] = ++pool->n;
    }
    *ret = pool->slot[i] - 1;
    return JW_OK;
}

const char *jwi_eval_string(const struct eval_pool *pool, uint32_t id)
{
    return pool->text + pool->at[id];
}

jw_status jwi_eval_pool_new(struct eval_pool *ret, jw_error *reterr)
{
    uint32_t id;
    *ret = (struct eval_pool){0};
    TRY(jwi_eval_intern(ret, "", 0, &id, reterr));
    TRY(jwi_eval_intern(ret, "_", 1, &id, reterr));
    return jwi_eval_intern(ret, "O", 1, &id, reterr);
}

void jwi_eval_pool_free(struct eval_pool *pool)
{
    free(pool->text);
    free(pool->at);
    free(pool->slot);
    *pool = (struct eval_pool){0};
}

static jw_status read_all(FILE *in, const char *path, char **at, size_t *len, jw_error *reterr)
{
    size_t cap = 0;
    for (;;) {
        if (*len + 1 >= cap) {
            cap = cap ? cap * 2 : 1 << 16;
            char *bigger = realloc(*at, cap);
            if (!bigger)
                return jwi_fail(reterr, JW_EMEMORY, 0, "%s: out of memory", path);
            *at = bigger;
        }
        size_t got = fread(*at + *len, 1, cap - *len - 1, in);
        *len += got;
        if (got == 0)
            break;
    }
    (*at)[*len] = '\0';
    return ferror(in) ? jwi_fail(reterr, JW_EIO, 0, "%s: %s", path, strerror(errno)) : JW_OK;
}

jw_status jwi_eval_slurp(const char *path, char **ret, size_t *retlen, jw_error *reterr)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!in)
        return jwi_fail(reterr, JW_EIO, 0, "%s: %s", path, strerror(errno));
    char *at = NULL;
    size_t len = 0;
    jw_status status = read_all(in, path, &at, &len, reterr);
    if (in != stdin)
        fclose(in);
    if (status != JW_OK) {
        free(at);
        return status;
    }
    *ret = at;
    *retlen = len;
    return JW_OK;
}
