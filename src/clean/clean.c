#include "clean/clean.h"

#include "clean/assemble.h"
#include "clean/metadata.h"
#include "format/html.h"
#include "format/text.h"

bool hsy_clean_read_html(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                         hsy_error *err) {
  hsy_page page;
  hsy_chunks chunks;
  hsy_furniture furniture;
  hsy_metadata meta;
  hsy_format_begin(record, doc);
  hsy_str bytes = {record->bytes, record->len};
  if (!hsy_page_parse(bytes, hsy_str_of(record->charset), &page, &scratch, err)) return false;
  if (!hsy_chunks_cut(&page, &chunks, &scratch, err) || !hsy_furniture_load(&furniture, &scratch, err)) return false;
  if (!hsy_metadata_read(&page, &chunks, doc, &meta, &scratch, err)) return false;
  hsy_maintext text = {.page = &page,
                       .chunks = &chunks,
                       .furniture = &furniture,
                       .headline = doc->meta.title,
                       .headline_at = meta.headline_at,
                       .description = meta.description,
                       .body = meta.body};
  if (!hsy_maintext_choose(&text, &scratch, scratch, err)) return false;
  if (!hsy_assemble(&text, doc->meta.title, meta.headline_node, doc, err)) return false;
  if (!hsy_text_check(doc->text, options, err)) return false;
  hsy_format_end(options, doc);
  return hsy_arena_check(*doc->arena, "clean", err);
}
