# SPDX-License-Identifier: Apache-2.0
"""One record in, one record out: order, purity, bad records, spans."""
import base64
import json
import os
import random
import unittest

from command import NEWS, Case, lines_of, news_records, run

ALL_CODES = {'E_JSON', 'E_DUPKEY', 'E_ENCODING', 'E_SURROGATE', 'E_NUL', 'E_FIELD', 'E_TIME', 'E_EMPTY', 'E_SIZE', 'E_COLUMNS', 'E_LAYER',
             'E_MEMORY'}


class Purity(Case):
    def test_any_number_of_threads_gives_the_same_bytes(self):
        records = lines_of(news_records(1200)).split(b'\n')
        records[10:10] = [b'', b'{"broken', b'']
        data = b'\n'.join(records)
        expected = run('-f', 'jsonl', '--want', 'sent,pos', data=data)
        for jobs in ('2', '7', '0'):
            done = run('-f', 'jsonl', '--want', 'sent,pos', '-j', jobs, data=data)
            self.assertEqual((done.returncode, done.stdout), (expected.returncode, expected.stdout), jobs)

    def test_input_cut_anywhere_between_records_gives_the_same_bytes(self):
        lines = lines_of(news_records(60)).splitlines(keepends=True)
        whole = self.good('-f', 'jsonl', data=b''.join(lines))
        for cut in (1, 17, 59):
            parts = self.good('-f', 'jsonl', data=b''.join(lines[:cut])) + self.good('-f', 'jsonl', data=b''.join(lines[cut:]))
            self.assertEqual(parts, whole)

    def test_two_files_are_one_stream_and_a_record_never_spans_them(self):
        first, second = self.path('a.jsonl', b'{"id":"a","body":"x"}'), self.path('b.jsonl', b'{"id":"b","body":"y"}\n')
        self.assertEqual([r['id'] for r in self.records(first, second)], ['a', 'b'])

    def test_shards_together_hold_each_record_once(self):
        data = lines_of(news_records(100))
        whole = self.good('-f', 'jsonl', data=data).splitlines()
        for by in ('id', 'ordinal'):
            shards = [self.good('-f', 'jsonl', '--shard', f'{k}/3', '--shard-by', by, data=data).splitlines() for k in (1, 2, 3)]
            self.assertTrue(all(shards), by)
            self.assertEqual(sorted(sum(shards, [])), sorted(whole))

    def test_locale_changes_nothing(self):
        data = lines_of(news_records(20))
        outs = {self.good('-f', 'jsonl', '--want', 'all', data=data, env=dict(os.environ, LC_ALL=name))
                for name in ('C', 'tr_TR.UTF-8', 'zh_TW.Big5', 'de_DE.UTF-8')}
        self.assertEqual(len(outs), 1)

    def test_small_and_large_records_keep_their_order(self):
        records = [{'id': str(i), 'body': '股' if i % 2 else NEWS[0] * (1 << 20 >> 7 if i % 8 == 0 else 100)} for i in range(24)]
        self.assertEqual([r['id'] for r in self.records('-f', 'jsonl', '--want', 'token', '-j', '8', data=lines_of(records))],
                         [str(i) for i in range(24)])

    def test_keyed_lines_keep_their_keys(self):
        out = self.good('-f', 'jsonl', '--keyed', data='k1\t{"id":"a","body":"漲"}\n\nk2\t{bad\nno tab\n').decode().split('\n')
        self.assertEqual([line.split('\t')[0] for line in out], ['k1', '', 'k2', '', ''])
        self.assertEqual(json.loads(out[0].split('\t')[1])['id'], 'a')
        self.assertEqual(json.loads(out[2].split('\t')[1])['error']['code'], 'E_JSON')
        self.assertEqual(json.loads(out[3].split('\t')[1])['error']['code'], 'E_COLUMNS')


