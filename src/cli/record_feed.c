/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Announcements as the exchanges publish them: the names of their fields in JSON and CSV, with blanks around them or none, and what each means
 * for the record.  TPEx writes two of the names in English.
 */
#include "cli/record.h"

#include "cli/record_time.h"

#include <string.h>

static const char *const names[FEED_COUNT][2] = {
    [FEED_TITLE] = {"主旨", NULL},
    [FEED_BODY] = {"說明", NULL},
    [FEED_DATE] = {"發言日期", NULL},
    [FEED_TIME] = {"發言時間", NULL},
    [FEED_CLAUSE] = {"符合條款", NULL},
    [FEED_CODE] = {"公司代號", "SecuritiesCompanyCode"},
    [FEED_NAME] = {"公司名稱", "CompanyName"},
};

enum feed_field cli_feed_field(jw_bytes key)
{
    key = bytes_trimmed(key);
    for (uint32_t i = 0; i < FEED_COUNT; i++)
        for (uint32_t k = 0; k < 2; k++)
            if (names[i][k] && bytes_equal(key, names[i][k]))
                return (enum feed_field)i;
    return FEED_COUNT;
}

const char *cli_feed_name(enum feed_field field)
{
    return names[field][0];
}

/* "第51款" with digits of either width; 0 when there is no number of the rule. */
static uint32_t read_clause(jw_bytes text)
{
    uint32_t clause = 0, found = 0;
    for (size_t i = 0; i < text.len && clause < 100; i++) {
        const unsigned char *at = (const unsigned char *)text.at + i;
        const int is_wide = text.len - i >= 3 && at[0] == 0xef && at[1] == 0xbc && at[2] >= 0x90 && at[2] <= 0x99;
        const int is_digit = *at >= '0' && *at <= '9';
        if (found && !is_wide && !is_digit)
            break;
        found |= (uint32_t)(is_wide | is_digit);
        if (is_wide | is_digit)
            clause = clause * 10 + (is_wide ? at[2] - 0x90u : *at - (uint32_t)'0');
        i += is_wide ? 2 : 0;
    }
    return clause <= 51 ? clause : 0;
}

int cli_record_use_feed(struct record *record, const jw_bytes cell[FEED_COUNT])
{
    record->meta.source_type = JW_ANNOUNCEMENT;
    record->meta.clause = read_clause(cell[FEED_CLAUSE]);
    record->meta.issuer = bytes_trimmed(cell[FEED_CODE]);
    record->meta.issuer_name = bytes_trimmed(cell[FEED_NAME]);
    if (cell[FEED_DATE].len > 0 && record->meta.published_at == JW_NO_TIME &&
        cli_time_read_feed(cell[FEED_DATE], cell[FEED_TIME], &record->meta.published_at) != 0)
        return cli_reject(record, "E_TIME", names[FEED_DATE][0], -1, "time not understood or outside 1900..2199");
    return 0;
}

int cli_record_add_feed_parts(struct record *record, const jw_bytes cell[FEED_COUNT])
{
    static const jw_part_kind kinds[] = {JW_PART_TITLE, JW_PART_BODY};
    if (!cell[FEED_TITLE].at && !cell[FEED_BODY].at)
        return cli_reject(record, "E_FIELD", names[FEED_TITLE][0], -1, "主旨 or 說明 is required");
    for (uint32_t i = FEED_TITLE; i <= FEED_BODY; i++) {
        cli_record_add_part(record, cell[i], kinds[i]);
        if (cli_record_check_text(record, names[i][0], cell[i]) != 0)
            return -1;
    }
    return 0;
}
