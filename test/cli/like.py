"""What is like a sentence, whatever its words: by the deep engine, which alone knows what they mean."""
import unittest

from support import Case

ARTICLES = {
    "bridge.txt": "Date: 2025-03-04\nOutlet: Quay Gazette\n\nLena Ost said that the bridge is not safe for heavy lorries.\n",
    "bread.txt": "Date: 2025-03-05\nOutlet: Valley Echo\n\nOtto Pell said that the price of bread had risen by a tenth.\n",
    "mill.txt": "Date: 2025-03-06\nOutlet: Quay Gazette\n\nGreta Holm said that the old crossing could collapse under a truck.\n"}


class Like(Case):
    def setUp(self):
        super().setUp()
        for name, text in ARTICLES.items():
            self.write(name, text)
        self.run_text("add", *ARTICLES, env=self.deep())

    def deep(self):
        return self.env(HEARSAY_ENGINE="deep")

    def speakers(self, *args):
        rows = self.rows("search", "--json", "--like", "a lorry would bring the bridge down", *args, env=self.deep())
        return [r["speaker"] for r in rows]

    def test_by_meaning_the_nearest_first(self):
        self.assertEqual(self.speakers()[2], "Otto Pell")
        self.assertEqual(self.speakers("--outlet", "Valley Echo"), ["Otto Pell"])
        self.assertEqual(self.speakers("--speaker", "Holm"), ["Greta Holm"])
        self.assertEqual(self.speakers("-n", "1"), self.speakers()[:1])
        first = self.rows("search", "--json", "--like", "bread", "-n", "1", env=self.deep())[0]
        self.assertEqual(first["speaker"], "Otto Pell")
        self.assertIn("Pell", self.run_text("search", "--like", "bread", env=self.deep())[0])

    def test_what_cannot_be_asked_is_said(self):
        fast = self.env(HEARSAY_ENGINE="fast")
        self.assertIn("deep engine alone", self.complaint("search", "--like", "bread", status=2, env=fast))
        self.assertIn("nearest first", self.complaint("search", "--like", "bread", "--sort", "day", status=2, env=self.deep()))
        self.assertIn("nothing is said", self.complaint("search", "--like", "", status=2, env=self.deep()))


if __name__ == "__main__":
    unittest.main()
