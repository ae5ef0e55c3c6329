# SPDX-License-Identifier: Apache-2.0
"""Writes corpora/names: sentences with names for the trainer of stage ner.

    name_corpus.py wiki                                 from corpora/uner and dict/entities
    name_corpus.py headlines --jinwen PROGRAM --model MODEL
                                                        from corpora/names/templates.txt and the
                                                        lists of dict; words are cut by the model

Templates are headlines and forum lines with slots, {C} for a listed company and so on: see
`Filler`. Each is filled a few times with names drawn from the lists, so that the network learns
in which surroundings a listed name is one. Drawing is seeded: the same lists and the same model
give the same bytes. A line where a name's edge falls inside a word is left out.
"""
import argparse
import json
import os
import random
import re
import subprocess

from common import REPOSITORY, table

SEED = 7
FILLS = 28          # of a template with slots
FILLS_PLAIN = 3     # of one without
ORGANISATION = [    # what the end of an organisation's name says of its kind, first match wins
    ("FIN", r"(?<!中央)(銀行|證券|保險|人壽|金控|投信|基金|信託|創投|資本)$"),
    ("GOV", r"(政府|部|局|署|委員會|法院|國會|議會|央行|中央銀行|處|廳|行政院|立法院|監察院|內閣|警方|海關)$"),
    ("COM", r"(公司|集團|企業|實業|工業|電子|航空|電視|廣播|汽車|製藥|出版社|報社|日報|時報|百貨|鐵路|電台"
            r"|唱片|影業|娛樂|港鐵)$"),
]
SURNAMES_AS_NICKNAMES = "王陳林黃李張吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴"
SYLLABLES = ("ra ri ro sta tel ver mon zen cor nex lum dyn ax on ix ia tech net gen bio max pay lab ware quant "
             "cloud soft neu fi sol pha vi ta no va ka mi de con tri pro").split()
LATIN_ENDS = ["Inc", "Technologies", "Therapeutics", "Capital", "Holdings", "Systems", "Labs", "Energy", "Group",
              "Corp", "Motors"]
FREQUENT = {        # drawn more often than the lists alone would have it
    "GOV": ["央行", "金管會", "經濟部", "主計總處", "財政部", "證交所", "Fed", "聯準會", "歐洲央行", "日本央行",
            "美國商務部", "公平會"],
    "ORG": ["TrendForce", "集邦科技", "工研院", "台經院", "中經院", "國際貨幣基金", "OPEC", "世界銀行", "SEMI", "IDC"],
    "IDX": ["台股", "大盤", "加權指數", "櫃買指數", "道瓊", "那斯達克", "標普500", "費半", "恆生指數", "上證指數",
            "日經指數", "那指", "道瓊指數", "S&P 500"],
    "CUR": ["美元", "台幣", "新台幣", "人民幣", "日圓", "歐元", "英鎊", "比特幣", "韓元", "日元", "美金"],
    "CMD": ["黃金", "原油", "布蘭特原油", "西德州原油", "白銀", "銅"],
    "PRD": ["iPhone 17", "iPhone", "GB200", "GB300", "H100", "H200", "Model 3", "Model Y", "CoWoS", "RTX 5090",
            "ChatGPT", "Vision Pro", "Blackwell", "Switch 2", "PS5", "Windows 11", "Galaxy S25", "AirPods",
            "Ryzen 9", "B200"],
    "PER": ["川普", "拜登", "馬斯克", "黃仁勳", "鮑爾", "葉倫", "習近平", "普丁", "貝森特", "蘇姿丰", "庫克", "祖克柏",
            "貝佐斯", "巴菲特", "拉加德", "張忠謀", "魏哲家", "郭台銘", "劉揚偉", "賴清德", "澤倫斯基", "莫迪", "石破茂",
            "楊金龍"],
    "LOC": ["美國", "中國", "日本", "台灣", "歐洲", "韓國", "印度", "越南", "德國", "英國", "俄羅斯", "烏克蘭", "新竹",
            "高雄", "台中", "桃園", "台南", "亞利桑那", "上海", "深圳", "香港", "新加坡", "墨西哥", "泰國", "熊本", "矽谷"],
}
SHARE = {"GOV": 3, "ORG": 2, "IDX": 6, "CUR": 8, "CMD": 2, "PRD": 3, "LOC": 25}
FUND_NAMES = ["反一", "正二", "反1", "正2", "0050正二", "00631L", "00632R", "台灣50", "台灣50反1", "元大台灣50", "0050",
              "0056", "00878", "00919", "00929", "00940", "美債20", "00679B", "00687B", "00713"]
