# SPDX-License-Identifier: Apache-2.0
"""Announcements of listed companies: a balanced cut for corpora/, or all text for counting.

    announcements.py --source DIR                 writes corpora/announcements and the sample text
    announcements.py --source DIR --text FILE     writes every announcement as plain lines

The cut takes the same number from every clause as far as there are any, so that rare clauses
are there at all. Which ones is decided by a hash of the announcement, not by their order.
"""
import glob
import hashlib
import html
import json
import os
import re

from common import argument_parser, open_text, write_text

CUT = 1500
CUT_BYTES = 3_900_000
SAMPLE = 150
MAX_CHARS = 4000
MIN_LINE = 4
HAN = re.compile("[\u4e00-\u9fff]")
KEYS = (("date", "發言日期"), ("time", "發言時間"), ("code", "公司代號"), ("name", "公司名稱"),
        ("subject", "主旨"), ("clause", "符合條款"), ("fact_date", "事實發生日"), ("text", "說明"))


def announcements(source):
    pattern = os.path.join(source, "lexicon", "twse-material-info", "material_info_*.jsonl.xz")
    for name in sorted(glob.glob(pattern)):
        with open_text(name) as file:
            for line in file:
                yield json.loads(line)


def one_line(text):
    """Subjects are wrapped at a fixed width; the wrap carries no meaning."""
    return re.sub(r"\s*[\r\n]+\s*", "", html.unescape(text)).strip()


def text_lines(record):
    """Subject and body as plain lines; lines of figures and rules say nothing about words."""
    yield one_line(record["subject"])
    for line in html.unescape(record["text"]).splitlines():
        line = " ".join(line.split())
        if len(line) >= MIN_LINE and HAN.search(line):
            yield line


def rank(record):
    key = "\x1f".join(record[name] for name in ("date", "time", "code", "subject"))
    return hashlib.sha256(key.encode()).hexdigest()


def balanced(records, wanted):
    """Fills clauses evenly, the rare ones first, until `wanted` are taken."""
    groups = {}
    for record in records:
        if len(record["text"]) <= MAX_CHARS and "\ufffd" not in record["text"]:
            groups.setdefault(record["clause"], []).append(record)
    taken, left = [], sorted(groups, key=lambda clause: (len(groups[clause]), clause))
    for number, clause in enumerate(left):
        share = (wanted - len(taken)) // (len(left) - number)
        taken += sorted(groups[clause], key=rank)[:share]
    return sorted(taken, key=lambda r: (r["date"], r["time"].zfill(6), r["code"], rank(r)))


def json_line(record):
    named = {name: record[key] for key, name in KEYS}
    return json.dumps(named, ensure_ascii=False, separators=(",", ":")) + "\n"


def paragraph(record):
    """One announcement as title line and body, ended by a blank line."""
    body = [line.rstrip() for line in record["text"].splitlines() if line.strip()]
    return "\n".join([one_line(record["subject"])] + body) + "\n\n"


def write_cut(records, out):
    lines = [json_line(record) for record in balanced(records, CUT)]
    text = "".join(lines)
    if len(text.encode()) > CUT_BYTES:
        raise ValueError(f"the cut is too large: {len(text.encode())} bytes")
    write_text(os.path.join(out, "announcements", "announcements.jsonl"), text)
    sample = "".join(paragraph(record) for record in balanced(records, SAMPLE))
    write_text(os.path.join(out, "sample", "announcement.txt"), sample.rstrip("\n") + "\n")
    print(f"{len(lines)} announcements, {len(text.encode())} bytes; "
          f"sample text {len(sample.encode())} bytes")


def main():
    parser = argument_parser(__doc__.splitlines()[0])
    parser.add_argument("--text", metavar="FILE", help="write all text as lines instead")
    options = parser.parse_args()
    if not options.source:
        parser.error("--source is needed")
    if options.text:
        with open(options.text, "w", encoding="utf-8", newline="\n") as file:
            for record in announcements(options.source):
                file.writelines(line + "\n" for line in text_lines(record))
    else:
        write_cut(list(announcements(options.source)), os.path.join(options.output, "corpora"))


if __name__ == "__main__":
    main()
