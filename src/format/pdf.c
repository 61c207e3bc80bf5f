/* PDF into text, by pdftotext of poppler: it is read in a process of its own. */
#include "base/child.h"
#include "format/cutter.h"
#include "format/handed.h"

/* Also where the references are packed, the dictionary that names the key is not. */
static bool is_encrypted(hsy_str all) { return hsy_str_find(all, HSY_S("/Encrypt")) >= 0; }

bool hsy_pdf_text(hsy_stream *in, ptrdiff_t limit, FILE *out, hsy_error *err) {
  static const char *const CALL[] = {"pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", "/dev/stdin", "-", NULL};
  hsy_str all;
  ptrdiff_t written;
  if (!hsy_cut_rest(in, limit, &all, err)) return false;
  const char *why = NULL;
  switch (hsy_child_run(CALL, all, limit, out, &written)) {
  case HSY_CHILD_DONE:
    if (written) return true;
    why = "is a PDF file without text, of pictures alone: let a program read the letters first (ocrmypdf)";
    break;
  case HSY_CHILD_MISSING:
    why = "is a PDF file, which takes pdftotext to read: apt-get install poppler-utils";
    break;
  case HSY_CHILD_FORBIDDEN:
    why = "is a PDF file, and no other program may be started here: make text of it first (pdftotext FILE.pdf)";
    break;
  case HSY_CHILD_LONG:
    return hsy_fail(err, HSY_LIMIT, "format", -1, "is a PDF file that takes too long, or holds too much text");
  case HSY_CHILD_FAILED:
    why = is_encrypted(all) ? "is a PDF file that is encrypted: take its password off first (qpdf --decrypt)"
                            : "is a PDF file that is damaged";
  }
  return hsy_fail(err, HSY_BAD_INPUT, "format", -1, "%s", why);
}
