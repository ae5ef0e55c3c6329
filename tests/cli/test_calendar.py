# SPDX-License-Identifier: Apache-2.0
"""Sessions and trade dates: always forward, and only by what was known."""
import csv
import io
import unittest

from command import Case, lines_of, run

CALENDAR = ('mic\tdate\topen\tclose\tknown_at\n'
            'XTAI\t2026-01-01\t\t\t\n'
            'XTAI\t2026-07-17\t\t\t2026-07-16 20:00\n'
            'XTAI\t2026-09-19\t09:00\t13:30\t2026-01-01 00:00\n')
# Instants in market time; the last column is what the market makes of them.
CASES = [('2026-04-10T08:59:59.999', 'pre_open', '2026-04-10', '2026-04-10'), ('2026-04-10T09:00:00.000', 'intraday', '2026-04-13', '2026-04-10'),
         ('2026-04-10T13:29:59.999', 'intraday', '2026-04-13', '2026-04-10'), ('2026-04-10T13:30:00.000', 'after_close', '2026-04-13', '2026-04-13'),
         ('2026-04-11T10:00:00.000', 'non_session', '2026-04-13', '2026-04-13'), ('2026-04-12T23:59:00.000', 'non_session', '2026-04-13', '2026-04-13'),
         ('2026-04-13T00:00:00.000', 'pre_open', '2026-04-13', '2026-04-13'), ('2026-07-16T18:00:00.000', 'after_close', '2026-07-17', '2026-07-17'),
         ('2026-07-16T20:30:00.000', 'after_close', '2026-07-20', '2026-07-20')]


class Calendar(Case):
    def trade(self, records, *args):
        return [tuple(record[key] for key in ('session', 'trade_date_open', 'trade_date_close')) for record in self.records(
            '-f', 'jsonl', '--want', 'sent', *args, data=lines_of(records))]

    def test_trade_dates_of_the_contract(self):
        path = self.path('calendar.tsv', CALENDAR)
        records = [{'body': '鴻海', 'published_at': instant + '+08:00'} for instant, *_ in CASES]
        self.assertEqual(self.trade(records, '--calendar', path), [tuple(case[1:]) for case in CASES])

    def test_rows_of_the_calendar(self):
        path = self.path('calendar.tsv', CALENDAR)
        self.assertEqual(self.trade([{'body': 'x', 'published_at': '2025-12-31T20:00:00+08:00'}, {'body': 'x', 'published_at': '2026-09-18T20:00:00+08:00'},
                                     {'body': 'x', 'published_at': '2026-09-19T10:00:00+08:00'}], '--calendar', path),
                         [('after_close', '2026-01-02', '2026-01-02'), ('after_close', '2026-09-19', '2026-09-19'), ('intraday', '2026-09-21', '2026-09-19')])

    def test_market_of_the_region(self):
        record = {'body': 'x', 'published_at': '2026-04-10T09:10:00+08:00'}
        self.assertEqual(self.trade([record, record | {'region': 'HK'}]),
                         [('intraday', '2026-04-13', '2026-04-10'), ('pre_open', '2026-04-10', '2026-04-10')])

    def test_clock_and_delay(self):
        record = {'body': 'x', 'published_at': '2026-04-10T08:59:00+08:00', 'received_at': '2026-04-10T14:00:00+08:00'}
        self.assertEqual([self.trade([record], *more)[0][0] for more in ([], ['--clock', 'published'], ['--clock', 'published', '--delay', '60'])],
                         ['after_close', 'pre_open', 'intraday'])

    def test_no_clock_no_trade_date(self):
        record = self.records('-f', 'jsonl', '--want', 'sent', data='{"body":"x"}\n')[0]
        self.assertEqual([record[key] for key in ('available_at', 'session', 'trade_date_open', 'trade_date_close', 'flags')], [None] * 4 + [[]])

    def test_calendar_of_the_model(self):
        cases = [('2024-02-05T14:00', '2024-02-15'), ('2024-07-23T20:00', '2024-07-24'), ('2024-07-24T08:00', '2024-07-25'), ('2024-07-25T08:00', '2024-07-26'), ('2025-01-22T14:00', '2025-02-03'),
                 ('2025-09-26T14:00', '2025-09-30'), ('2026-02-11T13:30', '2026-02-23'), ('2026-04-02T14:00', '2026-04-07'),
                 ('2026-06-19T10:00', '2026-06-22'), ('2026-10-08T14:00', '2026-10-12'), ('2026-12-24T14:00', '2026-12-28')]
        records = [{'body': 'x', 'published_at': instant + ':00+08:00'} for instant, _ in cases]
        self.assertEqual([day for _, day, _ in self.trade(records)], [day for _, day in cases])
        days = ['2019-12-31T14:00', '2020-01-02T08:00', '2026-12-31T08:00', '2026-12-31T14:00']
        flags = [record['flags'] for record in self.records('-f', 'jsonl', data=lines_of({'body': 'x', 'published_at': day + ':00+08:00'} for day in days))]
        self.assertEqual(flags, [['calendar_missing'], [], [], ['calendar_missing']])

    def test_missing_calendar_is_flagged_and_part_of_the_run(self):
        data, path = lines_of([{'body': '鴻海', 'published_at': '2026-04-10'}, {'body': '鴻海', 'published_at': '2026-04-10', 'region': 'HK'}]), self.path('c.tsv', CALENDAR)
        plain, given = self.records('-f', 'jsonl', data=data), self.records('-f', 'jsonl', '--calendar', path, data=data)
        self.assertEqual([['calendar_missing' in record['flags'] for record in records] for records in (plain, given)], [[False, True], [False, True]])
        self.assertNotEqual(plain[0]['run'], given[0]['run'])

    def test_table_has_the_same_dates(self):
        data = lines_of([{'body': '鴻海營收成長', 'published_at': '2026-04-10T10:00:00+08:00'}])
        row = next(csv.DictReader(io.StringIO(self.good('-f', 'jsonl', '-t', 'csv', '--table', 'doc_entity', data=data).decode())))
        self.assertEqual((row['trade_date_open'], row['trade_date_close']), ('2026-04-13', '2026-04-10'))

    def test_bad_calendar_is_refused_with_its_line(self):
        for text in ('XTAI\t2026-01-01\t\t\t\n', CALENDAR + 'XTAI\t2026-13-01\t\t\t\n', CALENDAR + 'XTAI\t2026-01-01\t13:30\t09:00\t\n', CALENDAR + 'XTAI\t2026-01-01\n'):
            done = run('--calendar', self.path('bad.tsv', text), data='x')
            self.assertEqual(done.returncode, 3, text)
            self.assertIn(f'bad.tsv:{len(text.splitlines())}' if text != CALENDAR else '', done.stderr.decode())


if __name__ == '__main__':
    unittest.main()
