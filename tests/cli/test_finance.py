# SPDX-License-Identifier: Apache-2.0
"""The verbs that read scores: explain and summary; and what the finance layers add to records and tables."""
import csv
import json
import os
import re
import subprocess
import unittest

from command import NEWS, PROGRAM, SAMPLES, Case, lines_of, run

RECORDS = [{'id': 'a', 'title': NEWS[0][:12], 'body': NEWS[0] + NEWS[1]}, {'id': 'b', 'body': NEWS[2] + NEWS[3]}]


class Explain(Case):
    def test_one_record_is_explained(self):
        out = self.good('-f', 'jsonl', 'b', data=lines_of(RECORDS), verb='explain').decode()
        self.assertTrue(out.startswith('文件 b\n'))
        self.assertEqual(out.count('文件 '), 1)
        self.assertIn(' 相關度 ', out)

    def test_json_holds_the_numbers(self):
        found = json.loads(self.good('-f', 'jsonl', '--as', 'json', 'a', data=lines_of(RECORDS), verb='explain'))
        self.assertEqual(found['id'], 'a')
        self.assertEqual({'eid', 'name', 'relevance', 'anchor', 'market', 'divisor', 'credit_raw', 'evidence'} - set(found['entities'][0]), set())

    def test_a_record_that_is_not_there(self):
        done = run('-f', 'jsonl', 'c', data=lines_of(RECORDS), verb='explain')
        self.assertEqual((done.returncode, done.stdout), (3, b''))
        self.assertIn(b"no record 'c'", done.stderr)

    def test_an_id_is_needed(self):
        self.assertEqual(run(verb='explain').returncode, 2)
        self.assertEqual(run('--as', 'html', 'a', verb='explain').returncode, 2)


class Parent(Case):
    RECORD = {'id': 'a', 'title': '台開子公司退票', 'body': '台開的子公司因存款不足遭退票。'}

    def test_a_subsidiary_bears_its_own_debt(self):
        record = self.records('-f', 'jsonl', '--echo', data=lines_of([self.RECORD]))[0]
        event = next(e for e in record['events'] if e['type'] == 'CRD.BOUNCE')
        roles = {arg['role']: (arg['eid'], arg['text']) for arg in event['args'] if arg['role'] in ('subject', 'parent')}
        parent = record['entities'][0]
        self.assertEqual(roles, {'subject': (None, '台開子公司'), 'parent': (parent['eid'], '台開')})
        self.assertEqual(event['indicator'], 'H1')
        whole = self.records('-f', 'jsonl', data=lines_of([{'id': 'a', 'title': '台開退票', 'body': '台開因存款不足遭退票。'}]))[0]
        self.assertEqual((parent['credit']['raw'], whole['entities'][0]['credit']['raw']), (-1.5, -3.0))

    def test_the_share_is_told(self):
        out = self.good('-f', 'jsonl', 'a', data=lines_of([self.RECORD]), verb='explain').decode()
        self.assertIn('子公司之事，母公司所占 0.5000', out)
        self.assertIn('子公司的信用指標（母公司計半） H1', out)

    def test_the_issuer_shares_what_its_subsidiary_is_fined(self):
        announcement = {'id': 'a', 'source_type': 'announcement', 'issuer': '5880', 'title': '代子公司合作金庫商業銀行公告遭受金融監督管理委員會罰鍰新臺幣600萬元',
                        'body': '1.事實發生日:115/05/05\n2.發生緣由:遭受罰鍰。'}
        record = self.records('-f', 'jsonl', data=lines_of([announcement]))[0]
        credit = {entity['name']: entity['credit']['raw'] for entity in record['entities'] if entity['credit']}
        self.assertEqual(sorted(credit.values()), [-1.0, -0.5])


class Headlines(Case):
    def test_a_row_behind_the_words_of_a_headline(self):
        record = self.records('-f', 'jsonl', '--echo', data=lines_of([{'id': 'a', 'title': '特斯拉供應鏈3月營收優 華通、欣興同創歷年同期新高'}]))[0]
        events = [(e['type'], [arg['text'] for arg in e['args'] if arg['role'] == 'company']) for e in record['events']]
        self.assertEqual(events, [('EARN.REVENUE', ['華通']), ('EARN.REVENUE', ['欣興'])])


