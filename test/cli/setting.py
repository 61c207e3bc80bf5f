"""What is known of an article is put right, holds when it is read again, goes along and is taken back; names are found
by either apostrophe; notices make no copies."""
import json
import unittest

from support import Case

FAIR = "The fair\n\nThe fair is off, Karl Bruin said on Monday. The field is under water, Otto Pell said yesterday.\n"


class Setting(Case):
    def setUp(self):
        super().setUp()
        self.file = self.write("fair.txt", FAIR)
        self.run_text("add", self.file)

    def document(self, *more):
        return self.rows("list", "--json", *more)[0]

    def days(self):
        return sorted(r["said_on"] or "-" for r in self.rows("who", "--json"))

    def test_fields_hold_and_go_along(self):
        out, _ = self.run_text("set", self.file, "date=12 March 2025", "outlet=Ludrey Echo", "author=Jana Piro; Otto Pell",
                               "title=The fair is off")
        self.assertEqual(len(out.splitlines()), 4)
        for args in ((), ("--replace",)):
            self.run_text("add", *args, self.file)
            row = self.document()
            self.assertEqual((row["published"], row["outlet"], row["title"]), ("2025-03-12", "Ludrey Echo", "The fair is off"))
            self.assertEqual(self.days(), ["2025-03-10", "2025-03-11"])
        self.assertEqual(self.rows("list", "--json", "--without", "date"), [])
        exported = self.write("export.jsonl", self.run_text("export")[0])
        with open(exported, encoding="utf-8") as lines:
            self.assertEqual(sum(json.loads(line)["type"] == "review" for line in lines), 4)
        copy = self.path("copy.db")
        self.run_text("import", "--store", copy, exported)
        self.assertEqual(self.document("--store", copy)["outlet"], "Ludrey Echo")
        self.assertEqual(len(self.rows("review", "--marks", "--json", "--store", copy)), 4)

    def test_taken_back(self):
        self.run_text("set", self.file, "date=2025-03-12")
        self.run_text("set", self.file, "date=2025-03-19")
        self.assertEqual(self.days(), ["2025-03-17", "2025-03-18"])
        (mark,) = self.rows("review", "--marks", "--json")
        self.run_text("review", "--take-back", str(mark["number"]))
        self.assertEqual((self.document()["published"], self.days()), (None, ["-", "-"]))

    def test_by_id_and_emptied(self):
        name = self.document()["id"]
        self.run_text("set", name, "outlet=Ludrey Echo")
        self.run_text("set", name, "outlet=")
        self.assertIsNone(self.document()["outlet"])

    def test_refused(self):
        for args, status, words in [(("date=99",), 2, "is no day"), (("colour=red",), 2, "cannot be set"),
                                    (("date",), 2, "say it like"), (("title=" + "x" * 5000,), 2, "one line")]:
            self.assertIn(words, self.complaint("set", self.file, *args, status=status))
        self.assertIn("no such document", self.complaint("set", "nowhere.txt", "date=2025-03-12", status=1))
        self.assertEqual(self.rows("review", "--marks", "--json"), [])


class Apostrophes(Case):
    NAMES = "Sean O’Neill said no dam was safe. Pat Kelly-O’Dowd said the dam was new. Ana D'Arcy-Holm said that it leaked.\n"

    def test_either_finds_both(self):
        self.run_text("add", self.write("n.txt", self.NAMES))
        for asked in ("O'Neill", "O’Neill", "O'Dowd", "kelly", "Kelly-O’Dowd", "D’Arcy", "sean o'neill", "Holm"):
            with self.subTest(asked=asked):
                self.assertEqual(len(self.rows("who", "--json", asked)), 1)


NOTES = ["The school has a new roof, Greta Holm said. The old one leaked for nine years.", "The fair is off, Karl Bruin said.",
         "The weir was blown up by mistake, Otto Pell said. Nobody had looked at the map.",
         "Two buses collided in fog, police said. Nobody was hurt on either of them.",
         "The mill was sold on Friday, Jana Piro said. The buyer is from the valley.",
         "The bakery opens on Friday, Lena Ost said. Its cellar is dry again."]
NOTICE = ("The views expressed here are those of the writer alone. This paper follows the code of the Press Board. If you "
          "have a complaint, write to the readers’ editor, or call the number on page two between nine and five. ")
FORM = ("How to reach us by post: The Editor, 4 Mill Lane, Ludrey.\nHow to reach us by telephone: the number on page two, "
        "between nine and five on weekdays.\nHow to reach us at night: ring the bell at the gate and wait for the porter.\n"
        "Letters must bear a name and an address and may be cut.\n")


class Notices(Case):
    def groups(self, notes, notice, outlet):
        for i, note in enumerate(notes):
            head = f"Title: Note {i}\nDate: 2025-03-1{i}\n" + (f"Outlet: {outlet}\n" if outlet else "")
            self.write(f"{i}.txt", f"{head}\n{note}\n\n{notice}\n")
        self.run_text("add", *(self.path(f"{i}.txt") for i in range(len(notes))))
        return self.rows("copies", "--json")

    def test_of_one_paper(self):
        self.assertEqual(self.groups(NOTES, NOTICE, "Ludrey Echo"), [])

    def test_of_few_notes_of_no_paper(self):
        self.assertEqual(self.groups(NOTES[:3], NOTICE, None), [])

    def test_form_of_several_lines(self):
        self.assertEqual(self.groups(NOTES, FORM, "Ludrey Echo"), [])

    def test_what_is_copied_is_told(self):
        long = " ".join(NOTES) + "\n\n" + NOTICE
        self.assertEqual(len(self.groups([long, long], "", None)), 1)


if __name__ == "__main__":
    unittest.main()
