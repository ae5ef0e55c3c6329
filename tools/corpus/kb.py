# SPDX-License-Identifier: Apache-2.0
"""Makes the entity list out of the lists of dict/entities.

    kb.py [--output DIR]

eids.tsv          the permanent id of every key; rows are only ever added
kb_entities.tsv   one row an entity: type, name and identifiers
kb_names.tsv      one row a name and entity: kind, flags, days between which it was in use

Several lists may tell of one entity (a listed bank is a company and an institution); they are
joined by shared names. Keys of eids.tsv say where an entity comes from: TW:2330, F:輝達, I:央行.

Flags of a name: w an ordinary word, place or person as well; x a nickname or short form that
counts in context only; n a word so common that only a code or the full name in the text makes it a name;
a capitals matter; d derived by rule from the legal name; q a name that the tagger does without.
"""
import collections
import os
import re

from common import argument_parser, table, write_table

LEGAL = re.compile(r"(股份有限公司|[(（]股[)）]有限公司|[(（]股[)）]公司|有限公司)$")
SUFFIX = re.compile(r"(\*|-KY創|-KY|-創|-DR)+$")
MARK = re.compile(r"\*|-創$|-DR$")
KY = re.compile(r"-KY創?$")
HAN = re.compile("[\u3400-\u9fff]+")
LATIN = re.compile("[A-Za-z]")
EDGE = re.compile("([\u3400-\u9fff](?=[A-Za-z0-9])|[A-Za-z0-9](?=[\u3400-\u9fff]))")
# What press texts leave out of a listed short name: 星宇 of 星宇航空.
TRADE = re.compile("(生技|生醫|科技|電子|精密|能源|建設|文創|航空|材料|投控|控股|國際|企業|實業|健康|電通|資訊|公司)$")
# Words a shortened legal name may end with: 進泰電子 of 進泰電子科技.
TAIL = ("電子 科技 光電 工業 企業 實業 國際 集團 控股 投控 半導體 精密 電機 機械 建設 開發 生技 醫療 "
        "製藥 藥業 生醫 化學 化工 塑膠 橡膠 紡織 纖維 水泥 鋼鐵 航運 海運 航空 食品 電腦 資訊 通訊 "
        "電信 材料 能源 綠能 環保 百貨 餐飲 飯店 證券 銀行 金控 保險 人壽 產險 資通 電線 電纜 電器 "
        "汽車 造船 營造 工程 玻璃 造紙 陶瓷 文創 數位 網路 軟體 系統 微電子 應材 投資 物流 貿易").split()
FINANCE = (("金融控股", ("金控", "金")), ("綜合證券", ("證券", "證")), ("商業銀行", ("銀行", "銀")),
           ("產物保險", ("產險",)), ("人壽保險", ("人壽",)))
SHORT_ENDINGS = (("銀行", ("銀", "商銀")), ("證券", ("證",)), ("產險", ("產",)))
HEAD = re.compile("^(台灣|臺灣|財團法人)")
DIGITS = "一二三四五六七八九十百千萬億兆"
# Commodities whose names are everyday nouns: 面板, 水泥.
GENERIC = {"electronics", "material", "chemical"}
INSTITUTION = {
    "BANK": "FIN", "INSURANCE": "FIN", "BROKER": "FIN", "FUNDHOUSE": "FIN", "RATING": "FIN",
    "DATA": "FIN", "GOV": "GOV", "REGULATOR": "GOV", "CENTRALBANK": "GOV", "COURT": "GOV",
    "PROSECUTOR": "GOV", "EXCHANGE": "ORG", "MEDIA": "ORG", "ASSOC": "ORG", "FORUM": "ORG",
    "AUDIT": "ORG", "INTLORG": "ORG", "STATEFUND": "ORG"}
