#include "speaker/speaker.h"

#include "speaker/state.h"

static bool is_metonym(const hsy_lexicon_entry *place) {
  hsy_str type = hsy_lexicon_field(place, 0);
  return hsy_str_eq(type, HSY_S("capital")) || hsy_str_eq(type, HSY_S("seat"));
}

static void add_mentions(hsy_speaker_state *s) {
  for (ptrdiff_t i = 0; i < s->names.len; i++) {
    const hsy_speaker_name *n = &s->names.data[i];
    if (n->end == n->first) continue;
    *hsy_push(&s->doc->mentions, s->doc->arena) = (hsy_mention){hsy_doc_tokens(s->doc, n->first, n->end), n->actor,
                                                                n->place && is_metonym(n->place) ? "metonym" : "name"};
  }
}

bool hsy_speaker_resolve(hsy_doc *doc, const hsy_speaker_lists *lists, hsy_arena scratch, hsy_error *err) {
  return hsy_speaker_resolve_watched(doc, lists, NULL, scratch, err);
}

bool hsy_speaker_resolve_watched(hsy_doc *doc, const hsy_speaker_lists *lists, const hsy_speaker_watch *watch,
                                 hsy_arena scratch, hsy_error *err) {
  if (doc->sentences.len == 0) return true;
  hsy_speaker_state s = {.doc = doc, .lists = lists, .scratch = &scratch, .watch = watch};
  hsy_speaker_words(&s);
  if (!hsy_arena_check(scratch, "speaker", err)) return false;
  hsy_speaker_names(&s);
  if (!hsy_arena_check(scratch, "speaker", err)) return false;
  hsy_speaker_actors(&s);
  if (!hsy_arena_check(scratch, "speaker", err)) return false;
  add_mentions(&s);
  hsy_speaker_mark_contents(&s);
  hsy_speaker_sources(&s);
  hsy_speaker_chain(&s);
  return hsy_arena_check(scratch, "speaker", err) && hsy_arena_check(*doc->arena, "speaker", err);
}