class Lines(Case):
    def test_three_blank_lines_in_three_out(self):
        out = self.good('-f', 'jsonl', data=b'\n{"body":"x"}\n\n\n').split(b'\n')
        self.assertEqual([bool(line) for line in out], [False, True, False, False, False])

    def test_carriage_returns_mark_and_missing_last_break_do_not_matter(self):
        plain = '{"id":"a","body":"台股"}\n{"id":"b","body":"大漲"}\n'
        expected = self.good('-f', 'jsonl', data=plain)
        self.assertEqual(self.good('-f', 'jsonl', data='\ufeff' + plain.replace('\n', '\r\n')[:-2]), expected)
        text = self.good('-f', 'text', data='台股\n大漲\n')
        self.assertEqual(self.good('-f', 'text', data='\ufeff台股\r\n大漲'), text)

    def test_para_joins_lines_whatever_their_breaks(self):
        expected = self.good('-f', 'para', data='標題\n第一行。\n第二行。\n\n另一篇。\n')
        self.assertEqual(self.good('-f', 'para', data='標題\r\n第一行。\r\n第二行。\r\n\r\n另一篇。'), expected)


class BadRecords(Case):
    def test_corrupted_lines_stay_one_to_one(self):
        rng = random.Random(7)
        lines = lines_of(news_records(50)).splitlines()
        data = bytearray()
        for i in range(1000):
            line = bytearray(lines[i % 50])
            for _ in range(rng.randrange(4)):
                at = rng.randrange(len(line) - 1)
                kind = rng.randrange(3)
                byte = rng.choice([b for b in range(256) if b not in (10, 13)])
                if kind == 0:
                    line[at] = byte
                elif kind == 1:
                    del line[at:at + rng.randrange(1, 9)]
                else:
                    line.insert(at, byte)
            data += line + b'\n'
        out = self.good('-f', 'jsonl', '--want', 'token', '-j', '2', data=bytes(data)).decode().split('\n')
        self.assertEqual(len(out), 1001)
        codes = {json.loads(line).get('error', {}).get('code') for line in out[:-1]}
        self.assertLessEqual(codes, ALL_CODES | {None})
        self.assertGreater(len(codes), 2)

    def test_json_faults_have_their_codes(self):
        cases = [('{"body":"a\\u0000b"}', 'E_NUL'), ('{"body":"\\ud800"}', 'E_SURROGATE'), ('{"body":"\\udc00x"}', 'E_SURROGATE'),
                 ('{"body":"x","body":"y"}', 'E_DUPKEY'), ('{"body":' + '[' * 10000 + ']' * 10000 + '}', 'E_JSON'), ('[]', 'E_JSON'),
                 ('{"body":"x"} x', 'E_JSON'), ('{"body":"\\uZZZZ"}', 'E_JSON'), ('{"body":1}', 'E_FIELD'), ('{"id":"a"}', 'E_FIELD'),
                 ('{"id":"","body":"x"}', 'E_FIELD'), ('{"id":"' + 'x' * 257 + '","body":"x"}', 'E_FIELD'), ('{"title":"","body":""}', 'E_EMPTY'),
                 ('{"body":"x","published_at":"2026-02-30"}', 'E_TIME'), ('{"body":"x","published_at":"1899-12-31"}', 'E_TIME'),
                 ('{"body":"x","region":"US"}', 'E_FIELD'), ('{"body":"x","replies":[{}]}', 'E_FIELD'),
                 ('{"body":"x","big":123456789012345678901234567890}', None), ('{"body":"' + '漲' * 3500000 + '"}', 'E_SIZE')]
        data = '\n'.join(text for text, _ in cases) + '\n'
        self.assertEqual(self.codes('-f', 'jsonl', '--want', 'token', data=data), [code for _, code in cases])

    def test_an_error_record_names_code_field_offset_and_id(self):
        bad = self.records('-f', 'jsonl', data='{"id":"x7","body":"x","published_at":"soon"}\n{"id" 1}\n')
        self.assertEqual(list(bad[0]), ['schema', 'run', 'id', 'error'])
        self.assertEqual((bad[0]['id'], bad[0]['error']['field'], bad[0]['error']['offset']), ('x7', 'published_at', None))
        self.assertEqual((bad[1]['id'], bad[1]['error']['code']), (None, 'E_JSON'))
        self.assertEqual(bad[1]['error']['offset'], 7)

    def test_conllu_errors_are_comments(self):
        out = self.good('-f', 'text', data=b'ok\n\xff\xfe\n').decode()
        self.assertIn('# newdoc\n# jinwen_error = E_ENCODING 0\n\n', out)

    def test_invalid_bytes_are_refused_or_repaired_and_flagged(self):
        for bad in (b'\xc0\x80', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'\xe4\xb8'):
            line = b'{"id":"a","body":"x' + bad + b'y"}\n'
            self.assertEqual(self.codes('-f', 'jsonl', data=line), ['E_ENCODING'])
            self.assertEqual(self.records('-f', 'jsonl', '--repair', data=line)[0]['flags'], ['repaired'])
        self.assertEqual(self.records('-f', 'jsonl', '--repair', data='{"body":"x"}\n')[0]['flags'], [])

    def test_good_records_and_dead_letters_are_the_input(self):
        lines = [b'{"id":"%d","body":"x"}' % i if i % 3 else b'{"bad\xff %d' % i for i in range(30)]
        out = self.good('-f', 'jsonl', '--dead-letter', self.path('dead'), data=b'\n'.join(lines) + b'\n')
        dead = [json.loads(line) for line in self.read('dead').splitlines()]
        self.assertEqual(len(out.splitlines()), 20)
        self.assertEqual([base64.b64decode(d['raw']) for d in dead], [line for i, line in enumerate(lines) if i % 3 == 0])
        self.assertEqual([d['ordinal'] for d in dead], list(range(1, 31, 3)))
        self.assertEqual([d['byte'] for d in dead], [sum(len(x) + 1 for x in lines[:i]) for i in range(0, 30, 3)])
        self.assertEqual([d['line'] for d in dead], list(range(1, 31, 3)))
        self.assertEqual(list(dead[0]), ['ordinal', 'file', 'byte', 'line', 'code', 'offset', 'message', 'raw'])

    def test_reject_ratio(self):
        data = b'{"body":"x"}\n' * 98 + b'{\n' * 2
        self.assertEqual(run('-f', 'jsonl', '--max-reject', '0.01', data=data).returncode, 4)
        self.assertEqual(run('-f', 'jsonl', '--max-reject', '0.05', data=data).returncode, 0)
        self.assertEqual(run('-f', 'jsonl', data=data).returncode, 0)

    def test_strict_stops_at_the_first(self):
        done = run('-f', 'jsonl', '--strict', data=b'{"body":"x"}\n{\n{"body":"y"}\n')
        self.assertEqual((done.returncode, len(done.stdout.splitlines())), (4, 2))
        self.assertIn('E_JSON in the record at byte 13', done.stderr.decode())


