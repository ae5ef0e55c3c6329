# SPDX-License-Identifier: Apache-2.0
"""The list builders: table form, script conversion, treebank clean-up, balanced cuts, manifests."""
import contextlib
import io
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tools", "corpus"))

import announcements  # noqa: E402
import common  # noqa: E402
import company_list  # noqa: E402
import entities  # noqa: E402
import manifest  # noqa: E402
import names  # noqa: E402
import opencc  # noqa: E402
import tree_repair  # noqa: E402
import treebank  # noqa: E402


def quietly(function, *arguments):
    with contextlib.redirect_stdout(io.StringIO()):
        return function(*arguments)


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def read(self, *parts):
        with open(self.path(*parts), encoding="utf-8") as file:
            return file.read()


class TableTest(FolderTest):
    def write(self, rows):
        return quietly(common.write_table, self.path("t.tsv"), ("key", "value"), rows)

    def test_rows_are_cleaned_sorted_and_unique(self):
        self.assertEqual(self.write([("乙", " 2 "), ("a", "1"), ("乙", "2"), ("\uf900", "x\ty")]), 3)
        self.assertEqual(self.read("t.tsv"), "key\tvalue\na\t1\n乙\t2\n豈\tx y\n")

    def test_wrong_number_of_cells_is_refused(self):
        with self.assertRaises(ValueError):
            self.write([("a",)])

    def test_large_tables_are_cut_by_key_range(self):
        common.MAX_BYTES, limit = 30, common.MAX_BYTES
        self.addCleanup(setattr, common, "MAX_BYTES", limit)
        self.write([(f"k{n}", "value") for n in range(5)])
        self.assertEqual(self.read("t-1.tsv"), "key\tvalue\nk0\tvalue\nk1\tvalue\n")
        self.assertEqual(self.read("t-3.tsv"), "key\tvalue\nk4\tvalue\n")
        self.assertFalse(os.path.exists(self.path("t.tsv")))


class TreeRepairTest(unittest.TestCase):
    def mend(self, rows, names=None):
        """rows: form, tag, head, relation; returns the heads and relations that changed, by form."""
        words = [row.split() for row in rows]
        forms, tags, relations = ([""] + [word[i] for word in words] for i in (0, 1, 3))
        heads = [0] + [int(word[2]) for word in words]
        tree_repair.mend(forms, tags, heads, relations, names or ["O"] * len(words))
        return {word[0]: (head, relation) for word, head, relation in zip(words, heads[1:], relations[1:])
                if (head, relation) != (int(word[2]), word[3])}

    def test_the_first_word_of_a_name_heads_it(self):
        rows = ["祭酒 NOUN 2 appos", "王 PROPN 5 nsubj", "曄之 PROPN 5 nsubj", "昨天 NOUN 5 nmod:tmod", "到 VERB 0 root"]
        self.assertEqual(self.mend(rows, ["O", "B-PER", "I-PER", "O", "O"]), {"曄之": (2, "flat:name")})
        self.assertEqual(self.mend(rows), {})

    def test_what_hangs_from_a_given_name_goes_to_the_first_word(self):
        rows = ["導演 NOUN 3 nmod", "羅 PROPN 4 nsubj", "文忠 PROPN 2 flat:name", "來 VERB 0 root"]
        self.assertEqual(self.mend(rows, ["O", "B-PER", "I-PER", "O"]), {"導演": (2, "nmod")})

    def test_a_name_that_hangs_from_itself_stays(self):
        rows = ["朱 PROPN 2 nmod", "家 NOUN 0 root"]
        self.assertEqual(self.mend(rows, ["B-PER", "I-PER"]), {})

    def test_determiner_and_number_hang_from_the_measure_word(self):
        rows = ["這 DET 3 det", "兩 NUM 4 nummod", "個 NOUN 2 clf", "族群 NOUN 0 root"]
        self.assertEqual(self.mend(rows), {"兩": (3, "nummod"), "個": (4, "nmod")})
        self.assertEqual(self.mend(["兩 NUM 3 nummod", "個 NOUN 1 clf", "族群 NOUN 0 root"]), {})

    def test_objects_before_the_verb_and_agents(self):
        rows = ["把 ADP 2 case", "股票 NOUN 3 obj", "賣 VERB 0 root"]
        self.assertEqual(self.mend(rows), {"股票": (3, "obl:patient")})
        rows = ["他 PRON 4 nsubj", "被 AUX 4 aux:pass", "公司 NOUN 4 nsubj", "開除 VERB 0 root"]
        self.assertEqual(self.mend(rows), {"公司": (4, "obl:agent")})

    def test_a_mark_that_crosses_an_arc_moves(self):
        rows = ["他 PRON 2 nsubj", "說 VERB 0 root", "， PUNCT 5 punct", "不 ADV 2 advmod", "好 ADJ 2 ccomp"]
        self.assertEqual(self.mend(rows), {"，": (4, "punct")})
        rows[3] = "不 ADV 5 advmod"
        self.assertEqual(self.mend(rows), {})


