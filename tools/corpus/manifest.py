# SPDX-License-Identifier: Apache-2.0
"""Keeps dict/MANIFEST.tsv and corpora/MANIFEST.tsv true to the files.

    manifest.py           rewrites every sha256, sorts the rows
    manifest.py --check   changes nothing, fails when anything would change

Columns: file (below the folder of the manifest), pack (core or sa), licence (SPDX expression or
LicenseRef-...), source (origin and version), sha256. A new data file needs a row written by
hand; its sha256 cell may hold '-' until this program has run. A file without a row, and a row
without a file, is an error. SOURCE.md, README.md, meson.build and the manifest have no row.
"""
import argparse
import hashlib
import os
import sys

from common import REPOSITORY, write_text

HEADER = ["file", "pack", "licence", "source", "sha256"]
WITHOUT_ROW = {"MANIFEST.tsv", "SOURCE.md", "README.md", "meson.build"}


def data_files(folder):
    """All files below `folder` that need a row, as sorted relative paths."""
    found = []
    for parent, _, names in os.walk(folder):
        for name in names:
            if name not in WITHOUT_ROW:
                path = os.path.relpath(os.path.join(parent, name), folder)
                found.append(path.replace(os.sep, "/"))
    return sorted(found, key=str.encode)


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read(folder):
    """Rows by file name; raises ValueError for anything but five cells and unique files."""
    with open(os.path.join(folder, "MANIFEST.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    if rows[0] != HEADER:
        raise ValueError("header is not: " + " ".join(HEADER))
    found = {}
    for row in rows[1:]:
        if len(row) != len(HEADER) or row[0] in found:
            raise ValueError("bad or repeated row: " + "\t".join(row))
        found[row[0]] = row
    return found


def text_of(rows):
    body = sorted("\t".join(row) + "\n" for row in rows.values())
    return "\t".join(HEADER) + "\n" + "".join(sorted(body, key=str.encode))


def update(folder, check):
    """Returns a list of complaints; writes the manifest when there are none."""
    rows, files = read(folder), data_files(folder)
    name = os.path.basename(folder)
    complaints = [f"{name}/{path}: no row in MANIFEST.tsv" for path in files if path not in rows]
    complaints += [f"{name}/{path}: row without a file" for path in rows if path not in files]
    if complaints:
        return complaints
    for path, row in rows.items():
        digest = sha256(os.path.join(folder, path))
        if check and digest != row[4]:
            complaints.append(f"{name}/{path}: sha256 differs")
        row[4] = digest
    if not check:
        write_text(os.path.join(folder, "MANIFEST.tsv"), text_of(rows))
        print(f"{name}/MANIFEST.tsv: {len(rows)} files")
    return complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", default=REPOSITORY, help="root of the tree")
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()
    complaints = []
    for folder in ("dict", "corpora"):
        complaints += update(os.path.join(options.root, folder), options.check)
    for line in complaints:
        print("manifest: " + line, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
