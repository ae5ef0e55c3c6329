# SPDX-License-Identifier: Apache-2.0
"""Prints words that the lists of dict/senti lack and that keep the company of good or of bad ones: candidates for a reader, never entries.

    induce.py --source DIR --jinwen PROGRAM [--model MODEL] [--least COUNT] [--text NAME ...] > candidates.tsv

text     SO-PMI: for words and pairs of neighbouring words, PMI with the good seeds less PMI with the bad ones, in windows of a sentence. Seeds
         are the words of lexicon.tsv that were written for this project and speak of companies (kinds word and idiom, 0.4 or more).
clauses  Weighted log-odds with an informative prior (Monroe et al. 2008) of the words of subjects of announcements: those whose clause stands for an
         event that is bad for its company against those whose event is good.
A candidate needs COUNT places (40 of the text, a tenth of that of subjects) and a score beyond LIMIT. Columns: method, word, count, score, side.
"""
import collections
import glob
import math
import os
import subprocess
import sys

from common import REPOSITORY, argument_parser, lines, table

WINDOW = 8
LIMIT = {"text": 1.2, "clauses": 3.0}
TAGS = {"VERB", "ADJ", "NOUN", "ADV"}
PRIOR = 500.0
DICT = os.path.join(REPOSITORY, "dict")


def known():
    """Everything that dict/senti and dict/events list, tone words aside: those may turn out to say more."""
    words = {row["cue"] for row in table(DICT, "senti", "operators.tsv")} | {row["concept"] for row in table(DICT, "senti", "concepts.tsv")}
    words |= {row["word"] for row in table(DICT, "senti", "lexicon.tsv") if row["kind"] != "tone"}
    return words | {row["word"] for row in table(DICT, "events", "trigger_words.tsv")} | {row["word"] for row in reviewed()}


def reviewed():
    """Words that were looked at and left out."""
    return (row for row in table(DICT, "senti", "review.tsv") if row["decision"] == "drop")


def seeds():
    sides = {}
    for row in table(DICT, "senti", "lexicon.tsv"):
        if row["kind"] in ("word", "idiom") and row["source"].startswith("own") and abs(float(row["polarity"])) >= 0.4 and len(row["word"]) > 1:
            sides[row["word"]] = 1 if float(row["polarity"]) > 0 else -1
    return sides


def tagged(options, text):
    """Sentences of (word, tag) as the program cuts them."""
    command = [options.jinwen, "annotate", "-q", "-f", "text", "-t", "conllu", "--want", "pos"] + (["-m", options.model] if options.model else [])
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as program:
        if os.fork() == 0:  # a writer beside the reader, so that neither waits for the other
            program.stdout.close()
            program.stdin.writelines(line + "\n" for line in text)
            program.stdin.close()
            os._exit(0)
        program.stdin.close()
        sentence = []
        for line in program.stdout:
            cells = line.split("\t")
            if len(cells) > 3:
                sentence.append((cells[1], cells[3]))
            elif sentence and line == "\n":
                yield sentence
                sentence = []
        os.wait()


def units(sentence):
    """Words that can say something, and pairs of neighbours, with their places."""
    for at, (word, tag) in enumerate(sentence):
        if tag in TAGS and len(word) > 1:
            yield at, word
        if at + 1 < len(sentence) and tag in TAGS | {"PART"} and sentence[at + 1][1] in TAGS and 3 <= len(word + sentence[at + 1][0]) <= 5:
            yield at, word + sentence[at + 1][0]


def by_company(sentences, sides):
    """Score of every unit: log2 of how much oftener it stands near good seeds than near bad ones, against their shares of all seeds."""
    count, near, total = collections.Counter(), {1: collections.Counter(), -1: collections.Counter()}, collections.Counter()
    for sentence in sentences:
        places = [(at, sides[word]) for at, (word, _) in enumerate(sentence) if word in sides]
        for _, side in places:
            total[side] += 1
        for at, unit in units(sentence):
            count[unit] += 1
            for side in {side for place, side in places if place not in (at, at + 1) and abs(place - at) <= WINDOW}:
                near[side][unit] += 1
    for unit, places in count.items():
        good, bad = near[1][unit] + 1.0, near[-1][unit] + 1.0
        if good + bad >= 8:
            yield unit, places, math.log2(good * total[-1] / (bad * total[1]))


def clause_sides():
    """Clause number to the sign of what its first leaf is worth; leaves whose sign depends on a direction say nothing."""
    worth = {row["code"]: float(row["market_prior"]) for row in table(DICT, "events", "events.tsv") if "sign=fixed" in row["axes"]}
    sides = {}
    for row in table(DICT, "events", "clause_leaves.tsv"):
        value = worth.get(row["leaf"], 0.0)
        if row["cues"] == "-" and abs(value) >= 0.2 and row["routine"] != "yes":
            sides.setdefault(row["clause"], 1 if value > 0 else -1)
    return sides


def by_clause(options):
    sides = clause_sides()
    rows = [row for path in sorted(glob.glob(os.path.join(REPOSITORY, "corpora", "announcements", "clauses-[0-9].tsv"))) for row in table(path)]
    rows = [row for row in rows if row["clause"] in sides]
    count = {1: collections.Counter(), -1: collections.Counter()}
    for row, sentence in zip(rows, tagged(options, (row["subject"] for row in rows))):
        count[sides[row["clause"]]].update({unit for _, unit in units(sentence)})
    both = count[1] + count[-1]
    size, all_units = {side: sum(of.values()) for side, of in count.items()}, sum(both.values())
    for unit, places in both.items():
        prior = PRIOR * places / all_units
        odds, spread = [], 0.0
        for side in (1, -1):
            mine = count[side][unit] + prior
            odds.append(math.log(mine / (size[side] + PRIOR - mine)))
            spread += 1 / mine
        yield unit, places, (odds[0] - odds[1]) / math.sqrt(spread)


def main():
    parser = argument_parser(__doc__.splitlines()[0])
    parser.add_argument("--jinwen", required=True)
    parser.add_argument("--model")
    parser.add_argument("--least", type=int, default=40)
    parser.add_argument("--text", nargs="+", default=["a_ly_finance_committee.txt.gz"], help="files of the folder text/")
    options = parser.parse_args()
    if not options.source:
        parser.error("--source is needed")
    text = (line for name in options.text for line in lines(options.source, "text", name))
    found = [("text", *row) for row in by_company(tagged(options, text), seeds())]
    found += [("clauses", *row) for row in by_clause(options)]
    listed = known()
    print("method\tword\tcount\tscore\tside")
    for method, unit, places, score in sorted(found, key=lambda row: (row[0], -abs(row[3]), row[1])):
        least = options.least if method == "text" else options.least // 10
        if places >= least and abs(score) >= LIMIT[method] and unit not in listed:
            print(f"{method}\t{unit}\t{places}\t{score:.2f}\t{'+' if score > 0 else '-'}")


if __name__ == "__main__":
    sys.exit(main())
