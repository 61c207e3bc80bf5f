"""The tarball of a commit has the same bytes whenever it is made, and under whatever settings."""
import hashlib
import os
import subprocess
import sys
import tarfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import Case  # noqa: E402

PATHS = ("CMakeLists.txt", "include", "src")  # not the models, which take long to pack
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@unittest.skipUnless(os.path.exists(os.path.join(ROOT, ".git")), "no checkout")
class Dist(Case):
    def make(self, name, **env):
        path = self.path(name)
        os.makedirs(os.path.dirname(path))
        r = subprocess.run([os.path.join(ROOT, "tools/dist.sh"), path, *PATHS], capture_output=True, text=True,
                           env={**os.environ, **env})
        if "not a git repository" in r.stderr or "dubious ownership" in r.stderr:
            self.skipTest("git cannot read this checkout")
        self.assertEqual(r.returncode, 0, r.stderr)
        with open(path, "rb") as f:
            return hashlib.sha256(f.read()).hexdigest(), r.stdout.split()[0]

    def test_twice_the_same_bytes(self):
        first, said = self.make("a/hearsay-1.tar.gz")
        self.assertEqual(first, said)
        time.sleep(1.1)
        self.assertEqual(first, self.make("b/hearsay-1.tar.gz", TZ="Asia/Tokyo", LC_ALL="C", GZIP_OPT="-1")[0])
        with tarfile.open(self.path("a/hearsay-1.tar.gz")) as tar:
            names = tar.getnames()
        for name in ("CMakeLists.txt", "include/hearsay.h", "src/README.md"):
            self.assertIn(f"hearsay-1/{name}", names)


if __name__ == "__main__":
    unittest.main()
