"""Writes hearsay/_api.py, cffi's description of the public header.

usage: build_api.py HEADER OUT
"""
import os
import re
import sys
import tempfile

from cffi import FFI


def declarations(header):
    """The header without what a preprocessor would take out."""
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    text = re.sub(r'#ifdef __cplusplus.*?#endif', "", text, flags=re.S)
    text = re.sub(r"^#.*$", "", text, flags=re.M)
    return text.replace("HEARSAY_API ", "")


def main(header, out):
    ffi = FFI()
    with open(header, encoding="utf-8") as f:
        ffi.cdef(declarations(f.read()))
    ffi.set_source("hearsay._api", None)
    with tempfile.TemporaryDirectory() as folder:
        written = ffi.compile(tmpdir=folder)
        with open(written, encoding="utf-8") as f, open(out, "w", encoding="utf-8") as to:
            to.write(f.read())
    os.utime(out)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
