"""What a person puts right of claims holds: through adding, reading anew, removing and undoing."""
import json
import os
import shutil
import unittest

from support import STORY, Case


class Corrections(Case):
    def setUp(self):
        super().setUp()
        shutil.copytree(STORY, self.path("story"))
        self.run_text("add", "story")
        self.before = self.claims()

    def exported(self):
        return [json.loads(line) for line in self.run_text("export")[0].splitlines()]

    def claims(self):
        return {r["id"]: r for r in self.exported() if r["type"] == "claim"}

    def big(self):
        """A claim with a side of more than one statement: the claim, the side, two attributions of it."""
        statement = {r["id"]: r["statement"] for r in self.exported() if r["type"] == "attribution"}
        for claim in sorted(self.before.values(), key=lambda r: r["id"]):
            for side in ("for", "against"):
                first, *others = claim[side]
                for other in others:
                    if statement[other] != statement[first]:
                        return claim, side, first, other
        self.fail("the story has no such claim")

    def together(self, a, b):
        return [c for c in self.claims().values() if {a, b} <= set(c["for"] + c["against"])]

    def claims_of(self, a):
        return [c for c in self.claims().values() if a in c["for"] + c["against"]]

    def put_right(self, *args):
        self.assertIn("kept", self.run_text("claim", *args)[0])

    def test_not_same_keeps_apart_until_undone(self):
        claim, _, one, other = self.big()
        self.assertTrue(self.together(one, other))
        self.put_right("--not-same", one, other.split(".")[1])
        self.assertEqual(self.together(one, other), [])
        after = self.claims()
        self.run_text("add", "--replace", "story")
        self.assertEqual(self.claims(), after)
        self.put_right("--same", other, one)
        self.assertEqual(self.claims(), self.before)
        self.assertIn("nobody said", self.complaint("claim", "--same", other, one, status=1))

    def test_side_none_takes_out_and_holds(self):
        claim, side, one, other = self.big()
        self.put_right(claim["id"], "--side", other, "none")
        (same,) = [c for c in self.claims_of(one) if set(c[side]) <= set(claim[side])]
        self.assertNotIn(other, same["for"] + same["against"])
        self.assertIn("put right by a person", same["why"])
        after = self.claims()
        note = self.write("note.txt", "The mayor said that the bridge will open in June.\n")
        self.run_text("add", note)
        self.run_text("add", "--replace", "story")
        sides = [[(c["for"], c["against"]) for c in claims.values()] for claims in (after, self.claims())]
        self.assertEqual(*sides)  # how rare words are, and so confidence, depends on all articles
        self.run_text("remove", note)
        self.assertEqual(self.claims(), after)
        self.put_right("--side", other, "auto")
        self.assertEqual(self.claims(), self.before)

    def test_side_moves_across(self):
        claim, side, one, other = self.big()
        across = "against" if side == "for" else "for"
        self.put_right(claim["id"][:8], "--side", "#" + other.split(".")[1], across)
        (moved,) = [c for c in self.claims_of(one) if one in c[side] and other in c[across]]
        self.assertNotIn(other, moved[side])
        conflicts = [r for r in self.exported() if r["type"] == "conflict" and r["claim"] == moved["id"]]
        self.assertTrue(conflicts)
        # a later correction wins over an earlier one
        self.put_right(moved["id"], "--side", other, side)
        (back,) = [c for c in self.claims_of(one) if other in c[side]]
        self.assertEqual((back["for"], back["against"]), (claim["for"], claim["against"]))

    def test_a_correction_waits_for_an_article_that_went(self):
        claim, side, one, other = self.big()
        self.put_right(claim["id"], "--side", other, "none")
        after = self.claims()
        self.run_text("remove", other.split(".")[0])
        self.run_text("add", "story")
        self.assertEqual(self.claims(), after)

    def test_corrections_do_not_depend_on_the_order_of_articles(self):
        claim, side, one, other = self.big()
        self.put_right(claim["id"], "--side", other, "none")
        after = self.claims()
        files = sorted("story/" + f for f in os.listdir(self.path("story")))
        self.run_text("remove", *{r["path"].split("#")[0] for r in self.exported() if r["type"] == "document"})
        self.assertEqual(self.claims(), {})
        for file in reversed(files):
            self.run_text("add", file)
        self.assertEqual(self.claims(), after)

    def test_a_claim_that_loses_a_side_is_held_or_none(self):
        for claim in self.before.values():
            if len(claim["against"]) == 1:
                self.put_right(claim["id"], "--side", claim["against"][0], "none")
                for left in self.claims().values():
                    self.assertNotIn(claim["against"][0], left["for"] + left["against"] if set(claim["for"]) & set(left["for"]) else [])
                self.put_right("--side", claim["against"][0], "auto")
                self.assertEqual(self.claims(), self.before)
                return
        self.fail("the story has no such claim")

    def test_wrong_usage(self):
        claim, side, one, other = self.big()
        for args, status, why in [(["--side", one, "beside"], 2, "for, against, none or auto"), (["--side", one], 2, "--side"),
                                  (["--not-same", one], 2, "two ids"), (["--not-same", one, one], 2, "one statement"),
                                  (["--not-same", one, "0000000000"], 1, "no statement has that id"),
                                  (["ffffffff", "--side", one, "for"], 1, "no such claim"),
                                  (["--side", one, "for", "--same", other], 2, "one thing"), ([], 2, "wants"),
                                  ([claim["id"], "x"], 2, "wants one ID"), (["--side", one, "auto"], 1, "nobody said")]:
            with self.subTest(args=args):
                self.assertIn(why, self.complaint("claim", *args, status=status))
        self.assertEqual(self.claims(), self.before)


if __name__ == "__main__":
    unittest.main()
