# SPDX-License-Identifier: Apache-2.0
"""Input formats, encodings and times."""
import json
import os
import unittest

from command import NEWS, SAMPLES, Case, run

T = '+08:00'


class Formats(Case):
    def test_text_is_one_body_a_line(self):
        records = self.records('-f', 'text', data='台股\n 大漲 \n')
        self.assertEqual([r['part_lens'] for r in records], [[0, 2], [0, 4]])

    def test_para_takes_a_short_first_line_without_full_stop_as_title(self):
        text = '台股大漲\n第一段。\n第二段。\n\n\n沒有標題的一段。\n還有一行\n\n' + '長' * 61 + '\n內文\n'
        self.assertEqual([r['part_lens'] for r in self.records('-f', 'para', data=text)], [[4, 9], [0, 13], [0, 64]])

    def test_whole_is_one_file_named_by_it(self):
        path = self.path('story.txt', '標題\n\n第一段。\n\n第二段。\n')
        record = self.records('-f', 'whole', path)[0]
        self.assertEqual((record['id'], record['part_lens']), ('story.txt', [2, 12]))

    def test_csv_follows_rfc_4180(self):
        data = 'id,title,body,other\r\na,"一, ""二""","第一行\n第二行",z\r\n\r\nb,三,四\r\nc,五,"六"七,x\r\n'
        records = self.records('-f', 'csv', '--keep', 'other', data=data)
        self.assertEqual([r.get('part_lens') for r in records], [[6, 7], None, [1, 2]])
        self.assertEqual((records[0]['keep'], records[1]['error']['code'], records[2]['id']), ({'other': 'z'}, 'E_COLUMNS', 'c'))

    def test_tsv_columns_by_header_and_map(self):
        data = 'headline\tpublished_at\n漲停\t2026-10-09 13:00\n\n跌停\t\n'
        out = self.good('-f', 'tsv', '--map', 'title=headline', data=data).decode().split('\n')
        self.assertEqual(out[1], '')
        self.assertEqual(json.loads(out[0])['published_at'], '2026-10-09T05:00:00.000Z')
        self.assertIsNone(json.loads(out[2])['published_at'])

    def test_file_names_tell_the_format(self):
        path = self.path('a.csv', 'id,body\nx,台股\n')
        self.assertEqual(self.records(path)[0]['id'], 'x')
        self.assertEqual(self.good(path)[:1], b'{')
        self.assertEqual(self.good(self.path('a.txt', '台股'))[:8], b'# newdoc')

    def test_ptt_threads(self):
        text = ('作者: abc (阿明) 看板: Stock\n標題: [標的] 2330 台積電\n時間: Fri Oct  9 09:12:45 2026\n\n內文第一行\n※ 引述別人\n'
                '作者：不是新文章\n→ 結論也是內文\n\n--\n簽名檔\n※ 發信站: 批踢踢\n推 user1: 推一個      10/09 09:14\n'
                '噓 user2:噓 1.2.3.4 10/09 09:15\n→ user3: 補充\n作者: def\n看板: Stock\n標題: 第二篇\n時間: 2026/10/10 08:00\n\n好\n')
        one, two = self.records('-f', 'ptt', '--echo', '--want', 'sent', data=text)
        body = '內文第一行\n作者：不是新文章\n→ 結論也是內文'
        self.assertEqual(one['part_lens'], [len('[標的] 2330 台積電'), len(body), 3, 1, 2])
        self.assertEqual((one['published_at'], one['channel']), ('2026-10-09T01:12:45.000Z', 'F'))
        self.assertEqual((two['part_lens'], two['published_at']), ([3, 1], '2026-10-10T00:00:00.000Z'))

    def test_ptt_keeps_what_stands_beside_the_text(self):
        text = ('作者  abc (阿明)                     看板  Stock\n標題  Re: [標的] 2330 台積電\n時間  Fri Oct  9 09:12:45 2026\n' + '─' * 39 + '\n'
                '※ 引述《xyz》之銘言：\n: 聯電要漲了\n> 更早的話\n\n我看台積電 :D\n--\n鴻海萬歲\n※ 發信站: 批踢踢\n'
                '推 u1: 推一個      10/09 09:14\n→ u2: 補充 1.2.3.4 10/09 09:15\n')
        record = self.records('-f', 'ptt', '--echo', '--want', 'sent', '--keep', 'author,board,tag,quote,signature,replies,other', data=text)[0]
        self.assertEqual(record['keep'], {
            'author': 'abc (阿明)', 'board': 'Stock', 'tag': '標的', 'quote': '聯電要漲了\n更早的話', 'signature': '鴻海萬歲', 'other': None,
            'replies': [{'part': 2, 'mark': 'push', 'author': 'u1', 'at': '10/09 09:14'}, {'part': 3, 'mark': 'arrow', 'author': 'u2', 'at': '10/09 09:15'}]})
        self.assertEqual([s['text'] for s in record['sents']], ['Re: [標的] 2330 台積電', '我看台積電 :D', '推一個', '補充'])

    PAGE = ('<!DOCTYPE html>\n<html><head><title> 台股&amp;聯電 </title><meta content="2026-10-09T09:00:00+08:00" property="article:published_time">'
            '<style>p > b {}</style></head>\n<body><script>var x = "鴻海";</script><h1>台積電𠮷漲停</h1><p title="a>b">營收<b>488.6</b>億元，年\n增12%。<br>'
            '第二行<!-- 廣達 --></p>\n<pre>1.甲\n2.乙</pre>a < b</body></html>\n')

    def test_html_has_no_tags_and_offsets_of_the_page(self):
        path = self.path('page.html', self.PAGE)
        cuts = {'cp': lambda s, e: self.PAGE[s:e], 'byte': lambda s, e: self.PAGE.encode()[s:e].decode(),
                'utf16': lambda s, e: self.PAGE.encode('utf-16-le')[2 * s:2 * e].decode('utf-16-le')}
        for unit, cut in cuts.items():
            record = self.records(path, '--offsets', unit, '--echo', '--want', 'sent,token,value')[0]
            self.assertEqual((record['id'], record['published_at']), ('page.html', '2026-10-09T01:00:00.000Z'))
            self.assertEqual([s['text'] for s in record['sents']],
                             ['台股&amp;聯電', '台積電𠮷漲停', '營收488.6億元，年增12%。', '第二行', '1.甲', '2.乙', 'a < b'])
            self.assertEqual(cut(0, record['part_lens'][1]), self.PAGE)
            self.assertEqual([cut(s['s'], s['e']) for s in record['sents'][1:]],
                             ['台積電𠮷漲停', '營收<b>488.6</b>億元，年\n增12%。', '第二行', '1.甲', '2.乙', 'a < b'])
            self.assertEqual([(v['value'], cut(*v['at'][1:])) for v in record['values']], [('48860000000', '488.6</b>億元'), ('12', '12%')])
            toks = record['toks']
            texts = [cut(s, e) for part, s, e in zip(toks['part'], toks['s'], toks['e']) if part == 1]
            self.assertIn('488.6', [text.split('<')[0] for text in texts])

    def test_html_in_another_encoding_is_the_same_page(self):
        page = self.PAGE.replace('𠮷', '').replace('\n', '\r\n')
        plain = self.records(self.path('page.htm', page))
        self.assertEqual(plain, self.records('-e', 'CP950', self.path('page.htm', page.encode('cp950'))))

    def test_html_that_is_broken_costs_no_more_than_its_length(self):
        for text in ('<a ', '<a b="', '<!-- >', '<script>', '<head>x', '</'):
            record = self.records('--want', 'sent', self.path('bad.html', text * 100000))[0]
            self.assertEqual(record['part_lens'][1], len(text) * 100000)

    def test_ptt_in_cp950_is_the_same_thread(self):
        plain = self.records('-f', 'ptt', os.path.join(SAMPLES, 'forum.txt'))
        coded = self.records('-f', 'ptt', '-e', 'CP950', os.path.join(SAMPLES, 'forum.cp950.txt'))
        self.assertGreater(len(plain), 1)
        self.assertEqual(plain, coded)

    def test_mops_reads_array_and_lines_alike(self):
        rows = [{'出表日期': '1150410', '發言日期': '1150410', '發言時間': '70003', '公司代號': '9870', '主旨 ': '公告[本]公司', '說明': '1.事實發生日:115/04/10\n2.a{b}'},
                {'發言日期': '1000229', '發言時間': '0', '主旨': '不存在的日子', '說明': 'x'}]
        array = json.dumps(rows, ensure_ascii=False, indent=1)
        lines = '\n'.join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n'
        first = self.records('-f', 'mops', '--keep', '公司代號', data=array)
        self.assertEqual(first, self.records('-f', 'mops', '--keep', '公司代號', data=lines))
        self.assertEqual((first[0]['published_at'], first[0]['channel'], first[0]['keep']), ('2026-04-09T23:00:03.000Z', 'P', {'公司代號': '9870'}))
        self.assertEqual(first[1]['error']['code'], 'E_TIME')
        renamed = lines.replace('主旨 ', '主旨')
        self.assertEqual(first, self.records('-f', 'mops', '--keep', '公司代號', data=renamed))

    def test_mops_array_in_cp950(self):
        array = json.dumps([{'主旨': '許功蓋', '說明': '許'}, {'主旨': '中文'}], ensure_ascii=False)
        self.assertEqual(self.records('-f', 'mops', data=array), self.records('-f', 'mops', '-e', 'cp950', data=array.encode('cp950')))

    def dead(self, *args, data):
        path = self.path('given', data)
        done = run(*args, '-t', 'jsonl', '--dead-letter', self.path('dead'), path)
        self.assertEqual(done.returncode, 0)
        letters = [json.loads(line) for line in self.read('dead').splitlines()]
        self.assertTrue(all(letter['file'] == path for letter in letters))
        return len(done.stdout.splitlines()), [(letter['line'], letter['byte'], letter['code'], letter['offset']) for letter in letters]

    def test_mops_that_is_none_is_refused(self):
        for text in ('hello world\n', '"x"', 'null\n', '代號,名稱\n', 'a b c'):
            for code in ('utf-8', 'cp950', 'gb18030'):
                self.assertEqual(self.dead('-f', 'mops', '-e', code, data=text.encode(code)), (0, [(1, 0, 'E_FIELD', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data='\n\nhello')[1], [(3, 2, 'E_FIELD', 0)])
        for code in ('utf-8', 'cp950', 'gb18030'):
            self.assertEqual(self.dead('-f', 'mops', '-e', code, data='公司代號,主旨 ,說明\n'.encode(code)), (0, []))
        self.assertEqual(self.dead('-f', 'mops', data=''), (0, []))
        self.assertEqual(self.dead('-f', 'mops', data='[]\n\n'), (0, []))

    def test_mops_array_without_end_or_with_more_behind_is_refused(self):
        one = '[{"主旨":"a"}'
        size = len(one.encode())
        self.assertEqual(self.dead('-f', 'mops', data='['), (0, [(1, 1, 'E_JSON', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data=one + ',\n'), (1, [(2, size + 2, 'E_JSON', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data=one + '\n]\n\n[{"主旨":"b"}]'), (1, [(4, size + 4, 'E_JSON', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data=one + ']\n \n'), (1, []))

    def test_mops_commas_without_an_element_are_refused(self):
        one = '{"主旨":"a"}'
        size = len(one.encode())
        self.assertEqual(self.dead('-f', 'mops', data='[,,,]'), (0, [(1, 1, 'E_JSON', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data=f'[{one},\n, ,{one}]'), (2, [(2, size + 3, 'E_JSON', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data=f'[{one},{one},\n]'), (2, [(2, 2 * size + 4, 'E_JSON', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data=f'[{one},,]'), (1, [(1, size + 2, 'E_JSON', 0)]))

    def test_mops_elements_without_a_comma_are_refused(self):
        one = '{"主旨":"a"}'
        size = len(one.encode())
        self.assertEqual(self.dead('-f', 'mops', data=f'[{one} {one}]'), (1, [(1, size + 2, 'E_JSON', 0)]))
        self.assertEqual(self.dead('-f', 'mops', data=f'[{one}\n{one},{one}]\n'), (2, [(2, size + 2, 'E_JSON', 0)]))

    def test_dead_letters_know_their_line(self):
        rows = 'id,body\na,"x\ny"\nb\n\nc,"z\n\n"\nd\n'
        self.assertEqual([letter[0] for letter in self.dead('-f', 'csv', data=rows)[1]], [4, 9])
        array = '[\n{"主旨":"a"},\n5,\n\n{"主旨":"b",\n"說明":"c"}, {"x":\n1}]'
        self.assertEqual([letter[0] for letter in self.dead('-f', 'mops', data=array)[1]], [3, 6])
        self.assertEqual([letter[0] for letter in self.dead('-f', 'jsonl', '--max-record', '4096', data='{"body":"a"}\n' + 'x' * 9999 + '\n\n{\n')[1]], [2, 4])
        text = b'a\nb\n\n\xff\n\nc\n'
        self.assertEqual([letter[0] for letter in self.dead('-f', 'para', data=text)[1]], [4])
        self.assertEqual([letter[0] for letter in self.dead('-f', 'text', '-e', 'utf-16le', data='a\n\ud800b\n'.encode('utf-16le', 'surrogatepass'))[1]], [2])

    def test_mops_array_with_rubbish_stays_one_to_one(self):
        self.assertEqual(self.codes('-f', 'mops', data='[{"主旨":"a"}, 5, {"主旨":"b"}, [1]]'), [None, 'E_JSON', None, 'E_JSON'])

    def test_reviews(self):
        data = '{"rating":4,"text":"好吃","time":"2026-04-10"}\n{"rating":9,"text":"x"}\n{"rating":1}\n'
        records = self.records('-f', 'review', data=data)
        self.assertEqual((records[0]['source_type'], records[0]['published_at']), ('review', '2026-04-09T16:00:00.000Z'))
        self.assertEqual([r['error']['code'] for r in records[1:]], ['E_FIELD', 'E_FIELD'])


class Conllu(Case):
    def gold(self):
        return self.good('-f', 'text', data='台股今天大漲。外資買超五十億元。\n聯發科營收創新高。\n').decode()

    def test_words_and_tags_that_are_given_stay(self):
        gold = '# newdoc id = d\n# sent_id = s1\n# text = 金文晨曜大漲\n'
        gold += ''.join(f'{i}\t{form}\t_\tPROPN\tNNP\t_\t_\t_\t_\tSpaceAfter=No\n' for i, form in ((1, '金文晨曜'), (2, '大漲'))) + '\n'
        rows = [line.split('\t') for line in self.good('-f', 'conllu', data=gold).decode().split('\n') if line and line[0] != '#']
        self.assertEqual([(row[1], row[3], row[4]) for row in rows], [('金文晨曜', 'PROPN', 'NNP'), ('大漲', 'PROPN', 'NNP')])

    def test_output_read_again_is_the_same_output(self):
        gold = self.gold()
        again = self.good('-f', 'conllu', data=gold).decode()
        self.assertEqual([line for line in again.split('\n') if '# ' not in line[:2]], [line for line in gold.split('\n') if '# ' not in line[:2]])
        self.assertEqual(again.count('# newdoc id'), 2)
        self.assertEqual([line for line in again.split('\n') if line.startswith('# newdoc')], [line for line in gold.split('\n') if line.startswith('# newdoc')])

    def test_sentences_without_a_document_are_records(self):
        gold = '\n'.join(line for line in self.gold().split('\n') if not line.startswith(('# newdoc', '# newpar')))
        self.assertEqual(self.good('-f', 'conllu', data=gold).decode().count('# newdoc id'), 3)

    def test_layers_that_do_not_fit_are_rejected(self):
        good = '1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n'
        bad = self.records('-f', 'conllu', data=good + '2\tx\n\n')[0]['error']
        self.assertEqual((bad['code'], bad['offset']), ('E_LAYER', len(good)))


class Convert(Case):
    rows = (('𠮷野家', 'PROPN', 'NNP', 4, 'nmod', 'NER=S-COM'), ('9', 'NUM', 'CD', 3, 'nummod', 'NER=B-DAT'), ('月', 'NOUN', 'NNB', 4, 'nmod', 'NER=E-DAT'),
            ('營收', 'NOUN', 'NN', 5, 'nsubj', ''), ('<漲>', 'VERB', 'VV', 0, 'root', ''))

    def gold(self):
        out = '# newdoc id = x&y\n'
        for i, (form, upos, xpos, head, rel, misc) in enumerate(self.rows, 1):
            out += f'{i}\t{form}\t_\t{upos}\t{xpos}\t_\t{head}\t{rel}\t_\t' + '|'.join(['SpaceAfter=No'] + [misc] * bool(misc)) + '\n'
        return out + '\n'

    def test_nothing_is_computed_and_nothing_lost(self):
        out = self.good('-t', 'conllu', verb='convert', data=self.gold()).decode()
        rows = [line.split('\t') for line in out.split('\n') if line and line[0] != '#']
        self.assertEqual([(r[1], r[3], r[4], int(r[6]), r[7]) for r in rows], [row[:5] for row in self.rows])
        self.assertEqual([m for r in rows for m in r[9].split('|') if m.startswith('NER')], ['NER=S-COM', 'NER=B-DAT', 'NER=E-DAT'])
        toks = json.loads(self.good('-t', 'jsonl', '--echo', verb='convert', data=self.gold()))
        self.assertEqual(toks['toks']['head'], [4, 3, 4, 5, 0])
        self.assertEqual(toks['toks']['ner'], ['S-COM', 'B-DAT', 'E-DAT', 'O', 'O'])
        self.assertEqual([(m['at'], m['type'], m['text']) for m in toks['mentions']], [([0, 0, 3], 'COM', '𠮷野家'), ([0, 3, 5], 'DAT', '9月')])

    def test_brat_counts_in_the_joined_text(self):
        out = self.good('-t', 'brat', verb='convert', data=self.gold()).decode().split('\n')
        self.assertEqual(out[:4], ['# id = x&y', 'T1\tCOM 0 3\t𠮷野家', 'T2\tDAT 3 5\t9月', 'T3\tPROPN 0 3\t𠮷野家'])
        self.assertIn('R1\tnmod Arg1:T6 Arg2:T3', out)
        self.assertEqual(sum(line.startswith('R') for line in out), 4)

    def test_html_is_well_formed_and_fetches_nothing(self):
        import html.parser
        page = self.good('-t', 'html', verb='convert', data=self.gold()).decode()
        open_tags = []

        class Checker(html.parser.HTMLParser):
            def handle_starttag(self, tag, attrs):
                if tag != 'meta':
                    open_tags.append(tag)

            def handle_startendtag(self, tag, attrs):
                assert tag == 'path', tag

            def handle_endtag(self, tag):
                assert open_tags.pop() == tag, tag

        Checker().feed(page)
        self.assertEqual(open_tags, [])
        self.assertNotRegex(page, r'<script|src=|href=|@import|url\(')
        self.assertIn('<mark class="COM">𠮷野家<b>COM</b></mark>', page)
        self.assertIn('&lt;漲&gt;', page)
        self.assertEqual(page.count('<path d='), 5)

    def test_convert_needs_a_format_and_knows_no_option_of_the_analysis(self):
        self.assertEqual(run(verb='convert').returncode, 2)
        self.assertEqual(run('-t', 'html', '--user-dict', 'x', verb='convert').returncode, 2)


class Tables(Case):
    data = '{"id":"a, \\"b\\"","title":"台股\\n大漲","body":"聯發科。","published_at":"2026-01-01T00:00:00Z"}\n\n{bad\n{"id":"c","body":"\\ttab"}\n'

    def rows(self, *args, to='csv'):
        import csv
        import io
        out = self.good('-f', 'jsonl', '-t', to, *args, data=self.data).decode()
        return out, list(csv.DictReader(io.StringIO(out, newline=''), delimiter=',' if to == 'csv' else '\t'))

    def test_documents(self):
        out, rows = self.rows('--table', 'documents')
        self.assertEqual([row['id'] for row in rows], ['a, "b"', 'c'])
        self.assertEqual([(row['n_char'], row['published_at'], row['channel']) for row in rows],
                         [('9', '2026-01-01T00:00:00.000Z', 'N'), ('4', '', 'N')])
        self.assertRegex(rows[0]['market'], r'^-?[01]\.\d{4}$')
        self.assertEqual(rows[1]['market'], '')
        self.assertRegex(rows[0]['run'], '^[0-9a-f]{8}$')

    def test_tokens_and_sentences_agree_with_the_record(self):
        record = self.records('-f', 'jsonl', '--want', 'sent,pos', '--echo', data=self.data)[0]
        _, tokens = self.rows('--table', 'tokens', '--echo', '--want', 'sent,pos')
        first = [row for row in tokens if row['id'] == record['id']]
        self.assertEqual([row['text'] for row in first], record['toks']['text'])
        self.assertEqual([int(row['s']) for row in first], record['toks']['s'])
        self.assertEqual([row['upos'] for row in first], record['toks']['upos'])
        _, sentences = self.rows('--table', 'sentences')
        self.assertEqual([row['tok'] for row in sentences if row['id'] == record['id']], ['%d;%d' % tuple(s['tok']) for s in record['sents']])

    def test_names_and_values_agree_with_the_record(self):
        self.data = '{"id":"a","body":"聯發科(2454)9月營收488.6億元，年增12.3%。","published_at":"2026-10-11"}\n'
        record = self.records('-f', 'jsonl', data=self.data)[0]
        if 'values' not in record or 'entities' not in record:
            self.skipTest('the model has no names or values')
        _, values = self.rows('--table', 'doc_value')
        self.assertEqual([('v' + row['n'], row['kind'], row['value'] or None, [int(row[k]) for k in ('part', 's', 'e')]) for row in values],
                         [(v['v'], v['kind'], v['value'], v['at']) for v in record['values']])
        self.assertIn('48860000000', [row['value'] for row in values])
        _, mentions = self.rows('--table', 'mentions')
        self.assertEqual([(row['type'], row['eid'] or None) for row in mentions], [(m['type'], m['eid']) for m in record['mentions']])
        _, entities = self.rows('--table', 'doc_entity')
        self.assertEqual([(row['eid'], row['code']) for row in entities], [(e['eid'], e['ids'].get('code', '')) for e in record['entities']])
        misc = [line.split('\t')[9] for line in self.good('-f', 'jsonl', '-t', 'conllu', data=self.data).decode().split('\n') if line[:1].isdigit()]
        self.assertTrue(any('Value=12.3' in cell.split('|') for cell in misc))
        self.assertTrue(any('NER=' in cell and '|Eid=C' in cell for cell in misc))

    def test_a_tsv_cell_stays_on_its_line(self):
        out, rows = self.rows('--table', 'sentences', '--echo', to='tsv')
        self.assertEqual({line.count('\t') for line in out.splitlines()}, {12})

    def test_a_table_must_be_named_and_may_have_a_mark(self):
        self.assertEqual(run('-t', 'csv').returncode, 2)
        self.assertEqual(run('-t', 'jsonl', '--table', 'tokens').returncode, 2)
        out, _ = self.rows('--table', 'documents', '--bom')
        self.assertEqual(out[:3], '\ufeffid')


class Encodings(Case):
    def words(self, data, encoding, *more):
        out = self.good('-f', 'text', '-t', 'jsonl', '--want', 'token', '--echo', '-e', encoding, *more, data=data)
        return json.loads(out)['toks']['text'] if b'"toks"' in out else json.loads(out)

    def test_named_encodings_give_the_same_record(self):
        text = '許功蓋：中文股票，漲3%'
        expected = self.words(text.encode(), 'utf-8')
        for name, codec in (('BIG5', 'cp950'), ('cp950', 'cp950'), ('Big5-HKSCS', 'big5hkscs'), ('gb18030', 'gb18030'), ('UTF-16LE', 'utf-16-le'),
                            ('UTF-16BE', 'utf-16-be'), ('UTF-16', 'utf-16')):
            self.assertEqual(self.words(text.encode(codec), name), expected, name)

    def test_json_is_decoded_before_it_is_parsed(self):
        self.assertEqual(self.records('-f', 'jsonl', '-e', 'CP950', data='{"id":"許","body":"功蓋"}\n'.encode('cp950'))[0]['id'], '許')

    def test_utf16_lines_are_decoded_before_they_are_split(self):
        text = '\ufeff上漲\u0a0a\n\n𠮷野家\r\n尾'
        for codec in ('utf-16-le', 'utf-16-be'):
            records = self.records('-f', 'text', '-e', 'UTF-16', data=text.encode(codec))
            self.assertEqual([r['part_lens'] for r in records], [[0, 3], [0, 3], [0, 1]], codec)
        lone = '好'.encode('utf-16-le') + b'\x00\xd8' + '\n好'.encode('utf-16-le')
        self.assertEqual(self.codes('-f', 'text', '-e', 'UTF-16LE', data=lone), ['E_ENCODING', None])
        self.assertEqual(self.records('-f', 'text', '-e', 'UTF-16LE', '--repair', data=lone)[0]['part_lens'], [0, 2])

    def test_half_a_character_is_an_error_with_its_offset(self):
        data = '中文'.encode('cp950') + b'\xa4'
        bad = self.records('-f', 'text', '-e', 'CP950', data=data)[0]['error']
        self.assertEqual((bad['code'], bad['offset']), ('E_ENCODING', 4))
        repaired = self.records('-f', 'text', '-e', 'CP950', '--repair', data=data)[0]
        self.assertEqual((repaired['part_lens'], repaired['flags']), ([0, 3], ['repaired']))


class Times(Case):
    def test_forms_of_time(self):
        cases = [('2026-10-10T22:31:00Z', '2026-10-10T22:31:00.000Z'), ('2026-10-10T22:31:04.120Z', '2026-10-10T22:31:04.120Z'),
                 ('2026-04-10 18:00', '2026-04-10T10:00:00.000Z'), ('115/06/25', '2026-06-24T16:00:00.000Z'),
                 ('1150410', '2026-04-09T16:00:00.000Z'), ('20260410', '2026-04-09T16:00:00.000Z'), ('990105', '2010-01-04T16:00:00.000Z'),
                 ('1130229', '2024-02-28T16:00:00.000Z'), ('2026-04-10T18:00:00.1234567+09:00', '2026-04-10T09:00:00.123Z'),
                 ('Wed Aug 25 16:04:20 2021', '2021-08-25T08:04:20.000Z'), ('1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'),
                 ('1000229', None), ('2026-13-01', None), ('2026-04-10 24:00', None), ('2200-01-01', None), ('soon', None), ('2026-04-10x', None)]
        data = ''.join(json.dumps({'body': 'x', 'published_at': form}) + '\n' for form, _ in cases)
        got = [r.get('published_at') for r in self.records('-f', 'jsonl', data=data)]
        self.assertEqual(got, [expected for _, expected in cases])

    def test_feed_times_are_padded_on_the_left(self):
        cases = [('170412', '09:04:12.000Z'), ('1530', '16:15:30.000Z'), ('0', '16:00:00.000Z'), ('246000', None)]
        data = ''.join(json.dumps({'主旨': 'x', '發言日期': '1150410', '發言時間': time}) + '\n' for time, _ in cases)
        got = [r['published_at'][11:] if 'error' not in r else None for r in self.records('-f', 'mops', data=data)]
        self.assertEqual(got, [expected for _, expected in cases])

    def test_available_is_the_later_clock(self):
        data = '{"body":"x","published_at":"2026-01-01T00:00:00Z","received_at":"2026-01-02T00:00:00Z"}\n{"body":"x"}\n'
        one, two = self.records('-f', 'jsonl', data=data)
        self.assertEqual((one['available_at'], two['available_at']), ('2026-01-02T00:00:00.000Z', None))
        one, two = self.records('-f', 'jsonl', '--clock', 'published', '--delay', '90', data=data)
        self.assertEqual((one['available_at'], two['available_at']), ('2026-01-01T00:01:30.000Z', None))


FEED = {'發言日期': '1150625', '發言時間': '70003', '公司代號': '2330', '公司名稱': '台積電', '主旨 ': '公告董事會決議', '符合條款': '第31款',
        '事實發生日': '1150624', '說明': '1.事實發生日:115/06/24\n2.公司名稱:台積電\n3.會計師姓名:\n不適&#12132;'}


def changed(**cells):
    """The announcement with other cells; None takes one away."""
    return {key: cells.get(key.strip(), value) for key, value in FEED.items() if cells.get(key.strip(), value) is not None}


def as_csv(rows, end='\r\n'):
    quoted = [','.join('"%s"' % row.get(key, '').replace('"', '""') for key in FEED) for row in rows]
    return end.join([','.join(FEED)] + quoted) + end


class Hostile(Case):
    def test_marks_line_ends_and_tables_change_no_announcement(self):
        plain = self.records('-f', 'mops', '--want', 'form', '--echo', data=json.dumps([FEED], ensure_ascii=False))
        self.assertEqual(plain[0]['form']['fields'][2].get('answer'), 'none')
        for data in ('\ufeff' + json.dumps([FEED], ensure_ascii=False), json.dumps([FEED], ensure_ascii=False, indent=1).replace('\n', '\r\n'),
                     json.dumps([FEED]), as_csv([FEED]), '\ufeff' + as_csv([FEED]), as_csv([FEED], '\n')):
            self.assertEqual(self.records('-f', 'mops', '--want', 'form', '--echo', data=data), plain)

    def test_bad_cells_of_announcements_are_named_and_the_rest_goes_on(self):
        rows = [(FEED, None), (changed(說明=None), None), (changed(主旨=None), None), (changed(發言時間='9:05:03'), None),
                (changed(發言時間='  70003 '), None), (changed(發言時間=None), None), (changed(主旨=None, 說明=None), '主旨'),
                (changed(發言日期='1151332'), '發言日期'), (changed(發言日期='999/99/99'), '發言日期'), (changed(發言時間='250000'), '發言日期'),
                (changed(公司代號=2330), '公司代號'), (changed(說明=['x']), '說明'), ({}, '主旨'), (FEED, None)]
        got = self.records('-f', 'mops', data=json.dumps([row for row, _ in rows], ensure_ascii=False))
        self.assertEqual([record['error']['field'] if 'error' in record else None for record in got], [field for _, field in rows])

    def test_broken_rows_of_a_table_are_named_and_the_rest_goes_on(self):
        good = as_csv([FEED]).split('\r\n', 1)[1]
        table = as_csv([FEED]) + '1150625,1150625\r\n' + good + '1150625,"open quote\n' + 'never closed\r\n'
        self.assertEqual(self.codes('-f', 'mops', data=table), [None, 'E_COLUMNS', None, 'E_COLUMNS'])
        bad = as_csv([FEED, FEED]).encode().replace('決議'.encode(), b'\xff\xfe', 1)
        self.assertEqual(self.codes('-f', 'mops', data=bad), ['E_ENCODING', None])

    def test_wrong_types_are_named_with_file_byte_and_reason(self):
        lines = ['{"id":1,"body":"x"}', '{"body":5}', '{"title":["a"],"body":"x"}', '{"body":"x","published_at":20261010}',
                 '{"body":"x","replies":[{"text":5}]}', '{"body":"a","body":"b"}', '[1]', '{"body":"a"} {"body":"b"}', '{"body":"\\ud800"}',
                 '{"body":"a\\u0000b"}', '{"body":"x"}']
        path = self.path('in.jsonl', '\n'.join(lines))
        out = self.good('-f', 'jsonl', '-t', 'jsonl', '--dead-letter', self.path('dead'), path)
        dead = [json.loads(line) for line in self.read('dead').splitlines()]
        self.assertEqual((len(out.splitlines()), len(dead)), (1, 10))
        self.assertEqual([(d['file'], d['byte']) for d in dead], [(path, sum(len(x) + 1 for x in lines[:i])) for i in range(10)])
        self.assertEqual([d['message'].split(' ')[0] for d in dead[:5]], ['id', 'body', 'title', 'published_at', 'replies.text'])

    def test_threads_keep_what_their_author_wrote(self):
        thread = ('作者  user1 (暱稱)\n看板  Stock\n標題  [標的] 2330 台積電 多\n時間  Mon Nov 16 09:12:33 2026\n\n看好\n> 引文\n: 引文\n'
                  '※ 引述《abc (x)》之銘言：\n: 他說的\n我覺得會漲\n--\nSent from my phone\n--\n※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 1.2.3.4\n'
                  '推 aaa: 推台積電      11/16 09:13\n→ bbb: 會跌到1000元 1.2.3.4 11/16 09:14\n※ 編輯: user1 (1.2.3.4), 11/16/2026 09:20:00\n'
                  '噓 ccc:\n作者  user2\n標題  沒有時間\n時間  不是時間\n\n本文\n')
        first, second = self.records('-f', 'ptt', '--want', 'sent', '--echo', data=thread)
        self.assertEqual([s['text'] for s in first['sents']], ['[標的] 2330 台積電 多', '看好', '我覺得會漲', '推台積電', '會跌到1000元'])
        self.assertEqual((second['error']['code'], second['error']['field']), ('E_TIME', 'published_at'))


if __name__ == '__main__':
    unittest.main()
