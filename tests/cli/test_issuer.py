# SPDX-License-Identifier: Apache-2.0
"""The company a record is from: 本公司 of an announcement, in every shape the exchanges publish, and what the record says it is about."""
import csv
import io
import json
import os
import unittest

from command import ROOT, Case, lines_of

FEED = os.path.join(ROOT, 'corpora', 'announcements', 'announcements.jsonl')
ONE = {'發言日期': '1150510', '發言時間': '70003', '公司代號': '2330', '公司名稱': '台積電', '主旨 ': '公告本公司董事會決議股利分派', '符合條款': '第14款',
       '事實發生日': '1150510', '說明': '1.董事會決議日期:115/05/10\n2.其他應敘明事項:公司將配息，該公司財務健全。'}
TSMC = 'C00001857'


class Issuer(Case):
    def one(self, record, *args):
        return self.records('--want', 'doc', '--echo', *args, data=lines_of([record]))[0]

    def own(self, record):
        return [(m['text'], m['eid'], m.get('by')) for m in record['mentions'] if m['kind'] == 'role']

    def test_shapes_of_the_feed(self):
        wanted = [('本公司', TSMC, 'record'), ('公司', TSMC, 'record'), ('該公司', TSMC, 'record')]
        first = self.one(ONE, '-f', 'mops')
        self.assertEqual(self.own(first), wanted)
        self.assertEqual([entity['ids']['code'] for entity in first['entities']], ['2330'])
        english = {'公司代號': 'SecuritiesCompanyCode', '公司名稱': 'CompanyName'}
        columns = {key: value for key, value in ONE.items()}
        table = io.StringIO()
        writer = csv.DictWriter(table, columns, quoting=csv.QUOTE_ALL, lineterminator='\r\n')
        writer.writeheader()
        writer.writerow(columns)
        plain = {'title': ONE['主旨 '], 'body': ONE['說明'], 'published_at': '2026-05-10T07:00:03+08:00', 'source_type': 'announcement'}
        same = [self.one({english.get(key, key): value for key, value in ONE.items()}, '-f', 'mops'),
                self.records('-f', 'mops', '--want', 'doc', '--echo', data=json.dumps([ONE]))[0],
                self.records('-f', 'mops', '--want', 'doc', '--echo', data='\ufeff' + table.getvalue())[0],
                self.records('-f', 'csv', '--want', 'doc', '--echo', data=table.getvalue())[0],
                self.one({'mops': ONE}, '-f', 'jsonl'),
                self.one(plain | {'mops': ONE}, '-f', 'jsonl')]
        for record in same:
            self.assertEqual({key: value for key, value in record.items() if key not in ('run', 'keep')},
                             {key: value for key, value in first.items() if key not in ('run', 'keep')})
        mapped = self.one(plain | {'公司代號': '2330'}, '-f', 'jsonl', '--map', 'issuer=公司代號')
        self.assertEqual(self.own(mapped), wanted)
        self.assertEqual(mapped['form']['given'], False)
        self.assertEqual(self.codes('-f', 'jsonl', data=lines_of([{'mops': 'x', 'body': 'x'}, {'mops': {}}])), ['E_FIELD', 'E_FIELD'])

    def test_a_company_no_list_knows(self):
        record = self.one(ONE | {'公司代號': '9990', '公司名稱': '晨曜綠能', '說明': '1.說明:晨曜綠能將減資。'}, '-f', 'mops')
        [entity] = record['entities']
        self.assertEqual((entity['name'], entity['ids'], entity['n_mention'], entity['eid'][0]), ('晨曜綠能', {}, 2, 'N'))
        self.assertEqual({mention['nil'] for mention in record['mentions'] if mention['type'] == 'COM'}, {entity['eid']})

    def test_own_short_name(self):
        record = self.one(ONE | {'說明': '1.說明:本公司（以下簡稱「積體」）公告，積體將配息。'}, '-f', 'mops')
        self.assertEqual({m['text']: m['eid'] for m in record['mentions'] if m['type'] == 'COM'}, {'本公司': TSMC, '積體': TSMC})
        [mention] = [m for m in self.records('--want', 'entity', '--echo', data='本公司（以下簡稱「晨曜」）將配息，晨曜並將減資。')[0]['mentions'] if m['text'] == '本公司']
        self.assertEqual((mention['nil'][0], mention['eid']), ('N', None))
        self.assertEqual(len(self.records('--want', 'entity', data='本公司（以下簡稱「晨曜」）將配息，晨曜並將減資。')[0]['entities']), 1)

    def test_values_and_events_are_its_own(self):
        record = self.one(ONE | {'主旨 ': '公告現金股利每股5元'}, '-f', 'mops')
        self.assertEqual([value['eid'] for value in record['values'] if value['kind'] == 'MNY'], [TSMC])
        self.assertEqual([entity['eid'] for entity in record['entities']], [TSMC])
        self.assertEqual(record['entities'][0]['relevance'], 100)
        self.assertTrue(any(arg['eid'] == TSMC for event in record['events'] for arg in event['args']))
        child = self.one(ONE | {'主旨 ': '代子公司晨曜科技股份有限公司公告董事會決議股利分派', '說明': '1.董事會決議日期:115/05/10'}, '-f', 'mops')
        [company] = [arg for event in child['events'] for arg in event['args'] if arg['role'] == 'company']
        self.assertEqual(child['title'] if 'title' in child else '晨曜科技股份有限公司', company['text'])

    def test_values_of_a_subsidiary_and_of_no_bank(self):
        child = self.one(ONE | {'主旨 ': '代子公司晨曜科技股份有限公司公告取得機器設備',
                                '說明': '1.本公司取得機器設備交易總金額:新台幣420,000仟元\n2.與公司關係:子公司\n3.本公司持股100%'}, '-f', 'mops')
        names = {entity['eid']: entity['name'] for entity in child['entities']}
        self.assertEqual([names[value['eid']] for value in child['values']], ['晨曜科技股份有限公司', '台積電'])
        loan = self.one(ONE | {'主旨 ': '公告本公司簽訂聯貸', '說明': '1.契約相對人:臺灣銀行聯貸總金額新台幣5,000,000仟元'}, '-f', 'mops')
        self.assertEqual([value['eid'] for value in loan['values'] if value['kind'] == 'MNY'], [TSMC])

    def test_agency_is_no_speaking_for_another(self):
        agent = self.one(ONE | {'主旨 ': '本公司代理鴻海產品', '說明': '1.本公司投資金額:新台幣5,000仟元'}, '-f', 'mops')
        self.assertEqual([value['eid'] for value in agent['values'] if value['kind'] == 'MNY'], [TSMC])

    def test_number_behind_a_name_in_posts(self):
        def prices(text):
            [record] = self.records('-f', 'jsonl', '--want', 'entity,value', data=lines_of([{'body': text, 'source_type': 'forum'}]))
            return [value['value'] for value in record['values']]
        for text in ('聯發科9400晶片', '長榮航787客機', '華航777機隊', '台積電100分的公司', '聯電40壯士'):
            self.assertEqual(prices(text), [], text)
        for text, price in (('鴻海170就進場', '170'), ('聯電45以下', '45'), ('台積電1000了', '1000')):
            self.assertEqual(prices(text), [price], text)

    def test_hints_are_a_prior(self):
        text = {'body': '世界，買了'}
        self.assertEqual([m['text'] for m in self.one(text, '-f', 'jsonl')['mentions'] if m['type'] == 'COM'], [])
        hinted = [m['text'] for m in self.one(text | {'entity_hint': ['5347']}, '-f', 'jsonl')['mentions'] if m['type'] == 'COM']
        self.assertEqual(hinted, ['世界'])
        self.assertEqual(self.one({'body': '世界，會好的', 'entity_hint': ['5347']}, '-f', 'jsonl')['entities'], [])
        self.assertEqual(self.one({'body': '今天天氣晴'} | {'entity_hint': ['1210', 'C00001857', '22099131']}, '-f', 'jsonl')['entities'], [])
        self.assertEqual(self.codes('-f', 'jsonl', data=lines_of([{'body': 'x', 'entity_hint': [3]}, {'body': 'x', 'entity_hint': 'x'}])), ['E_FIELD', 'E_FIELD'])

    def test_every_announcement_has_its_company(self):
        with open(FEED, encoding='utf-8') as file:
            feed = [json.loads(line) for line in file]
        out = self.records('-f', 'mops', '--want', 'entity', '--echo', data=lines_of(feed))
        found = own = said = 0
        for record, read in zip(feed, out):
            eids = [entity['eid'] for entity in read['entities'] if entity['ids'].get('code') == record['公司代號'] or entity['name'] == record['公司名稱']]
            found += len(eids) == 1
            for mention in read['mentions']:
                if mention['kind'] == 'role' and mention['text'] == '本公司':
                    said += 1
                    own += mention['eid'] in eids
        self.assertGreater(len(feed), 1000)
        self.assertGreater(found / len(feed), 0.99)
        self.assertGreater(own / said, 0.985)


if __name__ == '__main__':
    unittest.main()
