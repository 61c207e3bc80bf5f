#include "link/link.h"

#include "link/pair.h"

const char *hsy_relation_name(hsy_relation relation) {
  static const char *const NAMES[] = {"denies", "figures", "update"};
  return NAMES[relation];
}

/* As contents are read: an event is its class. */
static uint64_t key_of(const void *user, hsy_str word) {
  const hsy_link_lists *lists = user;
  bool capital = word.len > 0 && word.data[0] >= 'A' && word.data[0] <= 'Z';
  return hsy_link_key(lists, word, capital);
}

const hsy_link_lists *hsy_link_load_with(hsy_str model, hsy_arena *arena, hsy_error *err) {
  hsy_link_lists *lists = hsy_new(arena, hsy_link_lists, 1);
  bool ok = lists && hsy_lemma_load(&lists->lemmas, arena, err) &&
            hsy_lexicon_load(&lists->events, "lexicon/en/event_classes.txt", arena, err) &&
            hsy_lexicon_load(&lists->synonyms, "lexicon/en/synonyms.txt", arena, err) &&
            hsy_lexicon_load(&lists->stops, "lexicon/en/stop_words.txt", arena, err) &&
            hsy_lexicon_load(&lists->quantities, "lexicon/en/quantities.txt", arena, err) &&
            hsy_lexicon_load(&lists->negation, "lexicon/en/negation.txt", arena, err) &&
            hsy_lexicon_load(&lists->denials, "lexicon/en/denial_words.txt", arena, err) &&
            hsy_lexicon_load(&lists->nouns, "lexicon/en/reporting_nouns.txt", arena, err) &&
            hsy_lexicon_load(&lists->offices, "lexicon/en/speaks_for.txt", arena, err) &&
            hsy_lexicon_load(&lists->places, "lexicon/en/places.txt", arena, err) &&
            hsy_rarity_load(&lists->rarity, key_of, lists, arena, err) &&
            hsy_pair_model_load(&lists->model, model, HSY_PAIR_COUNT, arena, err) &&
            hsy_arena_check(*arena, "link", err);
  return ok ? lists : NULL;
}

const hsy_link_lists *hsy_link_load(hsy_arena *arena, hsy_error *err) {
  return hsy_link_load_with((hsy_str){0}, arena, err);
}

bool hsy_link_read(hsy_story *story, const hsy_link_input *input, const hsy_link_lists *lists, hsy_arena *arena,
                   hsy_error *err) {
  if (!hsy_story_read(story, input, lists, arena, err)) return false;
  hsy_story_weigh_props(story);
  hsy_story_refer(story);
  hsy_story_weigh_props(story);
  hsy_story_view(story);
  return hsy_arena_check(*arena, "link", err);
}

bool hsy_link_together(hsy_story *story, hsy_links *links, hsy_arena *arena, hsy_error *err) {
  hsy_statements_find(story, links, arena);
  if (!hsy_arena_check(*arena, "link", err) || !hsy_arena_check(*story->arena, "link", err)) return false;
  hsy_claims_find(story, links, arena);
  hsy_claims_correct(story, links, arena);
  hsy_shifts_find(story, links, arena);
  return hsy_arena_check(*story->arena, "link", err) && hsy_arena_check(*arena, "link", err);
}

bool hsy_link_all(const hsy_link_input *input, const hsy_link_lists *lists, hsy_links *links, hsy_arena *arena,
                  hsy_arena scratch, hsy_error *err) {
  hsy_story story;
  *links = (hsy_links){0};
  if (!hsy_link_read(&story, input, lists, &scratch, err)) return false;
  if (!hsy_story_score(&story)) return hsy_arena_check(scratch, "link", err);
  return hsy_link_together(&story, links, arena, err);
}

/* Figures that differ because the later report knows more are an update, unless
 * one side disputes the other's. */
static hsy_relation relation_of(const hsy_claim *claim, const hsy_link_row *one, const hsy_link_row *other) {
  bool denies =
      hsy_str_eq(hsy_str_of(one->stance), HSY_S("deny")) || hsy_str_eq(hsy_str_of(other->stance), HSY_S("deny"));
  if (!claim->figures || denies) return HSY_DENIES;
  return one->speaker_count > 0 && other->speaker_count > 0 && one->speakers[0] == other->speakers[0] ? HSY_UPDATE
                                                                                                      : HSY_FIGURES;
}

/* Who says one thing and later the other has shifted, or taken it back. */
static bool is_one_speaker(const hsy_link_row *one, const hsy_link_row *other) {
  return one->speaker_count == 1 && other->speaker_count == 1 && one->speakers[0] == other->speakers[0];
}

void hsy_link_conflicts(const hsy_link_input *input, const hsy_links *links, int32_t claim, ptrdiff_t limit,
                        hsy_conflict_vec *out, hsy_arena *arena) {
  const hsy_claim *c = &links->claims.data[claim];
  ptrdiff_t made = 0, looked = 0;
  for (ptrdiff_t sum = 0; sum < c->pro.len + c->con.len && made < limit; sum++) {
    for (ptrdiff_t i = 0; i <= sum && made < limit && looked < 64 * limit + 4096; i++, looked++) {
      if (i >= c->pro.len || sum - i >= c->con.len) continue;
      int32_t a = c->pro.data[i], b = c->con.data[sum - i];
      const hsy_statement *s = &links->statements.data[links->statement_of[a]];
      const hsy_statement *t = &links->statements.data[links->statement_of[b]];
      if (s == t || s->first != a || t->first != b) continue;
      if (!c->figures && is_one_speaker(&input->rows[a], &input->rows[b])) continue;
      *hsy_push(out, arena) =
          (hsy_conflict){claim, a, b, relation_of(c, &input->rows[a], &input->rows[b]), c->confidence};
      made++;
    }
  }
}
