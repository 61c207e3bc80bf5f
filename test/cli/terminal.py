"""What articles hold never commands the terminal."""
import re
import unittest

from support import Case

EVIL = ("Title: Minister\x1b]0;owned\x07 says \u202eferry\u202c was sound\nDate: 2025-04-02\n\n"
        "The transport minister, Edda\x9b31m Falk, said on Tuesday that the \x1b[31mferry\x1b[0m had been \u2066sound\u2069.\n\n"
        "\"We checked it\u200f in \x7fMarch\x9d0;title\x9c,\" Falk told reporters.\n").replace("\x9b", "\u009b").replace(
            "\x9d", "\u009d").replace("\x9c", "\u009c")
OURS = re.compile(r"\x1b\[[0-9;]*[mK]")
UNSAFE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Terminal(Case):
    def setUp(self):
        super().setUp()
        self.file = self.write("evil\x1b[2Jname.txt", EVIL)
        self.run_text("add", self.file)

    def seen(self, *args, **env):
        return self.on_terminal(*args, **env).decode()

    def test_no_command_gets_through(self):
        (row,) = self.rows("list", "--json")
        for args in (["show", row["id"]], ["who"], ["search", "sound"], ["list"], ["extract", self.file],
                     ["read", self.file], ["export"], ["list", "--json"], ["who", "--json"], ["stats"],
                     ["show", "\x1b[31mnone"], ["\x1b[31m"], ["extract", "gone\x1b[2J"]):
            with self.subTest(args=args):
                seen = self.seen(*args)
                self.assertTrue(seen.strip())
                left = OURS.sub("", seen.replace("\r\n", "\n"))
                self.assertIsNone(UNSAFE.search(left), repr(left[:400]))
                self.assertNotIn("\x1b[31m", seen)
                self.assertNotIn("\x1b[2J", seen)

    def test_text_for_people_is_safe_in_a_pipe_too(self):
        out, _ = self.run_text("list")
        self.assertIsNone(UNSAFE.search(out))

    def test_colours_only_where_wanted(self):
        self.assertIn("\x1b[", self.seen("list"))
        self.assertNotIn("\x1b[", self.seen("list", NO_COLOR="1"))
        self.assertNotIn("\x1b[", self.run_text("list")[0])

    def test_show_fits_the_width(self):
        for width in (40, 72, 120):
            out, _ = self.run_text("show", self.file, env=self.env(COLUMNS=str(width)))
            self.assertLessEqual(max(map(len, out.splitlines()[3:])), width)


if __name__ == "__main__":
    unittest.main()
