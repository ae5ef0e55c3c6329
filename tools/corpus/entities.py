# SPDX-License-Identifier: Apache-2.0
"""Makes those lists of dict/entities that come from public registers.

Persons named in the registers (chairmen, spokesmen, accountants) are left out. The lists written
by hand in the same folder are kept there and nowhere else; tools/corpus/README.md names them.
"""
import json
import os
import re

from common import arguments, clean, comma_table, lines, open_text, table, write_table
from opencc import Converter

MARKETS = {"上市": "XTAI", "上市臺灣創新板": "XTAI", "上櫃": "ROCO"}
KINDS = {"股票": "share", "ETF": "etf", "ETN": "etn", "創新板": "share", "特別股": "preferred",
         "臺灣存託憑證(TDR)": "tdr", "受益證券-不動產投資信託": "reit",
         "受益證券-資產基礎證券": "abs"}

# What the exchange appends to short names: par value not 10 dollars, registered abroad,
# innovation board, depositary receipt. Texts mostly leave it out.
SUFFIX = re.compile(r"(\*|-KY創|-KY|-創|-DR)+$")
LEAD = re.compile("^(公告|代|子公司|重要|[-－:：、,，.])+")
# Where one announced subsidiary ends and the next begins, and what follows the name of one.
NEXT = re.compile("(?<=公司)(?:[、，,]+及?|及其?|和|與)|共同子公司")
SHORTENED = re.compile("[(（](?:以下簡稱|以下稱|下稱|簡稱).*$")
REPEATED = re.compile("(?<=公司)(?:本公司|公司)$")
FORMER = re.compile(r"\(原:?.*\)$")
LAW = re.compile("(法|條例|辦法|準則|細則|規則|標準|規程|通則)$")
NOT_THEME = re.compile(r"[|_]|^[\d.%]+$")
HAN_NAME = re.compile("[\u4e00-\u9fff]+([·-][\u4e00-\u9fff]+)*")
ASCII = {ord("！") + n: chr(0x21 + n) for n in range(94)}


def plain(short):
    return SUFFIX.sub("", short)


def narrow(text):
    """Full-width Latin letters and signs inside English names and codes."""
    return clean(text.translate(ASCII))


def ubn(number):
    return "" if number == "00000000" else number


def companies(folder):
    for row in table(folder, "companies.tsv"):
        receipt = row["short"].endswith("-DR")
        yield (row["code"], MARKETS[row["market"]], row["short"], plain(row["short"]), row["full"],
               narrow(row["en"]), row["industry"] or ("存託憑證" if receipt else ""),
               row["reg"].split(" ")[0] if row["reg"] else "TW", ubn(row["ubn"]), row["lst"],
               row["last"])


def renames(folder):
    """
    States of a company's names in order of appearance. A state is dropped when only a note on
    the former name changed, or when a character outside Big5 was spelt out (方方土昶).
    """
    last = {}
    for row in table(folder, "name_changes_2023_2026.tsv"):
        state = (row["short"], FORMER.sub("", row["full"]))
        if state[0].startswith("方方土") or last.get(row["code"]) == state:
            continue
        last[row["code"]] = state
        yield (row["code"], row["first_seen"], *state)


def changed(rows):
    """Only companies with more than one state left."""
    rows = list(rows)
    codes = [row[0] for row in rows]
    return [row for row in rows if codes.count(row[0]) > 1]


def securities(folder):
    for row in comma_table(folder, "securities_no_warrants.csv"):
        yield (row["code"], KINDS[row["type"]], MARKETS[row["market"]], row["name"], row["ISIN"],
               row["start"].replace("/", "-"), row["group"], row["CFI"])


def emerging(folder, listed):
    """Codes that have moved to a listed board since are left to that list."""
    for row in comma_table(folder, "emerging_2025-02.csv"):
        if row["stock_id"] not in listed:
            yield (row["stock_id"], row["stock_name"], plain(row["stock_name"]),
                   row["industry_category"], row["date"])


