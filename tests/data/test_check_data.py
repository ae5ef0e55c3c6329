# SPDX-License-Identifier: Apache-2.0
"""check_data.py finds damage: each test breaks one thing in a small copy of the tree."""
import hashlib
import io
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tools", "check"))

import check_data  # noqa: E402
import manifest  # noqa: E402

TABLES = {
    "entities/companies": ["code short ubn", "2330 台積電 22099131"],
    "entities/securities": ["code name isin", "2330 台積電 TW0002330008"],
    "entities/emerging": ["code short", "1260 富味鄉"],
    "entities/indices": ["name code", "加權指數 TAIEX"],
    "entities/aliases": ["alias type target", "台積 ORG 2330", "大盤 INDEX TAIEX"],
    "entities/forum_aliases": ["alias code", "gg 2330"],
    "entities/renames": ["code short", "2330 台積電"],
    "entities/subsidiaries": ["parent name", "2330 采鈺科技股份有限公司"],
    "entities/eids": ["eid key", "C00000001 TW:2330", "C00000002 TW:1260"],
    "entities/kb_entities": ["eid type name code mic isin ubn parent",
                             "C00000001 COM 台積電 2330 XTAI TW0002330008 22099131 ",
                             "C00000002 COM 富味鄉 1260 ROCO   "],
    "entities/kb_names": ["name eid since until", "台積電 C00000001  "],
    "entities/name_dates": ["key name since until", "TW:2330 台積電  "],
    "entities/nicknames": ["alias key", "神山 TW:2330"],
    "entities/ambiguity": ["form prefer", "世界 "],
    "entities/brands": ["name owner", "晶圓共乘 TW:2330"],
    "entities/institutions": ["name type", "財政部 GOV"],
    "events/aspects": ["aspect leaves", "revenue EARN.REVENUE"],
    "events/events": ["id code arguments", "1 EARN.REVENUE amount"],
    "events/clause_leaves": ["clause order cues leaf direction progress routine note", "31 20 @net_profit=( - none reported no -",
                             "31 90 - EARN.REVENUE none reported no -"],
    "events/event_terms": ["term class", "虧損 loss"],
    "events/templates": ["leaf template", "EARN.REVENUE {dir:增|減}{status}[營收{amount}]"],
    "events/twse_clauses": ["clause label", "31 財務報告"],
    "events/forum_slang": ["term category", "噴 surge"],
    "events/hiding_words": ["word", "推翻"],
    "events/trigger_words": ["class word", "LOSS 虧損"],
    "events/triggers": ["cue void", "@LOSS -", "推 -", "訂單 推翻"],
    "events/modifiers": ["term class", "不 negation"],
    "forms/fields": ["wording place under field type role unit pick", "本期淨利 line - net_profit money amount TWD1000 first",
                     "金額 part net_profit deal_amount money amount TWD first"],
    "labels/labels": ["set name", "dep nsubj", "dep root", "mention ORG", "upos NOUN", "upos VERB", "xpos NN",
                      "xpos VV"],
    "names/surnames": ["surname count", "陳 9"],
    "names/titles": ["title field", "董事長 corporate"],
    "norm/compat": ["code to", "0F900 豈"],
    "norm/numerals": ["char value", "一 1"],
    "norm/st_chars": ["from to", "变 變"],
    "norm/st_phrases": ["from to", "改变 改變"],
    "senti/concepts": ["concept valence credit", "數量 0 0"],
    "senti/lexicon": ["word polarity credit", "成長 0.5 0"],
    "sentiment/ntusd": ["word polarity", "成長 +"],
    "sentiment/remi": ["word polarity", "下滑 -"],
    "values/hints": ["term hints", "不買 board_trail"],
}
TREE = ("# sent_id = {id}\n# text = {one}{two}\n"
        "1\t{one}\t{one}\tNOUN\tNN\t_\t2\tnsubj\t_\tSpaceAfter=No\n"
        "2\t{two}\t{two}\tVERB\tVV\t_\t0\troot\t_\tSpaceAfter=No\n\n")
