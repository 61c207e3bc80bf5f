"""No word stands twice in a list that is looked up by words.

usage: check_lexicon.py [DIR]     DIR: data/lexicon

Which lists these are is read off the source: those whose names go to
hsy_lexicon_load. At run time the first of two lines counts, so a second one
would be without effect and without a word; here it is an error.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def looked_up():
    """Names of lists as they stand in the source, of files that load any."""
    names = set()
    for folder, _, files in os.walk(os.path.join(ROOT, "src")):
        for name in files:
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                text = f.read()
            if "hsy_lexicon_load" in text:
                names.update(re.findall(r'"lexicon/([a-z_/]+\.txt)"', text))
    return names


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "data", "lexicon")
    wrong = 0
    for name in sorted(looked_up()):
        path, seen = os.path.join(folder, name), {}
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                if not line.strip() or line.startswith("#"):
                    continue
                word = line.rstrip("\n").split("\t")[0]
                if word in seen:
                    print(f"{path}:{number}: \"{word}\" stands in line {seen[word]} already")
                    wrong += 1
                seen.setdefault(word, number)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
