#include "base/lexicon.h"

#include "base/hash.h"
#include "base/resource.h"

typedef HSY_VEC(hsy_lexicon_entry) entry_vec;

static int words_in(hsy_str s) {
  int n = 1;
  for (ptrdiff_t i = 0; i < s.len; i++) n += s.data[i] == ' ';
  return n;
}

static uint32_t tag_of(uint64_t hash) { return (uint32_t)(hash >> 32); }

/* The slot that holds the word, or the free one where it belongs. */
static hsy_lexicon_slot *slot_of(const hsy_lexicon *lexicon, hsy_str word, uint64_t hash) {
  uint32_t mask = (1u << lexicon->bits) - 1, tag = tag_of(hash);
  for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
    hsy_lexicon_slot *slot = &lexicon->slots[i];
    if (!slot->entry || (slot->tag == tag && hsy_str_eq(lexicon->entries[slot->entry - 1].word, word))) return slot;
  }
}

static entry_vec read_entries(hsy_str text, hsy_arena *arena) {
  entry_vec entries = {0};
  while (text.len > 0) {
    hsy_str line = hsy_str_cut(text, '\n', &text);
    if (hsy_str_trim(line).len == 0 || line.data[0] == '#') continue;
    hsy_lexicon_entry *entry = hsy_push(&entries, arena);
    entry->word = hsy_str_cut(line, '\t', &entry->fields);
  }
  return entries;
}

bool hsy_lexicon_begins_hashed(const hsy_lexicon *lexicon, uint64_t hash) {
  uint32_t head = (uint32_t)hash % HSY_LEXICON_HEADS;
  return lexicon->heads && lexicon->heads[head / 64] >> head % 64 & 1;
}

bool hsy_lexicon_begins(const hsy_lexicon *lexicon, hsy_str word) {
  return hsy_lexicon_begins_hashed(lexicon, hsy_hash(word));
}

static void note_head(hsy_lexicon *lexicon, hsy_str phrase) {
  hsy_str rest;
  uint32_t head = (uint32_t)hsy_hash(hsy_str_cut(phrase, ' ', &rest)) % HSY_LEXICON_HEADS;
  lexicon->heads[head / 64] |= (uint64_t)1 << head % 64;
}

bool hsy_lexicon_load(hsy_lexicon *lexicon, const char *resource, hsy_arena *arena, hsy_error *err) {
  hsy_str text;
  if (!hsy_resource_find(hsy_str_of(resource), &text))
    return hsy_fail(err, HSY_NOT_FOUND, "base", -1, "no data file %s", resource);
  entry_vec entries = read_entries(text, arena);
  *lexicon = (hsy_lexicon){.entries = entries.data, .count = entries.len, .bits = 4};
  while ((1 << lexicon->bits) < 2 * entries.len) lexicon->bits++;
  lexicon->slots = hsy_new(arena, hsy_lexicon_slot, (ptrdiff_t)1 << lexicon->bits);
  lexicon->heads = hsy_new(arena, uint64_t, HSY_LEXICON_HEADS / 64);
  if (!hsy_arena_check(*arena, "base", err)) return false;
  for (ptrdiff_t i = 0; i < entries.len; i++) {
    hsy_str word = entries.data[i].word;
    uint64_t hash = hsy_hash(word);
    hsy_lexicon_slot *slot = slot_of(lexicon, word, hash);
    if (slot->entry) continue; /* the first line counts; tools/check_lexicon.py finds the second */
    *slot = (hsy_lexicon_slot){tag_of(hash), (int32_t)i + 1};
    int words = words_in(word);
    if (words > lexicon->longest) lexicon->longest = words;
    if (words > 1) note_head(lexicon, word);
  }
  return true;
}

const hsy_lexicon_entry *hsy_lexicon_find_hashed(const hsy_lexicon *lexicon, hsy_str word, uint64_t hash) {
  if (!lexicon->slots) return NULL;
  int32_t found = slot_of(lexicon, word, hash)->entry;
  return found ? &lexicon->entries[found - 1] : NULL;
}

const hsy_lexicon_entry *hsy_lexicon_find(const hsy_lexicon *lexicon, hsy_str word) {
  return hsy_lexicon_find_hashed(lexicon, word, hsy_hash(word));
}

hsy_str hsy_lexicon_field(const hsy_lexicon_entry *entry, int n) {
  hsy_str rest = entry->fields, field = {0};
  for (int i = 0; i <= n; i++) field = hsy_str_cut(rest, '\t', &rest);
  return field;
}