LETTER = {"COM": "C", "FIN": "C", "PER": "P", "ORG": "O", "GOV": "G", "SEC": "S", "IDX": "I"}
SECURITIES = {"etf", "etn", "reit", "preferred", "abs"}
FOREIGN_FINANCE = set("""三菱日聯 中國平安 中銀香港 匯豐 友邦 大和資本 威士 富國銀行 巴克萊 幣安 德意志銀行
    恒生銀行 中信證券 摩根士丹利 摩根大通 法國巴黎銀行 法興 波克夏 渣打 滙豐控股 瑞信 瑞銀 矽谷銀行 美國運通 美銀 花旗
    萬事達 貝萊德 野村 雷曼 高盛 麥格理 黑石 港交所
    第一資本 嘉信理財 道富 先鋒集團 凱雷 KKR 橋水 橡樹資本 城堡投資 方舟投資 軟銀願景基金 中央匯金 淡馬錫 大華銀行
    華僑銀行 東亞銀行 蘇格蘭皇家銀行 勞埃德 桑坦德銀行 安盛 安聯 宏利 保德信 大都會人壽 美國國際集團 建設銀行 工商銀行
    農業銀行 中國銀行 招商銀行 交通銀行 中國人壽保險 中國太保 羅賓漢 慧甚 富途 Coinbase PayPal 螞蟻集團
    瑞穗金融集團 三井住友金融集團 日本生命 第一生命 東京海上 FTX Tether 灰度投資 OKX Kraken 富達投資
    品浩 景順 普信 阿波羅全球管理 貝恩資本 華平投資 紅杉資本 老虎環球 安德森霍羅維茲 潘興廣場 文藝復興科技 艾略特管理
    Archegos 美國合眾銀行 PNC金融 Truist 第一共和銀行 標誌銀行 銀門銀行 西太平洋合眾銀行 紐約社區銀行
    國民西敏寺銀行 德國商業銀行 裕信銀行 聯合聖保羅銀行 荷蘭國際集團 慕尼黑再保險 瑞士再保險 蘇黎世保險 丹斯克銀行 北歐銀行
    法國農業信貸 法國外貿銀行 加拿大皇家銀行 道明銀行 蒙特婁銀行 加拿大豐業銀行 澳盛銀行 西太平洋銀行 澳洲聯邦銀行
    澳洲國民銀行 Wedbush 德美利證券 盈透證券 億創理財 派傑投資 KeyBanc Cowen Evercore
    Needham Stifel Canaccord Susquehanna Rosenblatt BTIG CFRA 古根漢投資
    MoffettNathanson 香櫞研究 渾水研究 興登堡研究 俄羅斯聯邦儲蓄銀行""".split()) | {
    "General Catalyst", "Melvin Capital", "Raymond James", "Loop Capital", "Wolfe Research"}
# Registered short names that are English words, units or codes of other things.
ENGLISH = set("""ace aim all alpha apex arm art asia aurora bee best can chain champion chief choice choose
    eagle east easy elite ever evergreen fine first focus forward fuji gem general giant global gold good
    grand great green home hope ideal infinity jet just key king leader legend life light link lion long
    lucky max merry mega motor nice ocean one orient pan path phoenix pioneer power premier prime prince
    promise reach rich roo royal safe sanyo shin silver sky smart solar solid soft sonic star step strong
    success sun sunny super sure system taiwan tec test thunder tiger time top tower trade trend tri true
    union united unity victory vision vital wan way wealth wonder world young zone""".split())


class Entity:
    def __init__(self, key, kind, name):
        self.key, self.kind, self.name = key, kind, name
        self.code = self.mic = self.isin = self.ubn = self.industry = self.country = ""
        self.since = self.until = ""
        self.names = {}

    def add(self, name, kind, flags="", since="", until=""):
        """The first kind and flags a name gets stay."""
        if name and name not in self.names:
            self.names[name] = (kind, flags, since, until)

    def reopen(self, name):
        """A name that the exchange uses again has no end."""
        kind, flags, since, _ = self.names[name]
        self.names[name] = (kind, flags, since, "")


class Base:
    def __init__(self, folder):
        self.folder = folder
        self.by_key = {}
        self.review = {row["form"]: row for row in self.rows("ambiguity")}
        self.word = ordinary_words(os.path.join(folder, ".."), self)

    def rows(self, name):
        return list(table(self.folder, name + ".tsv"))

    def make(self, key, kind, name):
        return self.by_key.setdefault(key, Entity(key, kind, name))

    def flag(self, name, is_listed=False):
        """Whether a name is an ordinary word: the review decides; of listed companies, chosen
        without care for that, the word list."""
        reviewed = self.review.get(name)
        if reviewed and reviewed["flag"]:
            return reviewed["flag"].strip("-")
        return "w" if is_listed and name in self.word else ""