SHORT_PLACES = "美中日韓台英德法俄印港歐陸澳"


def dictionary(*path):
    return list(table(REPOSITORY, "dict", *path))


def has_han(text):
    return re.search("[\u4e00-\u9fff]", text) is not None


class Lists:
    """Names by type, out of dict/."""

    def __init__(self):
        entities = {row["eid"]: row for row in dictionary("entities", "kb_entities.tsv")}
        self.type = {}
        self.names = {}
        for row in dictionary("entities", "kb_names.tsv"):
            entity = entities.get(row["eid"])
            if not entity:
                continue
            self.type.setdefault(row["name"], entity["type"])
            if row["kind"] in ("short", "full", "nick") and len(row["name"]) <= 10:
                self.names.setdefault(entity["type"], []).append(row["name"])
        for kind, names in FREQUENT.items():
            self.names[kind] = self.names.get(kind, []) + names * SHARE.get(kind, 1)
        self.names["CUR"] = [name for name in self.names["CUR"] if has_han(name)]
        self.names["PRD"] = [name for name in self.names["PRD"] if re.search("[A-Za-z0-9]", name)]
        companies = [(row["plain"] or row["short"], row["code"], row["industry"])
                     for row in dictionary("entities", "companies.tsv")]
        self.companies = [row for row in companies if row[2] != "金融保險業"]
        self.financials = [row[0] for row in companies if row[2] == "金融保險業"] + self.names["FIN"]
        self.codes = [row[1] for row in companies]
        self.foreign = [name for row in dictionary("entities", "foreign_companies.tsv")
                        for name in [row["name"], row["english"]] + row["aliases"].split(";") if name]
        self.places = [row["name"] for row in dictionary("entities", "territories.tsv")] + self.names["LOC"]
        self.places = [name for name in self.places if len(name) <= 5]
        self.funds = [row for row in dictionary("entities", "securities.tsv") if row["kind"] == "etf"]
        self.surnames = [row for row in dictionary("names", "surname_shares.tsv") if len(row["surname"]) == 1]
        self.given = dictionary("names", "given_chars.tsv")
        self.transliterated = [row["form"] for row in dictionary("lexicon", "foreign.tsv")]


