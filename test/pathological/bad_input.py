"""Bad input: one clear line each, status 1, and nothing else is lost."""
import json
import os
import resource
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "cli"))
from support import ARTICLE, PROGRAM, Case  # noqa: E402


class BadInput(Case):
    def refused(self, name, word=None, command="extract"):
        """The file is named in one line, and its neighbours go in."""
        before, after = self.write("before.txt"), self.write("zafter.txt")
        r = self.run_raw(command, before, name, after)
        err = r.stderr.decode()
        self.assertEqual(r.returncode, 1, err)
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertIn(os.path.basename(name), err)
        if word:
            self.assertIn(word, err)
        if command == "extract":
            self.assertEqual([json.loads(line)["id"] for line in r.stdout.splitlines()], ["before", "zafter"])
        return err

    def test_empty_file(self):
        self.refused(self.write("empty.txt", ""))
        self.refused(self.write("blank.txt", "\n \n\t\n"))

    def test_binary_file(self):
        with open(PROGRAM, "rb") as f:
            self.refused(self.write("program.bin", f.read(200_000)))
        self.refused(self.write("random.bin", os.urandom(100000)))

    def test_bytes_that_are_no_text_are_named(self):
        err = self.refused(self.write("nul.txt", ARTICLE.encode() + b"\0\1\2\3" * 50))
        self.assertIn("nul.txt: is not text", err)

    def test_too_long_a_text(self):
        self.refused(self.write("long.txt", ARTICLE * 60000))

    def test_json_lines(self):
        good = json.dumps({"id": "good", "text": ARTICLE})
        lines = [good, '{"id": "cut", "text": "abc', good, '{"id": "no text"}', "[1, 2]", '{"text": 7}', good, ""]
        path = self.write("mixed.jsonl", "\n".join(lines))
        r = self.run_raw("extract", path)
        self.assertEqual(r.returncode, 1)
        self.assertEqual(len(r.stdout.splitlines()), 3)
        errors = r.stderr.decode().splitlines()
        self.assertEqual(len(errors), 4, errors)
        for error, number in zip(errors, (2, 4, 5, 6)):
            self.assertRegex(error, rf"mixed\.jsonl[#:]{number}\b")

    def test_deep_json(self):
        self.refused(self.write("deep.jsonl", '{"id": "d", "text": ' + "[" * 1000000 + "\n"))

    def test_a_line_of_a_gigabyte(self):
        good = json.dumps({"id": "good", "text": ARTICLE}).encode() + b"\n"
        p = subprocess.Popen([PROGRAM, "extract", "-j", "1", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        chunk = b"a" * (1 << 20)
        p.stdin.write(good + b'{"id": "huge", "text": "')
        for _ in range(1024):
            p.stdin.write(chunk)
        p.stdin.write(b'"}\n' + good)
        p.stdin.flush()
        p.stdin.close()
        out, err = p.stdout.read(), p.stderr.read().decode()
        p.stdout.close()
        p.stderr.close()
        _, status, used = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(p.returncode, 1, err)
        self.assertEqual([json.loads(line)["id"] for line in out.splitlines()], ["good", "good"])
        self.assertEqual(len(err.splitlines()), 1, err)
        if not os.environ.get("HEARSAY_SANITIZED"):  # by tools/suite.sh: memory is then the sanitizer's
            self.assertLess(used.ru_maxrss, 200 * 1024, "memory in KiB")

    def test_a_line_of_a_gigabyte_in_a_plain_file(self):
        path = self.path("sparse.txt")
        with open(path, "wb") as f:
            f.write(ARTICLE.encode())
            f.truncate(1 << 30)
        self.refused(path)

    def test_folder_loop(self):
        os.makedirs(self.path("loop/inner"))
        self.write("loop/a.txt")
        os.symlink("..", self.path("loop/inner/up"))
        os.symlink("itself", self.path("loop/itself"))
        r = self.run_raw("extract", "loop")
        self.assertEqual(len(r.stdout.splitlines()), 1)
        self.assertLessEqual(len(r.stderr.splitlines()), 2)

    def test_vanished_file(self):
        os.symlink(self.path("gone"), self.path("dangling.txt"))
        self.refused(self.path("dangling.txt"))
        self.refused(self.path("never-there.txt"))

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_no_permission(self):
        path = self.write("secret.txt")
        os.chmod(path, 0)
        self.refused(path, "ermission")

    def test_what_is_no_file(self):
        os.mkfifo(self.path("pipe"))
        os.makedirs(self.path("in"))
        self.write("in/a.txt")
        os.mkfifo(self.path("in/pipe"))
        self.assertEqual(self.run_raw("extract", "in").stdout.count(b"\n"), 1)

    def test_full_disk_while_adding(self):
        files = [self.write(f"{i:03}.txt", ARTICLE.replace("March", f"March {i}") * 30) for i in range(40)]
        self.run_text("add", files[0])

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

        r = subprocess.run([PROGRAM, "add", *files], capture_output=True, env=self.env(), preexec_fn=limit, timeout=60)
        self.assertEqual(r.returncode, 1, r.stderr)
        self.assertTrue(r.stderr.decode().startswith("hearsay: "), r.stderr)
        self.assertLessEqual(len(r.stderr.splitlines()), 2)
        self.assertGreaterEqual(len(self.rows("list", "--json")), 1)  # sound, and nothing lost
        self.run_text("add", *files)
        self.assertEqual(len(self.rows("list", "--json")), 40)

    def test_store_in_a_folder_that_is_not_there(self):
        self.store = self.path("no/such/folder/record.db")
        self.complaint("add", self.write("a.txt"), status=1)

    def test_a_word_very_often(self):
        self.assertEqual(len(self.rows("extract", self.write("words.txt", "said " * 500_000))), 1)
        self.assertEqual(len(self.rows("extract", self.write("quotes.txt", '"a ' * 200_000 + "\n"))), 1)
        self.assertEqual(len(self.rows("extract", self.write("open.txt", "“a ‘b " * 100_000 + "\n"))), 1)
        self.assertEqual(len(self.rows("extract", self.write("lines.txt", "He said: “No.\n\n" * 12_000))), 1)

    def test_names_that_are_no_utf8(self):
        os.makedirs(self.path("odd"))
        with open(os.path.join(self.path("odd").encode(), b"na\xffme.txt"), "w", encoding="utf-8") as f:
            f.write(ARTICLE)
        out, _ = self.run_text("extract", "odd")
        self.assertEqual(len(out.splitlines()), 1)
        json.loads(out)


if __name__ == "__main__":
    unittest.main()