class Indicators(Case):
    """In the body of an article an indicator is about a firm that its own sentence names, and about what has happened."""
    LEAD = '聯發科今日公布財報。'

    def indicators(self, body):
        record = self.records('-f', 'jsonl', data=lines_of([{'id': 'a', 'title': '聯發科公布財報', 'body': self.LEAD + body}]))[0]
        return [event['indicator'] for event in record['events'] if event.get('indicator')]

    def test_a_firm_that_is_named(self):
        self.assertEqual(self.indicators('台開因存款不足遭退票。'), ['H1'])
        self.assertEqual(self.indicators('中鋼高雄廠爆炸。'), ['O4'])

    def test_nobody_that_is_named(self):
        self.assertEqual(self.indicators('市區傳出爆炸聲響。'), [])

    def test_another_subject(self):
        self.assertEqual(self.indicators('中信金指出，烏克蘭恐將違約。'), [])
        self.assertEqual(self.indicators('王大明透過臉書表示，住家附近傳出爆炸。'), [])

    def test_a_firm_far_from_the_words(self):
        self.assertEqual(self.indicators('中鋼今天趕工，員工加班，廠區隨後爆炸。'), ['O4'])
        self.assertEqual(self.indicators('網友在微博發文，引發議論，烏克蘭居民不滿，首都多處傳出爆炸。'), [])

    def test_what_befell_the_firm_behind(self):
        record = self.records('-f', 'jsonl', data=lines_of([{'id': 'a', 'title': '並購', 'body': '中鋼向倒閉的台開收購廠房。'}]))[0]
        event = next(event for event in record['events'] if event['type'] == 'CRD.INSOLV')
        self.assertEqual([arg['eid'] for arg in event['args'] if arg['role'] == 'company'],
                         [entity['eid'] for entity in record['entities'] if entity['name'] == '台開'])

    def test_a_share_that_is_held(self):
        record = self.records('-f', 'jsonl', data=lines_of([{'id': 'a', 'title': '財報', 'body': '緯創受持股中立訊股票評價損失衝擊。'}]))[0]
        event = next(event for event in record['events'] if event['type'] == 'EARN.IMPAIR')
        self.assertEqual([arg['eid'] for arg in event['args'] if arg['role'] == 'company'],
                         [entity['eid'] for entity in record['entities'] if entity['name'] == '緯創'])

    def test_what_may_happen(self):
        self.assertEqual(self.indicators('若需求不振，台開可能破產。'), [])


class Esg(Case):
    def test_a_long_lead_is_not_surer_than_its_words(self):
        sentence = '公司獲利成長，營收創新高，訂單滿載，前景樂觀。'
        short, long = (record['esg'] for record in self.records('-f', 'jsonl', '--want', 'esg', data=lines_of(
            [{'id': 'a', 'title': sentence}, {'id': 'b', 'title': sentence, 'body': 4 * sentence[:-1] + '。' + 4 * sentence}])))
        self.assertGreater(len(long['evidence']), 3 * len(short['evidence']))
        self.assertLess(abs(long['logit'] - long['prior']), 3 * abs(short['logit'] - short['prior']))
        self.assertGreater(long['p_risk'], 0)

    def test_the_page_sums_the_words_of_each_sentence(self):
        page = self.good('-f', 'jsonl', '-t', 'html', '--want', 'all', data=lines_of([RECORDS[1]])).decode()
        table = page[page.index('<table class="esg">'):]
        rows = re.findall(r'<tr( class="sum")?><td>([^<]*)</td><td>([^<]*)</td><td class="[a-z]*">([-+0-9.]+)</td></tr>', table)
        logit = {kind: [round(float(row[3]) * 10000) for row in rows if test(row)] for kind, test in (
            ('prior', lambda row: row[1] == '基準'), ('part', lambda row: row[2] == '小計'), ('total', lambda row: row[1] == '合計'),
            ('word', lambda row: row[2] in ('詞', '評價', '事件')))}
        self.assertEqual(logit['prior'][0] + sum(logit['part']), logit['total'][0])
        self.assertEqual(sum(logit['word']), sum(logit['part']))

    def test_no_reading_no_table(self):
        self.assertNotIn(b'<table class="esg">', self.good('-f', 'jsonl', '-t', 'html', '--want', 'doc', data=lines_of([RECORDS[1]])))


