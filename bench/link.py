#!/usr/bin/env python3
"""What linking costs beside tagging and storing, in a record of some size.

usage: link.py PROGRAM [SHARED [ARTICLES]]

Articles are those of bench.py; where more are asked for than there are (3000 if
not said), made from these by exchanging nearly all words that do not report or
join, so that they are no copies of one another. When the record stands, some hundred others
come in one run, then one by itself. What linking takes of that is told by
having the same articles linked once more. Seconds are the processor's, whatever
else the machine does; start-up is taken off; one thread tags, by the fast engine unless HEARSAY_ENGINE says otherwise.
"""
import json
import os
import random
import re
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
import bench
from serve import KEPT

NEWS = 300
EXCHANGED = 0.85


def made(texts, count):
    """Texts in which most words are others; the same ones each time."""
    draw = random.Random(1)
    words = sorted({w for t in texts for w in re.findall(r"\b[a-z]{3,}\b", t)} - KEPT)

    def other(match):
        word = match.group()
        if word.lower() in KEPT or draw.random() > EXCHANGED:
            return word
        new = draw.choice(words)
        return new.capitalize() if word[0].isupper() else new

    for i in range(count):
        yield re.sub(r"\b[A-Za-z]{3,}\b", other, texts[i % len(texts)])


def write(path, texts, first=0):
    with open(path, "w", encoding="utf-8") as out:
        for i, text in enumerate(texts, first):
            out.write(json.dumps({"id": f"a{i}", "published": f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}",
                                  "text": text}) + "\n")
    return path


def run(program, store, *args):
    """Seconds of the processor, and peak MiB."""
    pid = os.posix_spawn(program, [program, *args], {"HEARSAY_ENGINE": "fast", **os.environ, "HEARSAY_STORE": store},
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"{' '.join(args)}: failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def best(times, take):
    return min(take() for _ in range(times))


def adding(program, store, news, idle):
    """Seconds that the articles take to come in, and of that to be linked."""
    with sqlite3.connect(store) as db:
        last, = db.execute("SELECT max(key) FROM documents").fetchone()
    db.close()
    came = run(program, store, "add", "-j", "1", news)[0] - idle

    def link():
        with sqlite3.connect(store) as db:
            db.execute("INSERT OR IGNORE INTO unlinked SELECT id FROM documents WHERE key > ?", (last,))
            db.execute("UPDATE state SET value = 1 WHERE name = 'unlinked'")
        db.close()
        return run(program, store, "add", "-j", "1", news)[0] - idle

    return came, best(3, link)


def row(label, came, linked, tagging, count):
    print(f"  {label:28}{came / count * 1000:9.2f} ms, {linked / count * 1000:7.2f} of it linking"
          f"   {linked / came:5.2f} of adding, {linked / count / tagging:5.2f} of tagging")


def main(program, shared=None, count=3000):
    count = int(count)
    with tempfile.TemporaryDirectory() as folder:
        files, name = bench.articles(shared, folder)
        texts = [open(f, encoding="utf-8").read() for f in files[:count]]
        extra = made(texts, count + NEWS + 1)
        store = os.path.join(folder, "record.db")
        record = write(os.path.join(folder, "record.jsonl"), texts + [next(extra) for _ in range(count - len(texts))])
        known = write(os.path.join(folder, "known.jsonl"), texts[:1])
        news = write(os.path.join(folder, "news.jsonl"), [next(extra) for _ in range(NEWS)], count)
        one = write(os.path.join(folder, "one.jsonl"), [next(extra)], count + NEWS)
        whole, most = run(program, store, "add", record)
        idle = best(5, lambda: run(program, store, "add", known)[0])
        bare = best(5, lambda: run(program, store, "extract", "-j", "1", known)[0])
        tagging = (best(2, lambda: run(program, store, "extract", "-j", "1", news)[0]) - bare) / NEWS
        print(f"linking ({name}, a record of {count} articles that came in {whole:.0f} s and {most:.0f} MiB,"
              f" {os.path.getsize(store) >> 20} MiB on disk)")
        print(f"  {'tagging an article':28}{tagging * 1000:9.2f} ms")
        row(f"adding one of {NEWS} in a run", *adding(program, store, news, idle), tagging, NEWS)
        row("adding one by itself", *adding(program, store, one, idle), tagging, 1)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:4])
