# SPDX-License-Identifier: Apache-2.0
"""Macro-F1 of the market class of every company of a text, beside what word lists alone reach.

    polarity_eval.py --jinwen build/src/cli/jinwen --model FILE [--errors] FILE.jsonl...

A record has `text`, `genre` (a forum's are read as forum posts, others as titles) and `entities` [{s, e, surface, type, market}]: the class
pos, neu or neg of companies, banks and securities, null when annotators differ. Two runs: names given (each record has its own user
dictionary, names of one code are one firm), and names found by the system; a company the system says nothing of is neutral.

Baselines give one class to all companies of a text: the sign of the number of positive less negative words, longest match first.
    ntusd, remi   the lists of dict/sentiment        lexicon   dict/senti/lexicon.tsv        majority   the most frequent class
"""
import argparse
import collections
import csv
import json
import os
import subprocess
import tempfile

DICT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "dict")
TYPES = ("COM", "FIN", "SEC")
CLASSES = ("pos", "neu", "neg")
LONGEST = 8


def read_records(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                if any(judged(entity) for entity in record["entities"]):
                    yield record


def judged(entity):
    return entity["type"] in TYPES and entity["market"] in CLASSES


def annotate(options, records, dictionary=None):
    """Annotated records by id."""
    lines = []
    for record in records:
        is_forum = record["genre"] == "forum"
        lines.append(json.dumps({"id": record["id"], "body" if is_forum else "title": record["text"],
                                 "source_type": "forum" if is_forum else "news"}, ensure_ascii=False) + "\n")
    command = [options.jinwen, "annotate", "-q", "-m", options.model, "-f", "jsonl", "-t", "jsonl", "--want", "doc"]
    if dictionary:
        command += ["--user-dict", dictionary]
    done = subprocess.run(command, input="".join(lines), stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return {out["id"]: out for out in map(json.loads, done.stdout.splitlines())}


def annotate_given(options, records):
    """One run a record, its own names forced."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "names.tsv")
        for record in records:
            names = {entity["surface"]: (entity["type"], entity.get("code") or entity["surface"])
                     for entity in record["entities"] if entity["type"] in TYPES}
            firms = {firm: i for i, firm in enumerate(dict.fromkeys(firm for _, firm in names.values()))}
            with open(path, "w", encoding="utf-8") as file:
                file.write("form\tlevel\tpos\ttype\tentity\tflags\n")
                for name, (kind, firm) in names.items():
                    file.write(f"{name}\tforce\tNNP\t{kind}\tX{firms[firm]}\tinside\n")
            found.update(annotate(options, [record], path))
    return found


def class_of(out, entity):
    """Class of the entity whose mention covers the gold span; neutral when nothing is said of it."""
    for mention in out.get("mentions") or []:
        _, start, end = mention["at"]
        if mention["eid"] and start < entity["e"] and entity["s"] < end:
            for one in out["entities"]:
                if one["eid"] == mention["eid"] and one.get("market"):
                    market = one["market"]
                    best = max(market["p_neg"], market["p_neu"], market["p_pos"])
                    return "neu" if market["p_neu"] == best else "pos" if market["p_pos"] == best else "neg"
    return "neu"


def read_words(name, column):
    with open(os.path.join(DICT, name), encoding="utf-8", newline="") as file:
        return {row["word"]: -1 if row[column].startswith("-") else 1
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def count_words(words, text):
    """Positive less negative words, longest first from left to right."""
    total = at = 0
    while at < len(text):
        size = next((n for n in range(min(LONGEST, len(text) - at), 0, -1) if text[at:at + n] in words), 0)
        total += words[text[at:at + size]] if size else 0
        at += size or 1
    return total


def f1(pairs):
    scores = []
    for name in CLASSES:
        right = sum(gold == name == got for gold, got in pairs)
        wrong = sum((gold == name) != (got == name) for gold, got in pairs)
        scores.append(2 * right / (2 * right + wrong) if right else 0.0)
    return scores


def report(title, pairs):
    scores = f1(pairs)
    print(f"{title:12} macro-F1 {100 * sum(scores) / len(scores):5.1f}   " +
          "  ".join(f"{name} {100 * score:5.1f}" for name, score in zip(CLASSES, scores)) + f"   n {len(pairs)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jinwen", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--errors", action="store_true", help="print what is wrong with names given")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    records = list(read_records(options.files))
    gold = [(record, entity) for record in records for entity in record["entities"] if judged(entity)]
    for title, found in (("names given", annotate_given(options, records)), ("names found", annotate(options, records))):
        pairs = [(entity["market"], class_of(found[record["id"]], entity)) for record, entity in gold]
        report(title, pairs)
        for genre in sorted({record["genre"] for record in records}):
            report("  " + genre, [pair for pair, (record, _) in zip(pairs, gold) if record["genre"] == genre])
        if options.errors and title == "names given":
            for (wanted, got), (record, entity) in zip(pairs, gold):
                if wanted != got:
                    print(f"    {wanted} {got}  {entity['surface']}  {record['text']}")
    for title, words in (("ntusd", read_words("sentiment/ntusd.tsv", "polarity")), ("remi", read_words("sentiment/remi.tsv", "polarity")),
                         ("lexicon", read_words("senti/lexicon.tsv", "polarity"))):
        counts = {record["id"]: count_words(words, record["text"]) for record in records}
        report(title, [(entity["market"], "pos" if counts[record["id"]] > 0 else "neg" if counts[record["id"]] < 0 else "neu")
                       for record, entity in gold])
    most = collections.Counter(entity["market"] for _, entity in gold).most_common(1)[0][0]
    report("majority", [(entity["market"], most) for _, entity in gold])


if __name__ == "__main__":
    main()
