/* SPDX-License-Identifier: Apache-2.0 */
/* Label sets: small tables, copied so that names are NUL-terminated; looked up by a scan. */
#include "model/labels.h"

#include "base/error.h"

#include <string.h>

static const char *const set_name[LABEL_SETS] = {
    [JW_LABELS_UPOS] = "upos", [JW_LABELS_XPOS] = "xpos", [JW_LABELS_DEP] = "dep", [JW_LABELS_MENTION] = "mention"};

static struct label_set *find_set(struct labels *labels, const char *name, size_t len)
{
    for (int i = 0; i < LABEL_SETS; i++)
        if (strlen(set_name[i]) == len && memcmp(set_name[i], name, len) == 0)
            return &labels->set[i];
    return NULL;
}

static int add_line(struct labels *labels, const char *line, size_t len)
{
    const char *tab = memchr(line, '\t', len);
    if (!tab)
        return 0;
    struct label_set *set = find_set(labels, line, (size_t)(tab - line));
    const size_t name_len = len - (size_t)(tab - line) - 1;
    if (!set || set->count == LABELS_MAX || !name_len || name_len > LABEL_LEN_MAX)
        return 0;
    memcpy(set->name[set->count], tab + 1, name_len);
    set->name[set->count++][name_len] = '\0';
    return 1;
}

jw_status jwi_labels_open(const struct model_file *file, struct labels *ret, jw_error *reterr)
{
    jw_bytes text;
    TRY(jwi_model_file_section(file, "LABL", &text, reterr));
    memset(ret, 0, sizeof *ret);
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        const size_t len = end ? (size_t)(end - text.at) - at : text.len - at;
        const int is_header = at == 0 && len >= 4 && memcmp(text.at, "set\t", 4) == 0;
        if (!is_header && !add_line(ret, text.at + at, len))
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, at, "section LABL: bad label line");
        at += len + 1;
    }
    return JW_OK;
}

const char *jwi_labels_name(const struct labels *labels, jw_labels set, uint32_t id)
{
    if ((unsigned)set >= LABEL_SETS || id >= labels->set[set].count)
        return NULL;
    return labels->set[set].name[id];
}

uint32_t jwi_labels_id(const struct labels *labels, jw_labels set, jw_bytes name)
{
    if ((unsigned)set >= LABEL_SETS)
        return JW_NONE;
    for (uint32_t i = 0; i < labels->set[set].count; i++)
        if (strlen(labels->set[set].name[i]) == name.len && memcmp(labels->set[set].name[i], name.at, name.len) == 0)
            return i;
    return JW_NONE;
}
