# SPDX-License-Identifier: Apache-2.0
"""Announcements of corpora/announcements read as forms: nothing dropped, facts checked by hand, clauses told without their number."""
import json
import os
import re
import unittest

from command import ROOT, lines_of, run

FEED = os.path.join(ROOT, 'corpora', 'announcements', 'announcements.jsonl')
FACTS = os.path.join(ROOT, 'tests', 'golden', 'form', 'facts.tsv')
STATED = re.compile('(符合條款第四條第XX款：)[0-9]+')
DEV_FROM = '1150501'  # the classifier learned from earlier ones


def forms(records):
    done = run('-q', '-f', 'mops', '--want', 'form', '--fields', 'form,part_lens', '--echo', data=lines_of(records))
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def shown(field):
    """What a field was read as, in one cell: value, range, unit."""
    value = field.get('value') or field.get('answer') or '-'
    value += '..' + field['high'] if 'high' in field else ''
    unit = field.get('currency') or field.get('unit')
    return f'{value} {unit}' if unit else value


class Announcements(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(FEED, encoding='utf-8') as file:
            cls.records = [json.loads(line) for line in file]
        cls.forms = forms(cls.records)

    def test_every_announcement_is_a_form(self):
        self.assertEqual(len(self.forms), len(self.records))
        for record, read in zip(self.records, self.forms):
            self.assertTrue(read['form']['fields'], record['主旨'])
            self.assertEqual((read['form']['given'], read['form']['conf']), (True, 1))
            self.assertEqual(f"第{read['form']['clause']}款", record['符合條款'])

    def test_a_key_states_its_scale(self):
        body = '1.證券名稱:晨曜科技普通股\n2.交易日期:115/03/10\n3.交易數量、每單位價格及交易總金額:\n交易數量(仟股):18,401\n每單位價格(元):9.36\n交易總金額(仟元):172,233'
        found = {field['key']: shown(field) for field in forms([{**self.records[0], '說明': body}])[0]['form']['fields'] if 'key' in field}
        self.assertEqual([found[key] for key in ('deal_quantity', 'deal_price', 'deal_amount')], ['18401000 shares', '9.36 TWD', '172233000 TWD'])

    def test_fields_and_gaps_are_the_body(self):
        for record, read in zip(self.records, self.forms):
            at = None
            for field in read['form']['fields']:
                part, start, end = field['line']
                self.assertEqual((part, field['at'][0]), (1, 1))
                self.assertTrue(start <= field['at'][1] <= field['at'][2] <= end <= read['part_lens'][1])
                self.assertEqual(record['說明'][field['at'][1]:field['at'][2]], field.get('text', ''))
                if 'in' in field:
                    outer = read['form']['fields'][field['in'] - 1]['line']
                    self.assertTrue(outer[1] <= start and end <= outer[2])
                    continue
                self.assertIn(at, (None, start))
                at = end
            first = read['form']['fields'][0]['line'][1]
            self.assertEqual(record['說明'][:first].strip(), '')

    def test_wordings_are_known(self):
        known = [bool(field.get('key')) for read in self.forms for field in read['form']['fields']]
        self.assertGreater(sum(known) / len(known), 0.999)

    def test_facts_checked_by_hand(self):
        with open(FACTS, encoding='utf-8') as file:
            facts = [line.rstrip('\n').split('\t') for line in file][1:]
        self.assertGreater(len(facts), 1000)
        wrong = []
        for clause, record, number, key, value, read in facts:
            form = self.forms[int(record) - 1]['form']
            field = form['fields'][int(number) - 1] if int(number) <= len(form['fields']) else {}
            if (form['clause'], field.get('key'), shown(field)) != (int(clause), key, read):
                wrong.append((record, number, key, value, read, shown(field)))
        self.assertEqual(wrong, [])

    def test_clauses_are_told_without_their_number(self):
        hidden = [{key: STATED.sub(r'\1', value) for key, value in record.items() if key != '符合條款'}
                  for record in self.records if record['發言日期'] >= DEV_FROM]
        given = [record['符合條款'] for record in self.records if record['發言日期'] >= DEV_FROM]
        told = [read['form'] for read in forms(hidden)]
        self.assertFalse(any(form['given'] for form in told))
        right = sum(f"第{form['clause']}款" == clause for form, clause in zip(told, given))
        self.assertGreater(len(given), 400)
        self.assertGreater(right / len(given), 0.97)

    def test_a_form_in_plain_text_is_read_too(self):
        body = '1.事實發生日:115/06/25\n2.公司名稱:台灣積體電路製造股份有限公司\n3.其他應敘明事項:無\n'
        [read] = [json.loads(line) for line in run('-q', '-f', 'whole', '-t', 'jsonl', '--want', 'form', data='公告\n' + body).stdout.splitlines()]
        fields = read['form']['fields']
        self.assertEqual([field['key'] for field in fields], ['fact_date', 'company', 'note'])
        self.assertEqual((fields[0]['value'], fields[1]['eid'][0], fields[2]['answer']), ('2026-06-25', 'C', 'none'))
        [news] = [json.loads(line) for line in run('-q', '-f', 'text', '-t', 'jsonl', '--want', 'form', data='台積電營收年增一成。\n').stdout.splitlines()]
        self.assertIsNone(news['form'])


if __name__ == '__main__':
    unittest.main()
