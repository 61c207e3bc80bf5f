"""What people said about the record goes along with it, once, and no bad row of it costs another."""
import json
import unittest

from support import STORY, Case

FACTS = ("correction", "claim_correction", "review")


class Facts(Case):
    def setUp(self):
        super().setUp()
        self.run_text("add", STORY)
        rows = self.rows("who", "--json")
        claim = self.rows("claims", "--json")[0]
        self.run_text("merge", "Corran Dyes", "head of Corran Dyes")
        self.run_text("alias", "Ilse Marten", "the lady of the river")
        self.run_text("claim", "--side", claim["for"][0], "against")
        self.run_text("claim", "--not-same", claim["for"][0], claim["against"][0])
        self.run_text("review", "--by", "ann", "--right", rows[0]["id"])
        self.run_text("review", "--by", "ann", "--correct", rows[1]["id"], "--new-stance", "deny")

    def exported(self, store=None):
        return [json.loads(line) for line in self.run_text("export", *(["--store", store] if store else []))[0].splitlines()]

    def facts(self, store=None):
        return [r for r in self.exported(store) if r["type"] in FACTS]

    def imported(self, rows, store, status=0):
        self.write("facts.jsonl", "".join(json.dumps(r) + "\n" for r in rows))
        return self.run_text("import", "--store", store, self.path("facts.jsonl"), status=status)[1]

    def test_they_come_back_once(self):
        other, before = self.path("other.db"), self.exported()
        self.assertEqual({r["type"] for r in self.facts()}, set(FACTS))
        for what in ("rows", "rows", "store"):  # again: what stands is not said twice
            if what == "rows":
                self.imported(before, other)
            else:
                self.run_text("import", "--store", other, self.store)
            self.assertEqual(self.exported(other), before)

    def test_facts_alone_can_be_carried_over(self):
        other = self.path("other.db")
        self.run_text("add", "--store", other, STORY)
        self.assertEqual(self.facts(other), [])
        self.imported(self.facts(), other)
        self.assertEqual(self.exported(other), self.exported())

    def test_the_later_word_of_a_reviewer_stands(self):
        first = next(r for r in self.facts() if r["type"] == "review" and r["verdict"] == "right")
        later, earlier = ({**first, "at": at, "verdict": "wrong"} for at in ("2099-01-01T00:00:00Z", "2001-01-01T00:00:00Z"))
        self.imported([earlier], self.store)
        self.assertIn(first, self.facts())
        self.imported([later], self.store)
        marks = [(r["verdict"], r["at"]) for r in self.facts() if r["type"] == "review" and r["target"] == first["target"]]
        self.assertEqual(marks, [("wrong", later["at"])])

    def test_a_bad_fact_is_named_and_the_others_go_in(self):
        good = self.facts()
        by_type = {r["type"]: r for r in good}
        mark = by_type["claim_correction"]["marks"][0]
        for bad, why in [({"type": "correction", "kind": "marry", "a": "x", "b": "y"}, "kind"),
                         ({"type": "correction", "kind": "merge", "a": "x"}, "kind"),
                         ({"type": "correction", "kind": 7, "a": [], "b": {}}, "kind"),
                         ({**by_type["claim_correction"], "kind": "same"}, "marks"),
                         ({**by_type["claim_correction"], "side": "beside"}, "marks"),
                         ({**by_type["claim_correction"], "marks": []}, "marks"),
                         ({**by_type["claim_correction"], "marks": [{**mark, "side": "both"}]}, "marks"),
                         ({**by_type["claim_correction"], "marks": "none"}, "marks")] + \
                        [({**by_type["review"], field: ""}, "target") for field in ("kind", "target", "verdict", "reviewer", "at")]:
            with self.subTest(bad=bad):
                err = self.imported([bad, *good], self.store, status=1)
                self.assertIn(f'facts.jsonl:1: a row has no sound "{why}"', err)
                self.assertEqual(self.facts(), good)


if __name__ == "__main__":
    unittest.main()