def ordinary_words(dict_folder, base):
    """Frequent words of the general list, and places; the review adds rarer ones."""
    found = set()
    for row in table(dict_folder, "lexicon", "general.tsv"):
        if int(row["count"]) >= 100:
            found.add(row["form"])
    for name, column in (("cities", "name"), ("territories", "name"), ("districts", "district"),
                         ("places", "name")):
        for row in base.rows(name):
            place = row[column]
            found.add(place)
            if len(place) == 3 and place[-1] in "區鄉鎮市縣":
                found.add(place[:2])
    return found


def legal_core(full):
    return LEGAL.sub("", full)


def prefixes(core):
    """Shorter forms of a legal name that end with a word of the trade; of a holding 欣陸投控."""
    if core.endswith("投資控股"):
        yield core[:-4] + "投控"
    for end in range(4, len(core)):
        if core[:end].endswith(tuple(TAIL)):
            yield core[:end]


def add_legal(base, entity, full, since="", until=""):
    core = legal_core(full)
    entity.add(full, "full", "", since, until)
    if len(core) > 2:
        entity.add(core, "full", base.flag(core), since, until)
    else:
        entity.add(core + "(股)公司", "full", "", since, until)
    for ending, shorts in FINANCE:
        if core.endswith(ending):
            for short in shorts:
                entity.add(core[:-len(ending)] + short, "short", "", since, until)


def add_short(base, entity, short, since="", until=""):
    plain = SUFFIX.sub("", short)
    entity.add(short, "short", base.flag(short, True) if short == plain else "", since, until)
    for name in (KY.sub("", short), plain):
        entity.add(name, "short", base.flag(plain, True), since, until)
        if not until:
            entity.reopen(name)


def date(text):
    return re.sub("[^0-9]", "", text)


def first_without(seen, last):
    """First day of the snapshot that no longer has a company: until then it may have been listed."""
    return "" if last == seen[-1] else date(seen[seen.index(last) + 1]) + "01"


def listed(base):
    isin = {row["code"]: row["isin"] for row in base.rows("securities") if row["kind"] in ("share", "tdr")}
    seen = sorted({row["last"] for row in base.rows("companies")})
    left = {row["code"]: row["until"] for row in base.rows("delisted")}
    for row in base.rows("companies"):
        kind = "FIN" if row["industry"] == "金融保險業" else "COM"
        entity = base.make("TW:" + row["code"], kind, row["short"])
        entity.code, entity.mic, entity.ubn = row["code"], row["market"], row["ubn"]
        entity.isin = isin.get(row["code"], "")
        entity.industry, entity.country = row["industry"], row["country"]
        entity.since = row["listed"]
        entity.until = left.get(row["code"]) or first_without(seen, row["last"])
        entity.english = row["english"]
    for row in base.rows("emerging"):
        entity = base.make("TW:" + row["code"], "COM", row["short"])
        if not entity.code:
            entity.code, entity.mic, entity.industry = row["code"], "ROCO", row["industry"]
            entity.country = "TW"
            add_short(base, entity, row["short"])
    names_in_time(base)
    for row in base.rows("companies"):
        entity = base.by_key["TW:" + row["code"]]
        add_short(base, entity, row["short"])
        if re.fullmatch("[\u4e00-\u9fff]{2}生[技醫]", row["short"]):
            entity.add(row["short"][:3], "short", "xd")  # 台康生 in the press
        add_legal(base, entity, row["full"])
        add_english(base, entity, row["english"])


def delisted(base):
    """Companies that left the market before the first snapshot of the register; rows of later ones tell the day only."""
    first = date(min(row["last"] for row in base.rows("companies"))) + "01"
    for row in base.rows("delisted"):
        if "TW:" + row["code"] in base.by_key:
            continue
        entity = base.make("TW:" + row["code"], "FIN" if row["short"].endswith(("金", "壽")) else "COM",
                           row["short"])
        entity.code, entity.mic, entity.country = row["code"], row["market"], "TW"
        entity.until = row["until"] or first
        add_short(base, entity, row["short"])
        add_legal(base, entity, row["full"])


