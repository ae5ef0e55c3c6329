# SPDX-License-Identifier: Apache-2.0
"""Scores linking on texts that name their companies' codes.

    link_eval.py --command 'jinwen annotate -f jsonl -t jsonl --want entity' FILE...

Reporters write 台積電(2330-TW): the code is the answer. It is taken out of the text, the text is
annotated, and the mention that ends where the code stood is compared with it. Files: .txt(.gz)
articles with blank lines between them, .tsv(.gz) with the headline in the last column, .jsonl
with `text` and `entities` [{s, e, code}], or threads with `title` and `content`. Only codes of Taiwan's markets count.

precision   right / (right + linked to another Taiwan-listed company)
recall      right / all answers
others      Taiwan-listed companies linked in a text that nowhere gives their code: to be read
"""
import argparse
import collections
import gzip
import json
import os
import re
import shlex
import subprocess
import sys

ENTITIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "dict", "entities")
BRACKET = re.compile(r"[ \u3000]?[(（]\s*([0-9]{3,6}[A-Z]?|[A-Z]{1,5})\s*"
                     r"(?:[-.]\s*(TWO|TW|US|HK|CN|JP|KR))?\s*[)）]")
MARKETS = {"XTAI", "ROCO"}


def open_text(path):
    opener = gzip.open if path.endswith(".gz") else open
    return opener(path, "rt", encoding="utf-8")


def taiwan_codes():
    """Code to name of all that trades in Taiwan."""
    with open(os.path.join(ENTITIES, "kb_entities.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    code, mic, name = (rows[0].index(column) for column in ("code", "mic", "name"))
    return {row[code]: row[name] for row in rows if row[mic] in MARKETS and row[code]}


class Case:
    """A text without its codes; answers are (end of the name, code)."""

    def __init__(self, text, answers, forum=False):
        self.text, self.answers, self.forum = text, answers, forum


def is_code(match, known):
    """A bare number in brackets is a code when the first letter of that name stands before it."""
    code, market = match[1], match[2]
    if market:
        return market in ("TW", "TWO") and code in known
    before = match.string[max(0, match.start() - 8):match.start()]
    return code in known and known[code][0] in before


def strip_codes(text, known):
    pieces, answers, at, length = [], [], 0, 0
    for match in BRACKET.finditer(text):
        if not match[2] and not is_code(match, known):
            continue
        pieces.append(text[at:match.start()])
        length += match.start() - at
        at = match.end()
        if is_code(match, known) and length and not text[match.start() - 1].isspace():
            answers.append((length, match[1]))
    pieces.append(text[at:])
    return Case("".join(pieces), answers)


def cases_of(path, known):
    with open_text(path) as file:
        if ".jsonl" in path:
            for line in file:
                record = json.loads(line)
                if "entities" not in record:
                    case = strip_codes(record["title"] + "\n" + record["content"], known)
                    case.forum = True
                    yield case
                    continue
                answers = [(entity["e"], entity["code"]) for entity in record["entities"]
                           if entity["type"] in ("COM", "FIN", "SEC") and entity.get("code") in known]
                yield Case(record["text"], answers, record.get("genre") == "forum")
        elif ".tsv" in path:
            for line in file:
                yield strip_codes(line.rstrip("\n").split("\t")[-1], known)
        else:
            for article in file.read().split("\n\n"):
                yield strip_codes(article.strip("\n"), known)


def annotate(command, cases):
    """For each case the mentions of Taiwan-listed entities as (start, end, code, surface)."""
    records = "".join(json.dumps({"id": str(number), "body": case.text,
                                  "source_type": "forum" if case.forum else "news"}, ensure_ascii=False) + "\n"
                      for number, case in enumerate(cases))
    done = subprocess.run(shlex.split(command), input=records.encode(), stdout=subprocess.PIPE, check=True)
    for case, line in zip(cases, done.stdout.decode().splitlines()):
        record = json.loads(line)
        codes = {entity["eid"]: entity["ids"].get("code") for entity in record.get("entities", ())
                 if entity["ids"].get("mic") in MARKETS}
        yield [(start, end, codes[mention["eid"]], case.text[start:end])
               for mention in record["mentions"] for _, start, end in [mention["at"]]
               if codes.get(mention["eid"])]


def compare(case, mentions, count, shown):
    given = {code for _, code in case.answers}
    for end, code in case.answers:
        end -= 2 * case.text.endswith(("公司", "集團"), 0, end)
        found = [mention for mention in mentions if mention[0] < end <= mention[1]]
        context = case.text[max(0, end - 12):end] + "|" + case.text[end:end + 8]
        context = context.replace("\n", " ")
        if any(mention[2] == code for mention in found):
            count["right"] += 1
        elif found:
            count["wrong"] += 1
            shown["wrong"].append(f"{context}  {found[0][3]} {found[0][2]}, not {code}")
        else:
            count["missed"] += 1
            shown["missed"].append(f"{context}  {code}")
    for start, end, code, surface in mentions:
        if code not in given:
            count["others"] += 1
            around = case.text[max(0, start - 10):start] + "[" + surface + "]" + case.text[end:end + 10]
            shown["others"].append(around.replace("\n", " ") + f"  {code}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--command", required=True, help="reads and writes JSON lines, layer entities")
    parser.add_argument("--show", default="", help="lists to print: wrong,missed,others")
    parser.add_argument("files", nargs="+", metavar="FILE")
    options = parser.parse_args()
    known = taiwan_codes()
    for path in options.files:
        cases = list(cases_of(path, known))
        if not path.endswith("entities.jsonl"):
            cases = [case for case in cases if case.answers]
        count, shown = collections.Counter(), collections.defaultdict(list)
        for case, mentions in zip(cases, annotate(options.command, cases)):
            compare(case, mentions, count, shown)
        total = count["right"] + count["wrong"] + count["missed"]
        linked = count["right"] + count["wrong"]
        print(f"{os.path.basename(path)}\ttexts {len(cases)}\tanswers {total}\t"
              f"precision {100 * count['right'] / max(1, linked):.2f}\t"
              f"recall {100 * count['right'] / max(1, total):.2f}\tothers {count['others']}")
        for name in filter(None, options.show.split(",")):
            for line in shown[name]:
                print(f"  {name}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
