# SPDX-License-Identifier: Apache-2.0
"""Hand-worked cases of jinwen-eval.  Usage: test_eval.py PROGRAM [unittest arguments].

A sentence is written one word a line: form, UPOS, XPOS, feats, head, relation[, lemma]; `3-4 form` opens a multi-word token.  Expected
counts are `correct gold system aligned`, worked out by hand beside each case.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 and os.path.exists(sys.argv[1]) else 'jinwen-eval'


def sentence(text):
    lines, number = [], 0
    for row in text.strip().split('\n'):
        cell = row.split()
        if '-' in cell[0] and cell[0][0].isdigit():
            lines.append('\t'.join([cell[0], cell[1]] + ['_'] * 8))
            continue
        number += 1
        lemma = cell[6] if len(cell) > 6 else '_'
        lines.append('\t'.join([str(number), cell[0], lemma] + cell[1:6] + ['_', '_']))
    return '\n'.join(lines) + '\n\n'


def conllu(*sentences):
    return ''.join(sentence(one) for one in sentences)


def bare(*sentences):
    """Sentences of words only: every other cell is `_`."""
    return conllu(*('\n'.join(f'{word} _ _ _ _ _' for word in one.split()) for one in sentences))


class Eval(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, 'wb') as out:
            out.write(text if isinstance(text, bytes) else text.encode('utf-8'))
        return path

    def run_program(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False)
        return done.returncode, done.stdout.decode('utf-8'), done.stderr.decode('utf-8')

    def compare(self, gold, system, *options):
        status, out, err = self.run_program(self.file('gold', gold), self.file('system', system), *options)
        self.assertEqual((status, err), (0, ''))
        return out

    def counts(self, gold, system):
        table = {}
        for line in self.compare(gold, system, '--counts').split('\n')[2:]:
            cell = [one.strip() for one in line.split('|')]
            table[cell[0]] = ' '.join(cell[1:]).strip()
        return table

    def expect(self, gold, system, **expected):
        table = self.counts(gold, system)
        self.assertEqual({name: table[name] for name in expected}, expected)

    def refuse(self, gold, reason, *options):
        path = self.file('bad', gold)
        status, out, err = self.run_program(path, path, *options)
        self.assertEqual((status, out), (3, ''))
        self.assertEqual(err.replace(path, 'bad'), f'jinwen-eval: {reason}\n')


REPORT = '''
台積電 PROPN NNP _ 3 nsubj
昨日 NOUN NN _ 3 obl:tmod
公布 VERB VV _ 0 root
營收 NOUN NN _ 3 obj
。 PUNCT . _ 3 punct
'''


class Scores(Eval):
    def test_a_file_equals_itself(self):
        # content words of CLAS: nsubj, obl, root, obj = 4; punct is neither content nor functional
        self.expect(conllu(REPORT), conllu(REPORT), Tokens='5 5 5', Sentences='1 1 1', Words='5 5 5 5', UPOS='5 5 5 5', AllTags='5 5 5 5',
                    Lemmas='5 5 5 5', UAS='5 5 5 5', LAS='5 5 5 5', CLAS='4 4 4 4', MLAS='4 4 4 4', BLEX='4 4 4 4')

    def test_a_wrong_boundary_costs_in_every_layer(self):
        # 台積電 -> 台積 電: 4 of 5 gold words found among 6.  Heads of 昨日, 公布, 營收, 。 stay right.
        # CLAS: gold nsubj obl root obj, system nmod nsubj obl root obj, 3 of them on matched words
        system = conllu('''
台積 PROPN NNP _ 2 nmod
電 NOUN NN _ 4 nsubj
昨日 NOUN NN _ 4 obl
公布 VERB VV _ 0 root
營收 NOUN NN _ 4 obj
。 PUNCT . _ 4 punct''')
        self.expect(conllu(REPORT), system, Tokens='4 5 6', Sentences='1 1 1', Words='4 5 6 4', UPOS='4 5 6 4', UAS='4 5 6 4', LAS='4 5 6 4',
                    CLAS='3 4 5 3')

    def test_percentages_are_of_system_gold_both_and_matched(self):
        # 4 words of 5 and 6: precision 66.67, recall 80, F1 8/11 = 72.73; UPOS wrong on one of the 4: 3/6, 3/5, 6/11, 3/4
        gold, system = conllu(REPORT), conllu('''
台積 PROPN NNP _ 2 nmod
電 NOUN NN _ 4 nsubj
昨日 ADV NN _ 4 obl
公布 VERB VV _ 0 root
營收 NOUN NN _ 4 obj
。 PUNCT . _ 4 punct''')
        out = self.compare(gold, system)
        self.assertIn('Words      |     66.67 |     80.00 |     72.73 |\n', out)
        self.assertIn('UPOS       |     50.00 |     60.00 |     54.55 |     75.00\n', out)

    def test_a_head_that_matches_no_gold_word_is_wrong(self):
        # 營收 hangs on 布, a piece of 公布: UAS loses 公布 (not found), 台積電, 昨日, 營收, 。 (their head is no gold word)
        system = conllu('''
台積電 PROPN NNP _ 4 nsubj
昨日 NOUN NN _ 4 obl
公 NOUN NN _ 4 compound
布 VERB VV _ 0 root
營收 NOUN NN _ 4 obj
。 PUNCT . _ 4 punct''')
        self.expect(conllu(REPORT), system, Words='4 5 6 4', UAS='0 5 6 4', LAS='0 5 6 4')

    def test_a_wrong_head_costs_uas_and_las_a_wrong_relation_only_las(self):
        # 昨日 -> 營收 (head), 營收 is nsubj (relation): UAS 4, LAS 3, CLAS 2 of 4
        system = conllu('''
台積電 PROPN NNP _ 3 nsubj
昨日 NOUN NN _ 4 obl
公布 VERB VV _ 0 root
營收 NOUN NN _ 3 nsubj
。 PUNCT . _ 3 punct''')
        self.expect(conllu(REPORT), system, UAS='4 5 5 5', LAS='3 5 5 5', CLAS='2 4 4 4')

    def test_relation_subtypes_do_not_count(self):
        system = conllu(REPORT).replace('obl:tmod', 'obl').replace('\tobj', '\tobj:x')
        self.expect(conllu(REPORT), system, LAS='5 5 5 5', CLAS='4 4 4 4')

    def test_content_words_are_counted_on_each_side_by_its_own_relations(self):
        # system calls 昨日 a case: 3 content words there, 4 in gold; aligned counts gold's
        system = conllu(REPORT).replace('obl:tmod', 'case')
        self.expect(conllu(REPORT), system, CLAS='3 4 3 4')

    def test_only_universal_features_count_in_any_order(self):
        gold = conllu('的 PART DEC Case=Gen|Aspect=Perf|Foo=1 0 root')
        self.expect(gold, conllu('的 PART DEC Aspect=Perf|Bar=2|Case=Gen 0 root'), UFeats='1 1 1 1', AllTags='1 1 1 1')
        self.expect(gold, conllu('的 PART DEC Aspect=Perf 0 root'), UFeats='0 1 1 1', AllTags='0 1 1 1', MLAS='0 1 1 1')

    def test_a_gold_lemma_underscore_is_always_right(self):
        gold = conllu('Apps NOUN NN _ 2 nmod app\n價格 NOUN NN _ 0 root _')
        self.expect(gold, conllu('Apps NOUN NN _ 2 nmod Apps\n價格 NOUN NN _ 0 root 價'), Lemmas='1 2 2 2', BLEX='1 2 2 2')

    def test_mlas_asks_for_the_functional_children(self):
        # 在 is a functional child of 台灣: its tag differs, so 台灣 is wrong in MLAS; 設廠 has no functional child and is right
        gold = conllu('在 ADP IN _ 2 case\n台灣 PROPN NNP _ 3 obl\n設廠 VERB VV _ 0 root')
        system = conllu('在 VERB VV _ 2 case\n台灣 PROPN NNP _ 3 obl\n設廠 VERB VV _ 0 root')
        self.expect(gold, system, LAS='3 3 3 3', CLAS='2 2 2 2', MLAS='1 2 2 2', BLEX='2 2 2 2')

    def test_sentences_are_right_when_both_ends_are(self):
        # gold 上漲。| 下跌。| 持平。 system 上漲。下跌。| 持平。: one of 3 gold and 2 system sentences
        gold = conllu('上漲 VERB VV _ 0 root\n。 PUNCT . _ 1 punct', '下跌 VERB VV _ 0 root\n。 PUNCT . _ 1 punct',
                      '持平 VERB VV _ 0 root\n。 PUNCT . _ 1 punct')
        system = conllu('上漲 VERB VV _ 0 root\n。 PUNCT . _ 1 punct\n下跌 VERB VV _ 1 conj\n。 PUNCT . _ 3 punct',
                        '持平 VERB VV _ 0 root\n。 PUNCT . _ 1 punct')
        self.expect(gold, system, Tokens='6 6 6', Sentences='1 3 2', Words='6 6 6 6', UAS='5 6 6 6')

    def test_sentences_without_trees_are_left_out_of_the_tree_scores(self):
        # gold: a tree of 2 words, then 2 words without; the system parses all 3 + 2 words it finds.  In the parsed part it has 上 漲 。
        gold = conllu('上漲 VERB VV _ 0 root\n。 PUNCT . _ 1 punct', '下跌 VERB VV _ _ _\n。 PUNCT . _ _ _')
        system = conllu('上 VERB VV _ 0 root\n漲 VERB VV _ 1 flat\n。 PUNCT . _ 1 punct', '下跌 VERB VV _ 0 root\n。 PUNCT . _ 1 punct')
        self.expect(gold, system, Words='3 4 5 3', UPOS='3 4 5 3', UAS='0 2 3 1', CLAS='0 1 2 0')

    def test_files_without_trees_have_no_tree_scores(self):
        self.expect(bare('股價 上漲'), bare('股價 上漲'), Words='2 2 2 2', UPOS='2 2 2 2', LAS='- - - -')

    def test_white_space_inside_forms_does_not_count(self):
        # no-break and ideographic blanks: the words are the same four characters
        gold = '1\tAT T\t_\t_\t_\t_\t0\troot\t_\t_\n2\t台　股\t_\t_\t_\t_\t1\tobj\t_\t_\n\n'
        system = '1\tATT\t_\t_\t_\t_\t0\troot\t_\t_\n2\t台\u00a0股\t_\t_\t_\t_\t1\tobj\t_\t_\n\n'
        self.expect(gold, system, Words='2 2 2 2', LAS='2 2 2 2')

    def test_carriage_returns_and_a_byte_order_mark_are_dropped(self):
        crlf = b'\xef\xbb\xbf' + conllu(REPORT).replace('\n', '\r\n').encode('utf-8')
        self.expect(conllu(REPORT), crlf, LAS='5 5 5 5')

    def test_comments_and_empty_nodes_are_skipped(self):
        system = '# text = x\n' + conllu(REPORT).replace('\n2\t', '\n1.1\t誰\t_\t_\t_\t_\t_\t_\t_\t_\n2\t')
        self.expect(conllu(REPORT), system, Tokens='5 5 5', LAS='5 5 5 5')

    def test_two_empty_files_score_nothing(self):
        self.expect('', '', Tokens='0 0 0', Words='0 0 0 0', LAS='- - - -')


class MultiWordTokens(Eval):
    def words(self, *tokens):
        """'abc a b c' is the multi-word token abc of the words a, b, c."""
        rows, number = [], 0
        for token in tokens:
            part = token.split()
            if len(part) > 1:
                rows.append(f'{number + 1}-{number + len(part) - 1} {part[0]}')
            for word in part[1:] or part:
                number += 1
                rows.append(f'{word} _ _ _ {int(number > 1)} _')
        return conllu('\n'.join(rows))

    def test_words_of_a_multi_word_token_match_by_form(self):
        for gold, system, expected in (
                (['mn m n', 'p'], ['m', 'n', 'p'], '3 3 3 3'),
                (['m', 'n'], ['mn m n'], '2 2 2 2'),
                (['mn m Q'], ['m', 'n'], '1 2 2 1'),
                # neither file's multi-word tokens stick out of the stretch mnpq
                (['mnp m n p', 'q'], ['mn m n', 'pq p q'], '4 4 4 4'),
                # k and km differ; the stretch mn holds m, n of gold and only n of the system
                (['k', 'mn m n', 'p'], ['km', 'n', 'p'], '2 4 3 2'),
                # longest common subsequence of A B and C A
                (['mn A B'], ['mn C A'], '1 2 2 1')):
            with self.subTest(gold=gold, system=system):
                self.expect(self.words(*gold), self.words(*system), Words=expected)

    def test_case_of_letters_does_not_count(self):
        self.expect(self.words('ÀB à b'), self.words('ÀB À B'), Words='2 2 2 2')

    def test_tokens_are_counted_as_written(self):
        # gold tokens ab, c; system tokens a, b, c
        self.expect(self.words('ab a b', 'c'), self.words('a', 'b', 'c'), Tokens='1 2 3', Words='3 3 3 3')


class Refusals(Eval):
    def test_columns(self):
        self.refuse('1\t股\t_\n\n', 'bad:1: 3 tab-separated columns, wanted 10')

    def test_a_cycle(self):
        self.refuse(conllu('股 _ _ _ 0 root\n價 _ _ _ 3 x\n漲 _ _ _ 2 x'), 'bad:2: the sentence has a cycle')
        self.refuse(conllu('股 _ _ _ 2 x\n價 _ _ _ 1 x'), 'bad:1: the sentence has a cycle')

    def test_two_roots(self):
        self.refuse(conllu(REPORT, '股 _ _ _ 0 root\n價 _ _ _ 0 root'), 'bad:7: the sentence has more than one root')

    def test_heads(self):
        self.refuse(conllu('股 _ _ _ 2 root'), 'bad:1: HEAD 2 points outside the sentence')
        self.refuse(conllu('股 _ _ _ -1 root'), "bad:1: HEAD is no number: '-1'")
        self.refuse(conllu('股 _ _ _ 0 root\n價 _ _ _ _ _'), 'bad:1: some words of the sentence have no HEAD')

    def test_word_ids(self):
        self.refuse(conllu('股 _ _ _ 0 root').replace('1\t股', '2\t股'), "bad:1: word ID '2', wanted 1")
        self.refuse('1-2\t股價' + '\t_' * 8 + '\n\n', 'bad:2: the sentence ends inside a multi-word token')
        self.refuse('2-1\t股價' + '\t_' * 8 + '\n\n', "bad:1: bad multi-word token ID '2-1'")

    def test_end_of_file_without_empty_line(self):
        self.refuse(conllu(REPORT)[:-1], 'bad:5: the file does not end with an empty line')

    def test_forms(self):
        self.refuse(bare('股').replace('股', ' \u3000'), 'bad:1: empty FORM')
        self.refuse(bare('股').encode('utf-8').replace('股'.encode('utf-8'), b'\xe8\x82'), 'bad:1: invalid UTF-8')
        self.refuse(bare('股').replace('股', '股\0'), 'bad:1: NUL byte')

    def test_texts_that_differ(self):
        gold, system = self.file('gold', bare('股價 上漲', '量 增')), self.file('system', bare('股價 上漲', '量縮'))
        status, out, err = self.run_program(gold, system)
        self.assertEqual((status, out), (3, ''))
        self.assertEqual(err, f"jinwen-eval: {gold}:5: {system}:4: texts differ at character 5: gold '增', system '縮'\n")

    def test_a_missing_file(self):
        status, _, err = self.run_program(self.file('gold', ''), '/nonexistent')
        self.assertEqual((status, err), (3, 'jinwen-eval: /nonexistent: No such file or directory\n'))

    def test_usage(self):
        for arguments in ([], ['a'], ['a', 'b', 'c'], ['--what', 'a', 'b'], ['a', 'b', '--errors'], ['a', 'b', '--errors', 'x'],
                          ['a', 'b', '--types', 'PER'], ['--ner', 'a', 'b', '--counts']):
            with self.subTest(arguments=arguments):
                status, out, err = self.run_program(*arguments)
                self.assertEqual((status, out, err[:6]), (2, '', 'usage:'))


class Tables(Eval):
    def test_recall_of_words_that_training_lacks(self):
        # 鴻海 and 砍單 are not in train; 砍單 is cut in two; 遭 and 鴻海 keep their tags
        gold = conllu('鴻海 PROPN NNP _ 0 root\n遭 VERB BB _ 1 x\n砍單 VERB VV _ 1 x')
        system = conllu('鴻海 PROPN NNP _ 0 root\n遭 VERB BB _ 1 x\n砍 VERB VV _ 1 x\n單 NOUN NN _ 1 x')
        out = self.compare(gold, system, '--train', self.file('train', bare('遭 調查')))
        self.assertIn('in train   |         1 |         1 |    100.00 |    100.00\n', out)
        self.assertIn('not in it  |         2 |         1 |     50.00 |    100.00\n', out)

    def test_most_frequent_errors_come_first(self):
        gold = conllu('毛利率 NOUN NN _ 2 nsubj\n持平 VERB VV _ 0 root', '毛利率 NOUN NN _ 2 nsubj\n上升 VERB VV _ 0 root',
                      '公布 VERB VV _ 0 root')
        system = conllu('毛利 NOUN NN _ 2 nmod\n率 PART SFN _ 3 nsubj\n持平 ADJ JJ _ 0 root',
                        '毛利 NOUN NN _ 2 nmod\n率 PART SFN _ 3 nsubj\n上升 VERB VV _ 0 root', '公 ADV RB _ 2 advmod\n布 VERB VV _ 0 root')
        out = self.compare(gold, system, '--errors', '1')
        self.assertIn('\nCuts: gold -> system (3)\n      2  毛利率 -> 毛利 率\n\n', out)
        self.assertIn('\nUPOS: gold -> system (1)\n      1  VERB -> ADJ    持平\n\n', out)

    def test_wrong_heads_and_relations_are_listed(self):
        system = conllu(REPORT).replace('3\tobl:tmod', '4\tnmod').replace('3\tpunct', '4\tpunct')
        out = self.compare(conllu(REPORT), system, '--errors', '5')
        self.assertIn('\nWrong head, by gold relation (2)\n      1  obl    昨日\n      1  punct    。\n', out)
        self.assertIn('\nRelation: gold -> system (1)\n      1  obl -> nmod    昨日\n', out)


class Names(Eval):
    GOLD = '1\t台灣\tB-ORG\t-\t-\n2\t大學\tI-ORG\t-\t-\n3\t在\tO\t-\t-\n4\t台北\tB-LOC\t-\t-\n\n1\t王\tB-PER\t-\t-\n'

    def names(self, gold, system, *options):
        out = self.compare(gold, system, '--ner', *options)
        return {line.split('|')[0].strip(): ' '.join(line.split('|')[4:]).split() for line in out.split('\n')[2:] if '|' in line}

    def tagged(self, *words):
        rows = (word.split('/') for word in words)
        return ''.join('\t'.join([str(i + 1), form, '_', '_', '_', '_', '_', '_', '_', 'SpaceAfter=No' + (f'|NER={tag}' if tag != 'O' else '')])
                       + '\n' for i, (form, tag) in enumerate(rows)) + '\n'

    def test_span_and_type_must_be_right_and_cuts_may_differ(self):
        # gold ORG 台灣大學, LOC 台北, PER 王; the system has ORG 台灣大學 (other cuts), ORG 台北 (type), 王 missed, 在 false
        system = self.tagged('台灣大/B-ORG', '學/E-ORG', '在/S-PER', '台北/S-ORG', '王/O')
        table = self.names(self.GOLD, system)
        self.assertEqual(table, {'LOC': ['1', '0', '0'], 'ORG': ['1', '2', '1'], 'PER': ['1', '1', '0'], 'All': ['3', '3', '1'],
                                 'Span only': ['3', '3', '2']})

    def test_kinds_of_error_are_told_apart(self):
        system = self.tagged('台灣/S-LOC', '大學/O', '在/S-PER', '台北/S-ORG', '王/O')
        out = self.compare(self.GOLD, system, '--ner', '--errors', '9')
        self.assertEqual(out.split('\nErrors (4)\n')[1],
                         '      1  false PER    在\n      1  missed PER    王\n      1  span ORG -> LOC    台灣大學 -> 台灣\n'
                         '      1  type LOC -> ORG    台北\n')

    def test_types_are_renamed_then_chosen(self):
        # GOV becomes ORG and is right; CUR is not asked for
        system = self.tagged('台灣/B-GOV', '大學/E-GOV', '在/S-CUR', '台北/S-LOC', '王/S-PER')
        self.assertEqual(self.names(self.GOLD, system, '--map', 'GOV=ORG', '--types', 'ORG,LOC'),
                         {'LOC': ['1', '1', '1'], 'ORG': ['1', '1', '1'], 'All': ['2', '2', '2'], 'Span only': ['2', '2', '2']})

    def test_two_columns_and_loose_tags_are_read(self):
        # I after another type, and I after O, begin a name; B right after I begins another; no name crosses a sentence
        gold = '甲\tB-PER\n乙\tI-ORG\n丙\tB-ORG\n\n丁\tI-ORG\n'
        system = '甲\tS-PER\n乙\tS-ORG\n丙\tS-ORG\n丁\tS-ORG\n'
        self.assertEqual(self.names(gold, system)['All'], ['4', '4', '4'])

    def test_a_bad_tag_is_refused(self):
        self.refuse('甲\tX-PER\n', "bad:1: name tag 'X-PER', wanted O or B-, I-, E-, S- and a type", '--ner')


class Spans(Eval):
    """Offsets are code points of the record's text; the second record begins at 0 again."""
    GOLD = [{'id': 'a', 'text': '𠮷台積電漲', 'entities': [{'s': 1, 'e': 4, 'type': 'COM'}], 'ignore': [[4, 5]]},
            {'id': 'b', 'text': '王在台北', 'entities': [{'s': 0, 'e': 1, 'type': 'PER'}, {'s': 2, 'e': 4, 'type': 'LOC'}], 'ignore': []}]

    @staticmethod
    def lines(records):
        return ''.join(json.dumps(record, ensure_ascii=False) + '\n' for record in records)

    def test_records_are_compared_one_by_one(self):
        # COM right; 漲 is ignored; PER has the wrong type; 北 is inside 台北
        system = [{'id': 'a', 'mentions': [{'at': [1, 4, 5], 'type': 'PER'}, {'at': [1, 1, 4], 'type': 'COM'}]},
                  {'id': 'b', 'mentions': [{'at': [1, 0, 1], 'type': 'COM'}, {'at': [1, 3, 4], 'type': 'LOC'}]}]
        out = self.compare(self.lines(self.GOLD), self.lines(system), '--spans', '--errors', '5')
        self.assertIn('COM        |     50.00 |    100.00 |     66.67 |         1 |         2 |         1\n', out)
        self.assertIn('All        |     33.33 |     33.33 |     33.33 |         3 |         3 |         1\n', out)
        self.assertTrue(out.endswith('      1  span LOC    台北 -> 北\n      1  type PER -> COM    王\n'))

    def test_types_are_chosen(self):
        out = self.compare(self.lines(self.GOLD), self.lines(self.GOLD), '--spans', '--types', 'COM')
        self.assertIn('All        |    100.00 |    100.00 |    100.00 |         1 |         1 |         1\n', out)

    def test_records_that_do_not_fit_are_refused(self):
        gold = self.file('gold', self.lines(self.GOLD))
        for system, reason in ((self.GOLD[:1], 'gold:2: the other file has fewer records'), (self.GOLD[::-1], 'system:1: another id than in gold'),
                               ([{'id': 'a'}], 'system:1: neither mentions nor entities'),
                               ([{'id': 'a', 'entities': [{'s': 1, 'e': 9, 'type': 'COM'}]}], 'system:1: a span outside the text')):
            with self.subTest(reason=reason):
                status, out, err = self.run_program('--spans', gold, self.file('system', self.lines(system)))
                self.assertEqual((status, out), (3, ''))
                self.assertIn(reason, err)

    def test_broken_json_is_refused(self):
        status, _, err = self.run_program('--spans', self.file('gold', '{'), self.file('system', '{'))
        self.assertEqual(status, 3)
        self.assertIn('gold:1: ', err)


