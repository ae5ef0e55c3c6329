/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Line breaks.  A blank line ends a paragraph.  Any other break ends a sentence, unless the line ends in a comma or its block was wrapped by
 * hand at a fixed column and the line is full: as wide as the widest within one Han character, as are two thirds of the lines that end
 * without a full stop, at least two - or any, where a board's editor wraps.  Headlines one below the other and the rows of a table stay
 * apart, and a wrapped forum post is put together.  Announcements wrap each item by itself, at columns between 44 and 80 (measured: subjects
 * at 44-55, texts at 60-79), so there any line from 44 columns on that ends in no stop or colon goes on, also below an indent.
 */
#include "stage/sent/sent.h"

enum {
    WRAP_MIN = 24, /* columns of a block that may be wrapped */
    WRAP_MAX = 160,
    WRAP_SLACK = 2,
    EDITOR_MIN = 74, /* columns at which board editors wrap */
    EDITOR_MAX = 82,
    ANNOUNCEMENT_WRAP = 44
};

/* [start, end) without the line break; `width` in columns, `indent` in units. */
struct line {
    uint32_t start, end, width, indent;
};

static uint32_t code_at(const struct units *units, uint32_t at)
{
    return at < units->len ? units->code[at] : '\n';
}

static int is_part_edge(const struct breaker *breaker, uint32_t at)
{
    return breaker->edge[at] & EDGE_PARAGRAPH;
}

/* The width is exact for text of ASCII and Han characters: a unit of three bytes fills two columns. */
static struct line read_line(const struct breaker *breaker, uint32_t start)
{
    const struct units *units = breaker->units;
    struct line line = {start, start, 0, 0};
    while (line.end < units->len && units->code[line.end] != '\n' &&
           !(line.end > start && is_part_edge(breaker, line.end)))
        line.end++;
    while (start + line.indent < line.end && units->cls[start + line.indent] == UNIT_SPACE)
        line.indent++;
    line.width = (line.end - start + units->at[line.end] - units->at[start]) / 2;
    return line;
}

static int is_blank(const struct line *line)
{
    return line->indent == line->end - line->start;
}

/* Start of the line after this one. */
static uint32_t next_start(const struct breaker *breaker, const struct line *line)
{
    return line->end +
           (code_at(breaker->units, line->end) == '\n' && line->end < breaker->units->len);
}

/* Last code that is not blank. */
static uint32_t last_code(const struct units *units, const struct line *line)
{
    uint32_t at = line->end;
    while (at > line->start && units->cls[at - 1] == UNIT_SPACE)
        at--;
    return at > line->start ? units->code[at - 1] : '\n';
}

static int is_numeral(const struct units *units, uint32_t at)
{
    switch (code_at(units, at)) {
    case 0x4e00: /* 一 */
    case 0x4e8c: /* 二 */
    case 0x4e09: /* 三 */
    case 0x56db: /* 四 */
    case 0x4e94: /* 五 */
    case 0x516d: /* 六 */
    case 0x4e03: /* 七 */
    case 0x516b: /* 八 */
    case 0x4e5d: /* 九 */
    case 0x5341: /* 十 */
        return 1;
    default:
        return at < units->len && units->cls[at] == UNIT_DIGIT;
    }
}

/* "1." "12)" "三、" "(二)" "A. " at the start of a line; 1.5 is no item unless its dot is left free ("4.1月1日"). */
static int is_numbered(const struct breaker *breaker, uint32_t at)
{
    const struct units *units = breaker->units;
    const int is_bracketed = code_at(units, at) == '(';
    uint32_t end = at += (uint32_t)is_bracketed;
    if (at + 2 < units->len && units->cls[at] == UNIT_LATIN && units->code[at + 1] == '.' &&
        units->cls[at + 2] == UNIT_SPACE)
        return 1;
    while (end < at + 4 && is_numeral(units, end))
        end++;
    const uint32_t mark = code_at(units, end);
    if (end == at || end == at + 4)
        return 0;
    if (is_bracketed)
        return mark == ')';
    return mark == ')' || mark == 0x3001 ||
           (mark == '.' && breaker->boundary[end] != BOUNDARY_JOIN);
}

/* Bullets, quoted lines and the pushes of a forum. */
static int is_bullet(const struct units *units, uint32_t at)
{
    const int has_blank = at + 1 < units->len && units->cls[at + 1] == UNIT_SPACE;
    const uint32_t code = code_at(units, at);
    switch (code) {
    case '-':
        return has_blank || code_at(units, at + 1) == '-';
    case '*':
    case '+':
    case '>':
    case ':':
    case 0x63a8: /* 推 */
    case 0x5653: /* 噓 */
        return has_blank;
    case 0xb7:
    case 0x2022:
    case 0x203b: /* ※ */
    case 0x2192: /* → */
        return 1;
    default:
        return (code >= 0x25a0 && code <= 0x25ff) || (code >= 0x2605 && code <= 0x2606) ||
               (code >= 0x2713 && code <= 0x2714);
    }
}

