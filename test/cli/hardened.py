"""The program and the shared library are hardened: what the ELF files say of themselves."""
import glob
import os
import struct
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import PROGRAM  # noqa: E402

ET_DYN, PT_DYNAMIC, PT_INTERP, PT_GNU_STACK, PT_GNU_RELRO = 3, 2, 3, 0x6474E551, 0x6474E552
DT_FLAGS, DT_FLAGS_1, DF_BIND_NOW, DF_1_NOW, DF_1_PIE = 30, 0x6FFFFFFB, 8, 1, 0x08000000
EXECUTE = 1


class Elf:
    """Of a little-endian file of 64 bits."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.bytes = f.read()
        assert self.bytes[:6] == b"\x7fELF\x02\x01", path
        self.type, = struct.unpack_from("<H", self.bytes, 16)
        table, = struct.unpack_from("<Q", self.bytes, 32)
        size, count = struct.unpack_from("<HH", self.bytes, 54)
        rows = [struct.unpack_from("<IIQQQQ", self.bytes, table + i * size) for i in range(count)]
        self.segments = {kind: flags for kind, flags, *_ in rows}
        self.dynamic = {}
        for kind, _, offset, _, _, length in rows:
            for at in range(offset, offset + length, 16) if kind == PT_DYNAMIC else ():
                tag, value = struct.unpack_from("<QQ", self.bytes, at)
                self.dynamic[tag] = value


class Hardened(unittest.TestCase):
    def of_both(self, path):
        elf = Elf(path)
        self.assertEqual(elf.type, ET_DYN, "anywhere in memory")
        self.assertIn(PT_GNU_RELRO, elf.segments, "tables become read-only")
        now = elf.dynamic.get(DT_FLAGS, 0) & DF_BIND_NOW or elf.dynamic.get(DT_FLAGS_1, 0) & DF_1_NOW
        self.assertTrue(now, "all of them, before it runs")
        self.assertFalse(elf.segments[PT_GNU_STACK] & EXECUTE, "no code on the stack")
        self.assertIn(b"\0__stack_chk_fail\0", elf.bytes, "stack frames are checked")
        self.assertRegex(elf.bytes, rb"\0__(mem|str|sn|vsn)[a-z]+_chk\0", "copies are checked")
        return elf

    def test_program(self):
        elf = self.of_both(PROGRAM)
        self.assertIn(PT_INTERP, elf.segments)
        self.assertTrue(elf.dynamic[DT_FLAGS_1] & DF_1_PIE)

    def test_library(self):
        self.of_both(os.path.realpath(glob.glob(os.path.join(os.environ["HEARSAY_BUILD"], "libhearsay.so"))[0]))


if __name__ == "__main__":
    unittest.main()
