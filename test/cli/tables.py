"""Tables: the same numbers from the command, from SQL over the rows, and from CSV."""
import collections
import csv
import io
import json
import sqlite3
import subprocess
import unittest
import urllib.parse
import urllib.request

from support import PROGRAM, STORY, Case

LISTS = {"who": (), "list": (), "claims": (), "conflicts": (), "timeline": (), "copies": (), "speakers": (),
         "outlets": (), "variants": ("--all",), "pairs": ("Marten", "fishermen's union")}


class Tables(Case):
    def setUp(self):
        super().setUp()
        self.run_text("add", STORY)

    def query(self, sql, *values):
        with sqlite3.connect(self.store) as db:
            return db.execute(sql, values).fetchall()

    def count(self, *args):
        return int(self.run_text(*args, "--count")[0])

    # ---- figures ----

    def by_hand(self, **keep):
        """Figures of speakers, counted over the attributions as they are exported."""
        rows = [json.loads(line) for line in self.run_text("export")[0].splitlines()]
        articles = {r["id"]: r for r in rows if r["type"] == "document"}
        names = {r["id"]: r["name"] for r in rows if r["type"] == "entity"}
        said = collections.defaultdict(list)
        for r in rows:
            if r["type"] != "attribution" or r["mode"] == "thought":
                continue
            if all(r.get(k) == v or articles[r["document"]].get(k) == v for k, v in keep.items()):
                for entity in set(r["speakers"]):
                    said[entity].append(r)
        figures = {}
        for entity, mine in said.items():
            days = [articles[r["document"]]["published"][:10] for r in mine if articles[r["document"]]["published"]]
            figures[entity] = {
                "name": names[entity], "attributions": len(mine),
                "statements": len({r["statement"] for r in mine if r["statement"]}),
                "articles": len({r["document"] for r in mine}),
                "outlets": len({articles[r["document"]]["outlet"] for r in mine} - {None}),
                "first": min(days, default=None), "last": max(days, default=None),
                "direct": sum(r["kind"] == "direct" for r in mine),
                "stances": dict(collections.Counter(r["stance"] for r in mine if r["stance"]))}
        return figures

    def check_speakers(self, want, *args):
        got = {r["entity"]: r for r in self.rows("speakers", "--json", *args)}
        self.assertEqual(got.keys(), want.keys())
        for entity, figures in want.items():
            self.assertEqual({k: got[entity][k] for k in figures}, figures)
        order = [r["attributions"] for r in got.values()]
        self.assertEqual(order, sorted(order, reverse=True))

    def test_speakers_are_counted(self):
        self.check_speakers(self.by_hand())
        self.check_speakers(self.by_hand(outlet="Haldmouth Herald"), "--outlet", "haldmouth herald")
        self.check_speakers(self.by_hand(stance="deny"), "--stance", "deny")

    def test_figures_follow_what_comes_and_goes(self):
        first = self.rows("list", "--json")[0]["id"]
        self.run_text("remove", first)
        self.check_speakers(self.by_hand())
        self.run_text("merge", "Corran Dyes", "head of Corran Dyes")
        self.check_speakers(self.by_hand())
        self.run_text("add", STORY)
        self.run_text("add", "--replace", STORY)
        self.check_speakers(self.by_hand())
        self.assertEqual(self.query("SELECT count(*) FROM speakers_stale"), [(0,)])

    def test_outlets_are_counted(self):
        rows = {r["outlet"]: r for r in self.rows("outlets", "--json")}
        want = self.query("SELECT d.outlet, count(DISTINCT d.key), count(*), sum(a.kind = 'direct'),"
                          " sum(a.speaker IS NOT NULL) * 1.0 / count(*) FROM documents d JOIN attributions a"
                          " ON a.document = d.key WHERE a.mode <> 'thought' GROUP BY 1")
        self.assertEqual(rows.keys(), {w[0] for w in want})
        for outlet, articles, said, direct, named in want:
            row = rows[outlet]
            self.assertEqual((row["articles"], row["attributions"], row["direct"]), (articles, said, direct))
            self.assertAlmostEqual(row["share_named"], named, 4)
        # Counted now instead of when it was linked: the same.
        self.assertEqual(self.rows("outlets", "--json", "--since", "1900"), list(rows.values()))

    def test_gender_tells_its_basis(self):
        rows = {r["name"]: r for r in self.rows("speakers", "--json")}
        self.assertEqual((rows["Ilse Marten"]["gender"], rows["Ilse Marten"]["gender_basis"]), ("f", "pronoun"))
        self.assertEqual(rows["Nadia Volk"]["gender_basis"], "given name")
        self.assertIsNone(rows["Corran Dyes"]["gender"])

    def test_pairs(self):
        rows = self.rows("pairs", "--json", "Marten", "fishermen's union")
        self.assertTrue(rows)
        self.assertIn("against", {row["relation"] for row in rows})
        for row in rows:
            sides = dict(self.query("SELECT speaker, side FROM v_claims WHERE claim = ? AND speaker IN"
                                    " ('Ilse Marten', 'fishermen''s union')", row["claim"]))
            self.assertEqual(sides, {"Ilse Marten": row["side_of_one"], "fishermen's union": row["side_of_other"]})
        self.assertIn("two names", self.complaint("pairs", "Marten", " ", status=2))
        both = self.rows("conflicts", "--json", "--speaker", "Marten", "--speaker", "fishermen's union")
        self.assertEqual({r["claim"] for r in both}, {row["claim"] for row in rows if row["relation"] == "against"})

    # ---- every list ----

    def test_counts_are_of_all_rows(self):
        for name, words in LISTS.items():
            rows = self.rows(name, "--json", *words)
            self.assertEqual(self.count(name, *words, "--limit", "1"), len(rows), name)

    def test_orders_turn_and_go_on(self):
        for name, words in LISTS.items():
            known = self.complaint(name, *words, "--sort", "no such", status=2)
            sorts = known[known.index("(") + 1:-1].split(", ")
            for order in [None, *sorts]:
                how = ["--sort", order] if order else []
                forth = self.rows(name, "--json", *words, *how)
                back = self.rows(name, "--json", *words, *how, "--reverse")
                strip = lambda rows: [json.dumps({**r, "cursor": None}, sort_keys=True) for r in rows]
                self.assertEqual(sorted(strip(forth)), sorted(strip(back)), (name, order))
                if order is None:
                    self.assertEqual(strip(forth), strip(back)[::-1], name)
                paged, cursor = [], []
                while True:
                    page = self.rows(name, "--json", *words, *how, "--reverse", "--limit", "3", *cursor)
                    paged += page
                    if len(page) < 3:
                        break
                    cursor = ["--cursor", page[-1]["cursor"]]
                self.assertEqual(strip(paged), strip(back), (name, order))

    def test_repeated_options_add_up_or_are_refused(self):
        both = self.count("who", "--speaker", "Marten", "--speaker", "Greve")
        self.assertEqual(both, self.count("who", "Marten") + self.count("who", "Greve"))
        self.assertEqual(self.count("who", "--stance", "deny", "--stance", "admit"),
                         self.count("who", "--stance", "deny") + self.count("who", "--stance", "admit"))
        two = ["Northern Tide", "The Morning Ledger"]
        self.assertEqual(self.count("list", "--outlet", two[0], "--outlet", two[1]), 2)
        for option in ("limit=1", "since=2025", "sort=day", "cursor=1,,", "min=0.5", "store=x.db"):
            self.assertIn("is there twice", self.complaint("who", f"--{option}", f"--{option}", status=2))

    # ---- CSV ----

    def sheet(self, *args):
        return list(csv.DictReader(io.StringIO(self.run_text(*args, "--csv")[0], newline="")))

    def test_csv_has_the_same_rows(self):
        for name, words in LISTS.items():
            self.assertEqual(len(self.sheet(name, *words)), self.count(name, *words), name)
        row = self.sheet("speakers")[0]
        want = self.rows("speakers", "--json")[0]
        self.assertEqual((row["name"], row["attributions"], row["stances.affirm"], row["stances.admit"]),
                         (want["name"], str(want["attributions"]), str(want["stances"]["affirm"]), "0"))

    def test_no_cell_is_a_formula(self):
        self.write("bad.txt", "Title: =cmd|'/C calc'!A0\nOutlet: @SUM(1+1)\nDate: 2025-06-01\n\n"
                              "\"=HYPERLINK(1), the ferry is sound,\" Edda Falk said.\n")
        self.run_text("add", "bad.txt")
        cells = [cell for name in ("who", "list", "outlets") for row in self.sheet(name) for cell in row.values()]
        self.assertTrue(any("cmd" in c for c in cells) and any("SUM" in c for c in cells))
        self.assertEqual([c for c in cells if c[:1] in "=+-@\t\r" and c], [])

    # ---- over HTTP ----

    def test_server_gives_the_same(self):
        server = subprocess.Popen([PROGRAM, "serve", "--store", self.store, "--listen", "127.0.0.1:0"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            base = next(w for line in server.stdout for w in line.split() if w.startswith("http")).rstrip("/")

            def get(path, **values):
                with urllib.request.urlopen(f"{base}/api/v1/{path}?" + urllib.parse.urlencode(values, True)) as answer:
                    return answer.read().decode()

            self.assertEqual(json.loads(get("speakers", limit=200))["rows"], self.rows("speakers", "--json"))
            self.assertEqual(json.loads(get("outlets", sort="speakers"))["rows"],
                             self.rows("outlets", "--json", "--sort", "speakers"))
            self.assertEqual(json.loads(get("attributions", speaker=["Marten", "Greve"], count="true"))["rows"],
                             self.count("who", "--speaker", "Marten", "--speaker", "Greve"))
            self.assertEqual(get("attributions", format="csv"), self.run_raw("who", "--csv").stdout.decode())
            self.assertEqual(json.loads(get("pairs", one="Marten", other="fishermen's union"))["rows"],
                             self.rows("pairs", "--json", "Marten", "fishermen's union"))
        finally:
            server.terminate()
            server.wait(30)
            server.stdout.close()


class Views(Case):
    VIEWS = ("v_attributions", "v_statements", "v_claims", "v_speakers", "v_outlets", "v_documents", "v_shifts",
             "v_conflicts")

    def test_views_show_what_the_command_says(self):
        self.run_text("add", STORY)
        with sqlite3.connect(self.store) as db:
            db.row_factory = sqlite3.Row
            count = {view: db.execute(f"SELECT count(*) FROM {view}").fetchone()[0] for view in self.VIEWS}
            said = db.execute("SELECT * FROM v_attributions WHERE speaker = 'Ilse Marten' AND mode = 'speech'").fetchall()
        stats = self.rows("stats", "--json")[0]
        self.assertEqual(count["v_attributions"], stats["attributions"] + stats["thoughts"])
        self.assertEqual((count["v_statements"], count["v_speakers"], count["v_documents"]),
                         (stats["statements"], stats["speakers"], stats["documents"]))
        want = {r["id"]: r for r in self.rows("who", "--json", "Ilse Marten")}
        self.assertEqual({r["id"] for r in said}, want.keys())
        for row in said:
            self.assertEqual(row["content"].split("\n"), want[row["id"]]["content_text"])
            self.assertEqual(row["content_start"], want[row["id"]]["content"][0][0])
            self.assertEqual(row["content_end"], want[row["id"]]["content"][-1][1])


if __name__ == "__main__":
    unittest.main()
