# SPDX-License-Identifier: Apache-2.0
"""How far the confidence of events can be believed: events by confidence, and how many of them are right.

    event_reliability.py --command 'jinwen annotate -q -f jsonl -t jsonl --want event' [--fit] FILE...

FILE is what event_eval.py or fewfc_eval.py reads (sentences .tsv, texts .jsonl, corpora/fewfc/*.jsonl). An event is right when its text has
an event of its leaf; of FewFC, read by triggers (fewfc_eval.py), only leaves that the corpus marks are looked at, and it marks some of them
only in part (no guarantees, few contracts): there the share is a lower bound. error: mean distance between confidence and share of right
ones, by size of bin.

--fit prints dict/events/confidence.tsv as FILE would have it; the program must have been built with a table that changes nothing (conf = said).
Counts of events by steps of 0.05, 20 events as sure as the rules say added to each, made monotone by pooling adjacent violators.
"""
import argparse
import json

import event_eval
import fewfc_eval
from reliability import Bins

EDGES = (0.0, 0.5, 0.65, 0.75, 0.8, 0.85, 0.9, 1.01)


def read(path):
    """Records, and for each the leaves it has and the leaves that do not count; the leaves that count at all, None: every one."""
    with open(path, encoding="utf-8") as file:
        first = file.readline()
    if path.endswith(".tsv"):
        records, cases = event_eval.read_cases(path)
        return records, [(set(case[1].split(" + ")), set()) for case in cases], None
    if "content" in json.loads(first):
        leaf, gold = fewfc_eval.leaves(), fewfc_eval.read_gold(path)
        records = [{"id": str(i), "body": record["content"]} for i, record in enumerate(gold)]
        answers = [({fewfc_eval.leaf_of(event, leaf, True) for event in record["events"]} - {None}, set()) for record in gold]
        return records, answers, set(leaf.values()) | set(fewfc_eval.BY_TRIGGER.values())
    records, answers = event_eval.read_texts(path)
    return records, answers, None


STEPS, TRUST = 20, 20


def pool(values, weights):
    """Nearest values that never fall."""
    blocks = []
    for value, weight in zip(values, weights):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (a, m, i), (b, n, k) = blocks[-2:]
            blocks[-2:] = [[(a * m + b * n) / (m + n), m + n, i + k]]
    return [value for value, _, count in blocks for _ in range(count)]


def fit(answers, counted, outputs):
    right, count = [0] * (STEPS + 1), [0] * (STEPS + 1)
    for conf, is_right in judged(answers, counted, outputs):
        right[round(conf * STEPS)] += is_right
        count[round(conf * STEPS)] += 1
    values = [(hits + TRUST * i / STEPS) / (n + TRUST) for i, (hits, n) in enumerate(zip(right, count))]
    return pool(values, [n + TRUST for n in count])


def judged(answers, counted, outputs):
    """Confidence of each event that counts, and whether its text has one of its leaf."""
    for (gold, maybe), output in zip(answers, outputs):
        for event in output["events"]:
            if event["type"] not in maybe - gold and (counted is None or event["type"] in counted):
                yield event["conf"], event["type"] in gold


def measure(answers, counted, outputs):
    bins = Bins(EDGES)
    for conf, is_right in judged(answers, counted, outputs):
        bins.add(conf, is_right)
    return bins


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", required=True)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    for path in options.files:
        records, answers, counted = read(path)
        outputs = event_eval.annotate(options.command, records)
        if options.fit:
            print("said\tconf")
            for i, value in enumerate(fit(answers, counted, outputs)):
                print(f"{i / STEPS:.2f}\t{value:.4f}")
            continue
        measure(answers, counted, outputs).show(path.rsplit("/", 1)[-1])


if __name__ == "__main__":
    main()