NAMES = "# sent_id = {id}\n# text = {one}{two}\n1\t{one}\tB-ORG\t-\t-\n2\t{two}\tO\t-\t-\n\n"
TRAIN = {"id": "train-s1", "one": "公司", "two": "獲利"}
DEV = {"id": "dev-s1", "one": "工廠", "two": "停工"}
TEXTS = {
    "gsd/train-1.conllu": TREE.format(**TRAIN), "gsd/dev.conllu": TREE.format(**DEV),
    "uner/train.iob2": NAMES.format(**TRAIN), "uner/dev.iob2": NAMES.format(**DEV),
    "announcements/forms.tsv": "form\tfields\n1000\tnet_profit\n",
    "announcements/clauses-1.tsv": "date\tclause\tform\tsubject\ttimes\n1150401\t31\t1000\t財務報告\t1\n",
    "announcements/clauses-dev.tsv": "date\tclause\tform\tsubject\ttimes\n1150501\t31\t1000\t財務報告\t1\n",
    "sample/sample.jsonl": '{"id":"1"}\n', "sample/forum.txt": "推\n",
}
FORUM = "corpora/sample/forum.cp950.txt"
ORIGIN = "core\tMIT\torigin\t"


class DamageTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        for name, rows in TABLES.items():
            text = "".join(row.replace(" ", "\t") + "\n" for row in rows)
            self.write(f"dict/{name}.tsv", text.encode())
        for name, text in TEXTS.items():
            self.write("corpora/" + name, text.encode())
        for name in ("announcements", "gsd", "uner", "sample"):
            self.write(f"corpora/{name}/SOURCE.md", b"origin\n")
        self.write(FORUM, "推\n".encode("cp950"))
        self.write("NOTICE", b"MIT\n")
        self.renew()

    def write(self, name, data):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def read(self, name):
        with open(os.path.join(self.root, name), "rb") as file:
            return file.read()

    def renew(self):
        """Manifests that fit the files as they are now."""
        for top in ("dict", "corpora"):
            folder = os.path.join(self.root, top)
            rows = [name + "\t" + ORIGIN + manifest.sha256(os.path.join(folder, name)) + "\n"
                    for name in manifest.data_files(folder)]
            text = "\t".join(manifest.HEADER) + "\n" + "".join(rows)
            self.write(top + "/MANIFEST.tsv", text.encode())

    def damage(self, name, old, new):
        """Replaces text in a file and keeps its checksum right, so that one rule is broken."""
        data = self.read(name)
        self.assertIn(old.encode(), data)
        self.write(name, data.replace(old.encode(), new.encode()))
        if not name.endswith("MANIFEST.tsv"):
            self.renew()

    def failed(self):
        out = io.StringIO()
        check_data.run(self.root, out)
        lines = out.getvalue().splitlines()
        return [line for line in lines if line.startswith("FAIL")], lines[-1]

    def assert_fails(self, check):
        found, _ = self.failed()
        self.assertEqual([line.split(": ")[0] for line in found],
                         ["FAIL " + check.__doc__.strip().split(": ")[0]])

    def test_sound_tree_passes(self):
        self.assertEqual(self.failed(), ([], f"{len(check_data.CHECKS)} passed, 0 failed"))

    def test_carriage_return(self):
        self.damage("dict/names/surnames.tsv", "陳\t9\n", "陳\t9\r\n")
        found, _ = self.failed()
        self.assertIn("FAIL UTF-8, NFC, LF, closed last line: 1", found)

    def test_invalid_utf8(self):
        self.write("dict/names/titles.tsv", b"title\tfield\n\xb8\xb3\tcorporate\n")
        self.renew()
        self.assertIn("FAIL UTF-8, NFC, LF, closed last line: 1", self.failed()[0])

    def test_decomposed_text(self):
        self.damage("dict/norm/compat.tsv", "豈", "\uf900")
        self.assert_fails(check_data.check_utf8)

    def test_missing_cell(self):
        self.damage("dict/names/surnames.tsv", "陳\t9", "陳")
        self.assert_fails(check_data.check_header)

    def test_unsorted_rows(self):
        self.damage("dict/names/surnames.tsv", "陳\t9\n", "陳\t9\n李\t8\n")
        self.assert_fails(check_data.check_order)

    def test_repeated_row(self):
        self.damage("dict/entities/forum_aliases.tsv", "gg\t2330\n", "gg\t2330\ngg\t2330\n")
        self.assert_fails(check_data.check_order)

    def test_split_out_of_order(self):
        self.write("dict/stats/pairs-1.tsv", b"key\tcount\nb\t1\n")
        self.write("dict/stats/pairs-2.tsv", b"key\tcount\na\t1\n")
        self.renew()
        self.assert_fails(check_data.check_split)

    def test_large_file(self):
        self.write("corpora/sample/forum.txt", b"a" * 4_000_000 + b"\n")
        self.write(FORUM, b"a" * 4_000_000 + b"\n")
        self.renew()
        self.assert_fails(check_data.check_size)

    def test_private_use_character(self):
        self.damage("dict/names/titles.tsv", "董事長", "董事\ue000")
        self.assert_fails(check_data.check_control)

    def test_changed_byte(self):
        data = self.read("dict/names/surnames.tsv")
        self.write("dict/names/surnames.tsv", data.replace(b"9", b"8"))
        self.assert_fails(check_data.check_manifest)

    def test_file_without_row(self):
        self.write("dict/names/extra.tsv", b"name\na\n")
        self.assert_fails(check_data.check_manifest)

    def test_row_without_file(self):
        digest = hashlib.sha256(b"").hexdigest()
        manifest_text = self.read("dict/MANIFEST.tsv") + f"zz.tsv\t{ORIGIN}{digest}\n".encode()
        self.write("dict/MANIFEST.tsv", manifest_text)
        self.assert_fails(check_data.check_manifest)

    def test_unknown_licence(self):
        self.damage("dict/MANIFEST.tsv", "names/titles.tsv\tcore\tMIT",
                    "names/titles.tsv\tcore\tCC-BY-NC-4.0")
        found, _ = self.failed()
        self.assertTrue(any("licences are known" in line for line in found))

    def test_share_alike_in_core(self):
        self.write("NOTICE", b"MIT CC-BY-SA-4.0\n")
        self.damage("dict/MANIFEST.tsv", "names/titles.tsv\tcore\tMIT",
                    "names/titles.tsv\tcore\tCC-BY-SA-4.0")
        self.assert_fails(check_data.check_licence)

    def test_forbidden_source(self):
        self.damage("dict/MANIFEST.tsv", "names/titles.tsv\tcore\tMIT\torigin",
                    "names/titles.tsv\tcore\tMIT\tHowNet")
        self.assert_fails(check_data.check_source)

    def test_unexplained_licence(self):
        self.write("NOTICE", b"nothing\n")
        self.assert_fails(check_data.check_notice)

    def test_cycle(self):
        self.damage("corpora/gsd/train-1.conllu", "\t2\tnsubj", "\t1\tnsubj")
        self.assert_fails(check_data.check_conllu)

    def test_two_roots(self):
        self.damage("corpora/gsd/train-1.conllu", "\t2\tnsubj", "\t0\troot")
        self.assert_fails(check_data.check_conllu)

    def test_head_outside(self):
        self.damage("corpora/gsd/train-1.conllu", "\t2\tnsubj", "\t3\tnsubj")
        self.assert_fails(check_data.check_conllu)

    def test_text_differs(self):
        self.damage("corpora/gsd/train-1.conllu", "公司獲利", "公司虧損")
        found, _ = self.failed()
        self.assertIn("FAIL " + check_data.check_conllu.__doc__ + ": 1", found)

    def test_foreign_relation(self):
        self.damage("corpora/gsd/train-1.conllu", "nsubj", "case:loc")
        self.assert_fails(check_data.check_labels)

    def test_unknown_tag(self):
        self.damage("corpora/gsd/dev.conllu", "\tNOUN\t", "\tNAME\t")
        self.assert_fails(check_data.check_labels)

    def test_inside_after_outside(self):
        self.damage("corpora/uner/train.iob2", "\tB-ORG", "\tI-ORG")
        self.assert_fails(check_data.check_iob2)

    def test_gold_sentence_in_training(self):
        self.write("corpora/gsd/train-2.conllu", TREE.format(**dict(DEV, id="x")).encode())
        self.renew()
        self.assert_fails(check_data.check_overlap)

    def words(self, text):
        self.write("corpora/silver/names-1.words", text.encode())
        self.write("corpora/silver/SOURCE.md", b"origin\n")
        self.renew()

    def test_gold_sentence_among_words_with_names(self):
        self.words("工廠 停工\t0 1 ORG\n")
        self.assert_fails(check_data.check_overlap)

    def test_names_of_words(self):
        for text, is_good in (("公司 設 廠\t0 1 ORG 2 1 ORG\n", True), ("公司 設 廠\t2 1 ORG 0 1 ORG\n", False), ("公司 設 廠\t0 4 ORG\n", False),
                              ("公司 設 廠\t0 1 XYZ\n", False), ("公司 設 廠\t0 1\n", False), ("公司 設 廠\t\n", False)):
            self.words(text)
            found = list(check_data.check_words(check_data.Tree(self.root)))
            self.assertEqual(not found, is_good, text)

    def test_names_on_other_sentences(self):
        rows = (NAMES.format(id=f"x{n}", one="公司", two=str(n)) for n in range(11))
        self.write("corpora/uner/train.iob2", "".join(rows).encode())
        self.renew()
        self.assert_fails(check_data.check_pairs)

    def test_bad_json(self):
        self.damage("corpora/sample/sample.jsonl", "{", "[")
        self.assert_fails(check_data.check_jsonl)

    def test_encodings_differ(self):
        self.write(FORUM, "噓\n".encode("cp950"))
        self.renew()
        self.assert_fails(check_data.check_cp950)

    def test_business_number(self):
        self.damage("dict/entities/companies.tsv", "22099131", "22099132")
        self.assert_fails(check_data.check_ubn)

    def test_isin(self):
        self.damage("dict/entities/securities.tsv", "TW0002330008", "TW0002330009")
        self.assert_fails(check_data.check_isin)

    def test_repeated_code(self):
        self.damage("dict/entities/emerging.tsv", "富味鄉\n", "富味鄉\n1260\t富味香\n")
        found, _ = self.failed()
        self.assertTrue(any("security codes" in line for line in found))

    def test_dangling_code(self):
        self.damage("dict/entities/aliases.tsv", "ORG\t2330", "ORG\t2331")
        self.assert_fails(check_data.check_links)

    def test_repeated_eid(self):
        self.damage("dict/entities/eids.tsv", "TW:1260", "TW:2330")
        self.assert_fails(check_data.check_eids)

    def test_name_without_entity(self):
        self.damage("dict/entities/kb_names.tsv", "C00000001", "C00000003")
        self.assert_fails(check_data.check_knowledge)

    def test_nickname_of_nobody(self):
        self.damage("dict/entities/nicknames.tsv", "TW:2330", "TW:2331")
        self.assert_fails(check_data.check_knowledge)

    def test_term_in_two_classes(self):
        self.damage("dict/events/event_terms.tsv", "虧損\tloss\n", "虧損\tloss\n虧損\tprofit\n")
        self.assert_fails(check_data.check_classes)

    def test_field_with_an_unknown_role(self):
        self.damage("dict/forms/fields.tsv", "money\tamount\tTWD1000", "money\tsum\tTWD1000")
        self.assert_fails(check_data.check_forms)

    def test_part_of_an_unknown_field(self):
        self.damage("dict/forms/fields.tsv", "part\tnet_profit", "part\tgross_profit")
        self.assert_fails(check_data.check_forms)

    def test_clause_without_a_last_row(self):
        self.damage("dict/events/clause_leaves.tsv", "31\t90\t-", "31\t90\t虧損")
        self.assert_fails(check_data.check_clauses)

    def test_cue_in_an_unknown_field(self):
        self.damage("dict/events/clause_leaves.tsv", "@net_profit", "@profit")
        self.assert_fails(check_data.check_clauses)

    def test_templates(self):
        self.damage("dict/events/templates.tsv", "{amount}", "{court}")
        self.assert_fails(check_data.check_templates)

    def test_announcements_that_measure_and_train(self):
        self.damage("corpora/announcements/clauses-1.tsv", "1150401", "1150502")
        self.assert_fails(check_data.check_announcements)

    def test_leaf_without_aspect(self):
        self.damage("dict/events/aspects.tsv", "EARN.REVENUE", "EARN.LOSS")
        self.assert_fails(check_data.check_aspects)

    def test_hint_given_twice(self):
        self.damage("dict/values/hints.tsv", "不買\tboard_trail", "不買\tboard_trail,board_trail")
        self.assert_fails(check_data.check_hints)

    def test_void_hides_a_cue(self):
        self.damage("dict/events/triggers.tsv", "推翻", "推翻;虧損數")
        self.assert_fails(check_data.check_hiding)

    def test_word_that_hides_nothing(self):
        self.damage("dict/events/hiding_words.tsv", "推翻", "推翻\n數")
        self.assert_fails(check_data.check_hiding)

    def test_thing_hides_an_opinion(self):
        self.damage("dict/senti/concepts.tsv", "數量", "成長數")
        self.assert_fails(check_data.check_values)


class CheckDigitTest(unittest.TestCase):
    def test_business_numbers(self):
        for number in ("22099131", "00227087", "33144175"):
            self.assertTrue(check_data.is_ubn(number), number)
        for number in ("24681351", "00000000", "2209913", "2209913a", "２２０９９１３１"):
            self.assertFalse(check_data.is_ubn(number), number)

    def test_isins(self):
        for code in ("TW0002330008", "TW0002454006", "TW0000050004", "US0378331005"):
            self.assertTrue(check_data.is_isin(code), code)
        for code in ("TW0002330018", "TW000233000", "tw0002330008"):
            self.assertFalse(check_data.is_isin(code), code)


if __name__ == "__main__":
    unittest.main()
