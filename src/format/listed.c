/* Documents that hold a list of articles and are read as wholes: feeds, NITF,
 * NewsML-G2, JSON values over several lines. */
#include <stdlib.h>
#include <string.h>

#include "format/cutter.h"
#include "format/entries.h"

typedef struct listed {
  hsy_cutter cutter;
  json_t *(*read)(hsy_str bytes, const hsy_limits *limits, hsy_entries_note *note, hsy_error *err);
  json_t *entries;
  size_t at;
  bool begun, said;
} listed;

static hsy_next next_listed(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  listed *l = (listed *)cutter;
  if (!l->begun) {
    hsy_str all;
    l->begun = true;
    if (!hsy_cut_rest(in, cutter->options.limit, &all, err)) return HSY_NEXT_PROBLEM;
    hsy_entries_note note = {0};
    l->entries = l->read(all, &cutter->options.limits, &note, err);
    if (!l->entries) return HSY_NEXT_PROBLEM;
    if (note.message[0]) return hsy_cut_note(err, -1, note.message);
  }
  if (!l->said && l->entries) {
    l->said = true;
    if (json_array_size(l->entries) == 0) return hsy_cut_problem(in, err, HSY_BAD_INPUT, 0, "holds no article");
  }
  if (!l->entries || l->at >= json_array_size(l->entries)) return HSY_NEXT_END;
  record->bytes = json_dumps(json_array_get(l->entries, l->at++), JSON_COMPACT);
  if (json_array_size(l->entries) > 1 && record->bytes) record->item = hsy_cut_number((int64_t)l->at);
  bool named = json_array_size(l->entries) == 1 || record->item;
  if (!record->bytes || !named) return hsy_cut_problem(in, err, HSY_NO_MEMORY, -1, "out of memory");
  record->len = (ptrdiff_t)strlen(record->bytes);
  record->format = "entry";
  return HSY_NEXT_RECORD;
}

static void release_listed(hsy_cutter *cutter) {
  json_decref(((listed *)cutter)->entries);
  free(cutter);
}

static hsy_cutter *make(json_t *(*read)(hsy_str, const hsy_limits *, hsy_entries_note *, hsy_error *),
                        hsy_cut_options options, hsy_error *err) {
  listed *l = calloc(1, sizeof *l);
  if (!l) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  l->cutter = (hsy_cutter){next_listed, release_listed, options};
  l->read = read;
  return &l->cutter;
}

hsy_cutter *hsy_xml_cutter(hsy_cut_options options, hsy_error *err) { return make(hsy_entries_of_xml, options, err); }
hsy_cutter *hsy_json_cutter(hsy_cut_options options, hsy_error *err) { return make(hsy_entries_of_json, options, err); }