class ExplainStored(Case):
    def stored(self, *args):
        return self.good('-f', 'jsonl', '--echo', *args, data=lines_of(RECORDS))

    def test_a_stored_record_is_explained_from_its_own_evidence(self):
        record = json.loads(self.stored().splitlines()[1])
        out = self.good('-f', 'jsonl', 'b', data=self.stored(), verb='explain').decode()
        self.assertTrue(out.startswith('文件 b\n'))
        self.assertEqual(out.count('文件 '), 1)
        self.assertNotIn('不符', out)
        for item in record['evidence']:
            if item['market']:
                self.assertIn(f"「{item['text']}」", out)
        for entity in record['entities']:
            if entity['market']:
                self.assertIn(f" 市場分數 {entity['market']['score']:.4f}", out)

    def test_sums_that_were_changed_show(self):
        lines = [json.loads(line) for line in self.stored().splitlines()]
        item = next(x for x in lines[1]['evidence'] if x['market'])
        item['market'] += 0.5
        data = ''.join(json.dumps(line, ensure_ascii=False, separators=(',', ':')) + '\n' for line in lines).encode()
        self.assertIn('與記錄所載不符', self.good('-f', 'jsonl', 'b', data=data, verb='explain').decode())

    def test_without_echo_spans_are_named(self):
        plain = self.good('-f', 'jsonl', data=lines_of(RECORDS))
        record = json.loads(plain.splitlines()[1])
        item = next(x for x in record['evidence'] if x['market'])
        out = self.good('-f', 'jsonl', 'b', data=plain, verb='explain').decode()
        self.assertIn(json.dumps(item['at'], separators=(',', ':')), out)


class CheckInput(Case):
    def test_each_bad_record_is_named(self):
        done = run('--input', '-f', 'jsonl', data=b'{"id":"a","body":"x"}\n{\n\n{"id":"b"}\n', verb='check')
        self.assertEqual(done.returncode, 8)
        self.assertEqual([line.split(':')[:3] for line in done.stdout.decode().splitlines()], [['-', '2', ' E_JSON'], ['-', '3', ' E_FIELD body']])

    def test_good_input_says_nothing(self):
        done = run('--input', '-f', 'jsonl', data=lines_of(RECORDS), verb='check')
        self.assertEqual((done.returncode, done.stdout), (0, b''))

    def test_the_reader_is_that_of_annotate(self):
        done = run('-f', 'csv', '--input', data='id,body\na,台股\nb\n'.encode(), verb='check')
        self.assertEqual(done.returncode, 8)
        self.assertIn(b'E_COLUMNS', done.stdout)
        self.assertEqual(run('--input', '--want', 'sent', verb='check').returncode, 2)


class Fairness(Case):
    def test_other_names_move_no_score(self):
        records = [{'id': 'a', 'body': '台積電9月營收年增三成，獲利創新高。聯電則陷入虧損。'}, {'id': 'b', 'body': '法院駁回對鴻海的求償。'}]
        done = run('-f', 'jsonl', data=lines_of(records), verb='fairness')
        self.assertEqual((done.returncode, done.stdout), (0, b''))

    def test_what_a_name_moves_is_listed(self):
        """A word of the user swallows the end of the name that stands in."""
        words = self.path('own.tsv', 'form\tlevel\n科技營收\tforce\n')
        done = run('-f', 'jsonl', '--user-dict', words, data=lines_of([{'id': 'a', 'title': '聯電營收大增 獲利創新高'}]), verb='fairness')
        moved = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(done.returncode, 8)
        self.assertEqual([(line['id'], line['name'], line['as'], line['score']) for line in moved],
                         [('a', '聯電', '晨曜科技', score) for score in ('market', 'credit', 'tone', 'relevance')])
        self.assertNotEqual(moved[0]['was'], moved[0]['is'])

    def test_no_letters_around_a_name_swallow_it(self):
        records = [{'id': str(i), 'title': title} for i, title in enumerate(['中鋼價上漲 獲利大增', '台塑化驗出油品摻水', '中石油價下跌 虧損擴大'])]
        done = run('-f', 'jsonl', data=lines_of(records), verb='fairness')
        self.assertEqual((done.returncode, done.stdout), (0, b''))

    def test_blanks_round_latin_names_cut_as_those_round_chinese_ones(self):
        words = self.path('own.tsv', 'form\tlevel\ttype\tentity\nNB\tforce\tCOM\tC90000021\n')
        done = run('-f', 'jsonl', '--user-dict', words, data=lines_of([{'id': 'a', 'title': '虧損 NB 大漲'}]), verb='fairness')
        self.assertEqual((done.returncode, done.stdout), (0, b''))

    def test_bad_records_are_counted_and_layers_are_not_asked_for(self):
        self.assertEqual(run('-f', 'jsonl', '-q', data=b'{\n', verb='fairness').returncode, 0)
        self.assertEqual(run('--want', 'doc', verb='fairness').returncode, 2)


