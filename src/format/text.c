#include "format/text.h"

#include "base/utf8.h"
#include "format/blocks.h"
#include "format/decode.h"
#include "format/lines.h"

enum { DEFAULT_LIMIT = 8 << 20, MOST = 1 << 30 /* spans are 32 bits */ };

ptrdiff_t hsy_text_limit(const hsy_format_options *options) {
  if (options->max_text <= 0) return DEFAULT_LIMIT;
  return options->max_text < MOST ? options->max_text : MOST;
}

static bool has_letter(hsy_str text) {
  for (ptrdiff_t at = 0; at < text.len;) {
    int32_t c = hsy_utf8_next(text, &at);
    if (hsy_is_letter(c) || hsy_is_digit(c)) return true;
  }
  return false;
}

bool hsy_text_check(hsy_str text, const hsy_format_options *options, hsy_error *err) {
  ptrdiff_t limit = hsy_text_limit(options);
  if (text.len > limit)
    return hsy_fail(err, HSY_LIMIT, "format", limit, "its text of %.1f MiB is past the limit of %.1f MiB",
                    (double)text.len / (1 << 20), (double)limit / (1 << 20));
  if (!has_letter(text)) return hsy_fail(err, HSY_BAD_INPUT, "format", -1, "holds no text");
  return true;
}

bool hsy_text_read(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                   hsy_error *err) {
  hsy_decoded decoded;
  hsy_decode_options how = {.declared = hsy_str_of(record->charset)};
  hsy_str bytes = {record->bytes, record->len};
  if (!hsy_decode(bytes, how, &decoded, &scratch, err)) return false;
  hsy_lines_mend_divided(&decoded, &scratch);
  if (!hsy_arena_check(scratch, "format", err)) return false;
  if (!hsy_text_check(decoded.text, options, err)) return false;
  doc->text = hsy_str_copy(doc->arena, decoded.text);
  for (ptrdiff_t i = 0; i < decoded.map.len; i++) *hsy_push(&doc->origins, doc->arena) = decoded.map.data[i];
  if (!hsy_arena_check(*doc->arena, "format", err)) return false;
  return hsy_blocks_mark(doc, (hsy_block_options){.headers = true, .lists = options->lists}, scratch, err);
}
