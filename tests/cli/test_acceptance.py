# SPDX-License-Identifier: Apache-2.0
"""What the finance layers promise about whole sentences: signs, orders, relevance, sums.

Tables: tests/golden/acceptance.  The companies in them do not exist; entities.tsv, a user dictionary, makes them known.
"""
import json
import os
import unittest
from decimal import Decimal

from command import ROOT, Case, lines_of

TABLES = os.path.join(ROOT, 'tests', 'golden', 'acceptance')
OWN = 'C90000001'
IDS = {'晨曜科技': 'C90000001', '岳霖精密': 'C90000002', '澄海航運': 'C90000003', '晨曜證券': 'C90000004'}
EDGE = Decimal('0.1')


def table(name):
    with open(os.path.join(TABLES, name), encoding='utf-8') as file:
        lines = [line.rstrip('\n').split('\t') for line in file]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def has_sign(market, sign):
    """`market` is None where nothing is said: that is between the edges."""
    market = market or Decimal(0)
    return {'+': market >= EDGE, '-': market <= -EDGE, '0': -EDGE < market < EDGE, '>0-': market > -EDGE}[sign]


class Acceptance(Case):
    def annotate(self, records, *args):
        names = os.path.join(TABLES, 'entities.tsv')
        out = self.good('-f', 'jsonl', '-t', 'jsonl', '--user-dict', names, *args, data=lines_of(records))
        return [json.loads(line, parse_float=Decimal) for line in out.decode().splitlines()]

    def markets(self):
        """Per row of the table: market score by eid."""
        rows = table('sentences.tsv')
        records = self.annotate({'id': row['n'], 'body': row['sentence']} for row in rows)
        for row, record in zip(rows, records):
            yield row, {e['eid']: e['market'] and e['market']['score'] for e in record['entities']}

    def misses(self, level):
        rows, found = 0, []
        for row, markets in self.markets():
            if row['level'] != level:
                continue
            rows += 1
            wanted = [(OWN, row['sign'])] + ([(IDS[row['other']], row['other_sign'])] if row['other'] else [])
            for eid, sign in wanted:
                if not has_sign(markets.get(eid), sign):
                    found.append(f"{row['n']} {row['sentence']} {eid}: {markets.get(eid)}, wanted {sign}")
        return rows, found

    def test_every_sentence_that_must_has_its_sign(self):
        _, misses = self.misses('M')
        self.assertFalse(misses, f'{len(misses)} misses:\n' + '\n'.join(misses))

    def test_nine_of_ten_hard_sentences_have_their_sign(self):
        rows, misses = self.misses('T')
        self.assertLessEqual(10 * len(misses), rows, '\n'.join(misses))

    def test_weaker_statements_score_less(self):
        size = {row['n']: abs(markets.get(OWN) or 0) for row, markets in self.markets()}
        wrong = [pair for pair in table('pairs.tsv') if not size[pair['weaker']] < size[pair['stronger']]]
        self.assertEqual(wrong, [])

    def test_relevance_has_its_anchors(self):
        with open(os.path.join(TABLES, 'relevance.jsonl'), encoding='utf-8') as file:
            rows = [json.loads(line) for line in file]
        records = self.annotate({key: row[key] for key in ('id', 'title', 'body')} for row in rows)
        found = {record['id']: {e['eid']: e['relevance'] for e in record['entities']} for record in records}
        wrong = [(row['id'], found[row['id']].get(row['eid']), row['relevance']) for row in rows
                 if found[row['id']].get(row['eid']) != row['relevance']]
        self.assertEqual(wrong, [])

    def check_sums(self, record):
        for entity in record['entities']:
            own = [x for x in record['evidence'] if x['of'] == entity['eid']]
            if not own:
                self.assertEqual((entity['market'], entity['credit'], entity['tone']), (None, None, None))
            if entity['market']:
                market = entity['market']
                self.assertEqual(sum(x['market'] for x in own), market['score'])
                self.assertEqual(market['p_neg'] + market['p_neu'] + market['p_pos'], 1)
                self.assertEqual(sum(a['market'] for a in entity['aspects']), market['score'])
            if entity['credit']:
                self.assertEqual(sum(x['credit'] for x in own), entity['credit']['raw'])

    def test_scores_are_the_sums_of_their_evidence(self):
        rows = [{'id': row['n'], 'body': row['sentence']} for row in table('sentences.tsv')]
        joined = [{'id': f'j{i}', 'title': rows[i]['body'], 'body': ''.join(r['body'] for r in rows[i:i + 12])} for i in range(0, 70, 3)]
        for record in self.annotate(rows + joined):
            with self.subTest(record['id']):
                self.check_sums(record)


if __name__ == '__main__':
    unittest.main()