THREAD = ('作者: abc\n標題: [心得] 台積電營收創新高\n時間: 2026/10/10 08:00\n\n台積電9月營收年增三成，獲利大幅成長。\n\n--\n'
          '推 u1: 同意      10/10 09:14\n推 u2: 推\n噓 u3: 才怪\n→ u4: 路過\n')
ARRAY = [{'text': '同意', 'mark': 'push'}, {'text': '推', 'mark': 'push'}, {'text': '才怪', 'mark': 'boo'}, {'text': '路過', 'mark': 'arrow'}]
POST = {'title': '[心得] 台積電營收創新高', 'body': '台積電9月營收年增三成，獲利大幅成長。', 'source_type': 'forum'}


class Pushes(Case):
    def score(self, replies):
        record = self.records('-f', 'jsonl', data=lines_of([dict(POST, id='a', replies=replies)]))[0]
        return record, next(e for e in record['entities'] if e['name'] == '台積電')['market']['score']

    def test_a_thread_is_counted_and_scored(self):
        record = self.records('-f', 'ptt', '--echo', data=THREAD)[0]
        self.assertEqual(record['pushes'], {'push': 2, 'boo': 1, 'arrow': 1, 'net': 0.3333})
        marks = [x for x in record['evidence'] if x['rule'] in ('push', 'boo')]
        self.assertEqual([(x['at'], x['text'], x['rule']) for x in marks],
                         [([2, 0, 2], '同意', 'push'), ([3, 0, 1], '推', 'push'), ([4, 0, 2], '才怪', 'boo')])
        self.assertEqual(marks[0]['market'], -marks[2]['market'])
        self.assertGreater(marks[0]['market'], 0)
        entity = record['entities'][0]
        self.assertEqual(round(sum(x['market'] for x in record['evidence'] if x['of'] == entity['eid']), 4), entity['market']['score'])

    def test_an_array_of_replies_says_the_same(self):
        thread = self.records('-f', 'ptt', data=THREAD)[0]
        record, _ = self.score(ARRAY)
        self.assertEqual((record['pushes'], record['evidence']), (thread['pushes'], thread['evidence']))

    def test_booing_lowers_and_pushing_raises(self):
        plain = self.score([])[1]
        self.assertGreater(self.score([{'text': '嗯', 'mark': 'push'}] * 9)[1], plain)
        self.assertLess(self.score([{'text': '嗯', 'mark': 'boo'}] * 9)[1], plain)
        self.assertEqual(self.score([{'text': '嗯', 'mark': 'arrow'}] * 9)[1], plain)

    def test_many_marks_do_not_outshout_the_post(self):
        self.assertGreater(self.score([{'text': '嗯', 'mark': 'boo'}] * 500)[1], 0)

    def test_no_marks_are_null(self):
        self.assertIsNone(self.score([{'text': '同意'}])[0]['pushes'])
        self.assertIsNone(self.score([{'text': '同意', 'mark': 'arrow'}])[0]['pushes']['net'])

    def test_a_post_without_a_stance_has_none_to_agree_with(self):
        record = self.records('-f', 'jsonl', data=lines_of([{'id': 'a', 'title': '台積電股東會', 'body': '有人要去嗎', 'replies': ARRAY}]))[0]
        self.assertEqual([x for x in record['evidence'] if x['rule'] in ('push', 'boo')], [])

    def test_explain_says_what_a_mark_adds(self):
        out = self.good('-f', 'jsonl', 'a', data=lines_of([dict(POST, id='a', replies=ARRAY)]), verb='explain').decode()
        self.assertIn('推：呼應文章立場', out)
        self.assertIn('噓：反對文章立場', out)

    def test_tables_hold_the_evidence(self):
        out = self.good('-f', 'ptt', '-t', 'csv', '--table', 'evidence', data=THREAD).decode()
        rows = list(csv.DictReader(out.splitlines()))
        self.assertEqual([row['part'] for row in rows if row['rule'] in ('push', 'boo')], ['2', '3', '4'])


