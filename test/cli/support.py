"""What the tests of the program share: the program, a folder of one's own, a terminal.

The program is $HEARSAY, else build/hearsay. Each test gets a new folder, and a
store in it that HEARSAY_STORE names.
"""
import json
import os
import pty
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ.get("HEARSAY", os.path.join(ROOT, "build", "hearsay")))
STORY = os.path.join(ROOT, "examples", "story")

ARTICLE = """Title: Minister says the ferry was sound
Date: 2025-04-02
Outlet: Quay Gazette

The transport minister, Edda Falk, said on Tuesday that the ferry had been sound.

"We checked it in March," Falk told reporters.
"""


class Case(unittest.TestCase):
    def setUp(self):
        self.temp = tempfile.TemporaryDirectory()
        self.addCleanup(self.temp.cleanup)
        self.dir = self.temp.name
        self.store = os.path.join(self.dir, "record.db")

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, content=ARTICLE):
        mode = "wb" if isinstance(content, bytes) else "w"
        with open(self.path(name), mode, **({} if mode == "wb" else {"encoding": "utf-8"})) as out:
            out.write(content)
        return self.path(name)

    def env(self, **extra):
        return {**os.environ, "HEARSAY_STORE": self.store, **extra}

    def run_raw(self, *args, input=None, env=None, cwd=None, **how):
        return subprocess.run([PROGRAM, *args], input=input, capture_output=True, env=env or self.env(), timeout=200,
                              cwd=cwd or self.dir, **how)

    def run_text(self, *args, status=0, input=None, **how):
        """Standard output and error of a run that ends with the status."""
        r = self.run_raw(*args, input=input.encode() if isinstance(input, str) else input, **how)
        out, err = r.stdout.decode(), r.stderr.decode()
        self.assertEqual(r.returncode, status, f"{args}: {err}")
        return out, err

    def rows(self, *args, status=0, **how):
        return [json.loads(line) for line in self.run_text(*args, status=status, **how)[0].splitlines()]

    def complaint(self, *args, status, **how):
        """The one line on standard error of a run that fails so."""
        _, err = self.run_text(*args, status=status, **how)
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertTrue(err.startswith("hearsay: "), err)
        return err.strip()

    def on_terminal(self, *args, **env):
        """What the program writes to a terminal, as bytes."""
        master, slave = pty.openpty()
        p = subprocess.Popen([PROGRAM, *args], stdin=slave, stdout=slave, stderr=slave, close_fds=True, cwd=self.dir,
                             env=self.env(TERM="xterm", **env))
        os.close(slave)
        seen = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # Linux: the other side is closed
                break
            if not piece:
                break
            seen += piece
        os.close(master)
        p.wait(60)
        return seen
