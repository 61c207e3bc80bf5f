"""`hearsay watch`: what comes into a folder is read, and what it contradicts is printed."""
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

from support import PROGRAM, STORY, Case

FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Eskeside Online</title><link>https://eskeside.example/</link><description>News</description>
%s</channel></rss>
"""
ITEM = """<item><title>%s</title><link>https://eskeside.example/%d</link><pubDate>Mon, 12 May 2025 10:00:00 GMT</pubDate>
<description>%s</description></item>
"""


class Watch(Case):
    def setUp(self):
        super().setUp()
        self.inbox = self.path("inbox")
        os.mkdir(self.inbox)

    def watch(self, *args):
        run = subprocess.Popen([PROGRAM, "watch", self.inbox, "--every", "1", "--json", *args], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=self.env(), text=True, cwd=self.dir)
        self.addCleanup(run.stdout.close)
        self.addCleanup(run.stderr.close)
        self.addCleanup(run.kill)
        return run

    def until(self, found, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if os.path.exists(self.store) and (value := found()):
                return value
            time.sleep(0.5)
        self.fail("it did not come")

    def documents(self):
        run = self.run_raw("stats", "--json")
        return json.loads(run.stdout)["documents"] if run.returncode == 0 else 0

    def test_new_articles_bring_new_contradictions(self):
        files = sorted(os.listdir(STORY))
        shutil.copy(os.path.join(STORY, files[0]), self.inbox)
        run = self.watch()
        self.until(lambda: self.documents() == 1)
        for name in files[1:]:
            shutil.copy(os.path.join(STORY, name), self.inbox)
        self.until(lambda: self.documents() == 7)
        run.send_signal(signal.SIGTERM)
        out, err = run.communicate(timeout=60)
        self.assertEqual((run.returncode, err), (0, ""))
        told = [json.loads(line) for line in out.splitlines()]
        self.assertEqual({r["type"] for r in told}, {"conflict", "shift"})
        pairs = [tuple(a["id"] for a in r["attributions"]) for r in told if r["type"] == "conflict"]
        self.assertEqual(len(pairs), len(set(pairs)))  # each once
        now = {tuple(a["id"] for a in r["attributions"]) for r in self.rows("conflicts", "--json")}
        self.assertLessEqual(now, set(pairs))

    def test_once_tells_only_what_is_new(self):
        self.run_text("add", STORY)
        self.write("inbox/late.txt", "Title: Dye works denies it again\nDate: 2025-05-12\nOutlet: The Herald\n\n"
                                     "Corran Dyes denied on Monday that forty cubic metres of waste water had reached the river.\n")
        out, err = self.run_text("watch", "--once", self.inbox)
        self.assertIn("Corran Dyes", out)
        self.assertIn("1 articles came", err)
        rows = self.rows("watch", "--once", "--json", self.inbox)
        self.assertEqual(rows, [])  # it is there already

    def test_a_feed_that_grows(self):
        feed = self.path("inbox/feed.xml")
        item = lambda n: ITEM % (f"Dredger {n}", n, f"The harbour master, Jon Halloran, said that the quay was sound, survey {n}.")
        with open(feed, "w", encoding="utf-8") as out:
            out.write(FEED % item(1))
        run = self.watch("--engine", "fast")
        self.until(lambda: self.documents() == 1)
        with open(feed, "w", encoding="utf-8") as out:
            out.write(FEED % (item(1) + item(2)))
        self.until(lambda: self.documents() == 2)
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(60), 0)

    def test_what_cannot_be_watched(self):
        out, err = self.run_text("watch", "--once", self.path("nowhere"))
        self.assertIn("No such file", err)
        self.write("inbox/bad.pdf", b"%PDF-1.4\n\x00\x01\x02")
        self.write("inbox/.hidden.txt", "Edda Falk said that it was late.\n")
        self.run_text("watch", "--once", self.inbox, status=1)
        self.assertEqual(self.documents(), 0)


if __name__ == "__main__":
    unittest.main()
