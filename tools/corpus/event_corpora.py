# SPDX-License-Identifier: Apache-2.0
"""Makes corpora/finre, corpora/fewfc and corpora/esg.

FinRE and FewFC are Simplified: script and mainland terms become Taiwan's by the OpenCC tables
(chain twp). A text is cut at the edges of the names that are marked in it and the pieces are
converted apart, so that marks keep their places whatever a term's new length is. Names of
relations, event types and roles stay as the sources write them: they are codes.
"""
import json
import os

from common import arguments, clean, open_text, write_text
from opencc import Converter

QUOTES = str.maketrans("“”‘’", "「」『』")
NUMBER = "10"       # stands for FinRE's <N>, so that dates, amounts and shares keep their form
FEWFC = {"train": ["train_base", "train_trans_5_type"], "dev": ["dev_base", "dev_trans"]}


def converted(text, edges, converter):
    """The text in Taiwan's script and terms, and the new place of each edge."""
    cuts = sorted({0, len(text)} | set(edges))
    out, places = "", {0: 0}
    for start, end in zip(cuts, cuts[1:]):
        out += converter.convert(text[start:end]).translate(QUOTES)
        places[end] = len(out)
    return out, places


def occurrences(name, text):
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + 1)


def outside(spans, others):
    """The spans that lie in none of the others, or all of them when none does."""
    return [a for a in spans if not any(b[0] <= a[0] and a[1] <= b[1] and a != b for b in others)] or spans


def place_pair(first, second, text):
    """Spans of two names in a text: the earliest that do not overlap, else the earliest."""
    firsts, seconds = list(occurrences(first, text)), list(occurrences(second, text))
    pairs = [(a, b) for a in outside(firsts, seconds) for b in outside(seconds, firsts)]
    apart = [(a, b) for a, b in pairs if a[1] <= b[0] or b[1] <= a[0]]

    def order(pair):
        starts = sorted(span[0] for span in pair)
        return starts[1], starts[0], max(pair, key=lambda span: span[1] - span[0])

    return min(apart or pairs, key=order)


def finre(folder, split, converter):
    """One row a pair: both directions say the same, so the one whose head comes first is kept."""
    labels = {}
    for line in open_text(folder, split + ".txt"):
        if line.strip():
            head, tail, relation, text = line.rstrip("\n").split("\t")
            labels.setdefault((text, head, tail), set()).add(relation)
    rows = set()
    for (text, head, tail), relations in labels.items():
        text, head, tail = (part.replace("<N>", NUMBER).strip() for part in (text, head, tail))
        first, second = place_pair(head, tail, text)
        if second < first:
            continue
        text, places = converted(text, first + second, converter)
        names = "\t".join(f"{places[start]}\t{places[end]}" for start, end in (first, second))
        rows.add(f"{';'.join(sorted(relations))}\t{names}\t{text}\n")
    return "relations\thead_start\thead_end\ttail_start\ttail_end\ttext\n" + "".join(sorted(rows, key=str.encode))


def fewfc(folder, names, converter):
    """The source's own JSON, one sentence a line."""
    out = []
    for name in names:
        for line in open_text(folder, f"original_{name}.json"):
            record = json.loads(line)
            mentions = [mention for event in record["events"] for mention in event["mentions"]]
            edges = [edge for mention in mentions for edge in mention["span"]]
            text, places = converted(record["content"], edges, converter)
            for mention in mentions:
                mention["span"] = [places[edge] for edge in mention["span"]]
                mention["word"] = text[mention["span"][0]:mention["span"][1]]
            record["content"] = text
            out.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(out)


def esg(folder, split):
    """Headlines with the impact type both annotators agreed on."""
    with open_text(folder, f"ml_esg2_{split}.json") as file:
        records = json.load(file)
    rows = {f"{record['Impact_Type'][0]}\t{clean(record['News_Headline'])}\n" for record in records}
    return "impact\theadline\n" + "".join(sorted(rows, key=str.encode))


def main():
    options = arguments("Makes corpora/finre, corpora/fewfc and corpora/esg.")
    converter = Converter(os.path.join(options.source, "lexicon", "opencc"), "twp")
    target = os.path.join(options.output, "corpora")
    events = os.path.join(options.source, "events")
    for split in ("train", "valid"):
        write_text(os.path.join(target, "finre", split + ".tsv"), finre(os.path.join(events, "finre"), split, converter))
    for split, names in FEWFC.items():
        write_text(os.path.join(target, "fewfc", split + ".jsonl"), fewfc(os.path.join(events, "fewfc"), names, converter))
    for split in ("Train", "Dev"):
        write_text(os.path.join(target, "esg", split.lower() + ".tsv"),
                   esg(os.path.join(options.source, "sentiment", "dynamic-esg"), split))


if __name__ == "__main__":
    main()
