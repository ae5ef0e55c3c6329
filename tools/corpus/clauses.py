# SPDX-License-Identifier: Apache-2.0
"""Writes corpora/announcements/clauses-*.tsv and forms.tsv: subject, fields and clause of every announcement.

    clauses.py --source DIR --jinwen PROGRAM --model MODEL

The trainer of the clause classifier needs no more of an announcement than its subject and which fields its form has, so that is all that is
kept. Which fields there are is what the program itself finds, so that training and running cannot drift apart. Announcements from DEV_FROM
on are apart: they measure the classifier and train nothing.
"""
import json
import os
import re
import subprocess
import unicodedata

from announcements import KEYS, announcements, one_line
from common import argument_parser, write_text

DEV_FROM = "1150501"
PARTS = 2          # files of the older announcements
FIRST_FORM = 1000  # so that all numbers have four digits
WRONG = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufeff]")


def forms_of(records, program, model):
    """The names of the numbered fields of every record, as the program reads them."""
    feed = "".join(json.dumps({name: record[key] for key, name in KEYS}, ensure_ascii=False) + "\n" for record in records)
    done = subprocess.run([program, "annotate", "-q", "-m", model, "-f", "mops", "-t", "jsonl", "--want", "form", "--fields", "form"],
                          input=feed.encode(), stdout=subprocess.PIPE, check=True)
    for line in done.stdout.decode().splitlines():
        form = json.loads(line)["form"] or {"fields": []}
        yield ";".join(field["key"] for field in form["fields"] if "in" not in field and "key" in field) or "-"


def rows_of(records, forms):
    """Table rows and the numbered list of forms, the most frequent first."""
    count = {}
    for form in forms:
        count[form] = count.get(form, 0) + 1
    number = {form: FIRST_FORM + i for i, form in enumerate(sorted(count, key=lambda form: (-count[form], form)))}
    rows = {}
    for record, form in zip(records, forms):
        subject = WRONG.sub("", unicodedata.normalize("NFC", one_line(record["subject"]))).strip()
        clause = re.search(r"\d+", unicodedata.normalize("NFKC", record["clause"]))
        key = (record["date"], f"{int(clause[0]):02}", str(number[form]), " ".join(subject.split()))
        rows[key] = rows.get(key, 0) + 1
    return sorted((key + (str(times),) for key, times in rows.items()), key=lambda row: "\t".join(row).encode()), number


def write_rows(path, rows):
    write_text(path, "".join("\t".join(row) + "\n" for row in [("date", "clause", "form", "subject", "times")] + rows))


def main():
    parser = argument_parser(__doc__.splitlines()[0])
    parser.add_argument("--jinwen", required=True, metavar="PROGRAM")
    parser.add_argument("--model", required=True, metavar="MODEL")
    options = parser.parse_args()
    records = list(announcements(options.source))
    rows, number = rows_of(records, list(forms_of(records, options.jinwen, options.model)))
    out = os.path.join(options.output, "corpora", "announcements")
    train = [row for row in rows if row[0] < DEV_FROM]
    share = -(-len(train) // PARTS)
    for part in range(PARTS):
        write_rows(os.path.join(out, f"clauses-{part + 1}.tsv"), train[part * share:(part + 1) * share])
    write_rows(os.path.join(out, "clauses-dev.tsv"), [row for row in rows if row[0] >= DEV_FROM])
    forms = sorted((str(value), form) for form, value in number.items())
    write_text(os.path.join(out, "forms.tsv"), "".join("\t".join(row) + "\n" for row in [("form", "fields")] + forms))
    older, all_times = (sum(int(row[4]) for row in some) for some in (train, rows))
    print(f"{older} announcements to learn from, {all_times - older} to measure on, {len(forms)} forms")


if __name__ == "__main__":
    main()
