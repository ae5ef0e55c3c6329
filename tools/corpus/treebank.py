# SPDX-License-Identifier: Apache-2.0
"""Makes corpora/gsd, corpora/hk, corpora/cfl and corpora/uner.

With --gsd-train FILE only the two training files of corpora/gsd are made, from the official
zh_gsd-ud-train.conllu, which then stands in for the converted one.

Of MISC only SpaceAfter stays, of the comments only newdoc, newpar, sent_id and text. Trees,
tags and forms are copied as they are but for the two XPOS slips in GSD_XPOS, what tree_repair.py
mends in the converted training trees and, in cfl, the change of script, which keeps every token boundary.
"""
import os

from common import MAX_BYTES, argument_parser, open_text, write_text
from opencc import Converter
from tree_repair import mend

COMMENTS = ("# newdoc", "# newpar", "# sent_id", "# text =")
GSD_XPOS = {"VERB": "VV", '"': "''"}
QUOTES = str.maketrans("“”‘’", "「」『』")


def sentences(*path):
    """Yields (comment lines, token rows)."""
    comments, tokens = [], []
    with open_text(*path) as file:
        for line in file:
            line = line.rstrip("\r\n")
            if line.startswith("#") and not tokens:
                comments.append(line)
            elif line:
                tokens.append(line.split("\t"))
            elif tokens:
                yield comments, tokens
                comments, tokens = [], []
    if tokens:
        yield comments, tokens


def plain(sentence):
    """Drops comments and MISC fields that say nothing about text or tree."""
    comments, tokens = sentence
    for row in tokens:
        row[9] = "SpaceAfter=No" if "SpaceAfter=No" in row[9].split("|") else "_"
    return [line for line in comments if line.startswith(COMMENTS)], tokens


def repaired(sentence):
    comments, tokens = sentence
    for row in tokens:
        row[4] = GSD_XPOS.get(row[4], row[4])
    return comments, tokens


def mended(sentence, names):
    """names: of a text without blanks, its IOB2 tags."""
    comments, tokens = sentence
    forms, tags, relations = ([""] + [row[i] for row in tokens] for i in (1, 3, 7))
    heads = [0] + [int(row[6]) for row in tokens]
    mend(forms, tags, heads, relations, names.get("".join(forms), ["O"] * len(tokens)))
    for row, head, relation in zip(tokens, heads[1:], relations[1:]):
        row[6], row[7] = str(head), relation
    return comments, tokens


def traditional(sentence, converter):
    """Converts a sentence as one text, so that phrases decide, and cuts it back into tokens."""
    comments, tokens = sentence
    source = "".join(row[1] for row in tokens)
    text = converter.convert(source)
    if len(text) != len(source):
        raise ValueError("conversion changed the length of: " + source)
    at = 0
    for row in tokens:
        form = text[at:at + len(row[1])].translate(QUOTES)
        at += len(row[1])
        row[2] = form if row[2] == row[1] else converter.convert(row[2]).translate(QUOTES)
        row[1] = form
    joined = "".join(row[1] + ("" if row[9] == "SpaceAfter=No" else " ") for row in tokens)
    kept = [line for line in comments if not line.startswith("# text =")]
    return kept + ["# text = " + joined.rstrip()], tokens


def text_of(sentence):
    comments, tokens = sentence
    return "\n".join(comments + ["\t".join(row) for row in tokens]) + "\n\n"


def write_split(path, blocks, parts=1):
    """Writes whole sentences; more than one part as NAME-1, NAME-2, ... of even size."""
    blocks = list(blocks)
    total = sum(len(block.encode()) for block in blocks)
    if total >= parts * MAX_BYTES:
        raise ValueError(f"{path}: {total} bytes do not fit into {parts} file(s)")
    stem, extension = os.path.splitext(path)
    groups, size = [[] for _ in range(parts)], 0
    for block in blocks:
        groups[min(parts - 1, size * parts // total)].append(block)
        size += len(block.encode())
    for number, group in enumerate(groups, 1):
        write_text(path if parts == 1 else f"{stem}-{number}{extension}", "".join(group))
    print(f"{path}: {len(blocks)} sentences in {parts} file(s)")


def write_gsd(out, part, *path, names=None):
    parts = {"train": 2, "dev": 1}[part]
    trees = (repaired(plain(s)) for s in sentences(*path))
    if names:
        trees = (mended(s, names) for s in trees)
    write_split(os.path.join(out, "gsd", part + ".conllu"), (text_of(s) for s in trees), parts)


def write_all(source, out):
    bank = os.path.join(source, "treebank")
    converter = Converter(os.path.join(source, "lexicon", "opencc"), "tw")
    names = {"".join(row[1] for row in tokens): [row[2] for row in tokens]
             for _, tokens in sentences(source, "ner", "uner-gsd-train.iob2")}
    write_gsd(out, "train", bank, "gsd-train.conllu", names=names)
    write_gsd(out, "dev", bank, "gsd-dev.conllu")
    for part in ("train", "dev"):
        write_split(os.path.join(out, "uner", part + ".iob2"),
                    (text_of(s) for s in sentences(source, "ner", f"uner-gsd-{part}.iob2")))
    write_split(os.path.join(out, "hk", "hk.conllu"),
                (text_of(plain(s)) for s in sentences(bank, "hk.conllu")))
    write_split(os.path.join(out, "cfl", "cfl.conllu"),
                (text_of(traditional(plain(s), converter)) for s in sentences(bank, "cfl.conllu")))


def main():
    parser = argument_parser(__doc__.splitlines()[0])
    parser.add_argument("--gsd-train", metavar="FILE", help="official GSD train file")
    options = parser.parse_args()
    out = os.path.join(options.output, "corpora")
    if options.gsd_train:
        write_gsd(out, "train", options.gsd_train)
    elif options.source:
        write_all(options.source, out)
    else:
        parser.error("one of --source and --gsd-train is needed")


if __name__ == "__main__":
    main()