class Limits(Case):
    def test_a_line_over_the_limit_is_skipped_and_the_next_is_right(self):
        data = b'{"id":"a","body":"x"}\n{"body":"' + b'x' * (17 << 20) + b'"}\n{"id":"c","body":"x"}\n'
        records = self.records('-f', 'jsonl', data=data)
        self.assertEqual([r['id'] for r in records], ['a', None, 'c'])
        self.assertEqual(records[1]['error']['code'], 'E_SIZE')

    def test_limits_can_be_set(self):
        self.assertEqual(self.codes('-f', 'text', '--max-chars', '3', data='台積電\n台積電漲\n'), [None, 'E_SIZE'])
        self.assertEqual(self.codes('-f', 'text', '--max-record', '9', data='台積電\r\n台積電漲\n股\n'), [None, 'E_SIZE', None])

    def test_a_sentence_of_600_words_is_split_and_flagged(self):
        long = '，'.join(['營收成長'] * 300)
        record = self.records('-f', 'text', data=long)[0]
        self.assertIn('long_sentence', record['flags'])
        self.assertGreater(record['n_tok'], 600)
        self.assertEqual(self.records('-f', 'text', data='營收成長。')[0]['flags'], [])


class Spans(Case):
    units = {'cp': lambda text: list(text), 'byte': lambda text: list(text.encode()),
             'utf16': lambda text: [text.encode('utf-16-le')[i:i + 2] for i in range(0, len(text.encode('utf-16-le')), 2)]}

    def check(self, record, parts, unit):
        split = self.units[unit]
        toks = record['toks']
        self.assertEqual(record['offsets'], unit)
        self.assertEqual(record['part_lens'], [len(split(part)) for part in parts])
        before = (0, 0)
        for part, s, e, text in zip(toks['part'], toks['s'], toks['e'], toks['text']):
            self.assertLess(s, e)
            self.assertLessEqual((part, s), (part, record['part_lens'][part]))
            self.assertGreaterEqual((part, s), before)
            self.assertEqual(split(parts[part])[s:e], split(text))
            gap = split(parts[part])[before[1] if before[0] == part else 0:s]
            self.assertFalse(''.join(map(str, gap)).strip() and any(c not in (' ', '\n', '　', '\t') for c in gap) and unit == 'cp', gap)
            before = (part, e)

    def test_spans_name_the_same_text_in_three_units(self):
        parts = ['𠮷野家 營收＋3%', 'A🚀股\t大漲。\n 第２行', '推 𠮷']
        line = lines_of([{'id': 'x', 'title': parts[0], 'body': parts[1], 'replies': [{'text': parts[2]}]}])
        texts = []
        for unit in self.units:
            record = self.records('-f', 'jsonl', '--want', 'sent,pos', '--echo', '--offsets', unit, data=line)[0]
            self.check(record, parts, unit)
            texts.append(record['toks']['text'])
        self.assertEqual(texts[0], texts[1])
        self.assertEqual(texts[0], texts[2])

    def test_sentences_hold_the_tokens(self):
        for record in self.records('-f', 'jsonl', '--want', 'sent,token', data=lines_of(news_records(20))):
            toks = record['toks']
            self.assertEqual(record['n_tok'], len(toks['s']))
            self.assertEqual(record['n_sent'], len(record['sents']))
            self.assertEqual([s['tok'][0] for s in record['sents']], [1] + [s['tok'][1] + 1 for s in record['sents'][:-1]])
            for sentence in record['sents']:
                first, last = sentence['tok'][0] - 1, sentence['tok'][1] - 1
                self.assertEqual({sentence['part']}, set(toks['part'][first:last + 1]))
                self.assertLessEqual(sentence['s'], toks['s'][first])
                self.assertGreaterEqual(sentence['e'], toks['e'][last])

    def test_conllu_rebuilds_the_text(self):
        text = '聯發科9月營收年增12.3% 下修第四季展望。他說：「好 的」！'
        out = self.good('-f', 'text', data=text).decode()
        rebuilt = ''
        for line in out.split('\n'):
            if not line or line[0] == '#':
                continue
            cells = line.split('\t')
            self.assertEqual(len(cells), 10)
            misc = dict(item.split('=') for item in cells[9].split('|'))
            self.assertEqual(text[int(misc['Start']):int(misc['End'])], cells[1])
            self.assertEqual(misc['Part'], '1')
            rebuilt += cells[1] + ('' if 'SpaceAfter' in misc else ' ')
        self.assertEqual(rebuilt.strip(), text)