class Filler:
    """Draws what a slot holds: (text, type or None)."""

    def __init__(self, lists):
        self.lists = lists
        self.random = random.Random(SEED)

    def pick(self, items):
        return self.random.choice(items)

    def weighted(self, rows, column, weight):
        return self.random.choices(rows, [float(row[weight]) + 0.1 for row in rows])[0][column]

    def letters(self):
        return "".join(self.pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(self.random.randint(2, 4)))

    def number(self):
        kind = self.random.randrange(3)
        whole = self.random.randint(1, 999)
        return [str(whole), f"{whole % 99 + 1}.{self.random.randint(1, 99)}",
                f"{whole % 30 + 1},{self.random.randint(100, 999)}"][kind]

    def person(self):
        share = self.random.random()
        if share < 0.25:
            return self.pick(FREQUENT["PER"])
        if share > 0.75:
            return self.pick(self.lists.transliterated)
        name = self.weighted(self.lists.surnames, "surname", "percent") + \
            self.weighted(self.lists.given, "char", "first")
        return name + (self.weighted(self.lists.given, "char", "second") if self.random.random() < 0.9 else "")

    def nickname(self):
        surname = self.pick(SURNAMES_AS_NICKNAMES)
        if self.random.random() < 0.5:
            return self.pick("老阿小") + surname
        return surname + self.pick(["董", "哥", "姐", "大", "總", "老師"])

    def latin(self):
        word = "".join(self.pick(SYLLABLES) for _ in range(self.pick([2, 2, 3]))).capitalize()
        share = self.random.random()
        if share < 0.25:
            return word + " " + self.pick(LATIN_ENDS)
        return word.upper()[:5] if share > 0.95 else word

    def known(self, name):
        return name, "FIN" if self.lists.type.get(name) == "FIN" else "COM"

    def name(self, slot):
        lists = self.lists
        if slot == "C":     # listed company, sometimes of those with a foreign seat
            return self.known(self.pick(lists.companies)[0] + ("-KY" if self.random.random() < 0.04 else ""))
        if slot == "FC":    # foreign company
            return self.known(self.pick(lists.foreign))
        if slot == "SK":    # code of a fund
            return self.pick(lists.funds)["code"], "SEC"
        if slot == "S":
            return self.pick(lists.funds)["name"], "SEC"
        if slot == "XC":    # foreign code
            return self.letters() + self.pick([".US", "-US", ""]), "COM"
        draws = {"K": (lists.codes, "COM"), "F": (lists.financials, "FIN"), "L": (lists.places, "LOC"),
                 "LS": (SHORT_PLACES, "LOC"), "SEC": (FUND_NAMES, "SEC"), "G": (lists.names["GOV"], "GOV"),
                 "GS": (["Fed", "聯準會", "央行", "歐洲央行", "日銀", "ECB", "FDA", "SEC", "NCC", "金管會"], "GOV"),
                 "O": (lists.names["ORG"], "ORG"), "I": (lists.names["IDX"], "IDX"),
                 "CUR": (lists.names["CUR"], "CUR"), "M": (lists.names["CMD"], "CMD"),
                 "D": (lists.names["PRD"], "PRD")}
        makers = {"P": (self.person, "PER"), "NICK": (self.nickname, "PER"), "XN": (self.latin, "COM"),
                  "XT": (lambda: self.letters() + "-US", "COM")}
        if slot in makers:
            return makers[slot][0](), makers[slot][1]
        return (self.pick(draws[slot][0]), draws[slot][1]) if slot in draws else None

    def plain(self, slot):
        draw = self.random.randint
        if slot == "N":
            return self.number()
        if slot == "PC":
            return self.pick([f"{draw(1, 99)}%", f"{draw(1, 60)}.{draw(0, 99):02d}%"])
        if slot == "MO":
            return self.pick([f"{draw(1, 12)}月", "上月", "本月", "今年", "去年"])
        if slot == "MDD":
            return f"{draw(1, 12):02d}{draw(1, 30):02d}"
        if slot == "DATE":
            return f"2025/{draw(1, 12):02d}/{draw(1, 28):02d}"
        return self.pick({"Q": ["Q1", "Q2", "Q3", "Q4", "一", "二", "三", "四", "首季", "上半年"],
                          "CMP": ["年增", "月增", "季增", "年減", "月減", "年成長"]}[slot])

    def fill(self, template):
        """Returns the text and its names as (start, end, type)."""
        text, names = "", []
        for part in re.split(r"(\{[A-Z]+\})", template):
            if not part.startswith("{"):
                text += part
                continue
            found = self.name(part[1:-1])
            if found:
                names.append((len(text), len(text) + len(found[0]), found[1]))
            text += found[0] if found else self.plain(part[1:-1])
        return text, names


def segment(texts, program, model):
    """Sentences of each text as lists of CoNLL-U cells."""
    records = "".join(json.dumps({"body": text}, ensure_ascii=False) + "\n" for text in texts)
    output = subprocess.run([program, "annotate", "-q", "-m", model, "-f", "jsonl", "-t", "conllu",
                             "--want", "token"], input=records, capture_output=True, text=True, check=True)
    found = []
    for line in output.stdout.splitlines():
        if line.startswith("# newdoc"):
            found.append([])
        elif line.startswith("# sent_id"):
            found[-1].append([])
        elif line[:1].isdigit():
            found[-1][-1].append(line.split("\t"))
    return found


