# SPDX-License-Identifier: Apache-2.0
"""From a fresh download of the public lists to the entity list: files in the layout of the exchange and of TPEx, both as CSV and as JSON, made of
the companies of dict/entities with one more, one renamed and one left out, through company_list.py and kb.py into a copy of dict."""
import contextlib
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOLS = os.path.join(ROOT, "tools", "corpus")
sys.path.insert(0, TOOLS)
import company_list  # noqa: E402

# Every column of t187ap03_L (and of t187ap03_O, where 上市日期 is 上櫃日期), and TPEx's names for them.
COLUMNS = """出表日期=Date 公司代號=SecuritiesCompanyCode 公司名稱=CompanyName 公司簡稱=CompanyAbbreviation 外國企業註冊地國=Registration
    產業別=SecuritiesIndustryCode 住址=Address 營利事業統一編號=UnifiedBusinessNo. 董事長=Chairman 總經理=GeneralManager 發言人=Spokesman
    發言人職稱=TitleOfSpokesman 代理發言人=DeputySpokesperson 總機電話=Telephone 成立日期=DateOfIncorporation 上市日期=DateOfListing
    普通股每股面額=ParValueOfCommonStock 實收資本額=Paidin.Capital.NTDollars 私募股數=PrivateStock.shares 特別股=PreferredStock.shares
    編制財務報表類型=PreparationOfFinancialReportType 股票過戶機構=StockTransferAgent 過戶電話=StockTransferAgentTelephone
    過戶地址=StockTransferAgentAddress 簽證會計師事務所=AccountingFirm 簽證會計師1=CPA.CharteredPublicAccountant.1st
    簽證會計師2=CPA.CharteredPublicAccountant.2nd 英文簡稱=Symbol 英文通訊地址=CompanyAddressInEnglish 傳真機號碼=Fax 電子郵件信箱=EmailAddress
    網址=WebAddress 已發行普通股數或TDR原股發行股數=IssueShares"""
CHINESE, ENGLISH = zip(*(column.split("=") for column in COLUMNS.split()))
CODES = {name: code for code, name in company_list.INDUSTRIES.items()}
NEW = {"code": "1900", "market": "XTAI", "short": "晨曜", "full": "晨曜科技股份有限公司", "english": "MORNINGX", "industry": "半導體業",
       "country": "TW", "ubn": "12345675", "listed": "20260801"}


def published(company):
    """A company as the lists write it; what the tool must not read is filled in."""
    row = dict.fromkeys(CHINESE, "某")
    row.update({"出表日期": "1150901", "公司代號": company["code"], "公司名稱": company["full"], "公司簡稱": company["short"],
                "外國企業註冊地國": "－ " if company["country"] == "TW" else company["country"] + " 某國",
                "產業別": CODES.get(company["industry"], company["industry"]), "營利事業統一編號": company["ubn"],
                "上市日期": company["listed"], "英文簡稱": company["english"]})
    return row


def table(folder, name):
    with open(os.path.join(folder, "dict", "entities", name + ".tsv"), encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


class Download(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name in ("entities", "lexicon"):
            shutil.copytree(os.path.join(ROOT, "dict", name), os.path.join(self.folder, "dict", name))
        rows = table(self.folder, "companies")
        self.month = max(row["last"] for row in rows)
        self.current = [row for row in rows if row["last"] == self.month]

    def write(self, name, rows, columns):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8-sig" if name.endswith("csv") else "utf-8", newline="") as file:
            if name.endswith("json"):
                json.dump([dict(zip(columns, row.values())) for row in rows], file, ensure_ascii=False)
            else:
                writer = csv.writer(file, lineterminator="\r\n")
                writer.writerows([columns, *(row.values() for row in rows)])
        return path

    def update(self, companies, kind):
        """Runs the tool on both lists; the lines that tell what changed."""
        lists = {market: [published(row) for row in companies if row["market"] == market] for market in ("XTAI", "ROCO")}
        over = [name.replace("上市日期", "上櫃日期") for name in CHINESE]
        paths = {"XTAI": self.write("t187ap03_L." + kind, lists["XTAI"], CHINESE),
                 "ROCO": self.write("t187ap03_O." + kind, lists["ROCO"], ENGLISH if kind == "json" else over)}
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            company_list.main(["--seen", "2099-01", "--dict", os.path.join(self.folder, "dict", "entities"), "--check",
                               *(word for market, path in paths.items() for word in ("--list", f"{market}={path}"))])
        return paths, [line for line in out.getvalue().splitlines() if line]

    def test_the_same_companies_change_nothing(self):
        self.assertGreater(len(self.current), 1900)
        for kind in ("csv", "json"):
            self.assertEqual(self.update(self.current, kind)[1], [], kind)

    def test_a_download_becomes_the_entity_list(self):
        left, renamed = self.current[0], dict(self.current[1])
        renamed.update(short="岳霖新", full="岳霖新精密股份有限公司")
        companies = [NEW, renamed, *self.current[2:]]
        for kind in ("csv", "json"):
            paths, changes = self.update(companies, kind)
            self.assertEqual(sorted(line.split("\t")[0] + line.split("\t")[1] for line in changes),
                             sorted(["new1900", "renamed" + renamed["code"], "gone" + left["code"]]), kind)
        before = {row["key"]: row["eid"] for row in table(self.folder, "eids")}
        lists = [f"--list={market}={path}" for market, path in paths.items()]
        subprocess.run([sys.executable, os.path.join(TOOLS, "company_list.py"), "--seen", "2099-01", "--dict",
                        os.path.join(self.folder, "dict", "entities"), *lists], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, os.path.join(TOOLS, "kb.py"), "--output", self.folder], check=True, stdout=subprocess.DEVNULL)
        after = {row["key"]: row["eid"] for row in table(self.folder, "eids")}
        self.assertLessEqual(before.items(), after.items())
        entities = {row["eid"]: row for row in table(self.folder, "kb_entities")}
        new = entities[after["TW:1900"]]
        self.assertEqual([new[key] for key in ("type", "name", "code", "mic", "isin", "ubn", "industry", "country", "since", "until")],
                         ["COM", "晨曜", "1900", "XTAI", "TW0001900009", "12345675", "半導體業", "TW", "20260801", ""])
        self.assertTrue(entities[after["TW:" + left["code"]]]["until"])
        names = [(row["name"], row["since"], row["until"]) for row in table(self.folder, "kb_names") if row["eid"] == after["TW:" + renamed["code"]]]
        self.assertIn(("岳霖新", "20990101", ""), names)
        self.assertIn((self.current[1]["short"], "", "20990101"), names)
        self.assertNotIn("某", "".join(value for row in table(self.folder, "companies") for value in row.values()))


if __name__ == "__main__":
    unittest.main()
