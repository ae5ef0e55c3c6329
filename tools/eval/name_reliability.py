# SPDX-License-Identifier: Apache-2.0
"""How far the confidence of names can be believed: names by ner_conf, and how many of them have the characters and the type of the gold.

    name_reliability.py --command 'jinwen annotate -q -m MODEL -f jsonl -t jsonl --want entity' [--types A,B] [--map A=B,C=D] FILE...

FILE has names by hand: IOB2 (number, form, tag; # text =) or JSON lines with text, entities [{s, e, type}] and ignore [[s, e]]. Names of
other types than those asked for, and names that touch what is to be ignored, are left out. error: mean distance between confidence and share
of right ones, by size of bin.
"""
import argparse
import json
import shlex
import subprocess

from reliability import Bins

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield record["text"], [(item["s"], item["e"], item["type"]) for item in record["entities"]], record.get("ignore", [])


def read_iob2(path):
    """Texts with the places of their names; forms are found one behind the other in the text."""
    text, at, names = None, 0, []
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines() + [""]:
            if line.startswith("# text = "):
                text, at, names = line[len("# text = "):], 0, []
            elif line and line[0] != "#":
                _, form, tag = line.split("\t")[:3]
                start = text.index(form, at)
                at = start + len(form)
                if tag[0] == "B":
                    names.append([start, at, tag[2:]])
                elif tag[0] == "I":
                    names[-1][1] = at
            elif not line and text is not None:
                yield text, [tuple(name) for name in names], []
                text = None


def annotate(command, texts):
    records = "".join(json.dumps({"id": str(i), "body": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))
    done = subprocess.run(shlex.split(command), input=records, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure(gold, outputs, types, mapped):
    bins = Bins(EDGES)
    for (_, names, ignore), output in zip(gold, outputs):
        wanted = {(start, end, mapped.get(kind, kind)) for start, end, kind in names}
        for mention in output.get("mentions", []):
            start, end = mention["at"][1:]
            kind = mapped.get(mention["type"], mention["type"])
            if (types and kind not in types) or any(a < end and start < b for a, b in ignore):
                continue
            bins.add(mention["ner_conf"], (start, end, kind) in wanted)
    return bins


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", required=True)
    parser.add_argument("--types", default="")
    parser.add_argument("--map", default="")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    types = set(options.types.split(",")) - {""}
    mapped = dict(pair.split("=") for pair in options.map.split(",") if pair)
    for path in options.files:
        gold = list(read_iob2(path) if path.endswith(".iob2") else read_lines(path))
        measure(gold, annotate(options.command, [text for text, _, _ in gold]), types, mapped).show(path.rsplit("/", 1)[-1])


if __name__ == "__main__":
    main()