class Summary(Case):
    def test_sentences_are_quoted_in_order(self):
        out = self.good('-f', 'jsonl', '--sent', '2', data=lines_of(RECORDS), verb='summary').decode()
        found = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([record['id'] for record in found], ['a', 'b'])
        for source, record in zip(RECORDS, found):
            self.assertLessEqual(len(record['sents']), 2)
            self.assertEqual([s['n'] for s in record['sents']], sorted(s['n'] for s in record['sents']))
            for sentence in record['sents']:
                part, start, end = sentence['at']
                self.assertEqual(part, 1)
                self.assertEqual(sentence['text'], source['body'][start:end])

    def test_repeats_are_left_out(self):
        body = NEWS[1] + NEWS[1] + NEWS[2]
        found = json.loads(self.good('-f', 'jsonl', '--sent', '2', data=lines_of([{'id': 'a', 'body': body}]), verb='summary'))
        self.assertNotEqual(found['sents'][0]['text'], found['sents'][1]['text'])

    def test_a_line_tells_which_way_and_since_when(self):
        body = '晨曜科技第三季營收96.25億元，季減6%，年增35%。晨曜科技9月營收月增1.5%。晨曜科技第三季稅後純益4.54億元，季減14%，年增7成。'
        found = json.loads(self.good('-f', 'jsonl', data=lines_of([{'id': 'a', 'title': '晨曜科技', 'body': body}]), verb='summary'))
        lines = [event['line'] for event in found['events']]
        for part in ('年增 35%，季減 6%', '月增 1.5%', '年增 7成，季減 14%'):
            self.assertTrue(any(part in line for line in lines), (part, lines))

    def test_a_bad_record_keeps_its_place(self):
        out = self.good('-f', 'jsonl', data=b'{\n' + lines_of(RECORDS), verb='summary').decode().splitlines()
        self.assertEqual(json.loads(out[0])['error']['code'], 'E_JSON')
        self.assertEqual(json.loads(out[1])['id'], 'a')

    def test_what_is_summed_up(self):
        self.assertEqual(run('--of', 'week', verb='summary').returncode, 2)
        self.assertEqual(run('--sent', '17', verb='summary').returncode, 2)
        self.good('--of', 'doc', data='台股大漲', verb='summary')


DATED = [{'id': 'a', 'title': '聯發科9月營收年增12.3%', 'body': '聯發科公布9月合併營收488.6億元。台積電上修資本支出。', 'story_id': 's1',
          'published_at': '2026-10-10T22:31:00Z'},
         {'id': 'b', 'title': '聯發科9月營收年增12.3%', 'body': '聯發科9月營收年增12.3%。', 'story_id': 's2', 'published_at': '2026-10-11T02:31:00Z'},
         {'id': 'c', 'title': '聯發科遭客戶砍單', 'body': '台股下跌。', 'story_id': 's1', 'published_at': '2026-10-11T16:30:00Z'}]