def subsidiaries(folder, companies_full):
    """
    Company names announced as subsidiaries. The source cuts them out of subject lines, so only
    complete legal names stay, and not those of listed companies.
    """
    counts = {}
    for row in table(folder, "subsidiaries.tsv"):
        for part in NEXT.split(LEAD.sub("", row["subsidiary"])):
            name = REPEATED.sub("", SHORTENED.sub("", LEAD.sub("", part)))
            if name.endswith("公司") and len(name) > 5 and not name.endswith("子公司") and name not in companies_full:
                key = row["parent_code"], name
                counts[key] = counts.get(key, 0) + int(row["count"])
    for (parent, name), count in counts.items():
        yield parent, name, str(count)


def places(folder, converter):
    for row in table(folder, "places.tsv"):
        name = converter.convert(clean(row["zh_tw"]).split("(")[0].split("（")[0])
        if HAN_NAME.fullmatch(name):
            yield name, clean(row["en"]), row["id"]


def territories(folder):
    for row in table(folder, "names.tsv"):
        if row["type"] == "territories":
            yield row["name"], row["code"], row["locale"]


def cities(folder):
    for row in table(folder, "exemplar_cities.tsv"):
        if not row["tz"].startswith("Etc/"):
            yield row["city"], row["tz"]


def currencies(folder):
    """Money in use: rows with years in the name are history."""
    for row in table(folder, "currencies.tsv"):
        if "–" not in row["name"] and "（" not in row["name"] and row["code"] not in ("XXX", "XTS"):
            yield row["code"], row["name"], row["symbol"]


def districts(folder):
    pattern = re.compile(r"'zipcode': (\d+), 'county': '([^']+)', 'city': '([^']+)'")
    with open_text(folder, "zipcodes.js") as file:
        for zipcode, county, district in pattern.findall(file.read()):
            yield county, district, zipcode


def forum_aliases(folder):
    with open_text(folder, "aliases.json") as file:
        for alias, target in json.load(file).items():
            if alias != "_comment" and alias != target[1].lower():
                yield alias, target[0], target[1]


def themes(folder):
    """Names that company profiles mark: products, techniques, customers; seen at least thrice."""
    for line in list(lines(folder, "wikilinks.tsv"))[1:]:
        name, count = line.split("\t")
        if int(count) >= 3 and len(clean(name)) > 1 and not NOT_THEME.search(name):
            yield narrow(name), count


def laws(folder):
    """Titles of laws and orders: the first line of each block; tables of posts are not laws."""
    before = ""
    with open_text(folder, "a_laws_finance.txt.gz") as file:
        for line in file:
            title = clean(line)
            if title and not before and LAW.search(title):
                yield (title,)
            before = title


def merged(rows):
    """Adds up counts of names that have become equal."""
    total = {}
    for name, count in rows:
        total[name] = total.get(name, 0) + int(count)
    return total.items()


def main():
    options = arguments(__doc__.splitlines()[0])

    def source(name):
        return os.path.join(options.source, "lexicon", name)

    def write(name, header, rows):
        path = os.path.join(options.output, "dict", "entities", name + ".tsv")
        write_table(path, tuple(header.split()), rows)

    listed = list(companies(source("twse-tpex-companies")))
    cldr = source("cldr-zh-hant")
    write("companies", "code market short plain full english industry country ubn listed last",
          listed)
    write("renames", "code seen short full", changed(renames(source("twse-tpex-companies"))))
    write("securities", "code kind market name isin listed industry cfi",
          securities(source("twse-isin-codes")))
    write("emerging", "code short plain industry seen",
          emerging(source("twse-isin-codes"), {row[0] for row in listed}))
    write("subsidiaries", "parent name count",
          subsidiaries(source("twse-material-info"), {row[4] for row in listed}))
    write("places", "name english geonames",
          places(source("geonames-zh"), Converter(source("opencc"), "variants")))
    write("territories", "name code locale", territories(cldr))
    write("cities", "name zone", cities(cldr))
    write("currencies", "code name symbol", currencies(cldr))
    write("districts", "county district zip", districts(source("taiwan-admin")))
    write("laws", "name", laws(os.path.join(options.source, "text")))
    write("forum_aliases", "alias code name", forum_aliases(source("ptt-aliases-mit")))
    write("themes", "name count", merged(themes(source("my-tw-coverage"))))


if __name__ == "__main__":
    main()