class ScriptTest(FolderTest):
    def setUp(self):
        super().setUp()
        tables = {"STCharacters": "发\t發 髮\n后\t後 后\n说\t說\n里\t裏 里\n",
                  "STPhrases": "# comment\n头发\t頭髮\n皇后\t皇后\n",
                  "TWVariants": "裏\t裡\n", "TWVariantsPhrases": "", "TWPhrases": "头\t頭\n"}
        for name, text in tables.items():
            common.write_text(self.path(name + ".txt"), text)

    def convert(self, text):
        return opencc.Converter(self.folder, "tw").convert(text)

    def test_longest_phrase_wins(self):
        self.assertEqual(self.convert("皇后的头发，后说发"), "皇后的頭髮，後說發")

    def test_variants_come_after_conversion(self):
        self.assertEqual(self.convert("这里"), "这裡")

    def test_what_has_no_key_is_copied(self):
        self.assertEqual(self.convert("ABC，一二三"), "ABC，一二三")

    def test_sentence_keeps_its_token_boundaries(self):
        rows = [["1", "“", "“", "PUNCT"], ["2", "头发", "头发", "NOUN"], ["3", "说", "说", "VERB"]]
        rows = [row + ["_", "_", "0", "root", "_", "SpaceAfter=No"] for row in rows]
        converter = opencc.Converter(self.folder, "tw")
        comments, tokens = treebank.traditional((["# sent_id = 1", "# text = x"], rows), converter)
        self.assertEqual([row[1] for row in tokens], ["「", "頭髮", "說"])
        self.assertEqual(comments, ["# sent_id = 1", "# text = 「頭髮說"])


class TreebankTest(FolderTest):
    ROW = "1\t的\t的\tPART\tDEC\t_\t0\troot\t_\tSpaceAfter=No|Translit=de\n"

    def test_only_text_and_spacing_stay(self):
        common.write_text(self.path("a.conllu"), "# sent_id = s\n# translit = de\n# text = 的\n"
                          + self.ROW + "\n" + self.ROW.replace("SpaceAfter=No|", ""))
        one, two = [treebank.plain(s) for s in treebank.sentences(self.folder, "a.conllu")]
        self.assertEqual(one[0], ["# sent_id = s", "# text = 的"])
        self.assertEqual((one[1][0][9], two[1][0][9]), ("SpaceAfter=No", "_"))

    def test_parts_hold_whole_sentences_in_order(self):
        quietly(treebank.write_split, self.path("a.conllu"), (f"{n}\n\n" for n in range(4)), 2)
        self.assertEqual(self.read("a-1.conllu") + self.read("a-2.conllu"),
                         "0\n\n1\n\n2\n\n3\n\n")


class AnnouncementTest(unittest.TestCase):
    def records(self, **counts):
        return [{"date": "1150101", "time": str(n), "code": "1101", "subject": clause + str(n),
                 "clause": clause, "text": "x"} for clause, count in counts.items()
                for n in range(count)]

    def test_rare_clauses_are_taken_whole(self):
        taken = announcements.balanced(self.records(a=100, b=3, c=50), 23)
        clauses = [record["clause"] for record in taken]
        self.assertEqual([clauses.count(name) for name in "abc"], [10, 3, 10])

    def test_choice_does_not_depend_on_order(self):
        records = self.records(a=30, b=30)
        self.assertEqual(announcements.balanced(records, 10),
                         announcements.balanced(records[::-1], 10))

    def test_subject_wraps_are_joined_and_entities_read(self):
        self.assertEqual(announcements.one_line("公告本公司\r\n董事會&#160;決議"), "公告本公司董事會\xa0決議")


class EntityTest(unittest.TestCase):
    def test_marks_of_the_exchange_are_no_part_of_the_name(self):
        for short, plain in (("國巨*", "國巨"), ("世芯-KY", "世芯"), ("91APP*-KY", "91APP"),
                             ("錼創科技-KY創", "錼創科技"), ("台灣虎航-創", "台灣虎航"), ("台泥", "台泥")):
            self.assertEqual(entities.plain(short), plain)

    def test_foreign_names_are_told_from_pinyin_and_romaji(self):
        self.assertTrue(names.is_foreign("Bristol", "布里斯托爾"))
        for english, name in (("Baotou", "包頭市"), ("Goshogawara", "五所川原"), ("Paris", "巴黎")):
            self.assertFalse(names.is_foreign(english, name))


class ManifestTest(FolderTest):
    def setUp(self):
        super().setUp()
        common.write_text(self.path("a.tsv"), "x\n")
        self.manifest(["a.tsv"])

    def manifest(self, files):
        rows = "".join(f"{name}\tcore\tMIT\torigin\t-\n" for name in files)
        text = "\t".join(manifest.HEADER) + "\n" + rows
        common.write_text(self.path("MANIFEST.tsv"), text)

    def update(self, check=False):
        return quietly(manifest.update, self.folder, check)

    def test_checksums_are_filled_in_and_then_hold(self):
        self.assertEqual(len(self.update(check=True)), 1)
        self.assertEqual(self.update(), [])
        self.assertEqual(self.update(check=True), [])

    def test_file_without_row_is_refused(self):
        common.write_text(self.path("b.tsv"), "x\n")
        before = self.read("MANIFEST.tsv")
        self.assertEqual(len(self.update()), 1)
        self.assertEqual(self.read("MANIFEST.tsv"), before)

    def test_row_without_file_is_refused(self):
        self.manifest(["a.tsv", "b.tsv"])
        self.assertEqual(len(self.update()), 1)


