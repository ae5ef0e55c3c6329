# SPDX-License-Identifier: Apache-2.0
"""Another company, person, gender word, place or nationality of the same kind moves no score, not by 0.0001.

Companies: every sentence of tests/golden/acceptance/sentences.tsv under other names, made up and listed ones.
The rest: the templates of tests/golden/acceptance/swaps.tsv, columns `sentence` and `kind`; {} is the word that is swapped.
"""
import json
import os
import unittest
from decimal import Decimal

from command import ROOT, Case, lines_of

TABLES = os.path.join(ROOT, 'tests', 'golden', 'acceptance')
OWN, OTHER = '晨曜科技', '岳霖精密'
COMPANIES = [('玄圃電子', '青嶼生技'), ('澄岳光電', '霽川重工'), ('聯電', '友達'), ('台灣水泥', '貿聯-KY'), ('國光生', '中華電信'), ('金利食安', '裕隆汽車')]
# What the register calls them.
CALLED = {'台灣水泥': '台泥', '中華電信': '中華電', '裕隆汽車': '裕隆'}
WORDS = {
    'person': ['王大明', '陳美玲', '林志豪', '張淑芬', '歐陽震華', '約翰史密斯', '吳大勝', '林惠虧', '陳漲榮', '羅敗城', '穆罕默德', '柯林頓'],
    'gender': ['他', '她'],
    'title': ['先生', '女士', '小姐'],
    'place': ['台北', '高雄', '台中', '屏東', '花蓮', '彰化'],
    'nation': ['日本', '美國', '德國', '韓國', '越南', '印度'],
}


def table(name):
    with open(os.path.join(TABLES, name), encoding='utf-8') as file:
        lines = [line.rstrip('\n').split('\t') for line in file]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def scores(record, names):
    """Per name: everything a score says of it."""
    found = {}
    for entity in record['entities']:
        if entity['name'] in names:
            market, credit = entity['market'] or {}, entity['credit'] or {}
            found[names.index(entity['name'])] = (market.get('score'), credit.get('raw'), entity['tone'], entity['relevance'])
    return found


def reading(record):
    """What the reading of risk says, places apart: names may be of other lengths."""
    found = record['esg'] or {}
    return [found.get('logit')] + [(e['source'], e['rule'], e['logit']) for e in found.get('evidence', [])]


class Swap(Case):
    def annotate(self, sentences):
        records = ({'id': str(i), 'body': text} for i, text in enumerate(sentences))
        names = os.path.join(TABLES, 'entities.tsv')
        out = self.good('-f', 'jsonl', '-t', 'jsonl', '--want', 'doc,esg', '--user-dict', names, data=lines_of(records))
        return [json.loads(line, parse_float=Decimal) for line in out.decode().splitlines()]

    def test_companies(self):
        rows = [row['sentence'] for row in table('sentences.tsv')]
        wanted = [(scores(record, (OWN, OTHER)), reading(record)) for record in self.annotate(rows)]
        wrong = []
        for own, other in COMPANIES:
            swapped = [row.replace(OWN, own).replace(OTHER, other) for row in rows]
            for text, record, want in zip(swapped, self.annotate(swapped), wanted):
                found = (scores(record, [CALLED.get(name, name) for name in (own, other)]), reading(record))
                if found != want:
                    wrong.append(f'{text}: {found}, not {want}')
        self.assertEqual(len(wrong), 0, '\n'.join(wrong))
        self.assertGreater(len(rows) * len(COMPANIES), 200)

    def check(self, kind):
        wrong, words = [], WORDS[kind]
        rows = [row['sentence'] for row in table('swaps.tsv') if row['kind'] == kind]
        self.assertGreater(len(rows), 3)
        for row in rows:
            records = self.annotate(row.replace('{}', word) for word in words)
            found = [(scores(record, (OWN, OTHER)), reading(record)) for record in records]
            wrong += [f"{row.replace('{}', word)}: {is_}, not {found[0]}" for word, is_ in zip(words, found) if is_ != found[0]]
        self.assertEqual(len(wrong), 0, '\n'.join(wrong))

    def test_persons(self):
        self.check('person')

    def test_gender(self):
        self.check('gender')

    def test_titles_of_men_and_women(self):
        self.check('title')

    def test_places(self):
        self.check('place')

    def test_nations(self):
        self.check('nation')


if __name__ == '__main__':
    unittest.main()
