"""tools/check_layers.py finds what it is there to find."""
import os
import subprocess
import sys
import unittest

from support import ROOT, Case


class Layers(Case):
    def tree(self, **files):
        for name, text in {"LAYERS": "# order\nbase\nmodel\nquote\napi\ncli: hearsay.h\n",
                           "base/str.h": "void hsy_str_cut(void);\n", "model/crf.h": "void hsy_crf_decode(void);\n",
                           "quote/tag.h": "void hsy_quote_tag(void);\n", **files}.items():
            os.makedirs(os.path.dirname(self.path("src/" + name)), exist_ok=True)
            self.write("src/" + name, text)

    def faults(self):
        r = subprocess.run([sys.executable, "-B", os.path.join(ROOT, "tools/check_layers.py"), self.dir],
                           capture_output=True, text=True)
        lines = r.stdout.splitlines()
        self.assertEqual(r.returncode, int(len(lines) > 1), r.stderr)
        return lines[:-1]

    def test_sound(self):
        self.tree(**{"quote/tag.c": '#include "quote/tag.h"\n#include "model/crf.h"\n/* "cli/x.h" hsy_quote_x( */\n'
                                    'void f(void) { hsy_str_cut(); hsy_crf_decode(); }\n',
                     "api/api.c": '#include "hearsay.h"\n#include "quote/tag.h"\n',
                     "cli/main.c": '#include "cli/out.h"\n#include "hearsay.h"\n', "cli/out.h": ""})
        self.assertEqual(self.faults(), [])

    def test_include_below(self):
        self.tree(**{"model/crf.c": '#include "quote/tag.h"\n'})
        self.assertEqual(self.faults(), ["src/model/crf.c:1: model/ may not include quote/tag.h"])

    def test_call_round_the_includes(self):
        self.tree(**{"base/str.c": "\nextern void hsy_quote_tag(void);\nvoid g(void) { hsy_quote_tag(); }\n"})
        self.assertEqual([f.split(": ")[0] for f in self.faults()], ["src/base/str.c:2", "src/base/str.c:3"])

    def test_the_program_sees_the_public_header_alone(self):
        self.tree(**{"cli/main.c": '#include "base/str.h"\n'})
        self.assertEqual(self.faults(), ["src/cli/main.c:1: cli/ may not include base/str.h"])

    def test_only_api_includes_the_public_header(self):
        self.tree(**{"quote/tag.c": '#include "hearsay.h"\n'})
        self.assertEqual(self.faults(), ["src/quote/tag.c:1: quote/ may not include hearsay.h"])

    def test_folder_without_a_place_and_include_without_a_folder(self):
        self.tree(**{"odd/x.c": "", "base/str.c": '#include "str.h"\n'})
        self.assertEqual(self.faults(), ['src/base/str.c:1: write "folder/str.h"', "src/odd/x.c: odd/ is not in src/LAYERS"])


if __name__ == "__main__":
    unittest.main()