def names_in_time(base):
    """A name begins with the snapshot that shows it first and ends with the next one's."""
    states = collections.defaultdict(list)
    for row in base.rows("renames"):
        states[row["code"]].append((row["seen"], row["short"], row["full"]))
    for code, rows in states.items():
        entity = base.by_key.get("TW:" + code)
        if not entity:
            continue
        rows.sort()
        for number, (seen, short, full) in enumerate(rows):
            since = date(seen) + "01" if number else ""
            until = date(rows[number + 1][0]) + "01" if number + 1 < len(rows) else ""
            same = [row for row in rows if row[1] == short]
            since = "" if same[0][0] == rows[0][0] else since
            until = "" if same[-1][0] == rows[-1][0] else until
            add_short(base, entity, short, since, until)
            add_legal(base, entity, full)


def add_english(base, entity, english):
    """Registered English short names; short ones are initials that others use too."""
    letters = re.sub("[^A-Za-z]", "", english)
    if len(letters) < 3:
        return
    is_initials = english.isupper() and len(letters) < 6
    common = letters.lower() in ENGLISH
    context = "xa" if is_initials else "x" if common or len(letters) < 6 else "a"
    entity.add(english, "english", base.flag(english) + context)


def foreign(base):
    for row in [*base.rows("foreign_companies"), *base.rows("world_companies")]:
        entity = base.make("F:" + row["name"], "FIN" if row["name"] in FOREIGN_FINANCE else "COM", row["name"])
        code = row["ticker"]
        if row["market"] == "HK" and code:
            code, entity.mic = code[-4:] if code.startswith("0") else code, "XHKG"
        entity.code, entity.country = code, row["market"]
        for name in [row["name"], *row["aliases"].split(";"), row["variant"]]:
            if name == "牙膏廠":
                entity.add(name, "nick", "x")
            elif LATIN.search(name):
                entity.add(name, "english", "a" if len(name) > 2 else "xa")
            else:
                entity.add(name, "short", base.flag(name))
        entity.add(row["english"], "english", "a" if len(row["english"]) > 3 else "xa")


def institutions(base):
    """An institution that shares a Chinese name of three or more characters is that entity."""
    owner = {}
    for entity in base.by_key.values():
        for name in entity.names:
            if len(name) > 2 and HAN.fullmatch(name):
                owner.setdefault(name.replace("臺", "台"), entity)
    rows = [("", row) for name in ("institutions", "offices") for row in base.rows(name)] + [("q", row) for row in base.rows("courts")]
    for quiet, row in rows:
        names = [row["name"], *filter(None, row["aliases"].split(";"))]
        shared = [owner[name.replace("臺", "台")] for name in names if name.replace("臺", "台") in owner]
        if "I:" + row["name"] in base.by_key:
            shared = [base.by_key["I:" + row["name"]]]
        kind = INSTITUTION[row["type"]]
        entity = shared[0] if shared else base.make("I:" + row["name"], kind, row["name"])
        if not shared:
            entity.country = row["country"]
        for name in names:
            if LATIN.search(name):
                entity.add(name, "english", "a")
            else:
                full = "full" if name == row["name"] and len(name) > 4 else "short"
                entity.add(name, full, base.flag(name) + quiet)


def securities(base):
    for row in base.rows("securities"):
        if row["kind"] in SECURITIES:
            entity = base.make("S:" + row["code"], "SEC", row["name"])
            entity.code, entity.mic, entity.isin = row["code"], row["market"], row["isin"]
            entity.since, entity.country = date(row["listed"]), "TW"
            entity.add(row["name"], "full")


