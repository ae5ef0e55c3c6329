# SPDX-License-Identifier: Apache-2.0
"""Shared by the list builders: reading sources, writing sorted TSV.

Every table is written in one form, so that two runs give the same bytes and a diff shows only
what changed: UTF-8, NFC, LF, one header line, rows unique and sorted by bytes, and a file that
would pass 4 MB is cut by key range into NAME-1.tsv, NAME-2.tsv, ...
"""
import argparse
import bz2
import csv
import gzip
import html
import io
import lzma
import os
import re
import unicodedata

MAX_BYTES = 4_000_000
REPOSITORY = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
OPENERS = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
REFERENCE = re.compile("&#[0-9]+;")


def argument_parser(description):
    """The two options every builder has: where the sources lie, where the tables go."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--source", metavar="DIR", help="folder of the downloaded sources")
    parser.add_argument("--output", metavar="DIR", default=REPOSITORY,
                        help="root of the tree to write to (default: this one)")
    return parser


def arguments(description):
    parser = argument_parser(description)
    options = parser.parse_args()
    if not options.source:
        parser.error("--source is needed")
    return options


def open_text(*path):
    """Opens a source as UTF-8 text, compressed or not; a byte-order mark is dropped."""
    name = os.path.join(*path)
    opener = OPENERS.get(os.path.splitext(name)[1], open)
    return opener(name, "rt", encoding="utf-8-sig", newline="")


def lines(*path):
    """Lines without their ends; comments starting with '#' and blank lines are left out."""
    with open_text(*path) as file:
        for line in file:
            line = line.rstrip("\r\n")
            if line and not line.startswith("#"):
                yield line


def table(*path):
    """Rows of a tab-separated source with a header line, as dictionaries."""
    rows = lines(*path)
    header = next(rows).split("\t")
    for row in rows:
        yield dict(zip(header, row.split("\t")))


def comma_table(*path):
    """Rows of a CSV source with a header line, as dictionaries."""
    with open_text(*path) as file:
        yield from csv.DictReader(io.StringIO(file.read()))


def clean(text):
    """One cell: NFC, no tabs or line ends, no double or outer blanks; characters that a register spells as &#20870; are themselves."""
    return " ".join(unicodedata.normalize("NFC", REFERENCE.sub(lambda found: html.unescape(found.group()), text)).split())


def write_text(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def cut(rows, header, limit):
    """Splits sorted rows into runs whose file stays below the limit."""
    run, size = [], len(header)
    for row in rows:
        if run and size + len(row) > limit:
            yield run
            run, size = [], len(header)
        run.append(row)
        size += len(row)
    yield run


def write_table(path, header, rows):
    """Writes `rows` (tuples of cells) below `header` (names); returns the number of rows."""
    head = ("\t".join(header) + "\n").encode()
    body = set()
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"{path}: {len(row)} cells instead of {len(header)}: {row}")
        body.add(("\t".join(clean(str(cell)) for cell in row) + "\n").encode())
    runs = list(cut(sorted(body), head, MAX_BYTES))
    stem = path[:-len(".tsv")]
    for number, run in enumerate(runs, 1):
        name = path if len(runs) == 1 else f"{stem}-{number}.tsv"
        write_text(name, (head + b"".join(run)).decode())
    print(f"{os.path.relpath(path, REPOSITORY)}: {len(body)} rows in {len(runs)} file(s)")
    return len(body)
