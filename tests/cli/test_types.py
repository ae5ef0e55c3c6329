# SPDX-License-Identifier: Apache-2.0
"""Names and terms of every type of the contract come out where sentences written for it have them: golden/names/types.txt."""
import collections
import os
import re
import unittest

from command import Case, lines_of

TYPES = 'PER ORG LOC COM FIN GOV SEC IDX CUR CMD PRD TEC IND FAC LAW POS ACC'.split()
VALUES = {'MNY', 'PCT', 'QTY', 'DAT', 'DUR', 'RAT', 'COD'}
LEAST = 10       # sentences with each type
FLOOR = 0.75     # precision and recall of each
FLOOR_ALL = 0.91


def read(path):
    """Texts and their names as (start, end, type): [王小明|PER]昨日 .."""
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            text, names = '', set()
            for part in re.split(r'(\[[^\]|]+\|[A-Z]{3}\])', line.rstrip('\n')):
                name, _, kind = part[1:-1].partition('|') if part.endswith(']') else (part, '', '')
                if kind:
                    names.add((len(text), len(text) + len(name), kind))
                text += name
            yield text, names


def names_of(toks):
    """Names and terms of the column `ner`, without values."""
    found, start = set(), 0
    for s, e, label in zip(toks['s'], toks['e'], toks['ner']):
        start = s if label[0] in 'BS' else start
        if label[0] in 'ES' and label[2:] not in VALUES:
            found.add((start, e, label[2:]))
    return found


class Types(Case):
    def test_every_type_comes_out(self):
        cases = list(read(os.path.join(os.environ['JINWEN_ROOT'], 'tests', 'golden', 'names', 'types.txt')))
        records = self.records('-f', 'jsonl', '--want', 'token,entity,value', data=lines_of({'body': text} for text, _ in cases))
        gold, found, right, wrong = collections.Counter(), collections.Counter(), collections.Counter(), []
        for (text, names), record in zip(cases, records):
            system = names_of(record['toks'])
            gold.update(kind for _, _, kind in names)
            found.update(kind for _, _, kind in system)
            right.update(kind for _, _, kind in names & system)
            if names != system:
                wrong.append(f'{text} {sorted((text[s:e], kind) for s, e, kind in names ^ system)}')
        table = '\n'.join(f'{kind}: precision {right[kind]}/{found[kind]}, recall {right[kind]}/{gold[kind]}' for kind in TYPES)
        report = table + '\n' + '\n'.join(wrong)
        print(table)
        for kind in TYPES:
            self.assertGreaterEqual(gold[kind], LEAST, kind)
            self.assertGreaterEqual(min(right[kind] / max(found[kind], 1), right[kind] / gold[kind]), FLOOR, f'{kind}\n{report}')
        total = sum(right.values())
        self.assertGreaterEqual(min(total / sum(found.values()), total / sum(gold.values())), FLOOR_ALL, report)

    def test_terms_are_no_mentions(self):
        record = self.records('-f', 'text', '--want', 'token,entity', data='董事長王小明說，毛利率與每股純益創高。')[0]
        self.assertEqual([mention['type'] for mention in record['mentions']], ['PER'])
        self.assertEqual(len(record['entities']), 1)
        self.assertEqual([label for label in record['toks']['ner'] if label[2:] in ('POS', 'ACC')], ['B-POS', 'E-POS', 'B-ACC', 'E-ACC', 'B-ACC', 'E-ACC'])

    def test_terms_survive_conllu(self):
        text = '董事長王小明說，毛利率創高。'
        first = self.good('-f', 'text', '-t', 'conllu', '--want', 'token,pos,entity', data=text).decode()
        again = self.good('-f', 'conllu', '-t', 'conllu', '--want', 'token,pos,entity', data=first).decode()
        labels = [re.findall(r'NER=([^|\n]*)', out) for out in (first, again)]
        self.assertEqual(labels[0], labels[1])
        self.assertIn('B-ACC', labels[0])

    def test_a_value_or_a_name_wins_over_a_term(self):
        record = self.records('-f', 'text', '--want', 'token,entity,value', data='王董事長表示，本益比12倍。王小明董事長出席。')[0]
        self.assertEqual(len(record['toks']['ner']), len(record['toks']['s']))
        for before, after in zip(record['toks']['ner'], record['toks']['ner'][1:] + ['O']):
            self.assertEqual(before[0] in 'BI', after[0] in 'IE', record['toks']['ner'])

    def test_products_keep_their_numbers(self):
        for text, name in [('iPhone 17開賣首日爆量', 'iPhone 17'), ('Windows 11帶動換機', 'Windows 11'), ('iPhone 3月出貨下滑', 'iPhone')]:
            record = self.records('-f', 'jsonl', '--want', 'entity', '--echo', data=lines_of([{'body': text}]))[0]
            self.assertEqual([mention['text'] for mention in record['mentions'] if mention['type'] == 'PRD'], [name])


if __name__ == '__main__':
    unittest.main()
