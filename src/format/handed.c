/* The cutter of such files: one article each. */
#include "format/handed.h"

#include <stdlib.h>

#include "format/cutter.h"

/* *cut: what is there was read, and it ends too early. */
typedef bool (*read_fn)(hsy_stream *in, const hsy_cut_options *options, FILE *out, bool *cut, hsy_error *err);

typedef struct handed {
  hsy_cutter cutter;
  read_fn read;
  bool ended, cut;
} handed;

static bool read_captions(hsy_stream *in, const hsy_cut_options *options, FILE *out, bool *cut, hsy_error *err) {
  hsy_str all;
  return hsy_cut_rest(in, options->limit, &all, err) && hsy_captions_text(all, out, cut, err);
}

static bool read_office(hsy_stream *in, const hsy_cut_options *options, FILE *out, bool *cut, hsy_error *err) {
  (void)cut;
  return hsy_office_text(in, options->limit, &options->limits, out, err);
}

static bool read_pdf(hsy_stream *in, const hsy_cut_options *options, FILE *out, bool *cut, hsy_error *err) {
  (void)cut;
  return hsy_pdf_text(in, options->limit, out, err);
}

static hsy_next next_handed(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  handed *h = (handed *)cutter;
  if (h->cut) {
    h->cut = false;
    return hsy_cut_note(err, -1, "it ends in the middle of a caption");
  }
  if (h->ended) return HSY_NEXT_END;
  h->ended = true;
  size_t len = 0;
  FILE *out = open_memstream(&record->bytes, &len);
  if (!out) return hsy_cut_problem(in, err, HSY_NO_MEMORY, -1, "out of memory");
  bool read = h->read(in, &cutter->options, out, &h->cut, err), lost = ferror(out); /* a piece that found no room */
  if (fclose(out) || lost || !record->bytes) return hsy_cut_problem(in, err, HSY_NO_MEMORY, -1, "out of memory");
  record->len = (ptrdiff_t)len;
  record->format = "text";
  h->cut = h->cut && read;
  return read ? HSY_NEXT_RECORD : HSY_NEXT_PROBLEM;
}

static void release_handed(hsy_cutter *cutter) { free(cutter); }

static hsy_cutter *make(read_fn read, hsy_cut_options options, hsy_error *err) {
  handed *h = calloc(1, sizeof *h);
  if (!h) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  *h = (handed){.cutter = {next_handed, release_handed, options}, .read = read};
  return &h->cutter;
}

hsy_cutter *hsy_captions_cutter(hsy_cut_options options, hsy_error *err) { return make(read_captions, options, err); }
hsy_cutter *hsy_office_cutter(hsy_cut_options options, hsy_error *err) { return make(read_office, options, err); }
hsy_cutter *hsy_pdf_cutter(hsy_cut_options options, hsy_error *err) { return make(read_pdf, options, err); }
