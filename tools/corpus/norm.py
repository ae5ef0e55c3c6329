# SPDX-License-Identifier: Apache-2.0
"""Makes dict/norm: script conversion, variants, compatibility forms, numerals."""
import os

from common import arguments, lines, write_table
from opencc import read

TABLES = {
    "st_chars": "STCharacters",
    "st_phrases": "STPhrases",
    "tw_phrases": "TWPhrases",
    "tw_variants": "TWVariants",
    "tw_variant_phrases": "TWVariantsPhrases",
    "hk_variants": "HKVariants",
    "hk_variant_phrases": "HKVariantsPhrases",
}

# Single characters need no guard against a shorter match, so pairs that change nothing go.
SINGLE = {"st_chars", "tw_variants", "hk_variants"}

# Unihan does not say which numerals are digits and which are ranks; a few of its accounting
# forms are ordinary words in running text.
UNITS = "十百千万億拾佰仟"
ORDINARY_WORDS = "漆陌阡"
FORMAL = {"kAccountingNumeric": "formal", "kPrimaryNumeric": "plain"}
EXTRA = {("〇", 0, "digit", "plain"), ("零", 0, "digit", "plain"), ("兩", 2, "digit", "plain"),
         ("半", "0.5", "digit", "plain"), ("萬", 10 ** 4, "unit", "plain"),
         ("兆", 10 ** 12, "unit", "plain"), ("廿", 20, "unit", "plain"),
         ("卅", 30, "unit", "plain"), ("卌", 40, "unit", "plain")}


def is_big5(char):
    """True for the characters a Traditional text is normally written with."""
    try:
        return len(char.encode("cp950")) == 2
    except UnicodeEncodeError:
        return False


def compatibility(folder):
    """CJK compatibility ideographs as code points: the characters themselves are not NFC."""
    for line in lines(folder, "CJK_Compatibility_Ideographs.txt"):
        source, target = line.split("\t")
        yield f"{ord(source):05X}", target


def zvariants(folder):
    """
    Shapes of one character that Unicode encoded twice. Safe ones only: from a character outside
    Big5 to one inside it, both single and not reversed elsewhere, so that nothing a Traditional
    writer chooses on purpose is folded.
    """
    for line in lines(folder, "Unihan_Variants.txt.bz2"):
        code, field, values = line.split("\t")
        if field != "kZVariant" or " " in values:
            continue
        source = chr(int(code[2:], 16))
        target = chr(int(values.split("<")[0][2:], 16))
        if not is_big5(source) and is_big5(target):
            yield source, target


def numerals(folder):
    yield from EXTRA
    extra = {row[0] for row in EXTRA}
    for line in lines(folder, "Unihan_NumericValues.txt.bz2"):
        code, field, value = line.split("\t")
        char = chr(int(code[2:], 16))
        known = char in extra or char in ORDINARY_WORDS or not is_big5(char)
        if field in FORMAL and not known:
            yield char, value, "unit" if char in UNITS else "digit", FORMAL[field]


def main():
    options = arguments(__doc__)
    lexicon = os.path.join(options.source, "lexicon")
    opencc, unihan = os.path.join(lexicon, "opencc"), os.path.join(lexicon, "unihan")
    out = os.path.join(options.output, "dict", "norm")
    for name, source in TABLES.items():
        pairs = read(opencc, source).items()
        changing = [pair for pair in pairs if name not in SINGLE or pair[0] != pair[1]]
        write_table(os.path.join(out, name + ".tsv"), ("from", "to"), changing)
    write_table(os.path.join(out, "compat.tsv"), ("code", "to"), compatibility(opencc))
    write_table(os.path.join(out, "zvariants.tsv"), ("from", "to"), zvariants(unihan))
    write_table(os.path.join(out, "numerals.tsv"), ("char", "value", "kind", "style"),
                numerals(unihan))


if __name__ == "__main__":
    main()