class Groups(Case):
    def groups(self, of, records=DATED, *arguments):
        out = self.good('-f', 'jsonl', '--of', of, *arguments, data=lines_of(records), verb='summary').decode()
        return [json.loads(line) for line in out.splitlines()]

    def test_days_are_those_of_the_market(self):
        found = [(g['name'], g['date'], g['n_doc']) for g in self.groups('entity-day')]
        self.assertEqual(sorted(found), sorted([('台積電', '2026-10-11', 1), ('聯發科', '2026-10-11', 2), ('聯發科', '2026-10-12', 1)]))
        self.assertEqual([date for _, date, _ in found], sorted(date for _, date, _ in found))

    def test_sentences_name_the_company_and_keep_their_spans(self):
        texts = {record['id']: (record['title'], record['body']) for record in DATED}
        for group in self.groups('entity-day'):
            for sentence in group['sents']:
                part, start, end = sentence['at']
                self.assertEqual(sentence['text'], texts[sentence['id']][part][start:end])
                self.assertIn(group['name'], sentence['text'])

    def test_an_event_told_twice_is_one_line(self):
        group = next(g for g in self.groups('entity-day') if g['name'] == '聯發科' and g['date'] == '2026-10-11')
        self.assertEqual([(e['type'], e['n_doc']) for e in group['events'] if e['type'] == 'EARN.REVENUE'], [('EARN.REVENUE', 2)])
        self.assertEqual(len({s['text'] for s in group['sents']}), len(group['sents']))

    def test_stories_come_in_order(self):
        found = self.groups('story', DATED, '--sent', '2', '-j', '2')
        self.assertEqual([(g['story_id'], g['n_doc']) for g in found], [('s1', 2), ('s2', 1)])
        self.assertTrue(all(len(g['sents']) <= 2 for g in found))
        self.assertEqual([e['type'] for e in found[0]['events'] if e['id'] == 'c'], ['OPS.ORDER_LOSS', 'MKT.PRICE'])

    def test_stories_may_have_another_name(self):
        renamed = [{('cluster' if key == 'story_id' else key): value for key, value in record.items()} for record in DATED]
        self.assertEqual([g['story_id'] for g in self.groups('story', renamed, '--map', 'story_id=cluster')], ['s1', 's2'])

    def test_a_record_without_group_keeps_its_reason(self):
        for of, field in (('story', 'story_id'), ('entity-day', 'published_at')):
            found = self.groups(of, [{'id': 'x', 'title': '聯發科遭客戶砍單'}])
            self.assertEqual([(g['id'], g['error']['code'], g['error']['field']) for g in found], [('x', 'E_FIELD', field)])


