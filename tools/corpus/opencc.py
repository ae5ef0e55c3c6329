# SPDX-License-Identifier: Apache-2.0
"""Simplified to Traditional conversion with the OpenCC tables, longest phrase first.

A chain is a list of passes; a pass is one merged table. At each place the longest key of the
table wins, a place without a key is copied. This is OpenCC's own method, so results agree
with its s2tw and s2hk configurations, without its library.
"""
from common import lines

CHAINS = {
    "tw": [("STPhrases", "STCharacters"), ("TWVariantsPhrases", "TWVariants")],
    "twp": [("STPhrases", "STCharacters"), ("TWPhrases",), ("TWVariantsPhrases", "TWVariants")],
    "hk": [("STPhrases", "STCharacters"), ("HKVariantsPhrases", "HKVariants")],
    "variants": [("TWVariantsPhrases", "TWVariants")],
}


def read(folder, name):
    """One OpenCC table: key to its first (preferred) value."""
    pairs = {}
    for line in lines(folder, name + ".txt"):
        key, values = line.split("\t")
        pairs[key] = values.split(" ")[0]
    return pairs


class Pass:
    def __init__(self, folder, names):
        self.pairs = {}
        for name in reversed(names):
            self.pairs.update(read(folder, name))
        self.longest = {}
        for key in self.pairs:
            self.longest[key[0]] = max(len(key), self.longest.get(key[0], 0))

    def convert(self, text):
        parts, at = [], 0
        while at < len(text):
            for size in range(min(self.longest.get(text[at], 0), len(text) - at), 0, -1):
                value = self.pairs.get(text[at:at + size])
                if value is not None:
                    parts.append(value)
                    at += size
                    break
            else:
                parts.append(text[at])
                at += 1
        return "".join(parts)


class Converter:
    """`Converter(folder, "tw").convert(text)`; the folder holds OpenCC's *.txt tables."""

    def __init__(self, folder, chain):
        self.passes = [Pass(folder, names) for names in CHAINS[chain]]

    def convert(self, text):
        for step in self.passes:
            text = step.convert(text)
        return text
