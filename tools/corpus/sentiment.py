# SPDX-License-Identifier: Apache-2.0
"""Makes dict/sentiment from the NTUSD and the Taiwan Financial Sentiment Dictionary."""
import collections
import os
import re

from common import arguments, lines, table, write_table

# NTUSD also lists patterns with a gap ("把..燒焦"), clauses and exclamations: not words.
NOT_WORD = re.compile("\\.\\.|[，。！？、：；（）()]|[\u3105-\u312f]")


def ntusd(folder):
    for polarity, name in (("+", "positive"), ("-", "negative")):
        for word in lines(folder, name + ".utf8.txt"):
            if not NOT_WORD.search(word):
                yield word, polarity


def remi(folder):
    """Words listed on both sides (壓倒性, 黑天鵝 ...) say nothing and are left out."""
    rows = list(table(folder, "sentiment.tsv"))
    sides = collections.Counter(row["word"] for row in rows)
    for row in rows:
        if sides[row["word"]] == 1:
            yield row["word"], row["polarity"], row["count"], row["articles"]


def topics(folder):
    for row in table(folder, "topics.tsv"):
        yield row["word"], row["topic"], row["direction"].lower()


def main():
    options = arguments(__doc__)
    lexicon = os.path.join(options.source, "lexicon")
    out = os.path.join(options.output, "dict", "sentiment")
    financial = os.path.join(lexicon, "remi-finance-sentiment")
    write_table(os.path.join(out, "ntusd.tsv"), ("word", "polarity"),
                ntusd(os.path.join(lexicon, "ntusd")))
    write_table(os.path.join(out, "remi.tsv"), ("word", "polarity", "count", "articles"),
                remi(financial))
    write_table(os.path.join(out, "remi_topics.tsv"), ("word", "topic", "direction"),
                topics(financial))


if __name__ == "__main__":
    main()
