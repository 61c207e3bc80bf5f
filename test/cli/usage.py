"""Wrong usage is said in one line and ends with 2; help teaches each command."""
import unittest

from support import Case

COMMANDS = ["add", "who", "search", "show", "claims", "claim", "conflicts", "shifts", "timeline", "list",
            "stats", "extract", "read", "export", "remove", "serve"]


class Usage(Case):
    def test_overview_names_every_command(self):
        out, _ = self.run_text("--help")
        for command in COMMANDS:
            self.assertIn(f"\n  {command} ", out)

    def test_help_of_each_command_has_an_example(self):
        for command in COMMANDS:
            out, err = self.run_text(command, "--help")
            self.assertIn(f"usage: hearsay {command}", out)
            self.assertIn(f"\n  hearsay {command}", out)
            self.assertEqual(err, "")
            self.assertEqual(self.run_text("help", command)[0], out)
            self.assertLessEqual(max(map(len, out.splitlines())), 105)

    def test_version(self):
        self.assertRegex(self.run_text("--version")[0], r"^hearsay \d+\.\d+\.\d+\n$")

    def test_nothing_asked(self):
        self.assertIn("usage:", self.run_text(status=2)[1])

    def test_wrong_words(self):
        for args, why in [(["frobnicate"], "frobnicate"), (["extract"], "FILE"), (["show"], "DOC"),
                          (["show", "a", "b"], '"b"'), (["stats", "x"], '"x"'), (["who", "--foo", "x"], "--foo"),
                          (["who", "-n"], "--limit"), (["who", "--limit", "many", "x"], "many"),
                          (["who", "--min=2", "x"], "--min"), (["extract", "-j", "-3", "x"], "-3"),
                          (["extract", "-jx", "x"], "--jobs"), (["list", "--json=yes"], "--json"),
                          (["extract", "--published", "2025-02-31", "x"], "2025-02-31"),
                          (["extract", "--published", "2025-02", "x"], "2025-02"),
                          (["list", "--since", "May"], "May"), (["extract", "--store", "x", "y"], "--store")]:
            with self.subTest(args=args):
                self.assertIn(why, self.complaint(*args, status=2))

    def test_two_dashes_end_the_options(self):
        self.write("-odd.txt")
        self.assertEqual(len(self.rows("extract", "--", "-odd.txt")), 1)

    def test_unknown_export_format(self):
        self.run_text("add", self.write("a.txt"))
        self.assertIn("tarot", self.complaint("export", "--format", "tarot", status=2))


if __name__ == "__main__":
    unittest.main()
