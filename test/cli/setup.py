"""tools/setup.sh installs what is missing, and that alone."""
import os
import re
import shutil
import subprocess
import unittest

from support import ROOT, Case


class Setup(Case):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("bin"))
        for real in ("sh", "env", "id", "touch", "cat"):
            os.symlink(shutil.which(real), self.path("bin/" + real))
        for there in ("cc", "make", "cmake", "python3", "clang-format"):
            self.command(there, "exit 0")
        # A pkg-config that lacks utf8proc until it was installed.
        self.command("pkg-config", f'[ "$2" != libutf8proc ] || [ -e {self.path("installed")} ]')

    def command(self, name, body):
        path = self.write("bin/" + name, f"#!/bin/sh\n{body}\n")
        os.chmod(path, 0o755)

    def apt(self, works=True):
        self.command("apt-get", f'echo "$*" >> {self.path("asked")}\n' + (f'touch {self.path("installed")}' if works else "exit 1"))

    def asked(self):
        if not os.path.exists(self.path("asked")):
            return []
        with open(self.path("asked"), encoding="utf-8") as f:
            return f.read().splitlines()

    def set_up(self, status, *args):
        r = subprocess.run([self.path("bin/sh"), os.path.join(ROOT, "tools/setup.sh"), *args], capture_output=True,
                           text=True, env={"PATH": self.path("bin")})
        self.assertEqual(r.returncode, status, r.stderr)
        return r.stderr

    def test_nothing_is_asked_where_all_is_there(self):
        self.apt()
        self.write("installed", "")
        self.assertEqual(self.set_up(0), "")
        self.assertEqual(self.asked(), [])

    def test_no_apt(self):
        err = self.set_up(1)
        self.assertEqual(len(err.splitlines()), 1)
        self.assertTrue(err.endswith(": libutf8proc-dev\n"), err)

    def test_root_needs_no_sudo(self):
        os.remove(self.path("bin/id"))
        self.command("id", "echo 0")
        self.apt()
        self.set_up(0)
        self.assertIn("install -y -qq --no-install-recommends libutf8proc-dev", self.asked())

    def test_others_ask_for_sudo(self):
        os.remove(self.path("bin/id"))
        self.command("id", "echo 1000")
        self.apt()
        self.assertIn("libutf8proc-dev", self.set_up(1))
        self.assertEqual(self.asked(), [])
        self.command("sudo", f'touch {self.path("sudo-was-asked")}\nexec "$@"')
        self.set_up(0)
        self.assertTrue(os.path.exists(self.path("sudo-was-asked")))

    def test_an_installation_that_fails_is_said(self):
        self.apt(works=False)
        os.remove(self.path("bin/id"))
        self.command("id", "echo 0")
        self.assertIn("libutf8proc-dev", self.set_up(1))

    def test_one_package_that_is_not_there_costs_nothing_but_itself(self):
        os.remove(self.path("bin/id"))
        self.command("id", "echo 0")
        for real in ("node", "npm"):
            self.command(real, "exit 0")
        # No package "chromium", as on Ubuntu; with it in a call nothing is installed.
        self.command("apt-get", f'echo "$*" >> {self.path("asked")}\n'
                     'case "$*" in *" chromium" | *" chromium "*) exit 100 ;; esac\n'
                     f'case "$*" in *libutf8proc-dev*) touch {self.path("installed")} ;; esac')
        self.assertTrue(self.set_up(1, "web").endswith("setup: could not be installed: chromium\n"))
        self.assertTrue(os.path.exists(self.path("installed")))
        self.assertTrue(any(line.endswith(" chromium-browser") for line in self.asked()), self.asked())

    def test_the_script_knows_every_library_of_the_build(self):
        def read(name):
            with open(os.path.join(ROOT, name), encoding="utf-8") as f:
                return f.read()

        asked = re.findall(r"pkg_check_modules\((\w+) REQUIRED IMPORTED_TARGET\s+([^)]*)\)",
                           read("CMakeLists.txt") + read("test/CMakeLists.txt"))
        wanted = {name: set(modules.split()) for name, modules in asked}
        self.assertLessEqual(set().union(*wanted.values()), set(re.findall(r"pc:(\S+)", read("tools/setup.sh"))))
        private = re.search(r"^Requires.private: (.*)$", read("cmake/hearsay.pc.in"), re.M).group(1).split()
        self.assertEqual(wanted["DEPS"], set(private))

    def test_the_checks_want_more(self):
        self.write("installed", "")
        self.assertTrue(self.set_up(1, "check").endswith(": clang-tidy\n"))


if __name__ == "__main__":
    unittest.main()
