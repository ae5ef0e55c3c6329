# SPDX-License-Identifier: Apache-2.0
"""Scores events on texts whose events are known.

    event_eval.py --command 'jinwen annotate -f jsonl -t jsonl --want event' [--floor PERCENT] [--show] FILE...

.jsonl  `text`, `date`, `genre` and `events`, a list of leaf codes; those of `events_maybe` count neither way. Scored: leaf codes of a text.
.tsv    sentence, leaves joined by " + " ("-" none), and for the first of them direction, status, fact and `role=text;..` or "-".
        A case is right when its leaves are exactly those, and the rest of the row holds for the first.
precision   leaves found that are right / all found
recall      leaves found / all to be found
With --floor the exit status is 1 when F (.jsonl) or the share of right cases (.tsv) of a file is below it.
"""
import argparse
import collections
import json
import os
import shlex
import subprocess
import sys


def read_texts(path):
    """(records for the command, answers) of a .jsonl file."""
    records, answers = [], []
    with open(path, encoding="utf-8") as file:
        for row in map(json.loads, file):
            date = row["date"] if len(row.get("date", "")) == 10 else "2026-06-30"
            records.append({"id": row["id"], "title": row["text"], "published_at": date + "T10:00:00Z",
                            "source_type": "forum" if row.get("genre") == "forum" else "news"})
            answers.append((set(row["events"]), set(row.get("events_maybe", []))))
    return records, answers


def read_cases(path):
    records, answers = [], []
    with open(path, encoding="utf-8") as file:
        for line in list(file)[1:]:
            cells = line.rstrip("\n").split("\t")
            records.append({"id": str(len(records)), "body": cells[0], "published_at": "2026-10-10T10:00:00Z",
                            "source_type": "news"})
            answers.append(cells)
    return records, answers


def annotate(command, records):
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    done = subprocess.run(shlex.split(command), input=text.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def score_texts(records, answers, outputs, show):
    right, found, missed = collections.Counter(), collections.Counter(), collections.Counter()
    for record, (gold, maybe), output in zip(records, answers, outputs):
        leaves = {event["type"] for event in output["events"]} - (maybe - gold)
        right.update(leaves & gold)
        found.update(leaves)
        missed.update(gold - leaves)
        if show and leaves != gold:
            print(f"  {record['title']}: wrong {sorted(leaves - gold)}, missed {sorted(gold - leaves)}")
    for leaf in sorted(set(found) | set(missed), key=lambda leaf: -found[leaf] - missed[leaf]):
        print(f"  {leaf:18} right {right[leaf]:3}  wrong {found[leaf] - right[leaf]:3}  missed {missed[leaf]:3}")
    hits = sum(right.values())
    precision = hits / max(1, sum(found.values()))
    recall = hits / max(1, hits + sum(missed.values()))
    f_score = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"  leaves: precision {100 * precision:.1f}  recall {100 * recall:.1f}  F {100 * f_score:.1f}")
    return 100 * f_score


def faults(cells, output, text):
    """What is wrong with the events of one sentence."""
    wanted = [] if cells[1] == "-" else cells[1].split(" + ")
    events = output["events"]
    if {event["type"] for event in events} != set(wanted):
        return [f"events {sorted(event['type'] for event in events)}"]
    if not wanted:
        return []
    wrong = []
    # several events of the leaf: the case is about the one that fits best
    for event in (event for event in events if event["type"] == wanted[0]):
        bad = [f"{key} {event[key]}" for key, value in zip(("dir", "status", "fact"), cells[2:5]) if event[key] != value]
        args = collections.defaultdict(list)
        for arg in event["args"]:
            args[arg["role"]].append(text[arg["at"][1]:arg["at"][2]])
        for pair in cells[5].split(";") if cells[5] != "-" else []:
            role, value = pair.split("=")
            if value not in args[role]:
                bad.append(f"{role} {args[role]}")
        wrong.append(bad)
    return min(wrong, key=len)


def score_cases(records, answers, outputs, show):
    wrong = 0
    for record, cells, output in zip(records, answers, outputs):
        bad = faults(cells, output, record["body"])
        wrong += bool(bad)
        if bad and show:
            print(f"  {record['body']} {cells[1]}: {', '.join(bad)}")
    share = 100 * (len(records) - wrong) / max(1, len(records))
    print(f"  cases: {len(records)}, right {len(records) - wrong}, {share:.1f} %")
    return share


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--command", required=True)
    parser.add_argument("--floor", type=float, default=0)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    failed = False
    for path in options.files:
        print(os.path.basename(path))
        is_cases = path.endswith(".tsv")
        records, answers = (read_cases if is_cases else read_texts)(path)
        outputs = annotate(options.command, records)
        score = (score_cases if is_cases else score_texts)(records, answers, outputs, options.show)
        failed = failed or score < options.floor
    return failed


if __name__ == "__main__":
    sys.exit(main())
