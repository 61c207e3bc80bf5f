#!/usr/bin/env python3
"""Speed, start-up and memory of `hearsay extract`.

usage: bench.py PROGRAM [SHARED]

The articles are SHARED/polnear/train where that is there, else made from those
of test/cases by exchanging words, so that no two are alike (what gzip does on
them is then no measure of news; the quotient is for the real ones). MB/s counts
bytes of article text by seconds of the processor, on one thread, the best of
three runs, beside `gzip -6` over the same bytes in the same run: the machine's
own speed falls out of that quotient. The deep engine reads some of them, once. A
token is a run of letters and digits, or one other character that is no blank.
"""
import glob
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOKEN = re.compile(r"\w+|[^\w\s]")


def varied(texts, count):
    """Texts with a third of their longer words exchanged for others; the same ones each time."""
    draw = random.Random(1)
    words = sorted({w for t in texts for w in re.findall(r"\b[a-z]{5,}\b", t)})
    for i in range(count):
        yield re.sub(r"\b[a-z]{5,}\b", lambda m: draw.choice(words) if draw.random() < 0.35 else m.group(),
                     texts[i % len(texts)])


def articles(shared, folder):
    """Paths of the articles, and where they are from."""
    files = sorted(glob.glob(os.path.join(shared, "polnear/train/*.txt"))) if shared else []
    if files:
        return files, "polnear/train"
    texts = [open(f, encoding="utf-8").read() for f in sorted(glob.glob(ROOT + "/test/cases/*/*.txt"))]
    for i, text in enumerate(varied(texts, 800)):
        files.append(os.path.join(folder, f"{i:04}.txt"))
        with open(files[-1], "w", encoding="utf-8") as out:
            out.write(text)
    return files, "made from test/cases"


def seconds(args, **how):
    """Of the processor: what else the machine does counts little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(args, check=True, stderr=subprocess.DEVNULL, **how)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def speed(program, files, name):
    text = b"".join(open(f, "rb").read() for f in files)
    tokens = len(TOKEN.findall(text.decode()))
    ours, zipped = [], []
    for _ in range(3):
        ours.append(seconds([program, "extract", "-j", "1", "--engine", "fast", *files], stdout=subprocess.DEVNULL))
        zipped.append(seconds(["gzip", "-6", "-c"], input=text, stdout=subprocess.DEVNULL))
    best, zip_best = min(ours), min(zipped)
    print(f"extract, fast, one thread ({name}: {len(files)} articles, {len(text) / 1e6:.2f} MB)")
    print(f"  text       {len(text) / best / 1e6:8.2f} MB/s")
    print(f"  tokens     {tokens / best:8.0f} /s")
    print(f"  gzip -6    {len(text) / zip_best / 1e6:8.2f} MB/s of the same text")
    print(f"  quotient   {zip_best / best:8.3f}")
    some = files[:: max(1, len(files) // 40)]
    deep = seconds([program, "extract", "-j", "1", "--engine", "deep", *some], stdout=subprocess.DEVNULL)
    size = sum(os.path.getsize(file) for file in some)
    print(f"  deep       {size / deep / 1e3:8.1f} kB/s of {len(some)} of them")


def start_up(program, file):
    """Milliseconds from start to the first byte of output."""
    spent = []
    for _ in range(21):
        began = time.perf_counter()
        p = subprocess.Popen([program, "extract", "-j", "1", "--engine", "fast", file], stdout=subprocess.PIPE)
        p.stdout.read(1)
        spent.append((time.perf_counter() - began) * 1000)
        p.stdout.read()
        p.stdout.close()
        p.wait()
    print(f"start-up to first output (one article, {os.path.getsize(file)} bytes)")
    print(f"  median     {statistics.median(spent):8.1f} ms")


def high_water(pid):
    """VmHWM in MiB; wait4's figure would count what this script was before it became the program."""
    with open(f"/proc/{pid}/status") as status:
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
    return int(found.group(1)) / 1024 if found else 0


def peak(program, lines):
    """Peak memory in MiB of extract over a stream of articles."""
    p = subprocess.Popen([program, "extract", "-j", "1", "--engine", "fast", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    most = 0
    for line in lines:
        p.stdin.write(line)
    p.stdin.flush()
    while p.poll() is None:  # it only grows: the last look is the peak
        most = max(most, high_water(p.pid))
        if not p.stdin.closed:
            p.stdin.close()
        time.sleep(0.002)
    return most


def memory(program, files):
    texts = [json.dumps({"id": str(i), "text": open(f, encoding="utf-8").read()}).encode() + b"\n"
             for i, f in enumerate(files[:200])]
    print("peak memory of extract over a stream of articles")
    for count in (200, 1000, 5000):
        print(f"  {count:6} articles {peak(program, (texts[i % len(texts)] for i in range(count))):6.1f} MiB")


def other_programs(programs, shared):
    """What the programs beside this script print: fingerprints beside xxh3, pages beside their parse."""
    pages = sorted(glob.glob(os.path.join(shared, "articles/news/html/*.gz"))) if shared else []
    sys.stdout.flush()
    for name, args in (("reuse_bench", ["2000"]), ("pages_bench", pages)):
        path = os.path.join(programs, name)
        if os.path.exists(path) and args:
            subprocess.run([path, *args], check=False)
        else:
            print(f"{name}: skipped, {'no pages' if os.path.exists(path) else 'not built'}")


def main(program, shared=None):
    other_programs(os.path.join(os.path.dirname(program), "bench"), shared)
    with tempfile.TemporaryDirectory() as folder:
        files, name = articles(shared, folder)
        speed(program, files, name)
        start_up(program, files[0])
        memory(program, files)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main(*sys.argv[1:3])