class Text(Eval):
    def text(self, source):
        status, out, err = self.run_program('--text', self.file('source', source))
        self.assertEqual((status, err), (0, ''))
        return out

    def test_sentences_join_as_they_stood(self):
        glued = bare('上漲 。').replace('_\t_\n\n', '_\tSpaceAfter=No\n\n')
        source = '# newdoc\n# text = 上漲。\n' + glued + '# text = 下跌。\n' + bare('下跌 。') + '# text = 持平\n' + bare('持平')
        self.assertEqual(self.text(source), '上漲。下跌。 持平\n')

    def test_paragraphs_are_lines_with_an_empty_line_between(self):
        source = ''.join(f'# newpar id = {i}\n# text = {word}\n{bare(word)}' for i, word in enumerate(['上漲', '下跌']))
        self.assertEqual(self.text(source), '上漲\n\n下跌\n')

    def test_a_multi_word_token_says_what_follows_it(self):
        source = '# text = ab\n1-2\tab' + '\t_' * 7 + '\tSpaceAfter=No\n' + bare('a b') + '# text = c\n' + bare('c')
        self.assertEqual(self.text(source), 'abc\n')

    def test_a_sentence_without_text_is_refused(self):
        status, _, err = self.run_program('--text', self.file('source', bare('上漲')))
        self.assertEqual(status, 3)
        self.assertTrue(err.endswith(":1: a sentence without '# text = '\n"))


if __name__ == '__main__':
    unittest.main()