def plain_list(base, name, kind, prefix, key="name", code="", flags=""):
    """Lists with a name, aliases joined by ';' and perhaps a code."""
    for row in base.rows(name):
        entity = base.make(prefix + row[key], row.get("type") or kind, row["name"])
        entity.code = row[code] if code else ""
        entity.country = row.get("country", "")
        for number, alias in enumerate([row["name"], *row.get("aliases", "").split(";")]):
            latin = LATIN.search(alias)
            generic = flags or ("n" if row.get("kind") in GENERIC or alias.endswith("價") else "")
            mark = ("a" if latin else base.flag(alias)) + generic
            entity.add(alias, "english" if latin else "short" if number else "full", mark)


def indices(base):
    plain_list(base, "indices", "IDX", "IDX:", "code", "code")


def currencies(base):
    official = {row["code"]: row["name"] for row in base.rows("currencies")}
    for row in base.rows("currency_names"):
        entity = base.make("CUR:" + row["code"], "CUR", official.get(row["code"], row["name"]))
        entity.code = row["code"]
        latin = LATIN.search(row["name"])
        entity.add(row["name"], "code" if row["name"] == row["code"] else "short", "a" if latin else "")


def places(base):
    for row in base.rows("territories"):
        if row["name"] and not row["code"].isdigit():
            entity = base.make("LOC:" + row["code"], "LOC", row["name"])
            entity.country = row["code"]
            entity.add(row["name"], "full")
    for row in base.rows("counties"):
        entity = base.make("LOC:TW/" + row["name"], "LOC", row["name"])
        entity.country = "TW"
        for name in [row["name"], *row["aliases"].split(";")]:
            entity.add(name, "short")
    for row in base.rows("districts"):
        name = row["district"]
        entity = base.make(f"LOC:TW/{row['county']}/{name}", "LOC", name)
        entity.country = "TW"
        entity.add(row["county"] + name, "full")
        entity.add(row["county"].replace("臺", "台") + name, "full")
        if len(name) > 2:
            entity.add(name, "short")
    for row in base.rows("cities"):
        entity = base.make("LOC:" + row["zone"], "LOC", row["name"])
        entity.add(row["name"], "short")
    for row in base.rows("foreign_places"):
        entity = base.make(f"LOC:{row['country']}/{row['name']}", "LOC", row["name"])
        entity.country = row["country"]
        for name in [row["name"], *row["aliases"].split(";")]:
            entity.add(name, "short", row["flag"] + "q")


def ordinary_isin(code):
    """ISIN of the ordinary shares of a company of Taiwan: its code and the check digit."""
    stem = f"TW000{code}00"
    digits = "".join(str(int(char, 36)) for char in stem)
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(digits)))
    return stem + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def isins(base):
    """The list of ISINs has no emerging shares and none of companies that have left."""
    for entity in base.by_key.values():
        is_ordinary = entity.mic in ("XTAI", "ROCO") and entity.country == "TW" and re.fullmatch("[1-8][0-9]{3}", entity.code)
        if entity.kind in ("COM", "FIN") and is_ordinary and not entity.isin:
            entity.isin = ordinary_isin(entity.code)


def dated_names(base):
    """Days on which names began and ended, where they are known better than from the snapshots."""
    for row in base.rows("name_dates"):
        entity = base.by_key[row["key"]]
        kind, flags, _, _ = entity.names.get(row["name"], ("short", base.flag(row["name"]), "", ""))
        entity.names[row["name"]] = (kind, flags, row["since"], row["until"])


def nicknames(base):
    """Reviewed nicknames and press names of companies, persons and indices."""
    kinds = {"PER": "PER", "FUT": "IDX", "INDEX": "IDX"}
    for row in base.rows("aliases"):
        flags = "x" if row["flag"] == "ctx" else base.flag(row["alias"])
        nick = "nick" if row["register"] == "forum" else "short"
        if row["type"] == "GROUP":
            continue
        if row["type"] in ("ORG", "ETF"):
            key = ("S:" if row["type"] == "ETF" else "TW:") + row["target"]
            entity = base.by_key.get(key) or base.make(key, "SEC" if row["type"] == "ETF" else "COM", row["canonical"])
            entity.code = entity.code or row["target"]
        elif row["type"] == "PER":
            entity = base.make("PER:" + row["canonical"], "PER", row["canonical"])
            nick = "full" if row["alias"] == row["canonical"] else nick
        else:
            entity = base.make("IDX:" + row["target"], kinds[row["type"]], row["canonical"])
            entity.code = row["target"]
        latin = LATIN.search(row["alias"]) and row["register"] != "forum"
        entity.add(row["alias"], "english" if latin and nick == "short" else nick, flags + ("a" if latin else ""))
    for row in base.rows("forum_aliases"):
        key = next((k + row["code"] for k in ("TW:", "IDX:") if k + row["code"] in base.by_key), None)
        if key and row["alias"] != "郭董":
            base.by_key[key].add(row["alias"], "nick", base.flag(row["alias"]) or ("x" if len(row["alias"]) < 3 else ""))
    for row in base.rows("nicknames"):
        base.by_key[row["key"]].add(row["alias"], row["kind"], row["flags"])