def misc(cells):
    return dict(item.split("=", 1) for item in cells[9].split("|") if "=" in item)


def tags(sentences, names):
    """IOB2 tags of all words, or None when a name does not fit words."""
    starts = {start: (end, kind) for start, end, kind in names}
    result, fits, inside = [], 0, None
    for words in sentences:
        for cells in words:
            start, end = int(misc(cells)["Start"]), int(misc(cells)["End"])
            edge = "I"
            if inside is None and start in starts:
                inside, edge = starts[start], "B"
            result.append(f"{edge}-{inside[1]}" if inside else "O")
            if inside and end == inside[0]:
                inside, fits = None, fits + 1
        if inside is not None:
            return None
    return result if fits == len(names) else None


def sentence_of(name, text, forms, labels):
    rows = "".join(f"{i + 1}\t{form}\t{label}\t-\t-\n" for i, (form, label) in enumerate(zip(forms, labels)))
    return f"# sent_id = {name}\n# text = {text}\n{rows}\n"


def write(name, sentences):
    path = os.path.join(REPOSITORY, "corpora", "names", f"{name}.iob2")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(sentences)


def headlines(program, model):
    filler = Filler(Lists())
    with open(os.path.join(REPOSITORY, "corpora", "names", "templates.txt"), encoding="utf-8") as file:
        templates = file.read().splitlines()
    drawn = [filler.fill(template) for template in templates
             for _ in range(FILLS if "{" in template else FILLS_PLAIN)]
    filler.random.shuffle(drawn)
    out = []
    for (_, names), sentences in zip(drawn, segment([text for text, _ in drawn], program, model)):
        found = tags(sentences, names)
        for words in sentences if found is not None else []:
            text = "".join(cells[1] + ("" if "SpaceAfter" in misc(cells) else " ") for cells in words)
            labels = [found.pop(0) for _ in words]
            out.append(sentence_of(f"headline-{len(out) + 1}", text.strip(), [cells[1] for cells in words], labels))
    write("headlines", out)


def kind_of(name, types):
    """Organisations of the wiki sentences by kind: the list's, else what the name ends with."""
    if types.get(name) in ("COM", "FIN", "GOV"):
        return types[name]
    return next((kind for kind, ending in ORGANISATION if re.search(ending, name)), "ORG")


def sort_kinds(forms, labels, types):
    """The labels with ORG replaced by the kind of organisation."""
    result, i = list(labels), 0
    while i < len(labels):
        end = i + 1
        while labels[i] != "O" and end < len(labels) and labels[end].startswith("I-"):
            end += 1
        if labels[i] == "B-ORG":
            kind = kind_of("".join(forms[i:end]), types)
            result[i:end] = [f"{label[0]}-{kind}" for label in labels[i:end]]
        i = end
    return result


def wiki():
    types, out, forms, labels, text = Lists().type, [], [], [], ""
    with open(os.path.join(REPOSITORY, "corpora", "uner", "train.iob2"), encoding="utf-8") as file:
        rows = file.read().splitlines() + [""]
    for row in rows:
        if row.startswith("# text = "):
            text = row[len("# text = "):]
        elif row and row[0] != "#":
            forms.append(row.split("\t")[1])
            labels.append(row.split("\t")[2])
        elif not row and forms:
            out.append(sentence_of(f"wiki-{len(out) + 1}", text, forms, sort_kinds(forms, labels, types)))
            forms, labels = [], []
    write("wiki", out)


def main():
    parser = argparse.ArgumentParser(description="Writes corpora/names.")
    parser.add_argument("part", choices=["wiki", "headlines"])
    parser.add_argument("--jinwen")
    parser.add_argument("--model")
    options = parser.parse_args()
    if options.part == "wiki":
        wiki()
    else:
        headlines(options.jinwen, options.model)


if __name__ == "__main__":
    main()