class CompanyListTest(FolderTest):
    """Lists as the exchange (CSV) and TPEx (JSON) publish them; the companies are invented."""
    CSV = ("\ufeff出表日期,公司代號,公司名稱,公司簡稱,外國企業註冊地國,產業別,住址,營利事業統一編號,董事長,上市日期,英文簡稱\r\n"
           "1150901,1901,晨曜科技股份有限公司,晨曜,－ ,24,甲路1號,12345675,某甲,20100105,MORNING\r\n"
           "1150901,1902,岳霖精密工業股份有限公司,岳霖新,－ ,05,乙路2號,00000000,某乙,20110106,YUELIN\r\n"
           "1150901,1904,\"新海控股, 股份有限公司\",新海-KY,KY 開曼群島,31,丙路,,某丙,20260801,NewSea\r\n")
    JSON = ('[{"Date":"1150901","SecuritiesCompanyCode":"6901","CompanyName":"澄海航運股份有限公司","CompanyAbbreviation":"澄海","Registration":"－ ",'
            '"SecuritiesIndustryCode":"15","UnifiedBusinessNo.":"22099131","Chairman":"某丁","DateOfListing":"1050607","Symbol":"CHENGHAI"}]')

    def setUp(self):
        super().setUp()
        self.put("companies.tsv", "\t".join(company_list.COMPANIES), "1901\tXTAI\t晨曜\t晨曜\t晨曜科技股份有限公司\tMORNING\t半導體業\tTW\t12345675\t20100105\t2026-07",
                 "1902\tXTAI\t岳霖\t岳霖\t岳霖精密股份有限公司\tYUELIN\t電機機械\tTW\t\t20110106\t2026-07",
                 "1903\tXTAI\t舊岸\t舊岸\t舊岸股份有限公司\tOLD\t其他業\tTW\t\t20010101\t2026-07",
                 "6901\tROCO\t澄海\t澄海\t澄海航運股份有限公司\tCHENGHAI\t航運業\tTW\t22099131\t20160607\t2026-07")
        self.put("renames.tsv", "\t".join(company_list.RENAMES))
        self.put("list.csv", self.CSV.rstrip("\r\n"))
        self.put("list.json", self.JSON)

    def put(self, name, *lines):
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            file.write("\n".join(lines) + "\n")

    def run_tool(self, *more):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            company_list.main(["--seen", "2026-09", "--dict", self.folder, *more])
        return [line.split("\t")[:2] for line in out.getvalue().splitlines() if "\t" in line]

    def test_changes_are_told_and_written(self):
        lists = ["--list", "XTAI=" + self.path("list.csv"), "--list", "ROCO=" + self.path("list.json")]
        before = self.read("companies.tsv")
        wanted = [["gone", "1903"], ["new", "1904"], ["renamed", "1902"]]
        self.assertEqual(self.run_tool(*lists, "--check"), wanted)
        self.assertEqual(self.read("companies.tsv"), before)
        self.assertEqual(self.run_tool(*lists), wanted)
        rows = {line.split("\t")[0]: line.split("\t") for line in self.read("companies.tsv").splitlines()}
        self.assertEqual(rows["1903"][-1], "2026-07")
        self.assertEqual([rows[code][-1] for code in ("1901", "1902", "1904", "6901")], ["2026-09"] * 4)
        self.assertEqual(rows["1904"], ["1904", "XTAI", "新海-KY", "新海", "新海控股, 股份有限公司", "NewSea", "其他電子業", "KY", "", "20260801", "2026-09"])
        self.assertEqual(self.read("renames.tsv"), "code\tseen\tshort\tfull\n1902\t2026-07\t岳霖\t岳霖精密股份有限公司\n"
                         "1902\t2026-09\t岳霖新\t岳霖精密工業股份有限公司\n")
        self.assertEqual(self.run_tool(*lists), [])

    def test_other_market_stays_current(self):
        self.run_tool("--list", "XTAI=" + self.path("list.csv"))
        self.assertIn("22099131\t20160607\t2026-09", self.read("companies.tsv"))

    def test_persons_and_addresses_are_not_kept(self):
        self.run_tool("--list", "XTAI=" + self.path("list.csv"))
        self.assertNotRegex(self.read("companies.tsv"), "某|路")

    def test_foreign_table_is_refused(self):
        self.put("other.csv", "代號,名稱", "1,2")
        with self.assertRaises(ValueError):
            self.run_tool("--list", "XTAI=" + self.path("other.csv"))


if __name__ == "__main__":
    unittest.main()