def heads(base, owners, found):
    """寶齡 of 寶齡富錦: the head of a short name of four characters, when no other name begins so and it counts nothing."""
    begins = collections.Counter(name[:2] for entity in base.by_key.values() for name in {HEAD.sub("", n) for n in entity.names}
                                 if entity.kind in ("COM", "FIN"))
    for entity in base.by_key.values():
        if not entity.key.startswith("TW:") or not re.fullmatch("[\u4e00-\u9fff]{4}", entity.name):
            continue
        head = entity.name[:2]
        own = {HEAD.sub("", name) for name in entity.names}
        if begins[head] == sum(name[:2] == head for name in own) and head[0] not in DIGITS and "的" not in head:
            owners[head].add(entity.key)
            found[head] = entity


def institution_shorts(entity):
    """凱基銀 of 凱基銀行, 華泰商銀 of 華泰銀行, 凱基證 of 凱基證券."""
    for name in entity.names:
        for ending, shorts in SHORT_ENDINGS:
            stem = name[:-len(ending)]
            if name.endswith(ending) and len(stem) > 1 and HAN.fullmatch(name):
                yield from (stem + short for short in shorts)


def derived(base):
    """Shortened legal names, where only one company can be meant."""
    owners = collections.defaultdict(set)
    found = {}
    taken = {name for entity in base.by_key.values() for name in entity.names}
    for entity in base.by_key.values():
        for name, (kind, *_rest) in list(entity.names.items()):
            if kind == "full" and entity.key.startswith("TW:"):
                for short in prefixes(legal_core(name)):
                    owners[short].add(entity.key)
                    found[short] = entity
            trunk = TRADE.sub("", SUFFIX.sub("", name))
            if kind == "short" and entity.key.startswith("TW:") and 2 <= len(trunk) < len(name):
                owners[trunk].add(entity.key)
                found[trunk] = entity
    for entity in base.by_key.values():
        if entity.kind == "FIN" and entity.country == "TW":
            for short in institution_shorts(entity):
                owners[short].add(entity.key)
                found[short] = entity
    heads(base, owners, found)
    for short, keys in sorted(owners.items()):
        if len(keys) == 1 and short not in taken and short not in base.word:
            found[short].add(short, "short", "d" if len(short) > 2 else "nd" if base.flag(short) == "n" else "xd")


def spaced(base):
    """Reporters set numbers and Latin letters off by a blank: 元大台灣 50."""
    for entity in base.by_key.values():
        for name, (kind, flags, since, until) in list(entity.names.items()):
            loose = EDGE.sub(r"\1 ", name)
            if loose != name and kind in ("full", "short") and "-" not in name:
                entity.add(loose, kind, flags, since, until)


def codes(base):
    """Hong Kong's are written with and without their zeros."""
    for entity in base.by_key.values():
        if entity.code and entity.kind in ("COM", "FIN", "SEC"):
            entity.add(entity.code, "code", "xa" if LATIN.match(entity.code) else "x")
            short = entity.code.lstrip("0")
            if entity.mic == "XHKG" and len(short) > 1:
                entity.add(short, "code", "x")


def people(base):
    for row in base.rows("people"):
        entity = base.make("PER:" + row["name"], "PER", row["name"])
        entity.add(row["name"], "full")
        for alias in row["aliases"].split(";"):
            entity.add(alias, "short", base.flag(alias))