class Layers(Case):
    def test_entities_stand_by_relevance(self):
        for record in self.records('-f', 'jsonl', data=lines_of(RECORDS)):
            relevance = [entity['relevance'] for entity in record['entities']]
            self.assertEqual(relevance, sorted(relevance, reverse=True))

    def test_wanted_layers_are_shown(self):
        keys = {'senti': {'entities', 'n_company'}, 'event': {'events'}, 'relation': {'relations'}, 'evidence': {'evidence'}}
        everything = set().union(*keys.values())
        for want, wanted in keys.items():
            found = set(self.records('-f', 'jsonl', '--want', want, data=lines_of(RECORDS[:1]))[0])
            self.assertEqual(found & everything, wanted, want)

    def test_a_reading_of_risk_is_the_sum_of_its_evidence(self):
        headlines = ['工廠偷排汙水遭重罰2千萬 被勒令停工', '導入再生能源 減碳有成 獲永續獎肯定', '公司坦言裁員 員工抗議']
        records = self.records('-f', 'jsonl', '--want', 'esg', data=lines_of({'id': str(i), 'title': text} for i, text in enumerate(headlines)))
        for record in records:
            found = record['esg']
            self.assertEqual(sum(round(e['logit'] * 10000) for e in found['evidence']) + round(found['prior'] * 10000), round(found['logit'] * 10000))
        self.assertEqual([record['esg']['impact'] for record in records], ['risk', 'opportunity', 'risk'])
        self.assertGreater(records[0]['esg']['p_risk'], 0.9)
        self.assertLess(records[1]['esg']['p_risk'], 0.1)

    def test_an_empty_lead_has_no_reading(self):
        texts = [{'id': 'a', 'title': '2330'}, {'id': 'b', 'body': '。'}, {'id': 'c', 'title': '台積電 聯電'}]
        for record in self.records('-f', 'jsonl', '--want', 'esg', data=lines_of(texts)):
            self.assertIsNone(record['esg'])

    def test_the_reading_is_explained_and_tabled(self):
        data = lines_of([{'id': 'a', 'title': '工廠偷排汙水遭重罰2千萬'}])
        said = run('-f', 'jsonl', 'a', verb='explain', data=data).stdout.decode()
        self.assertIn('永續風險：判為風險，風險機率 ', said)
        rows = self.good('-f', 'jsonl', '-t', 'csv', '--table', 'doc_esg', data=data).decode().splitlines()
        evidence = self.records('-f', 'jsonl', '--want', 'esg', data=data)[0]['esg']['evidence']
        self.assertEqual(len(rows), len(evidence) + 1)
        told = re.findall(r'([-+][0-9.]+) 「([^」]*)」', said[said.index('永續風險'):])
        self.assertEqual(sorted(round(float(logit) * 10000) for logit, _ in told), sorted(round(x['logit'] * 10000) for x in evidence))

    def test_words_name_their_events(self):
        """Ev= of CoNLL-U has every trigger and argument of the record, on the words it covers."""
        record = self.records('-f', 'jsonl', data=lines_of(RECORDS[:1]))[0]
        wanted = set()
        for event in record['events']:
            wanted |= {(event['n'], 'trigger', tuple(event['trigger']))} | {(event['n'], a['role'], tuple(a['at'])) for a in event['args']}
        found = set()
        text = self.good('-f', 'jsonl', '-t', 'conllu', data=lines_of(RECORDS[:1])).decode()
        for line in text.splitlines():
            cells = line.split('\t')
            if len(cells) == 10:
                misc = dict(item.split('=', 1) for item in cells[9].split('|'))
                for mark in filter(None, misc.get('Ev', '').split(',')):
                    number, role = mark.split(':')
                    found.add((int(number), role, (int(misc['Part']), int(misc['Start']), int(misc['End']))))
        self.assertGreater(len(record['events']), 0)
        covered = {(n, role, at) for n, role, at in wanted
                   if any(f[:2] == (n, role) and f[2][0] == at[0] and f[2][1] < at[2] and at[1] < f[2][2] for f in found)}
        self.assertEqual(covered, wanted)
        self.assertEqual({f[:2] for f in found}, {w[:2] for w in wanted})

    def test_an_entity_nothing_is_said_of_has_no_score(self):
        record = self.records('-f', 'jsonl', data=lines_of([{'id': 'a', 'body': '台積電位於新竹。'}]))[0]
        found = next(e for e in record['entities'] if e['name'] == '台積電')
        self.assertEqual((found['market'], found['credit'], found['tone'], found['aspects']), (None, None, None, []))

    def test_tables_have_the_columns_of_the_contract(self):
        heads = {'doc_event': 'id,event_n,eid,role,event_count,available_at,code,type,group,dim,dir,status,fact,neg,scheduled,event_key,'
                              'sim_days,sim_rank,nov_score,status_change,first_confirm,market,credit,severity,magnitude,magnitude_unit,'
                              'event_date,period,other_eid,other_role,s_part,s,e,relevance,conf,run',
                 'doc_relation': 'id,n,available_at,type,head_eid,tail_eid,head_text,tail_text,status,fact,attr,s_part,s,e,conf,run',
                 'evidence': 'id,x,eid,event_n,part,s,e,rule,path,market,credit',
                 'doc_esg': 'id,n,available_at,impact,p_risk,logit,prior,s_part,s,e,source,rule,part_logit,run'}
        for name, head in heads.items():
            lines = self.good('-f', 'jsonl', '-t', 'csv', '--table', name, data=lines_of(RECORDS)).decode().splitlines()
            self.assertEqual(lines[0], head)


