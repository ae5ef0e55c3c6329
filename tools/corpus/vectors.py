# SPDX-License-Identifier: Apache-2.0
"""Writes dict/stats/vectors from the table that jinwen-make-vectors prints.

    raw_text.py --source DIR > all.txt
    jinwen annotate -f text -t conllu --want token -m MODEL all.txt | vectors.py --words > words.txt
    jinwen-make-vectors < words.txt | vectors.py

Forms that a dictionary may not hold (not NFC, blanks, private-use characters) are left out. The
tables checked in were made with words of an earlier segmenter and the logistic function in the
place of its parabola; vectors made anew differ in detail and serve as well.
"""
import argparse
import os
import sys
import unicodedata

from common import REPOSITORY, write_table

FORBIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp"}


def words():
    """Words of CoNLL-U apart by blanks, one sentence a line."""
    sentence = []
    for line in sys.stdin:
        if line[0].isdigit():
            sentence.append(line.split("\t", 2)[1])
        elif line == "\n" and sentence:
            print(" ".join(sentence))
            sentence = []


def rows():
    seen = set()
    for number, line in enumerate(sys.stdin):
        form, vector = line.rstrip("\n").split("\t")
        fits = unicodedata.is_normalized("NFC", form) and form not in seen
        if number and fits and not FORBIDDEN & {unicodedata.category(c) for c in form} and "\ufffd" not in form:
            seen.add(form)
            yield form, vector


def main():
    parser = argparse.ArgumentParser(description="Writes dict/stats/vectors.")
    parser.add_argument("--words", action="store_true", help="CoNLL-U to words instead")
    if parser.parse_args().words:
        words()
    else:
        write_table(os.path.join(REPOSITORY, "dict", "stats", "vectors.tsv"), ("form", "vector"), rows())


if __name__ == "__main__":
    main()
