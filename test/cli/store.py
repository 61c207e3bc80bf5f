"""The record: adding, asking, removing; independent of order and threads."""
import itertools
import json
import os
import shutil
import sqlite3
import unittest

from support import ARTICLE, STORY, Case


class Store(Case):
    def add_story(self, files=None, *options):
        shutil.copytree(STORY, self.path("story"), dirs_exist_ok=True)
        return self.run_text("add", *options, *(files or ["story"]))

    def export(self):
        return self.run_text("export", "--format", "jsonl")[0]

    def test_adding_twice_changes_nothing(self):
        self.add_story()
        before = self.export()
        out, _ = self.add_story()
        self.assertIn("added 0", out)
        self.assertIn("7 there already", out)
        self.assertEqual(self.export(), before)
        out, _ = self.add_story(None, "--replace")
        self.assertIn("read 7 anew", out)
        self.assertEqual(self.export(), before)

    def test_receipts(self):
        shutil.copytree(STORY, self.path("story"))
        rows = self.rows("add", "--json", "story")
        self.assertEqual([r["state"] for r in rows], ["added"] * 7)
        self.assertEqual(len({r["id"] for r in rows}), 7)

    def test_order_and_threads_do_not_matter(self):
        shutil.copytree(STORY, self.path("story"))
        files = sorted("story/" + f for f in os.listdir(self.path("story")))
        orders = list(itertools.islice(itertools.permutations(files), 0, 720, 143))
        seen = set()
        for i, order in enumerate(orders):
            self.store = self.path(f"order{i}.db")
            self.run_text("add", "-j", str(1 + i % 3), *order)
            seen.add(self.export())
        for half in (files[:3], files[3:]):  # and in two runs
            self.store = self.path("halves.db")
            self.run_text("add", *half)
        seen.add(self.export())
        self.assertEqual(len(seen), 1)

    def test_export_has_every_article_and_sound_references(self):
        self.add_story()
        rows = [json.loads(line) for line in self.export().splitlines()]
        by_type = {t: [r for r in rows if r["type"] == t] for t in {r["type"] for r in rows}}
        documents = {r["id"]: r for r in by_type["document"]}
        self.assertEqual(len(documents), 7)
        attributions = {r["id"]: r for r in by_type["attribution"]}
        self.assertEqual(len(attributions), len(by_type["attribution"]))
        entities = {r["id"] for r in by_type.get("entity", [])}
        for a in attributions.values():
            text = documents[a["document"]]["text"]
            self.assertEqual([text[s:e] for s, e in a["content"]], a["content_text"])
            self.assertTrue(a["parent"] is None or a["parent"] in attributions)
            self.assertLessEqual(set(a["speakers"]), entities)

    def test_who_search_list_stats(self):
        self.add_story()
        said = self.rows("who", "--json", "Marten")
        self.assertTrue(said)
        for row in said:
            self.assertIn("Marten", row["speaker"])
            self.assertTrue(row["path"].startswith("story/"))
        out, _ = self.run_text("who", "Marten")
        self.assertIn("story/02-agency.txt:", out)
        everybody = self.rows("who", "--json")
        self.assertGreater(len(everybody), len(said))
        found = self.rows("search", "--json", "orange")
        self.assertTrue(found)
        self.assertTrue(all("orange" in json.dumps(r).lower() for r in found))
        listed = self.rows("list", "--json")
        self.assertEqual(len(listed), 7)
        self.assertNotIn("text", listed[0])
        self.assertEqual(len(self.rows("list", "--json", "--limit", "2")), 2)
        (stats,) = self.rows("stats", "--json")
        self.assertEqual(stats["documents"], 7)
        self.assertIn("documents", self.run_text("stats")[0])

    def test_paging_goes_on_where_it_ended(self):
        self.add_story()
        every, page, cursor = self.rows("list", "--json"), [], []
        while True:
            rows = self.rows("list", "--json", "--limit", "3", *cursor)
            page += rows
            if len(rows) < 3:
                break
            cursor = ["--cursor", rows[-1]["cursor"]]
        self.assertEqual([r["id"] for r in page], [r["id"] for r in every])

    def test_filters(self):
        self.add_story()
        late = self.rows("list", "--json", "--since", "2025-05-06", "--until", "2025-05-09")
        self.assertEqual(sorted(r["published"][:10] for r in late), ["2025-05-06", "2025-05-09"])
        tide = self.rows("list", "--json", "--outlet", "Northern Tide")
        self.assertEqual([r["source_id"] for r in tide], ["tide-118"])
        for row in self.rows("who", "--json", "--stance", "deny"):
            self.assertEqual(row["stance"], "deny")
        self.assertTrue(all(r["mode"] == "speech" for r in self.rows("who", "--json")))

    def test_show_marks_source_cue_and_content(self):
        path = self.write("a.txt")
        self.run_text("add", path)
        out, _ = self.run_text("show", path)
        self.assertRegex(out, r"<said>")
        self.assertRegex(out, r"\[“?\"?We checked it in March")
        self.assertIn("Falk", out.splitlines()[-3] + out)
        (row,) = self.rows("show", "--json", path)
        self.assertEqual(row["text"], ARTICLE)
        self.assertEqual(self.rows("show", "--json", row["id"]), [row])

    def test_nothing_found_is_said_to_people(self):
        self.run_text("add", self.write("a.txt"))
        for args in (["who", "Nobody Atall"], ["search", "zeppelin"], ["list", "--since", "2100-01-01"]):
            out, err = self.run_text(*args)
            self.assertEqual((out, err), ("", "hearsay: nothing found\n"))
            self.assertEqual(self.run_text(*args, "--json"), ("", ""))

    def test_show_and_remove_of_nothing(self):
        path = self.write("a.txt")
        self.run_text("add", path)
        before = self.export()
        self.assertIn("nowhere.txt", self.complaint("show", "nowhere.txt", status=1))
        self.assertIn("nowhere.txt", self.complaint("remove", path, "nowhere.txt", status=1))
        self.assertEqual(self.export(), before)

    def test_remove_takes_all_traces(self):
        a = self.write("a.txt")
        self.run_text("add", a)
        alone = self.export()
        b = self.write("b.txt", ARTICLE.replace("Falk", "Berg").replace("ferry", "tunnel"))
        self.run_text("add", b)
        self.assertIn("removed 1", self.run_text("remove", b)[0])
        self.assertEqual(self.export(), alone)
        self.assertEqual(self.rows("search", "--json", "tunnel"), [])

    def test_where_the_store_is(self):
        a = self.write("a.txt")
        env = {k: v for k, v in os.environ.items() if k != "HEARSAY_STORE"}
        self.run_text("add", a, env={**env, "XDG_DATA_HOME": self.path("data")})
        self.assertTrue(os.path.exists(self.path("data/hearsay/hearsay.db")))
        env.pop("XDG_DATA_HOME", None)
        self.run_text("add", a, env={**env, "HOME": self.path("home")})
        self.assertTrue(os.path.exists(self.path("home/.local/share/hearsay/hearsay.db")))
        self.run_text("add", "--store", self.path("named.db"), a)
        self.assertTrue(os.path.exists(self.path("named.db")))
        self.assertFalse(os.path.exists(self.store))

    def test_no_store_there(self):
        for args in (["list"], ["who", "x"], ["export"], ["stats"], ["remove", "x"]):
            self.assertIn("record.db", self.complaint(*args, status=1))
            self.assertFalse(os.path.exists(self.store))

    def test_what_is_no_store(self):
        self.write("record.db", "This is a shopping list, and no store at all.\n" * 100)
        for args in (["list"], ["add", self.write("a.txt")]):
            self.assertIn("record.db", self.complaint(*args, status=1))
        with open(self.store, encoding="utf-8") as f:
            self.assertTrue(f.read().startswith("This is a shopping list"))

    def test_a_store_of_a_newer_version(self):
        a = self.write("a.txt")
        self.run_text("add", a)
        db = sqlite3.connect(self.store)
        (version,) = db.execute("PRAGMA user_version").fetchone()
        self.assertGreater(version, 0)
        db.execute(f"PRAGMA user_version = {version + 1000}")
        db.commit()
        db.close()
        for args in (["list"], ["add", a]):
            self.assertIn("newer", self.complaint(*args, status=1))

    def test_another_program_s_database(self):
        db = sqlite3.connect(self.store)
        db.execute("CREATE TABLE recipes (name TEXT)")
        db.commit()
        db.close()
        self.complaint("add", self.write("a.txt"), status=1)


if __name__ == "__main__":
    unittest.main()