def brands(base):
    """Products with names of their own; the parent is the company that makes them."""
    for row in base.rows("brands"):
        entity = base.make("PRD:" + row["name"], "PRD", row["name"])
        entity.parent = row["owner"]
        entity.add(row["name"], "full", "a" if LATIN.search(row["name"]) else "")


def subsidiaries(base):
    """Unlisted companies that announcements of their parents name in full."""
    taken = {name for entity in base.by_key.values() for name in entity.names}
    for row in base.rows("subsidiaries"):
        core = legal_core(row["name"])
        if row["name"] in taken or core in taken or len(core) < 4:
            continue
        taken.add(core)
        entity = base.make("SUB:" + row["name"], "COM", core)
        entity.parent = "TW:" + row["parent"]
        entity.add(row["name"], "full")
        entity.add(core, "full", base.flag(core))


def build(folder):
    base = Base(folder)
    listed(base)
    delisted(base)
    securities(base)
    foreign(base)
    institutions(base)
    indices(base)
    currencies(base)
    places(base)
    plain_list(base, "commodities", "CMD", "CMD:")
    plain_list(base, "products", "PRD", "PRD:", flags="n")
    plain_list(base, "technologies", "TEC", "TEC:")
    plain_list(base, "industries", "IND", "IND:")
    plain_list(base, "facilities", "FAC", "FAC:")
    for row in base.rows("laws"):
        base.make("LAW:" + row["name"], "LAW", row["name"]).add(row["name"], "full")
    for row in base.rows("law_names"):
        base.make("LAW:" + row["name"], "LAW", row["name"]).add(row["alias"], "short", "a" if LATIN.search(row["alias"]) else "")
    for row in base.rows("statutes"):
        base.make("LAW:" + row["name"], "LAW", row["name"]).add(row["name"], "full", "q")
    for row in base.rows("landmarks"):
        base.make(row["type"] + ":" + row["name"], row["type"], row["name"]).add(row["name"], "full", "q")
    isins(base)
    nicknames(base)
    people(base)
    brands(base)
    subsidiaries(base)
    derived(base)
    spaced(base)
    codes(base)
    dated_names(base)
    return base


def allocate(folder, base):
    """Numbers of keys: old ones stay, new ones follow in the order of their keys."""
    path = os.path.join(folder, "eids.tsv")
    eids = {row["key"]: row["eid"] for row in table(path)} if os.path.exists(path) else {}
    last = collections.Counter()
    for eid in eids.values():
        last[eid[0]] = max(last[eid[0]], int(eid[1:]))
    for key in sorted(base.by_key, key=str.encode):
        if key not in eids:
            letter = LETTER.get(base.by_key[key].kind, "X")
            last[letter] += 1
            eids[key] = f"{letter}{last[letter]:08d}"
    return eids


def entity_rows(base, eids):
    for key, entity in base.by_key.items():
        parent = getattr(entity, "parent", "")
        yield (eids[key], entity.kind, MARK.sub("", entity.name), entity.code, entity.mic,
               entity.isin, entity.ubn, entity.industry, entity.country, entity.since, entity.until,
               eids[parent] if parent in base.by_key else "")


def name_rows(base, eids):
    for key, entity in base.by_key.items():
        for name, (kind, flags, since, until) in entity.names.items():
            prefer = base.review.get(name, {}).get("prefer", "")
            rank = "1" if prefer == key else "3" if prefer else "2"
            yield (name, eids[key], kind, flags, rank, since, until)


def main():
    options = argument_parser(__doc__.split("\n\n")[0]).parse_args()
    folder = os.path.join(options.output, "dict", "entities")
    base = build(folder)
    eids = allocate(folder, base)
    write_table(os.path.join(folder, "eids.tsv"), ("eid", "key"), [(eid, key) for key, eid in eids.items()])
    write_table(os.path.join(folder, "kb_entities.tsv"),
                ("eid", "type", "name", "code", "mic", "isin", "ubn", "industry", "country", "since", "until",
                 "parent"), entity_rows(base, eids))
    write_table(os.path.join(folder, "kb_names.tsv"),
                ("name", "eid", "kind", "flags", "rank", "since", "until"), name_rows(base, eids))


if __name__ == "__main__":
    main()
