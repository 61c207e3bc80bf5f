#!/usr/bin/env python3
"""Writes data/lexicon/en/word_counts.txt: in how many sentences of news each word stands.

usage: word_counts.py SHARED > data/lexicon/en/word_counts.txt

Of PolNeAR's train part, BASIL's articles are left out on purpose (they measure), and the articles of
../shared/reuse and ../shared/articles.  Numbers alone leave the corpora.  A word that is capital inside a
sentence more often than not is written so.  What stands in fewer than LEAST sentences is left out: rare.
"""
import glob
import json
import re
import sys
from collections import Counter

LEAST = 3
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")


def texts(shared):
    for path in sorted(glob.glob(shared + "/polnear/train/*.txt")):
        yield open(path, encoding="utf-8").read()
    for line in open(shared + "/reuse/docs.jsonl", encoding="utf-8"):
        yield json.loads(line)["text"]
    for row in json.load(open(shared + "/articles/main-text/ground-truth.json", encoding="utf-8")).values():
        yield row.get("articleBody") or ""


def main():
    low, capital, sentences = Counter(), Counter(), 0
    for text in texts(sys.argv[1]):
        for sentence in SENTENCE.split(text):
            words = WORD.findall(sentence)
            if len(words) < 3:
                continue
            sentences += 1
            inside = {re.sub(r"['’]s?$", "", w) for w in words[1:]}
            capital.update({w.lower() for w in inside if w[:1].isupper()})
            low.update({re.sub(r"['’]s?$", "", w).lower() for w in words})
    print("# In how many sentences of news a word stands: `word<TAB>count`; `*` is all sentences.")
    print("# Counted by train/word_counts.py over PolNeAR's train part and public news articles.")
    print(f"*\t{sentences}")
    for word in sorted(low):
        if low[word] >= LEAST and len(word) <= 40:
            name = 2 * capital[word] > low[word]
            print(f"{word[:1].upper() + word[1:] if name else word}\t{low[word]}")


if __name__ == "__main__":
    main()
