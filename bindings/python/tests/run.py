#!/usr/bin/env python3
"""Runs the tests of the Python package over a library that was built, without making a wheel.

usage: run.py BUILD [python | spark | types]      (python, if nothing is said)

Lays the package out below BUILD/python, as the wheel would, by links. Ends with 77, and says
what is missing, where something is that the tests need; nothing is installed for them.
"""
import importlib.util
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BINDINGS = os.path.dirname(HERE)
ROOT = os.path.dirname(os.path.dirname(BINDINGS))
NEEDS = {"python": ["cffi", "pytest"], "spark": ["cffi", "pytest", "pyarrow", "pyspark"],
         "types": ["cffi", "mypy", "pyarrow", "pandas"]}


def link(target, path):
    if os.path.islink(path):
        os.remove(path)
    os.symlink(target, path)


def link_all(source, folder):
    if os.path.islink(folder):
        os.remove(folder)
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(source):
        if name.endswith((".py", ".typed")):
            link(os.path.join(source, name), os.path.join(folder, name))


def lay_out(build):
    """BUILD/python, for PYTHONPATH."""
    top = os.path.join(build, "python")
    package = os.path.join(top, "hearsay")
    os.makedirs(package, exist_ok=True)
    link_all(os.path.join(BINDINGS, "src", "hearsay"), package)
    link_all(os.path.join(ROOT, "spark"), os.path.join(package, "spark"))
    link(os.path.realpath(os.path.join(build, "libhearsay.so")), os.path.join(package, "libhearsay.so"))
    subprocess.run([sys.executable, "-B", os.path.join(BINDINGS, "build_api.py"),
                    os.path.join(ROOT, "include", "hearsay.h"), os.path.join(package, "_api.py")], check=True)
    return top


def commands(what, top):
    package = os.path.join(top, "hearsay")
    if what == "types":
        config = os.path.join(BINDINGS, "pyproject.toml")
        return [[sys.executable, "-m", "mypy", "--config-file", config, "--cache-dir", os.path.join(top, ".mypy"),
                 "-p", "hearsay"]]
    pytest = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ROOT, "-rs"]
    if what == "spark":
        return [[*pytest, os.path.join(ROOT, "spark", "tests")]]
    doctests = [os.path.join(package, f"{m}.py") for m in ("__init__", "engine", "rows", "store")]
    if importlib.util.find_spec("pyarrow"):
        doctests.append(os.path.join(package, "frames.py"))
    return [[*pytest, HERE], [*pytest, "--doctest-modules", "--doctest-glob=*.md", *doctests, os.path.join(BINDINGS, "README.md")]]


def main(build, what="python"):
    missing = [m for m in NEEDS[what] if not importlib.util.find_spec(m)]
    if missing:
        print(f"python: skipped, {sys.executable} has no {', '.join(missing)}")
        return 77
    top = lay_out(os.path.abspath(build))
    env = {**os.environ, "PYTHONPATH": top, "PYTHONDONTWRITEBYTECODE": "1"}
    return max(subprocess.run(c, env=env, cwd=top).returncode for c in commands(what, top))


if __name__ == "__main__":
    if len(sys.argv) < 2 or (len(sys.argv) > 2 and sys.argv[2] not in NEEDS):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:3]))
