#!/usr/bin/env python3
"""What linking costs beside tagging, as a record grows.

usage: link.py PROGRAM [SHARED [ARTICLES]]

Articles are those of bench.py, with words exchanged where more are asked for
than there are (2000 if not said). Linking is done once a run over the whole
record: its time is told for a run that brings all the articles, as a share for
each, and for a run that brings one more. Start-up is taken off; one thread tags.
"""
import json
import os
import sqlite3
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import bench


def write(path, texts, first=0):
    with open(path, "w", encoding="utf-8") as out:
        for i, text in enumerate(texts):
            out.write(json.dumps({"id": f"a{first + i}", "published": f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}",
                                  "text": text}) + "\n")
    return path


def run(program, store, *args):
    """Seconds and peak MiB."""
    began = time.perf_counter()
    pid = os.posix_spawn(program, [program, *args], {**os.environ, "HEARSAY_STORE": store},
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"{' '.join(args)}: failed")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def relinking(program, store, known):
    """Seconds that linking the whole record takes, and the peak of MiB, told from a run over an article that is
    there already (it comes in with the first of these)."""
    idle = min(run(program, store, "add", known)[0] for _ in range(3))
    spent, most = [], 0
    for _ in range(3):
        with sqlite3.connect(store) as db:
            db.execute("UPDATE state SET value = 1 WHERE name = 'unlinked'")
        db.close()
        seconds, peak = run(program, store, "add", known)
        spent.append(seconds - idle)
        most = max(most, peak)
    return min(spent), most


def main(program, shared=None, count=2000):
    count = int(count)
    with tempfile.TemporaryDirectory() as folder:
        files, name = bench.articles(shared, folder)
        texts = [open(f, encoding="utf-8").read() for f in files[:count]]
        texts += bench.varied(texts, count - len(texts)) if count > len(texts) else []
        store = os.path.join(folder, "record.db")
        everything = write(os.path.join(folder, "all.jsonl"), texts)
        known = write(os.path.join(folder, "one.jsonl"), texts[:1])
        idle = min(run(program, store, "extract", "-j", "1", known)[0] for _ in range(3))
        tagging = (run(program, store, "extract", "-j", "1", everything)[0] - idle) / count * 1000
        adding = run(program, store, "add", "-j", "1", everything)[0] / count * 1000
        linking, most = relinking(program, store, known)
        with sqlite3.connect(store) as db:
            rows = db.execute("SELECT count(*) FROM reports").fetchone()[0]
        print(f"linking ({name}, {count} articles, {rows} reports of speech)")
        print(f"  tagging an article         {tagging:9.2f} ms")
        print(f"  adding it, all in one run  {adding:9.2f} ms")
        print(f"  linking, for each of these {linking / count * 1000:9.2f} ms   {linking / count * 1000 / tagging:7.2f} of tagging")
        print(f"  linking after one more     {linking * 1000:9.2f} ms   {linking * 1000 / tagging:7.0f} times its tagging")
        print(f"  peak memory of linking     {most:9.1f} MiB")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:4])
