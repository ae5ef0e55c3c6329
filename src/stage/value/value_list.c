/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owners in lists: as many names as values, one each, or the name at the head of the element that the value ends.
 */
#include "stage/value/value_owner.h"

enum { LONGEST = 120 }; /* bytes of an element of a list */

/* Whether nothing but letters lies between the two places: no mark of a list, no blank, no end of a clause. */
static int is_one_element(const jw_doc *doc, uint32_t start, uint32_t end)
{
    static const char *const stops[] = {"、", "，", "；", "。", "：", ",", ";", " ", "　", "\n", "與", "及", "和"};
    return !has_any(doc, (jw_range){start, end}, stops, sizeof stops / sizeof *stops);
}

/* 潤泰新認列58億元、寶成估46億元: the mention at the head of the value's element of a list; JW_NONE for none. */
uint32_t jwi_owner_of_element(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    static const char *const heads[] = {"、"};
    const jw_doc *const doc = owner->doc;
    uint32_t stop = value->text.start;
    while (stop && doc->text.at[stop - 1] == ' ')
        stop--;
    for (uint32_t i = end; i > first && value->text.start - stop < LONGEST; i--) {
        const jw_mention *mention = &doc->mentions[i - 1];
        if (!is_one_element(doc, doc->tokens[mention->tokens.end - 1].text.end, stop))
            break;
        if (is_behind(doc, mention, heads, 1))
            return jwi_owner_may_own(owner, mention) && jwi_owner_may_measure(owner, mention->type, value) ? i - 1 : JW_NONE;
        stop = doc->tokens[mention->tokens.start].text.start;
    }
    return JW_NONE;
}

/* 、 與 及 and blanks, brackets with codes where `has_codes`: what parts the elements of a list. */
static int is_list_gap(const jw_doc *doc, uint32_t start, uint32_t end, int has_codes)
{
    static const char *const links[] = {"、", "與", "及", "和", "跟"};
    int count = 0, in_bracket = 0;
    while (start < end) {
        const char byte = doc->text.at[start];
        size_t i = 0;
        if (byte == ' ' || (in_bracket && (unsigned char)byte < 0x80) || (has_codes && (byte == '(' || byte == ')'))) {
            in_bracket = byte == '(' || (in_bracket && byte != ')');
            start++;
            continue;
        }
        while (i < sizeof links / sizeof *links && (end - start < 3 || memcmp(doc->text.at + start, links[i], 3) != 0))
            i++;
        if (i == sizeof links / sizeof *links || in_bracket)
            return 0;
        count++;
        start += 3;
    }
    return count == 1;
}

enum { MOST = 8 }; /* values of a list; a longer one is none */

/* First of the values of one kind that a list joins with the value. */
static const jw_value *first_of_list(const struct owner *owner, const jw_value *value)
{
    const jw_value *ret = value;
    while (value - ret < MOST && ret > owner->values && ret[-1].kind == ret->kind &&
           is_list_gap(owner->doc, ret[-1].text.end, ret->text.start, 0))
        ret--;
    return ret;
}

static uint32_t length_of_list(const struct owner *owner, const jw_value *value)
{
    const jw_value *const end = owner->values + owner->count;
    uint32_t n = 1;
    for (; n <= MOST && value + 1 < end && value[1].kind == value->kind && is_list_gap(owner->doc, value->text.end, value[1].text.start, 0); value++)
        n++;
    return n;
}

/* 長榮、陽明及萬海分別漲3%、2.5%與1%: as many names as values, one each; JW_NONE for none. */
uint32_t jwi_owner_of_list(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    const jw_doc *const doc = owner->doc;
    const jw_value *const head = first_of_list(owner, value);
    const uint32_t count = length_of_list(owner, head);
    uint32_t name[MOST], found = 0;
    if (count < 2 || count > MOST)
        return JW_NONE;
    for (uint32_t i = end; i > first && found < MOST; i--) {
        const jw_mention *const mention = &doc->mentions[i - 1];
        const uint32_t stop = doc->tokens[mention->tokens.end - 1].text.end;
        if (stop > head->text.start || jwi_owner_is_in_value(owner, mention)) /* the code behind its name */
            continue;
        if (!jwi_owner_may_own(owner, mention) ||
            (found && !is_list_gap(doc, stop, doc->tokens[doc->mentions[name[found - 1]].tokens.start].text.start, 1)))
            break;
        name[found++] = i - 1;
    }
    return found == count ? name[found - 1 - (uint32_t)(value - head)] : JW_NONE;
}
