# SPDX-License-Identifier: Apache-2.0
"""Values of real text, checked by hand: surface, kind, number, unit, approximation, in the clause they stand in.

values.tsv holds what a reader finds in clauses drawn at random from announcements of the exchange and transcripts of the Legislative Yuan, also
where the command does not; so a share of them must be right, not all.
"""
import os
import unittest

from command import Case, lines_of

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'values.tsv')
LEAST_VALUES, LEAST_SHARE = 600, 0.98


def rows():
    with open(TABLE, encoding='utf-8') as file:
        assert next(file) == 'base\tclause\tvalues\n'
        for line in file:
            yield line.rstrip('\n').split('\t')


def wanted(cell):
    return [tuple(value.split(' ', 1)) for value in cell.split(' ; ')] if cell else []


def said(value):
    """MNY 48860000000 TWD over, as the table writes it."""
    number = value['value'] or (f"{value['low']}..{value['high']}" if 'low' in value else '?')
    return ' '.join([value['kind'], number] + [value[key] for key in ('unit', 'currency', 'approx') if key in value])


class Values(Case):
    def test_values_of_real_clauses(self):
        table = list(rows())
        documents = [{'id': str(i), 'body': clause} | ({'published_at': base + 'T18:00:00+08:00'} if base != '-' else {})
                     for i, (base, clause, _) in enumerate(table)]
        out = self.records('-f', 'jsonl', '--want', 'value', data=lines_of(documents))
        self.assertEqual(len(out), len(table))
        count = right = 0
        missed = []
        for record, (_, clause, cell) in zip(out, table):
            found = [(clause[value['at'][1]:value['at'][2]].replace(' ', '_'), said(value)) for value in record['values']]
            for value in wanted(cell):
                count += 1
                if value in found:
                    right += 1
                    found.remove(value)
                else:
                    missed.append(f'{clause}: wanted {value}')
            count += len(found)
            missed += [f'{clause}: found {value}' for value in found]
        self.assertGreaterEqual(count, LEAST_VALUES)
        self.assertGreaterEqual(right, LEAST_SHARE * count, '\n'.join([f'{right} of {count}'] + missed))

    def test_sentences_cut_at_the_limit_keep_their_values(self):
        """A sentence beyond --max-sentence is read in pieces; numbers of every piece, and of the sentences after it, are still there."""
        clause = '第一季營收達488.6億元較去年同期成長12.3%，'
        records = self.records('-f', 'jsonl', '--want', 'value,entity', '--max-sentence', '16', data=lines_of(
            [{'body': clause * 40 + '每股純益5.2元。下一句的毛利率45%。'}, {'body': '鴻海營收3億元。'}]))
        self.assertEqual([len(record['values']) for record in records], [4 * 40 + 2, 1])
        self.assertEqual([value['value'] for value in records[0]['values'][-2:]], ['5.2', '45'])

    def test_dates_of_the_contract(self):
        """Dates and times in text as the output contract lists them, against its base and with its flags."""
        base = '2026-04-10T18:00:00+08:00'
        cases = [('115/06/25', ['2026-06-25']), ('民國115年4月10日', ['2026-04-10']), ('民國一百一十五年四月十日', ['2026-04-10']),
                 ('115年第1季', ['2026-Q1']), ('114年度', ['2025']), ('２０２６年４月１０日', ['2026-04-10']), ('昨(9)日', ['2026-04-09']),
                 ('昨(8)日', ['2026-04-08']), ('今日', ['2026-04-10']), ('前日', ['2026-04-08']), ('上月', ['2026-03']),
                 ('3月營收', ['2026-03']), ('12月營收創新高', ['2025-12']), ('3月營收優於去年同期', ['2026-03', '2025-03']),
                 ('去年第四季', ['2025-Q4']), ('預期上半年成長', ['2026-H1']), ('今年前3月', ['2026-01/2026-03']), ('下週一', ['2026-04-13']),
                 ('月底', ['2026-04-30']), ('1~2月', ['2026-01/2026-02']), ('2月30日', [None]), ('115年減資15%', ['2026', '15'])]
        documents = [{'body': text, 'published_at': base} for text, _ in cases]
        cases += [('前三季', ['2026-01/2026-09']), ('今(15)日', ['2026-01-15']), ('昨日', ['2019-05-02'])]
        documents += [{'body': '前三季', 'published_at': '2026-11-05T18:00:00+08:00'},
                      {'body': '今(15)日', 'published_at': '2026-01-14T16:10:00Z'},
                      {'body': '昨日', 'published_at': '2019-05-03T12:00:00+08:00', 'received_at': '2026-04-10T12:00:00+08:00'}]
        for (text, values), record in zip(cases, self.records('-f', 'jsonl', '--want', 'value', data=lines_of(documents))):
            self.assertEqual([value['value'] for value in record['values']], values, text)
            self.assertEqual('date_conflict' in record['flags'], text == '昨(8)日', text)
            self.assertEqual([value['at'] for value in record['values'] if value['value'] is None], [[1, 0, 5]] if text == '2月30日' else [])

    def owners(self, record, *args):
        read = self.records('--want', 'entity,value', *args, data=lines_of([record]))[0]
        names = {entity['eid']: entity['name'] for entity in read['entities']}
        return [(value['value'], value.get('of'), value.get('period'), names.get(value.get('eid'))) for value in read['values'] if value['kind'] != 'DAT']

    def test_whose_a_value_is(self):
        for text, wanted in [('新台幣重貶1.1角收31.33元', [('-0.11', 'exchange_rate', None, '新台幣'), ('31.33', 'exchange_rate', None, '新台幣')]),
                             ('騰訊上市。\n水滴的申報文件顯示，營收達30億元。', [('3000000000', 'revenue', None, None)]),
                             ('停損 3040 遠見 停損價15.8', [('15.8', 'price', None, '遠見')]),
                             ('天然氣漲價，美國眾議院通過總金額35億美元的法案。', [('3500000000', 'amount', None, None)]),
                             ('小摩策略師：美股估再跌5%', [('-5', 'price', None, None)]), ('台股今日大漲，台積電領軍，指數上漲200點', [('200', 'index', None, '發行量加權股價指數')]),
                             ('台積電斥資新台幣NT$30億元建廠', [('3000000000', 'investment', None, '台積電')]),
                             ('和碩9月營收1328億元月增48%', [('132800000000', 'revenue', '2026-09', '和碩'), ('48', 'revenue', '2026-09', '和碩')]),
                             ('台積電宣布投資。現場有20輛車', [('20', None, None, None)]),
                             ('大摩對台積電的目標價由1,330元上調到1,388元', [('1330', 'target_price', None, '台積電'), ('1388', 'target_price', None, '台積電')]),
                             ('台股重返萬七，鴻海領軍，預估成交值約5000億元', [('17000', 'index', None, '發行量加權股價指數'), ('500000000000', 'turnover', None, '發行量加權股價指數')]),
                             ('蘋果、微軟領漲道瓊 特斯拉強彈逾10%', [('10', 'price', None, '特斯拉')]), ('台股走高，經濟成長率達8.16%', [('8.16', 'gdp', None, None)]),
                             ('台幣重挫2.3角至30.506元', [('-0.23', 'exchange_rate', None, '新台幣'), ('30.506', 'exchange_rate', None, '新台幣')])]:
            self.assertEqual(self.owners({'body': text, 'published_at': '2026-10-10'}, '-f', 'jsonl'), wanted, text)

    def test_a_title_names_the_owner_behind_the_value(self):
        for title, owner in [('外資8天倒貨9萬張！聯電股價再破底', '聯電'), ('股價自低點漲80% 華碩押注新品', '華碩'), ('油價今年以來大漲2成 華碩上調預測', None)]:
            self.assertEqual([value[3] for value in self.owners({'title': title}, '-f', 'jsonl')][-1], owner, title)

    def test_who_only_tells_or_is_compared_owns_nothing(self):
        for text, owners in [('研調機構TrendForce指出，Q3營收季增18%', [None]), ('台積電攜手聯電 5年內投資77億美元', ['台積電']),
                             ('聯詠毛利率上看48%，超越聯發科的46.5%，今日股價大漲近5%', ['聯詠', '聯發科', '聯詠']),
                             ('沙國日產10萬桶', [None]), ('水滴定價為每股美國存託股票（ADS）12美元', [None]), ('比特幣摜破2.7萬美元', ['比特幣']),
                             ('台塑四寶5月營收月增1.6%', [None]), ('台積電賣陽明3200張 獲利1億元', ['陽明', '台積電']),
                             ('台股本周修正，聯詠擠下大立光，市值達3075億元', ['聯詠'])]:
            self.assertEqual([value[3] for value in self.owners({'body': text}, '-f', 'jsonl') if value[0] != '5' or value[1]], owners, text)

    def test_tables_of_posts(self):
        """The exchange's report of a month's revenue, in thousands, and lists of lots."""
        report = {'title': '[情報] 2330 台積電 11月營收', 'published_at': '2024-12-09', 'source_type': 'forum',
                  'body': '本月      1,948,395\n去年同期          1,477,661\n增減百分比        31.86\n本年累計          19,314,526\n增減百分比        -14.11'}
        month, year = '2024-11', '2024-01/2024-11'
        self.assertEqual(self.owners(report, '-f', 'jsonl'),
                         [('1948395000', 'revenue', month, '台積電'), ('1477661000', 'revenue', '2023-11', '台積電'), ('31.86', 'revenue', month, '台積電'),
                          ('19314526000', 'revenue', year, '台積電'), ('-14.11', 'revenue', year, '台積電')])
        sums = {'title': '[情報] 法人買賣金額', 'source_type': 'forum', 'body': '外資              244.77          202.37               +42.39'}
        self.assertEqual([value[:2] for value in self.owners(sums, '-f', 'jsonl')],
                         [('24477000000', 'amount'), ('20237000000', 'amount'), ('4239000000', 'net_buy')])
        lots = {'title': '[情報] 上市投信買賣超排行', 'source_type': 'forum', 'body': '3014            聯陽                    -1,089\n2303聯電  13,377'}
        self.assertEqual([value[:2] for value in self.owners(lots, '-f', 'jsonl')], [('1089000', 'net_sell'), ('13377000', 'net_buy')])

    def test_shares_abroad_are_quoted_in_the_money_of_their_market(self):
        for text, currency in [('騰訊(0700-HK)股價報350元', 'HKD'), ('豐田股價漲至2500元', 'JPY'), ('寧德時代收盤報350元', 'CNY'), ('特斯拉跌破160元', 'USD'),
                               ('台積電收1000元', 'TWD'), ('豐田在台新車售價80萬元', 'TWD')]:
            read = self.records('-f', 'jsonl', '--want', 'entity,value', data=lines_of([{'body': text}]))[0]
            self.assertEqual(read['values'][-1]['currency'], currency, text)

    def test_fields_of_an_announcement_have_their_own_owner(self):
        record = {'發言日期': '1150310', '發言時間': '150000', '公司代號': '2409', '公司名稱': '友達', '主旨': '本公司董事會通過114年度合併財務報告',
                  '說明': '1.提報董事會:115/03/10\n2.新任者簡歷:聯發科董事\n3.財務報告報導期間起訖日期:114/01/01~114/12/31\n'
                        '4.1月1日累計至本期止營業收入(仟元):281,387,743\n5.新任者選任時持股數:王大明 5,000股'}
        self.assertEqual(self.owners(record, '-f', 'mops'), [('281387743000', 'revenue', '2025-01-01/2025-12-31', '友達'), ('5000', 'shareholding', None, '友達')])

    def test_the_books_of_who_borrows_are_its_own(self):
        record = {'發言日期': '1150310', '發言時間': '150000', '公司代號': '2409', '公司名稱': '友達', '主旨': '本公司公告資金貸與金額',
                  '說明': '1.事實發生日:115/03/10\n2.接受資金貸與之:\n(1)公司名稱:東莞市冠旺電子科技有限公司\n(2)迄事實發生日止資金貸與餘額(仟元):95,085\n'
                        '4.接受資金貸與公司最近期財務報表之:\n(1)資本(仟元):603,113\n7.迄事實發生日為止，資金貸與餘額(仟元):\n261,450'}
        self.assertEqual([(value[0], value[3]) for value in self.owners(record, '-f', 'mops')][-2:],
                         [('603113000', '東莞市冠旺電子科技有限公司'), ('261450000', '友達')])

    def test_amounts_of_the_contract(self):
        cases = [('488.6億元', 'MNY 48860000000 TWD'), ('1兆2,300億元', 'MNY 1230000000000 TWD'), ('5萬3千張', 'QTY 53000000 shares'),
                 ('3成2', 'PCT 32 %'), ('1碼', 'PCT 0.25 points'), ('逾10億美元', 'MNY 1000000000 USD over'),
                 ('10~12億元', 'MNY 1000000000..1200000000 TWD'), ('負0.35元', 'MNY -0.35 TWD'), ('新台幣1,500仟元', 'MNY 1500000 TWD')]
        records = self.records('--want', 'value', data=''.join(text + '\n' for text, _ in cases))
        for (text, value), record in zip(cases, records):
            self.assertEqual([said(found) for found in record['values']], [value], text)
        guidance = self.records('-f', 'jsonl', '--want', 'value', data=lines_of(
            [{'body': '第四季展望由季增5%下修至持平', 'published_at': '2026-10-10T18:00:00+08:00'}]))[0]['values']
        self.assertEqual([(value['value'], value.get('of'), value.get('period')) for value in guidance],
                         [('2026-Q4', None, None), ('5', 'outlook', '2026-Q4'), ('0', 'outlook', '2026-Q4')])

    def test_owners(self):
        firms = {'聯發科數據機晶片營收成長10%': '聯發科', '台達電數據中心電源營收年增50%': '台達電', '中華電數據業務營收年增12%': '中華電',
                 '台積電統計，今年營收成長10%': '台積電', 'AMD、Nvida領漲費半升近2%': '費半', '台積電ADR暴跌 費半收黑逾2%': '費半',
                 '不畏大盤走弱 聯發科勁揚7%': '聯發科', '富邦金經理人調薪10%': '富邦金', '集邦統計，三星市占率40%': '三星'}
        out = self.records('-f', 'jsonl', '--want', 'entity,value', data=lines_of([{'title': title} for title in firms]))
        for record, (title, firm) in zip(out, firms.items()):
            owner = [value.get('eid') for value in record['values'] if value['kind'] == 'PCT']
            named = [mention['eid'] for mention in record['mentions'] if title[mention['at'][1]:mention['at'][2]] == firm]
            self.assertEqual(owner, named, title)

    def test_revenue_is_of_reports_alone(self):
        def revenue(title, body):
            [record] = self.records('-f', 'jsonl', '--want', 'entity,value', data=lines_of([{'title': title, 'body': body, 'source_type': 'forum'}]))
            return [value['value'] for value in record['values'] if value.get('of') == 'revenue']
        self.assertEqual(revenue('[閒聊] 本月花費', '大家好\n本月 12,345\n謝謝'), [])
        self.assertEqual(revenue('[情報] 台積電 5月營收', '本月 12,345'), ['12345000'])
        self.assertEqual(revenue('[情報] 2330 台積電', '本月 12,345\n去年同期 10,000\n增減百分比 23.45'), ['12345000', '10000000', '23.45'])


if __name__ == '__main__':
    unittest.main()
