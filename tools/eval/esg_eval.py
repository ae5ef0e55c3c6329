# SPDX-License-Identifier: Apache-2.0
"""Opportunity or risk: what headlines of DynamicESG are read as, against their labels.

    esg_eval.py --jinwen PROGRAM --model MODEL [--gold corpora/esg/dev.tsv] [--tune corpora/esg/train.tsv]

`reading` is the key esg of the record, as it stands; a headline without one counts as wrong. Beside it: always opportunity; the difference of good
and bad words of a list (dict/sentiment/ntusd, remi; dict/senti/lexicon, as its share of words); the market score of the rules alone. Each of
these is above a threshold for an opportunity, the best on the tuning headlines by the mean of both recalls: nine of ten headlines are
opportunities, so accuracy alone says nothing. Macro-F1 is the mean over both classes.

The probability: how far p_risk is from the share of risks, mean over tenths of p (reliability), its squared error and log loss, on the headlines
and on leads of a title and two sentences, each made of three headlines of one class, as many risks among them as among the headlines.
"""
import argparse
import collections
import csv
import json
import math
import os
import random
import subprocess

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
CLASSES = ("Opportunity", "Risk")
LEADS, LEAST = 600, 1e-4


def read_gold(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["impact"], row["headline"]) for row in rows if row["impact"] in CLASSES]


def annotate(texts, program, model, want):
    records = "".join(json.dumps({"id": str(i), "title": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))
    done = subprocess.run([program, "annotate", "-q", "-m", model, "-f", "jsonl", "-t", "jsonl", "--want", want],
                          input=records.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def market(record):
    """Mean market score of entities and sentences that have one; 0 when none has."""
    scores = [sentence["market"] for sentence in record.get("sents") or [] if sentence.get("market") is not None]
    return sum(scores) / len(scores) if scores else 0.0


def word_list(path):
    with open(os.path.join(ROOT, "dict", path), encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["word"]: -1 if row["polarity"].startswith("-") else 1 for row in rows if len(row["word"]) > 1 and row["polarity"] != "0"}


def word_score(text, words, longest):
    """Good less bad words over all of both, the longest at each place."""
    good, bad, at = 0, 0, 0
    while at < len(text):
        size = next((n for n in range(longest, 1, -1) if text[at:at + n] in words), 0)
        good += words.get(text[at:at + size], 0) > 0
        bad += words.get(text[at:at + size], 0) < 0
        at += size or 1
    return (good - bad) / (good + bad) if good + bad else 0.0


def measure(gold, found):
    """Accuracy, mean of both recalls, macro-F1."""
    pairs = [(impact, name) for (impact, _), name in zip(gold, found)]
    recalls, scores = [], []
    for name in CLASSES:
        right = sum(pair == (name, name) for pair in pairs)
        whole, said = sum(impact == name for impact, _ in pairs), sum(told == name for _, told in pairs)
        recalls.append(right / whole if whole else 0)
        scores.append(2 * right / (whole + said) if whole + said else 0)
    return sum(impact == told for impact, told in pairs) / len(pairs), sum(recalls) / len(recalls), sum(scores) / len(scores)


def above(scores, threshold):
    return ["Opportunity" if score > threshold else "Risk" for score in scores]


def best_threshold(gold, scores):
    return max(sorted(set(scores)), key=lambda threshold: measure(gold, above(scores, threshold))[1])


def read_all(texts, options):
    records = annotate(texts, options.jinwen, options.model, "esg")
    return [(record["esg"] or {"impact": "none"})["impact"].capitalize() for record in records]


def probabilities(records, program, model):
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    done = subprocess.run([program, "annotate", "-q", "-m", model, "-f", "jsonl", "-t", "jsonl", "--want", "esg"],
                          input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [(json.loads(line)["esg"] or {"p_risk": 0.5})["p_risk"] for line in done.stdout.decode().splitlines()]


def make_leads(gold):
    """(impact, record) of leads made of three headlines of one class."""
    draw = random.Random(5)
    of = {impact: [text for name, text in gold if name == impact] for impact in CLASSES}
    for number in range(LEADS):
        impact = draw.choice(gold)[0]
        title, *body = draw.sample(of[impact], 3)
        yield impact, {"id": str(number), "title": title, "body": "。".join(body) + "。"}


def show_probability(name, pairs):
    """One line; pairs of impact and p_risk."""
    tenths = collections.defaultdict(list)
    for impact, p in pairs:
        tenths[min(9, int(10 * p))].append((p, impact == "Risk"))
    distance = sum(abs(sum(p - is_risk for p, is_risk in tenth)) for tenth in tenths.values()) / len(pairs)
    square = sum((p - (impact == "Risk")) ** 2 for impact, p in pairs) / len(pairs)
    loss = -sum(math.log(max(LEAST, p if impact == "Risk" else 1 - p)) for impact, p in pairs) / len(pairs)
    print(f"{name:22}|{distance:12.3f} |{square:14.3f} |{loss:9.3f} |{min(p for _, p in pairs):9.4f} |{len(pairs):6}")


def main():
    parser = argparse.ArgumentParser(description="Opportunity or risk against DynamicESG.")
    parser.add_argument("--jinwen", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--gold", default=os.path.join(ROOT, "corpora", "esg", "dev.tsv"))
    parser.add_argument("--tune", default=os.path.join(ROOT, "corpora", "esg", "train.tsv"))
    options = parser.parse_args()
    gold, tune = read_gold(options.gold), read_gold(options.tune)
    ways = [("always opportunity", ["Opportunity"] * len(gold))]
    for name, path in (("NTUSD", "sentiment/ntusd.tsv"), ("REMI", "sentiment/remi.tsv"), ("lexicon, share", "senti/lexicon.tsv")):
        words = word_list(path)
        longest = max(map(len, words))
        tuned, scores = ([word_score(text, words, longest) for _, text in part] for part in (tune, gold))
        ways.append((name, above(scores, best_threshold(tune, tuned))))
    tuned, scores = ([market(record) for record in annotate([text for _, text in part], options.jinwen, options.model, "sent,senti")]
                     for part in (tune, gold))
    ways.append(("market score, rules", above(scores, best_threshold(tune, tuned))))
    ways.append(("reading", read_all([text for _, text in gold], options)))
    print(f"{'DynamicESG':22}| Accuracy | Mean recall | Macro-F1 | Headlines")
    for name, found in ways:
        accuracy, recall, score = measure(gold, found)
        print(f"{name:22}|{100 * accuracy:9.2f} |{100 * recall:12.2f} |{100 * score:9.2f} |{len(gold):6}")
    print(f"{'Probability':22}| Reliability | Squared error | Log loss | Smallest | Texts")
    for name, pairs in (("headlines", [(impact, {"id": "x", "title": text}) for impact, text in gold]), ("leads", list(make_leads(gold)))):
        found = probabilities([record for _, record in pairs], options.jinwen, options.model)
        show_probability(name, [(impact, p) for (impact, _), p in zip(pairs, found)])


if __name__ == "__main__":
    main()
