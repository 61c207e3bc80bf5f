"""Hostile inputs: each ends, with little memory, in an article or one clear line.
With the fast engine all kinds; with the deep one those that cost it most.

`make hostile` measures: all kinds at three sizes with both engines, and judges that
each takes under two seconds and twice the input at most a little more than twice
the time. A run of the tests asserts no time, since a machine may be slow or busy.
"""
import os
import signal
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kinds_support import DEEP_SIZES, DEEPLY, KINDS, SIZES, content  # noqa: E402
from support import PROGRAM, Case  # noqa: E402

HANG = 120  # seconds after which a run is taken to hang
SECONDS = 2
MEMORY = 256 << 10  # KiB
# A doubling; what is quadratic takes 4.
TIMES = 2.3
FLOOR = 0.06  # seconds: below it the clock's grain and other work decide
TRIES = 8  # of which the best counts: other programs share the machine and its caches
MEASURED = bool(os.environ.get("HEARSAY_MEASURE"))
SANITIZED = bool(os.environ.get("HEARSAY_SANITIZED"))  # by tools/suite.sh: memory is then the sanitizer's


class Hostile(Case):
    def once(self, path, engine):
        """Processor seconds, most memory in KiB, status, complaints."""
        child = os.fork()
        if child == 0:
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                os.dup2(os.open(self.path("err"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
                signal.alarm(HANG)  # outlives exec
                os.execv(PROGRAM, [PROGRAM, "extract", "-j", "1", "--engine", engine, path])
            finally:
                os._exit(127)
        _, status, usage = os.wait4(child, 0)
        with open(self.path("err"), encoding="utf-8", errors="replace") as f:
            said = [line for line in f.read().splitlines() if ": mended: " not in line and ": it ends in the middle " not in line]
            return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, status, said

    def measure(self, path, name, engine="fast"):
        seconds, memory, status, err = self.once(path, engine)
        self.assertTrue(os.WIFEXITED(status) and os.WEXITSTATUS(status) in (0, 1), f"{name}: {status} {err}")
        self.assertEqual(os.WEXITSTATUS(status) == 0, not err, f"{name}: {err[:3]}")
        if not SANITIZED:
            self.assertLess(memory, MEMORY, name)
        return seconds

    @staticmethod
    def slow(start, times):
        """By how much a doubling takes more, on the mean of the series."""
        least, most = max(times[0] - start, FLOOR), times[-1] - start
        return (len(times) > 1 and most > least * TIMES ** (len(times) - 1)) or times[-1] >= SECONDS

    def test_far_too_large(self):
        """Whatever stands in it, an article takes no more memory than it may."""
        for name, ending, data in (
            ("quotations", "txt", "Title: T\n\n" + "“It was so,” Falk said. " * 150_000),
            ("words", "txt", "said " * 1_500_000),
            ("bold letters", "html", "<p>" + "<b>a</b>" * 700_000),
            ("attributes", "html", "<p>" + "<i a=b c=d e=f>x</i>" * 300_000),
            ("elements", "xml", "<rss><channel><item>" + "<a/>" * 2_000_000 + "</item></channel></rss>"),
            ("lists", "json", '{"text":"It rained.",\n"a":[' + "[]," * 2_000_000 + "1]}"),
            ("objects", "jsonl", '{"text":"It rained.","a":[' + "{}," * 2_000_000 + "1]}"),
            ("uses of an entity", "xml", '<!DOCTYPE rss [<!ENTITY e "' + "a" * 100_000 + '">]><rss><channel><item><title>a'
             "</title><description>" + "&e;" * 50_000 + "</description></item></channel></rss>"),
            ("uses of entities in entities", "xml", "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
                f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(9))
             + "]><rss><channel><item><description>&j;</description></item></channel></rss>"),
        ):
            with self.subTest(name):
                self.measure(self.write(f"large.{ending}", data), name)

    def test_limits_are_options(self):
        path = self.write("a.txt")
        self.rows("extract", "--limits", "memory=64,seconds=5", path)
        for wrong in ("memory", "memory=many", "memory=1", "patience=5", "seconds=0"):
            self.complaint("extract", "--limits", wrong, path, status=2)
        if not SANITIZED:
            words = self.write("words.txt", "said " * 200_000)
            self.assertIn("memory", self.complaint("extract", "--limits", "memory=32", words, status=1))
        feed = self.write("feed.xml", '<!DOCTYPE rss [<!ENTITY e "rain">]><rss><channel><item><title>a</title>'
                          "<description>It was &e; and &e;.</description></item></channel></rss>")
        self.assertEqual(self.rows("extract", feed)[0]["text"], "a\n\nIt was rain and rain.")
        self.assertIn("entities", self.complaint("extract", "--limits", "entities=4", feed, status=1))

    def series(self, kinds, sizes, engine):
        """Each kind at each size, again where it seems slow: the best counts."""
        start = self.measure(self.write("small.txt", "Title: T\n\nIt rained, Falk said.\n"), "a small article", engine)
        for kind in kinds:
            paths = [self.write(f"{i}.{kind.ending}", content(kind, size)) for i, size in enumerate(sizes)]
            with self.subTest(f"{kind.name}, {engine}"):
                best = [self.measure(path, kind.name, engine) for path in paths]
                for _ in range(TRIES - 1):
                    if not self.slow(start, best):
                        break
                    best = [min(was, self.measure(path, kind.name, engine)) for was, path in zip(best, paths)]
                print(f"{kind.name:36}{engine:6}" + "".join(f"{seconds:8.2f}" for seconds in best), flush=True)
                self.assertFalse(self.slow(start, best), f"{kind.name}: {best}")

    def ends(self, kinds, size, engine):
        for kind in kinds:
            with self.subTest(f"{kind.name}, {engine}"):
                self.measure(self.write(f"a.{kind.ending}", content(kind, size)), kind.name, engine)

    def test_there_are_enough(self):
        self.assertGreaterEqual(len({kind.name for kind in KINDS}), 200)

    def test_each_kind(self):
        self.ends(KINDS, SIZES[-1], "fast")

    def test_kinds_read_deeply(self):
        self.ends([kind for kind in KINDS if kind.name in DEEPLY], DEEP_SIZES[-1], "deep")

    @unittest.skipUnless(MEASURED, "make hostile measures")
    def test_seconds_at_each_size(self):
        self.series(KINDS, SIZES, "fast")

    @unittest.skipUnless(MEASURED, "make hostile measures")
    def test_seconds_at_each_size_read_deeply(self):
        self.series(KINDS, DEEP_SIZES, "deep")


if __name__ == "__main__":
    unittest.main()
