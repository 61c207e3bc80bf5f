"""Marks of reviewers over HTTP, and the feed."""
import json
import re
import subprocess
import unittest
import urllib.error
import urllib.parse
import urllib.request
from xml.etree import ElementTree

from support import PROGRAM, STORY, Case

ATOM = "{http://www.w3.org/2005/Atom}"


class Marking(Case):
    def setUp(self):
        super().setUp()
        self.write("odd.txt", "Date: 2025-05-11\nOutlet: A & B <C>\n\nTolm Quarries denied on Sunday that it had blasted"
                              " <rock> at night. The council, however, said that Tolm Quarries had blasted <rock> at night.\n")
        self.run_text("add", STORY, "odd.txt")

    def serve(self, *options):
        server = subprocess.Popen([PROGRAM, "serve", "--store", self.store, "--listen", "127.0.0.1:0", *options],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait, 30)
        self.addCleanup(server.terminate)
        self.base = next(w for line in server.stdout for w in line.split() if w.startswith("http")).rstrip("/") + "/api/v1/"

    def ask(self, path, body=None, kind="application/json", **values):
        data = None if body is None else json.dumps(body).encode() if not isinstance(body, bytes) else body
        request = urllib.request.Request(self.base + path + "?" * bool(values) + urllib.parse.urlencode(values), data=data,
                                         headers={"Content-Type": kind} if data is not None else {})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def test_marks_are_taken_where_they_may(self):
        self.serve()
        self.assertEqual(self.ask("review", {"back": 1})[0], 403)
        self.assertFalse(json.loads(self.ask("about")[1])["review"])
        self.serve("--allow-review")
        self.assertTrue(json.loads(self.ask("about")[1])["review"])
        rows = json.loads(self.ask("unreviewed", limit=3)[1])["rows"]
        self.assertEqual([r["confidence"] for r in rows], sorted(r["confidence"] for r in rows))
        mark = {"kind": "attribution", "target": rows[0]["id"], "verdict": "wrong", "reviewer": "ann"}
        status, answer = self.ask("review", mark)
        self.assertEqual((status, json.loads(answer)["verdict"]), (200, "wrong"))
        self.assertNotIn(rows[0]["id"], [r["id"] for r in json.loads(self.ask("attributions", limit=200)[1])["rows"]])
        self.assertEqual(len(json.loads(self.ask("reviews")[1])["rows"]), 1)
        self.assertEqual(self.ask("review", {"back": 1})[0], 200)
        self.assertIn(rows[0]["id"], [r["id"] for r in json.loads(self.ask("attributions", limit=200)[1])["rows"]])
        for body, kind, status in ((b"no json", "application/json", 400), ({}, "application/json", 400),
                                   (mark, "text/plain", 415), ({**mark, "target": "gone"}, "application/json", 404),
                                   ({**mark, "reviewer": ""}, "application/json", 400), ({"back": 99}, "application/json", 404),
                                   ([1], "application/json", 400), (b"x" * 100000, "application/json", 400)):
            self.assertEqual(self.ask("review", body, kind)[0], status, body)
        self.assertEqual(self.ask("review")[0], 405)

    def test_answers_about_doubles_are_taken_where_they_may(self):
        self.serve()
        self.assertEqual(self.ask("doubles", {"back": 1})[0], 403)
        self.serve("--allow-review")
        pair = json.loads(self.ask("doubles", all="true")[1])["rows"][0]
        before = self.rows("speakers", "--json")
        for same, kind in ((False, "split"), (True, "merge")):
            status, answer = self.ask("doubles", {"one": pair["one"], "other": pair["other"], "same": same})
            self.assertEqual((status, json.loads(answer)["kind"]), (200, kind))
            self.assertEqual(json.loads(self.ask("doubles", {"settle": True})[1]), {"type": "settled"})
            self.assertNotIn(pair["id"], [p["id"] for p in json.loads(self.ask("doubles", all="true")[1])["rows"]])
            number = self.rows("corrections", "--json")[0]["number"]
            status, answer = self.ask("doubles", {"back": number})
            self.assertEqual((status, json.loads(answer)), (200, {"type": "correction", "back": number}))
            self.ask("doubles", {"settle": True})
            self.assertEqual(self.rows("speakers", "--json"), before)
        one = {"one": pair["one"], "other": pair["other"]}
        for body, kind, status in ((b"no json", "application/json", 400), (b"", "application/json", 400),
                                   (one, "application/json", 400), ({**one, "same": "yes"}, "application/json", 400),
                                   ({**one, "same": True, "other": "gone"}, "application/json", 404),
                                   ({"one": pair["one"], "same": True}, "application/json", 400),
                                   ({"back": "1"}, "application/json", 400), ({"back": 99}, "application/json", 404),
                                   ({"settle": False}, "application/json", 400), ({**one, "same": True}, "text/plain", 415)):
            self.assertEqual(self.ask("doubles", body, kind)[0], status, body)
        self.assertEqual(self.rows("corrections", "--json"), [])

    def test_the_feed_holds_the_latest(self):
        self.serve()
        feed = ElementTree.fromstring(self.ask("feed")[1])
        entries = feed.findall(ATOM + "entry")
        conflicts = self.rows("conflicts", "--json")
        shifts = self.rows("shifts", "--json")
        self.assertEqual(len(entries), len(conflicts) + len(shifts))
        ids = {e.findtext(ATOM + "id") for e in entries}
        self.assertEqual(ids, {f"urn:hearsay:{r['type']}:{r['id']}" for r in conflicts + shifts})
        self.assertTrue(all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", e.findtext(ATOM + "updated")) for e in entries))
        one = ElementTree.fromstring(self.ask("feed", q="bonus")[1]).findall(ATOM + "entry")
        kept = {f"urn:hearsay:conflict:{r['id']}" for r in self.rows("conflicts", "--json", "bonus")}
        told = {e.findtext(ATOM + "id") for e in one}
        self.assertEqual({i for i in told if ":conflict:" in i}, kept)
        self.assertLessEqual(told, ids)
        self.assertEqual(self.ask("feed", limit=3)[0], 400)


if __name__ == "__main__":
    unittest.main()