static int starts_item(const struct breaker *breaker, const struct line *line)
{
    const uint32_t at = line->start + line->indent;
    return is_numbered(breaker, at) || is_bullet(breaker->units, at);
}

static int ends_in_comma(const struct units *units, const struct line *line)
{
    const uint32_t code = last_code(units, line);
    return code == ',' || code == 0x3001;
}

static int ends_in_stop(const struct units *units, const struct line *line)
{
    switch (last_code(units, line)) {
    case '!':
    case '?':
    case 0x3002:
    case 0x300d:
        return 1;
    default:
        return 0;
    }
}

/* Lines of a block that may go on: how many without a full stop at the end, and how many of these are full. */
struct block {
    uint32_t end, widest, open, full;
};

/* Reads the block from `start` on.  Its last line is no evidence. */
static struct block read_block(const struct breaker *breaker, uint32_t start, uint32_t widest)
{
    struct block block = {start, 0, 0, 0};
    struct line before = {start, start, 0, 0};
    for (uint32_t at = start; at < breaker->units->len; at = block.end) {
        const struct line line = read_line(breaker, at);
        if (is_blank(&line) || (at > start && is_part_edge(breaker, at)))
            break;
        if (before.width && !ends_in_stop(breaker->units, &before)) {
            block.open++;
            block.full += before.width + WRAP_SLACK >= widest;
        }
        block.widest = line.width > block.widest ? line.width : block.widest;
        before = line;
        block.end = next_start(breaker, &line);
    }
    return block;
}

/* The least width of a line that goes on below, or a width no line has. */
static uint32_t wrap_column(const struct breaker *breaker, uint32_t start, uint32_t *end)
{
    const struct block first = read_block(breaker, start, 0);
    *end = first.end;
    if (!first.open || first.widest < WRAP_MIN || first.widest > WRAP_MAX)
        return UINT32_MAX;
    const struct block block = read_block(breaker, start, first.widest);
    const int is_editor = block.widest >= EDITOR_MIN && block.widest <= EDITOR_MAX;
    const int is_wrapped =
        is_editor ? block.full >= 1 : block.full >= 2 && 3 * block.full >= 2 * block.open;
    return is_wrapped ? block.widest - WRAP_SLACK : UINT32_MAX;
}

/* Blanks side by side inside the line set the columns of a table. */
static int is_row(const struct units *units, const struct line *line)
{
    for (uint32_t at = line->start + line->indent; at + 1 < line->end; at++)
        if (units->cls[at] == UNIT_SPACE && units->cls[at + 1] == UNIT_SPACE)
            return 1;
    return 0;
}

/* Does `next` go on where `line` stops? */
static int is_wrap(const struct breaker *breaker, const struct line *line, const struct line *next,
                   uint32_t column)
{
    const struct units *units = breaker->units;
    if (starts_item(breaker, next) || (next->indent > line->indent && !breaker->is_announcement))
        return 0;
    if (breaker->is_announcement && line->width >= ANNOUNCEMENT_WRAP &&
        last_code(units, line) != ':' && !is_row(units, next))
        return 1;
    return (line->width >= column && !is_row(units, line)) || ends_in_comma(units, line);
}

static void mark_block(struct breaker *breaker, uint32_t start, uint32_t end, uint32_t column)
{
    struct line line = read_line(breaker, start);
    for (uint32_t at = next_start(breaker, &line); at < end; at = next_start(breaker, &line)) {
        const struct line next = read_line(breaker, at);
        if (breaker->every_line || !is_wrap(breaker, &line, &next, column))
            set_edge(breaker, at, EDGE_SENTENCE);
        line = next;
    }
}

void jwi_sent_lines(struct breaker *breaker)
{
    const uint32_t len = breaker->units->len;
    for (uint32_t at = 0; at < len;) {
        const struct line line = read_line(breaker, at);
        if (is_blank(&line)) {
            at = next_start(breaker, &line);
            set_edge(breaker, at, EDGE_SENTENCE | EDGE_PARAGRAPH);
            continue;
        }
        uint32_t end;
        const uint32_t column = wrap_column(breaker, at, &end);
        mark_block(breaker, at, end, column);
        at = end;
    }
}
