# SPDX-License-Identifier: Apache-2.0
"""The unlabelled text behind dict/stats: one paragraph a line, printed or iterated.

    raw_text.py --source DIR > all.txt
"""
import glob
import json
import os
import sys

from common import arguments, lines


def announcements(source):
    """Subjects and texts of the exchanges' announcements."""
    name = "material_info_L_202512_202606.jsonl.xz"
    for line in lines(source, "lexicon", "twse-material-info", name):
        row = json.loads(line)
        yield from row["subject"].splitlines()
        yield from row["text"].splitlines()


def profiles(path):
    for line in lines(path):
        for value in json.loads(line).values():
            if isinstance(value, str):
                yield from value.replace("[[", "").replace("]]", "").replace("**", "").splitlines()


def paragraphs(source):
    for path in sorted(glob.glob(os.path.join(source, "text", "*.gz"))):
        yield from (profiles(path) if path.endswith(".jsonl.gz") else lines(path))
    yield from announcements(source)


def main():
    options = arguments(__doc__)
    for paragraph in paragraphs(options.source):
        text = paragraph.strip()
        if len(text) > 3:
            sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