class Check(Case):
    def test_records_of_annotate_are_as_promised(self):
        out = self.good('-f', 'jsonl', '-t', 'jsonl', '--want', 'all', data=lines_of(RECORDS) + b'{\n')
        done = subprocess.run([PROGRAM, 'check'], input=out, capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (0, b''))
        self.assertIn(b'3 records, 0 differences', done.stderr)

    def test_the_samples_are_as_promised(self):
        formats = {'news.txt': 'para', 'forum.txt': 'ptt', 'announcement.txt': 'para', 'hk.txt': 'para', 'sample.jsonl': 'jsonl'}
        for name, form in formats.items():
            for offsets in ('cp', 'byte', 'utf16'):
                out = self.good('-f', form, '-t', 'jsonl', '--want', 'all', '--offsets', offsets, os.path.join(SAMPLES, name))
                done = subprocess.run([PROGRAM, 'check'], input=out, capture_output=True)
                self.assertEqual((done.returncode, done.stdout), (0, b''), name)

    def test_what_is_not_so_is_told(self):
        good = self.records('-f', 'jsonl', data=lines_of(RECORDS[:1]))[0]
        entity = next(e for e in good['entities'] if e['market'])
        spoiled = {'span': json.loads(json.dumps(good)), 'sum': json.loads(json.dumps(good)), 'schema': dict(good, schema='x')}
        spoiled['span']['mentions'][0]['at'][2] = 1000
        for other in spoiled['sum']['entities']:
            if other['eid'] == entity['eid']:
                other['market']['score'] += 0.0001
        for name, record in spoiled.items():
            done = subprocess.run([PROGRAM, 'check'], input=lines_of([record]), capture_output=True)
            self.assertEqual(done.returncode, 8, name)
            self.assertTrue(done.stdout.startswith(b'-:1: '), done.stdout)

    def test_text_that_is_no_json(self):
        for text in (b'{', b'[1,2', b'{"a":}', b'{"a":1,}', b'nul', b'{"a":1}x', b'{"a" 1}', b'[' * 40 + b']' * 40, b'{"a":"\\"}'):
            done = subprocess.run([PROGRAM, 'check'], input=text + b'\n', capture_output=True)
            self.assertEqual(done.returncode, 8, text)
            self.assertIn(b'not one JSON object', done.stdout)

    def test_usage(self):
        self.assertEqual(subprocess.run([PROGRAM, 'check', '--x'], capture_output=True).returncode, 2)
        self.assertEqual(subprocess.run([PROGRAM, 'check', self.path('none')], capture_output=True).returncode, 3)


class Tables(Case):
    NAMES = ['documents', 'sentences', 'tokens', 'mentions', 'doc_entity', 'doc_value', 'doc_event', 'doc_relation', 'evidence', 'doc_esg']

    def test_all_tables_are_those_written_one_by_one(self):
        folder = self.path('out')
        data = lines_of(RECORDS)
        self.assertEqual(self.good('-f', 'jsonl', '--tables', folder, '-j', '2', data=data), b'')
        self.assertEqual(sorted(os.listdir(folder)), sorted(['_SUCCESS', 'errors.csv'] + [name + '.csv' for name in self.NAMES]))
        for name in self.NAMES:
            with open(os.path.join(folder, name + '.csv'), 'rb') as file:
                found = file.read()
            alone = self.good('-f', 'jsonl', '-t', 'csv', '--table', name, '--want', 'all', data=data)
            self.assertEqual(found, alone, name)

    def test_bad_records_are_rows_of_errors(self):
        folder = self.path('out')
        self.good('-f', 'jsonl', '--tables', folder, data=lines_of(RECORDS) + b'{"id":"x,y"}\n{\n')
        with open(os.path.join(folder, 'errors.csv'), newline='') as file:
            rows = list(csv.reader(file))
        self.assertEqual(rows[0], ['id', 'ordinal', 'code', 'field', 'offset', 'message'])
        self.assertEqual([row[:3] for row in rows[1:]], [['x,y', '3', 'E_FIELD'], ['', '4', 'E_JSON']])
        with open(os.path.join(folder, 'documents.csv')) as file:
            self.assertEqual(len(file.readlines()), 3)

    def test_a_run_that_ends_early_has_no_sign_of_success(self):
        folder = self.path('out')
        self.assertEqual(run('-f', 'jsonl', '--strict', '--tables', folder, data=b'{\n').returncode, 4)
        self.assertNotIn('_SUCCESS', os.listdir(folder))
        self.assertNotIn('documents.csv', os.listdir(folder))

    def test_one_table_or_all(self):
        self.assertEqual(run('--tables', self.path('out'), '-o', self.path('x')).returncode, 2)
        self.assertEqual(run('--tables', self.path('out'), '-t', 'jsonl').returncode, 2)
        self.assertEqual(run('--tables', self.path('out'), '--table', 'mentions').returncode, 2)


if __name__ == '__main__':
    unittest.main()