class Output(Case):
    def test_keys_come_in_the_order_of_the_contract(self):
        record = self.records('-f', 'jsonl', '--want', 'sent,pos', '--keep', 'url,n', data='{"id":"a","body":"台股大漲","url":"u","n":1.10}\n')[0]
        self.assertEqual([key for key in record if key != 'mentions'],
                         ['schema', 'run', 'id', 'offsets', 'part_lens', 'lang', 'region', 'published_at', 'received_at', 'available_at', 'tz',
                          'session', 'trade_date_open', 'trade_date_close', 'source', 'source_type', 'channel', 'flags', 'n_sent', 'n_tok', 'novelty', 'sents', 'toks', 'keep'])
        self.assertEqual(list(record['toks']), ['part', 's', 'e', 'upos', 'xpos'])

    def test_kept_values_are_copied_byte_for_byte(self):
        out = self.good('-f', 'jsonl', '--keep', 'n,o,missing', data='{"n": 1.10 ,"o":{"a":[1,"}"]},"body":"x"}\n')
        self.assertIn(b'"keep":{"n":1.10,"o":{"a":[1,"}"]},"missing":null}', out)

    def test_fields_choose_the_keys(self):
        out = self.good('-f', 'jsonl', '--want', 'all', '--fields', 'id,n_tok,toks.upos', data='{"id":"a","body":"漲"}\n')
        self.assertEqual(list(json.loads(out)), ['id', 'n_tok', 'toks'])
        self.assertEqual(list(json.loads(out)['toks']), ['upos'])

    def test_a_record_without_id_is_named_by_its_text(self):
        one, two, other = self.records('-f', 'jsonl', data='{"body":"x"}\n{"body":"x"}\n{"body":"y"}\n')
        self.assertRegex(one['id'], '^h[0-9a-f]{16}$')
        self.assertEqual(one['id'], two['id'])
        self.assertNotEqual(one['id'], other['id'])

    def test_map_renames_fields(self):
        record = self.records('-f', 'jsonl', '--map', 'title=headline,body=text', data='{"headline":"一二","text":"三","body":5}\n')[0]
        self.assertEqual(record['part_lens'], [2, 1])

    def test_the_output_is_complete_or_not_there(self):
        self.good('-f', 'text', '-o', self.path('out'), data='台股')
        self.assertTrue(os.path.exists(self.path('out')))
        self.assertFalse(os.path.exists(self.path('out.partial')))
        self.assertEqual(run('-f', 'jsonl', '--strict', '-o', self.path('bad'), data='{').returncode, 4)
        self.assertFalse(os.path.exists(self.path('bad')))
        self.assertTrue(os.path.exists(self.path('bad.partial')))

    def test_user_dictionary_changes_run_and_words_and_only_while_it_is_there(self):
        line = '{"id":"a","body":"金文晨曜大漲"}\n'
        before = self.records('-f', 'jsonl', '--want', 'token', '--echo', data=line)[0]
        dictionary = self.path('d.tsv', 'form\tlevel\n金文晨曜大漲\tforce\n')
        inside = self.records('-f', 'jsonl', '--want', 'token', '--echo', '--user-dict', dictionary, data=line)[0]
        self.assertNotEqual(inside['run'], before['run'])
        self.assertEqual(inside['toks']['text'], ['金文晨曜大漲'])
        self.assertNotEqual(before['toks']['text'], ['金文晨曜大漲'])
        self.assertEqual(self.records('-f', 'jsonl', '--want', 'token', '--echo', data=line)[0], before)

    def test_user_dictionary_keeps_names_of_persons_in_one_piece(self):
        dictionary = self.path('d.tsv', 'form\tlevel\n葉國華\tforce\n達里歐\tforce\n')
        for text, name in (('【葉國華專欄】', '葉國華'), ('橋水達里歐：', '達里歐'), ('今天葉國華在家吃達里歐的飯', '達里歐')):
            words = self.records('--want', 'token', '--echo', '--user-dict', dictionary, data=text)[0]['toks']['text']
            self.assertIn(name, words, text)

    def test_version_prints_the_hashes_behind_run(self):
        parts = json.loads(self.good('--json', '-f', 'jsonl', '--want', 'token', verb='version'))
        self.assertEqual(parts['run'], self.records('-f', 'jsonl', '--want', 'token', data='{"body":"x"}\n')[0]['run'])


if __name__ == '__main__':
    unittest.main()
