"""The examples of the manual and the README do what they show.

A fenced block marked `console` holds commands behind "$ " and, below each, what
it prints. All blocks of a page run one after the other in a folder of their own
with a copy of examples/. A line "…" stands for any number of lines.

`python3 test/cli/manual.py --write` writes what the program prints into the pages
(blocks with a "…" line are left as they are).
"""
import os
import re
import shutil
import subprocess
import sys
import unittest

from support import PROGRAM, ROOT, Case

PAGES = ["README.md", "docs/manual.md"]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def steps(block):
    """[(command, expected output)] of a block."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.M)
    return list(zip(parts[1::2], parts[2::2]))


def agrees(want, got):
    if "\n…\n" not in "\n" + want:
        return want == got
    pattern = re.escape(want).replace(re.escape("…\n"), "(?:.*\n)*")
    return re.fullmatch(pattern, got) is not None


def runner(folder):
    """A function that runs a command in a folder with examples/ and a store of its own."""
    os.makedirs(os.path.join(folder, "bin"), exist_ok=True)
    os.symlink(PROGRAM, os.path.join(folder, "bin", "hearsay"))
    shutil.copytree(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
    env = {**os.environ, "PATH": os.path.join(folder, "bin") + ":" + os.environ["PATH"], "COLUMNS": "96",
           "HEARSAY_STORE": os.path.join(folder, "record.db")}
    env.pop("HEARSAY_ENGINE", None)  # what users get

    def run(command):
        r = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           timeout=60)
        return r.stdout.decode()

    return run


class Manual(Case):
    def check(self, page):
        text = open(os.path.join(ROOT, page), encoding="utf-8").read()
        run, count = runner(self.dir), 0
        for block in BLOCK.findall(text):
            for command, want in steps(block):
                got = run(command)
                self.assertTrue(agrees(want, got), f"{page}: $ {command}\nwant:\n{want}\ngot:\n{got}")
                count += 1
        self.assertGreater(count, 0)


for name in PAGES:
    setattr(Manual, "test_" + re.sub(r"\W", "_", name), lambda self, name=name: self.check(name))


def write(page, folder):
    path = os.path.join(ROOT, page)
    run = runner(folder)

    def fresh(match):
        out = ""
        for command, want in steps(match.group(1)):
            got = run(command)
            out += f"$ {command}\n" + (want if "\n…\n" in "\n" + want else got)
        return f"```console\n{out}```"

    text = BLOCK.sub(fresh, open(path, encoding="utf-8").read())
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        subprocess.run([PROGRAM, "--version"], check=True, stdout=subprocess.DEVNULL)
        import tempfile
        for name in PAGES:
            with tempfile.TemporaryDirectory() as temp:
                write(name, temp)
    else:
        unittest.main()
