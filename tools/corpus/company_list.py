# SPDX-License-Identifier: Apache-2.0
"""Brings dict/entities/companies.tsv and renames.tsv up to a fresh download of the public company lists.

The lists are "basic data of listed companies" as the exchange (t187ap03_L) and TPEx (t187ap03_O)
publish them, CSV with Chinese column names or the JSON of their interfaces. A company that a list
no longer has keeps its row, and so its last month: it has left the market. A name that differs
from the one before becomes a state of its own in renames. Persons, addresses and telephone
numbers in the lists are not read.

    company_list.py --seen 2026-09 --list XTAI=t187ap03_L.csv --list ROCO=t187ap03_O.csv
    python3 tools/corpus/kb.py && python3 tools/corpus/manifest.py

What changes is printed, one line a company; --check prints only and writes nothing.
"""
import argparse
import csv
import io
import json
import os
import re
import sys

from common import REPOSITORY, clean, write_table
from entities import narrow, plain, ubn

COMPANIES = ("code", "market", "short", "plain", "full", "english", "industry", "country", "ubn", "listed", "last")
RENAMES = ("code", "seen", "short", "full")
# What each column is called: CSV of both lists, JSON of TPEx.
NAMES = {"code": ("公司代號", "SecuritiesCompanyCode"), "full": ("公司名稱", "CompanyName"),
         "short": ("公司簡稱", "CompanyAbbreviation"), "country": ("外國企業註冊地國", "Registration"),
         "industry": ("產業別", "SecuritiesIndustryCode"),
         "ubn": ("營利事業統一編號", "UnifiedBusinessNo."), "listed": ("上市日期", "上櫃日期", "DateOfListing"),
         "english": ("英文簡稱", "Symbol")}
INDUSTRIES = {"01": "水泥工業", "02": "食品工業", "03": "塑膠工業", "04": "紡織纖維", "05": "電機機械", "06": "電器電纜", "08": "玻璃陶瓷",
              "09": "造紙工業", "10": "鋼鐵工業", "11": "橡膠工業", "12": "汽車工業", "14": "建材營造業", "15": "航運業", "16": "觀光餐旅",
              "17": "金融保險業", "18": "貿易百貨業", "20": "其他業", "21": "化學工業", "22": "生技醫療業", "23": "油電燃氣業", "24": "半導體業",
              "25": "電腦及週邊設備業", "26": "光電業", "27": "通信網路業", "28": "電子零組件業", "29": "電子通路業", "30": "資訊服務業",
              "31": "其他電子業", "32": "文化創意業", "33": "農業科技業", "35": "綠能環保", "36": "數位雲端", "37": "運動休閒", "38": "居家生活"}
COMMON_YEAR = 1911


def records(path):
    """Rows of a CSV or JSON file as dictionaries by the names above."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    rows = json.loads(text) if text.lstrip()[:1] == "[" else csv.DictReader(io.StringIO(text))
    for row in rows:
        row = {clean(key): clean(value or "") for key, value in row.items() if key}
        found = {name: next((row[title] for title in titles if title in row), None) for name, titles in NAMES.items()}
        missing = [name for name, value in found.items() if value is None]
        if missing:
            raise ValueError(f"{path}: no column for {', '.join(missing)}")
        yield found


def date(text):
    """20260625 of 20260625, 2026/06/25, 115/06/25 and 1150625."""
    digits = re.sub("[^0-9]", "", text)
    return str(int(digits[:-4]) + COMMON_YEAR) + digits[-4:] if len(digits) == 7 else digits


def company(found, market, seen):
    short = narrow(found["short"])
    foreign = found["country"].strip("－- ")
    return {"code": found["code"], "market": market, "short": short, "plain": plain(short), "full": found["full"],
            "english": narrow(found["english"]), "industry": INDUSTRIES.get(found["industry"], found["industry"]),
            "country": foreign.split(" ")[0] if foreign else "TW", "ubn": ubn(found["ubn"]), "listed": date(found["listed"]), "last": seen}


def read(folder, name, columns):
    with open(os.path.join(folder, name + ".tsv"), encoding="utf-8") as file:
        head, *lines = file.read().splitlines()
    assert tuple(head.split("\t")) == columns, name
    return [dict(zip(columns, line.split("\t"))) for line in lines]


def update(old, renames, fresh, seen):
    """New rows of companies and renames, and what changed in words.  `fresh`: market -> rows of its list."""
    table = {row["code"]: row for row in old}
    newest = max((row["last"] for row in old), default=seen)
    states, changes = list(renames), []
    known = {row["code"] for row in renames}
    for market, rows in fresh.items():
        for new in rows:
            before = table.get(new["code"])
            if not before:
                changes.append(f"new\t{new['code']}\t{new['short']}\t{new['full']}")
            elif (before["short"], before["full"]) != (new["short"], new["full"]):
                changes.append(f"renamed\t{new['code']}\t{before['short']} {before['full']}\t{new['short']} {new['full']}")
                if new["code"] not in known:
                    states.append({"code": new["code"], "seen": before["last"], "short": before["short"], "full": before["full"]})
                states.append({"code": new["code"], "seen": seen, "short": new["short"], "full": new["full"]})
            elif any(before[column] != new[column] for column in COMPANIES if column != "last"):
                changes.append(f"changed\t{new['code']}\t" + "\t".join(
                    f"{column}: {before[column]} -> {new[column]}" for column in COMPANIES[:-1] if before[column] != new[column]))
            table[new["code"]] = new
        present = {row["code"] for row in rows}
        for row in old:
            if row["market"] == market and row["last"] == newest and row["code"] not in present and table[row["code"]] is row:
                changes.append(f"gone\t{row['code']}\t{row['short']}\t{row['full']}")
    for row in table.values():
        if row["last"] == newest and row["market"] not in fresh:
            row["last"] = seen
    return list(table.values()), states, sorted(changes)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seen", required=True, metavar="YYYY-MM", help="month of the download")
    parser.add_argument("--list", required=True, action="append", metavar="MIC=FILE", help="XTAI or ROCO and its list")
    parser.add_argument("--dict", default=os.path.join(REPOSITORY, "dict", "entities"), metavar="DIR")
    parser.add_argument("--check", action="store_true", help="print what would change")
    options = parser.parse_args(arguments)
    if not re.fullmatch("[0-9]{4}-[0-9]{2}", options.seen):
        parser.error("--seen is a month, 2026-09")
    fresh = {}
    for item in options.list:
        market, _, path = item.partition("=")
        if market not in ("XTAI", "ROCO") or not path:
            parser.error("--list is XTAI=FILE or ROCO=FILE")
        fresh[market] = [company(found, market, options.seen) for found in records(path)]
    rows, states, changes = update(read(options.dict, "companies", COMPANIES), read(options.dict, "renames", RENAMES), fresh, options.seen)
    print("\n".join(changes))
    if not options.check:
        write_table(os.path.join(options.dict, "companies.tsv"), COMPANIES, [[row[column] for column in COMPANIES] for row in rows])
        write_table(os.path.join(options.dict, "renames.tsv"), RENAMES, [[row[column] for column in RENAMES] for row in states])


if __name__ == "__main__":
    main(sys.argv[1:])
