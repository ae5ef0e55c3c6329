# SPDX-License-Identifier: Apache-2.0
"""Makes dict/names (titles.tsv there is written by hand): what personal names are made of.

Persons themselves are never listed, only counts of surnames and characters. The list of office
holders behind surnames.tsv and given_chars.tsv is therefore read nowhere here, only its counts.
"""
import collections
import os
import re

from common import arguments, lines, table, write_table
from opencc import Converter

HAN = re.compile("[\u4e00-\u9fff]+")
SEPARATOR = re.compile("[·‧・-]")
MIN_CHAR = 3

# Generic endings of places; without them what is left of a foreign name is its sound.
GENERIC = re.compile("(特別行政區|自治區|自治州|河畔|群島|大區|地區|市|縣|州|省|區|島|河|山|湖|海|"
                     "鎮|郡|國|灣|港|角|邦|鄉|町|村|道|府|社|嶼|部|城|堡)+$")

# Places whose Latin name is pinyin or romaji are written with their own characters.
PINYIN = re.compile("(?:(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[aeiouüv]{1,3}(?:ng|n|r)?[ '-]?)+")
ROMAJI = re.compile("(?:(?:[kgsztdnhbpmyrwjf]|[kgnhbpmr]y|sh|ch|ts)?[aiueoāīūēō]n?[ '-]?)+")

# Last characters by which Japanese given names of two characters are told in a title.
GIVEN_ENDS = set("郎子美雄夫之介太男彥哉樹吾吉藏輔平治造代江惠乃奈香織")
MIN_JAPANESE = 4
MIN_SHARE = 0.15
NOT_SURNAMES = {"亞沃", "伊萬", "克列", "北宮", "叔孫", "奇蹟", "拉季", "摩登", "維什", "赫魯"}


class Positions:
    """How often a character begins, continues and ends a transliterated name."""

    def __init__(self):
        self.counts = collections.defaultdict(lambda: [0, 0, 0])

    def add(self, name):
        for at, char in enumerate(name):
            place = 0 if at == 0 else 2 if at == len(name) - 1 else 1
            self.counts[char][place] += 1

    def rows(self):
        for char, places in self.counts.items():
            if sum(places) >= MIN_CHAR:
                yield (char, sum(places), *places)


def is_foreign(english, name):
    latin = english.lower()
    if len(name) < 3 or not HAN.fullmatch(name):
        return False
    return not PINYIN.fullmatch(latin) and not ROMAJI.fullmatch(latin)


def place_characters(lexicon, converter):
    """Sounds of places: gazetteer rows, country names and time zone cities."""
    positions = Positions()
    for row in table(lexicon, "geonames-zh", "places.tsv"):
        for part in SEPARATOR.split(converter.convert(row["zh_tw"])):
            name = GENERIC.sub("", part)
            if is_foreign(row["en"], name):
                positions.add(name)
    for row in table(lexicon, "cldr-zh-hant", "exemplar_cities.tsv"):
        zone = row["tz"].split("/")[-1].replace("_", " ")
        name = GENERIC.sub("", row["city"])
        if is_foreign(zone, name):
            positions.add(name)
    return positions.rows()


def titles(lexicon):
    for line in lines(lexicon, "zhwiki-titles", "zhwiki_titles_tw.tsv.xz"):
        yield line.split("\t")[0]


def person_characters(lexicon):
    """Sounds of persons: encyclopedia titles of two or three parts with a name dot."""
    positions = Positions()
    for title in titles(lexicon):
        parts = title.split("·")
        if 2 <= len(parts) <= 3 and all(HAN.fullmatch(p) and 1 < len(p) < 7 for p in parts):
            for part in parts:
                positions.add(part)
    return positions.rows()


def japanese_surnames(lexicon, others):
    """
    Two-character beginnings of four-character titles, if several known given names follow and
    most of what follows looks like one: 田中 does, 中國 with its many nouns does not.
    """
    given, all_titles = collections.defaultdict(set), collections.Counter()
    for title in titles(lexicon):
        if len(title) == 4 and HAN.fullmatch(title):
            all_titles[title[:2]] += 1
            if title[3] in GIVEN_ENDS:
                given[title[:2]].add(title[2:])
    holders = collections.Counter(name for names in given.values() for name in names)
    for surname, names in given.items():
        shared = sum(holders[name] >= 3 for name in names)
        typical = len(names) >= MIN_SHARE * all_titles[surname]
        if shared >= MIN_JAPANESE and typical and surname not in others:
            yield surname, len(names)


def office_surnames(lexicon, known):
    """Surnames of office holders; rare ones only if the register has them, others are slips."""
    for row in table(lexicon, "tw-directors-names", "surnames_freq.tsv"):
        if int(row["distinct_persons"]) >= 4 or row["surname"] in known:
            yield row["surname"], row["distinct_persons"]


def given_characters(lexicon):
    for row in table(lexicon, "tw-directors-names", "given_chars_freq.tsv"):
        if HAN.fullmatch(row["char"]):
            yield row["char"], row["total"], row["pos1_of_2"], row["pos2_of_2"]


def register(lexicon, kind):
    """National name statistics: (name, percent) of one list."""
    for row in table(lexicon, "faker-zhtw", "names.tsv"):
        if row["list"] == kind:
            yield row["value"], row["weight_percent"]


def given_names(lexicon):
    for sex in ("female", "male"):
        for name, percent in register(lexicon, "first_names_" + sex):
            yield name, sex, percent


def main():
    options = arguments(__doc__.splitlines()[0])
    lexicon = os.path.join(options.source, "lexicon")
    converter = Converter(os.path.join(lexicon, "opencc"), "variants")
    shares = list(register(lexicon, "last_names"))
    surnames = list(office_surnames(lexicon, {row[0] for row in shares}))
    others = {row[0] for row in surnames + shares} | NOT_SURNAMES
    spots = ("char", "count", "first", "middle", "last")

    def write(name, header, rows):
        write_table(os.path.join(options.output, "dict", "names", name + ".tsv"), header, rows)

    write("surnames", ("surname", "count"), surnames)
    write("surname_shares", ("surname", "percent"), shares)
    write("given_chars", ("char", "count", "first", "second"), given_characters(lexicon))
    write("given_names", ("name", "sex", "percent"), given_names(lexicon))
    write("translit_places", spots, place_characters(lexicon, converter))
    write("translit_people", spots, person_characters(lexicon))
    write("japanese_surnames", ("surname", "count"), japanese_surnames(lexicon, others))


if __name__ == "__main__":
    main()
