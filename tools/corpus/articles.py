# SPDX-License-Identifier: Apache-2.0
"""Prints names of articles, one a line, for jinwen-make-articles: titles of the Chinese Wikipedia, places and persons of
THUOCL, and GeoNames, in Traditional script.

    articles.py --source DIR >LIST
"""
import os
import re

from common import arguments, clean, lines, table
from opencc import Converter

TITLE = re.compile("[\u3400-\u9fff0-9A-Za-z\u00b7]{2,14}")


def names(lexicon):
    for line in lines(lexicon, "zhwiki-titles", "zhwiki_titles_tw.tsv.xz"):
        title = line.split("\t")[0]
        if TITLE.fullmatch(title):
            yield title
    converter = Converter(os.path.join(lexicon, "opencc"), "tw")
    for name in ("diming", "lishimingren"):
        for line in lines(lexicon, "thuocl", f"THUOCL_{name}.txt.gz"):
            yield converter.convert(line.split()[0])
    for row in table(lexicon, "geonames-zh", "places.tsv"):
        yield row["zh_tw"]


def main():
    options = arguments(__doc__)
    found = {clean(name) for name in names(os.path.join(options.source, "lexicon"))}
    for name in sorted(name for name in found if len(name) > 1):
        print(name)


if __name__ == "__main__":
    main()
