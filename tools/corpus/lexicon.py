# SPDX-License-Identifier: Apache-2.0
"""Makes dict/lexicon: word lists for the segmenter, the tagger and the linker.

general     word list of McBopomofo with counts of a Taiwan corpus
input       phrases of vChewing that general lacks
dictionary  headwords of CC-CEDICT: kind name when the pinyin is capitalised, parts of speech
            guessed from the wording of the definitions
title       titles of the Chinese Wikipedia that the unlabelled text uses at least three times
foreign     parts of transliterated names in those titles
term        idioms, terms of law and finance of THUOCL, converted
cantonese   words of rime-cantonese that hold a character of written Cantonese
"""
import collections
import os
import re

from common import arguments, lines, write_table
from opencc import Converter
from raw_text import paragraphs

HAN = "\u3007\u3400-\u9fff\U00020000-\U000323af"
WORD = re.compile(f"[{HAN}]{{1,8}}")
MIXED = re.compile(f"[A-Za-z0-9{HAN}]{{1,8}}")
RUN = re.compile(f"[{HAN}]+")
TITLE_MAX = 6
TITLE_USES = 3
CANTONESE = set("嘅咗喺啲嚟冇唔睇佢哋咁噉嘢乜俾畀嗰咩喎囉嘥瞓攞揾搵諗嬲孭屙掟氹冚嗌揸搲煲曱甴")
TERMS = {"chengyu": "idiom", "law": "law", "caijing": "finance"}
FOREIGN_USES = 2


def general(lexicon):
    for line in lines(lexicon, "mcbopomofo", "phrase.occ"):
        form, count = line.split(" ")
        if WORD.fullmatch(form):
            yield form, int(count)


def input_phrases(lexicon, known):
    for name in ("phrases-tabe-cht.txt", "phrases-vchewing-cht.txt"):
        for line in lines(lexicon, "vchewing", name):
            form = line.split(" ")[0]
            if MIXED.fullmatch(form) and RUN.search(form) and form not in known:
                yield (form,)


def parts_of_speech(definition):
    """to eat -> VERB; CL:... or an article -> NOUN."""
    found = set()
    for sense in definition.split(";"):
        sense = re.sub(r"^\([^)]*\) ?", "", sense.strip())
        if sense.startswith("to "):
            found.add("VERB")
        elif re.match("(a|an|the|one's) ", sense) or "CL:" in sense:
            found.add("NOUN")
    return ";".join(sorted(found))


def dictionary(lexicon):
    senses = collections.defaultdict(lambda: (set(), []))
    for line in lines(lexicon, "cc-cedict", "cedict.tsv.gz"):
        form, _, pinyin, definition = line.split("\t")
        if MIXED.fullmatch(form) and RUN.search(form):
            kinds, definitions = senses[form]
            kinds.add("name" if pinyin[:1].isupper() else "word")
            definitions.append(definition)
    for form, (kinds, definitions) in senses.items():
        yield form, ";".join(sorted(kinds)), parts_of_speech(";".join(definitions))


def titles(lexicon):
    for line in lines(lexicon, "zhwiki-titles", "zhwiki_titles_tw.tsv.xz"):
        yield line.split("\t")[0]


def uses(source, forms):
    """How often each of a set of forms is a substring of the unlabelled text."""
    by_length = collections.defaultdict(set)
    for form in forms:
        by_length[len(form)].add(form)
    counts = collections.Counter()
    for paragraph in paragraphs(source):
        for run in RUN.findall(paragraph):
            for length, wanted in by_length.items():
                for at in range(len(run) - length + 1):
                    form = run[at:at + length]
                    if form in wanted:
                        counts[form] += 1
    return counts


def used_titles(source, lexicon):
    forms = {form for form in titles(lexicon)
             if 2 <= len(form) <= TITLE_MAX and WORD.fullmatch(form)}
    counts = uses(source, forms)
    return ((form,) for form in forms if counts[form] >= TITLE_USES)


def foreign_parts(lexicon):
    counts = collections.Counter()
    for title in titles(lexicon):
        parts = title.split("·")
        if len(parts) > 1:
            counts.update(part for part in parts if len(part) > 1 and WORD.fullmatch(part))
    return ((form, count) for form, count in counts.items() if count >= FOREIGN_USES)


def terms(lexicon, converter):
    for name, kind in TERMS.items():
        for line in lines(lexicon, "thuocl", f"THUOCL_{name}.txt.gz"):
            form = converter.convert(line.split()[0])
            if len(form) > 1 and WORD.fullmatch(form):
                yield form, kind


def cantonese(lexicon):
    for line in lines(lexicon, "rime-cantonese", "essay-cantonese.txt.gz"):
        form = line.split("\t")[0]
        if 1 < len(form) <= 5 and WORD.fullmatch(form) and CANTONESE & set(form):
            yield (form,)


def main():
    options = arguments(__doc__)
    lexicon = os.path.join(options.source, "lexicon")
    folder = os.path.join(options.output, "dict", "lexicon")
    converter = Converter(os.path.join(lexicon, "opencc"), "tw")

    def write(name, header, rows):
        write_table(os.path.join(folder, name), header, rows)

    words = dict(general(lexicon))
    write("general.tsv", ("form", "count"), words.items())
    write("input.tsv", ("form",), input_phrases(lexicon, words))
    write("dictionary.tsv", ("form", "kind", "upos"), dictionary(lexicon))
    write("foreign.tsv", ("form", "titles"), foreign_parts(lexicon))
    write("term.tsv", ("form", "kind"), set(terms(lexicon, converter)))
    write("cantonese.tsv", ("form",), cantonese(lexicon))
    write("title.tsv", ("form",), used_titles(options.source, lexicon))


if __name__ == "__main__":
    main()
