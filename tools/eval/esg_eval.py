# SPDX-License-Identifier: Apache-2.0
"""Opportunity or risk: the market score of headlines against DynamicESG.

    esg_eval.py --jinwen PROGRAM --model MODEL [--gold corpora/esg/dev.tsv] [--tune corpora/esg/train.tsv]

Headlines marked Opportunity or Risk are told apart by the document's market score: opportunity when
it is above a threshold. Baselines: always opportunity; share of positive words (dict/sentiment/remi,
then ntusd) over a threshold. Each threshold is the best on the tuning headlines, by the mean of both
recalls: nine of ten headlines are opportunities, so accuracy alone says nothing. Both are printed.
"""
import argparse
import csv
import json
import os
import subprocess

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
CLASSES = ("Opportunity", "Risk")


def read_gold(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["impact"], row["headline"]) for row in rows if row["impact"] in CLASSES]


def annotate(texts, program, model):
    records = "".join(json.dumps({"id": str(i), "title": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))
    done = subprocess.run([program, "annotate", "-q", "-m", model, "-f", "jsonl", "-t", "jsonl", "--want", "sent,senti"],
                          input=records.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def market(record):
    """Mean market score of entities and sentences that have one; 0 when none has."""
    scores = [sentence["market"] for sentence in record.get("sents") or [] if sentence.get("market") is not None]
    return sum(scores) / len(scores) if scores else 0.0


def word_list(name):
    with open(os.path.join(ROOT, "dict", "sentiment", name + ".tsv"), encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["word"]: 1 if row["polarity"] == "+" else -1 for row in rows if len(row["word"]) > 1}


def word_score(text, words, longest):
    """Positive less negative words, the longest at each place."""
    total, at = 0, 0
    while at < len(text):
        size = next((n for n in range(longest, 1, -1) if text[at:at + n] in words), 0)
        total += words.get(text[at:at + size], 0)
        at += size or 1
    return total


def measure(gold, scores, threshold):
    """Accuracy and mean of both recalls."""
    right = {name: [0, 0] for name in CLASSES}
    for (impact, _), score in zip(gold, scores):
        right[impact][0] += (score > threshold) == (impact == "Opportunity")
        right[impact][1] += 1
    recalls = [got / whole for got, whole in right.values() if whole]
    return sum(got for got, _ in right.values()) / len(gold), sum(recalls) / len(recalls)


def best_threshold(gold, scores):
    return max(sorted(set(scores)), key=lambda threshold: measure(gold, scores, threshold)[1])


def main():
    parser = argparse.ArgumentParser(description="Opportunity or risk against DynamicESG.")
    parser.add_argument("--jinwen", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--gold", default=os.path.join(ROOT, "corpora", "esg", "dev.tsv"))
    parser.add_argument("--tune", default=os.path.join(ROOT, "corpora", "esg", "train.tsv"))
    options = parser.parse_args()
    gold, tune = read_gold(options.gold), read_gold(options.tune)
    ways = [("always opportunity", [1] * len(gold), [1] * len(tune))]
    for name in ("ntusd", "remi"):
        words = word_list(name)
        longest = max(map(len, words))
        ways.append((name + " words", *([word_score(text, words, longest) for _, text in part] for part in (gold, tune))))
    ways.append(("market score", *([market(record) for record in annotate([text for _, text in part], options.jinwen, options.model)]
                                   for part in (gold, tune))))
    print(f"{'DynamicESG':22}| Accuracy | Mean recall | Headlines")
    for name, scores, tuned in ways:
        threshold = best_threshold(tune, tuned) if name != "always opportunity" else 0
        accuracy, recall = measure(gold, scores, threshold)
        print(f"{name:22}|{100 * accuracy:9.2f} |{100 * recall:12.2f} |{len(gold):6}")


if __name__ == "__main__":
    main()
