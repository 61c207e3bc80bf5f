#include "temporal/temporal.h"

#include "temporal/grammar.h"
#include "temporal/lists.h"

enum { LONGEST_RUN = 64, LONGEST_PHRASE = 48 };

static bool compile_grammar(hsy_patterns *patterns, hsy_arena *arena, hsy_error *err) {
  const char **texts = hsy_new(arena, const char *, hsy_grammar_count);
  if (!texts) return hsy_arena_check(*arena, "temporal", err);
  for (int i = 0; i < hsy_grammar_count; i++) texts[i] = hsy_grammar[i].pattern;
  return hsy_patterns_compile(patterns, texts, hsy_grammar_count, arena, err);
}

const hsy_temporal_lists *hsy_temporal_load(hsy_arena *arena, hsy_error *err) {
  hsy_temporal_lists *lists = hsy_new(arena, hsy_temporal_lists, 1);
  if (!lists) {
    hsy_arena_check(*arena, "temporal", err);
    return NULL;
  }
  bool ok = hsy_words_load(&lists->words, arena, err) &&
            hsy_lexicon_load(&lists->verbs, "lexicon/en/times_tense.txt", arena, err) &&
            hsy_lexicon_load(&lists->saying, "lexicon/en/times_saying.txt", arena, err) &&
            compile_grammar(&lists->grammar, arena, err) &&
            hsy_patterns_compile(&lists->prefixes, hsy_grammar_prefixes, hsy_grammar_prefix_count, arena, err);
  return ok && hsy_arena_check(*arena, "temporal", err) ? lists : NULL;
}

/* What can be a time by itself; a run without any of these is passed over. */
static const uint64_t triggers =
    HSY_TC(YEAR) | HSY_TC(UNIT) | HSY_TC(UNITS) | HSY_TC(MONTH) | HSY_TC(WEEKDAY) | HSY_TC(SEASON) | HSY_TC(PART) |
    HSY_TC(NIGHTLY) | HSY_TC(CLOCK) | HSY_TC(NOON) | HSY_TC(OCLOCK) | HSY_TC(AMPM) | HSY_TC(ZONE) | HSY_TC(DAYWORD) |
    HSY_TC(DECADE) | HSY_TC(HOLIDAY) | HSY_TC(FREQ) | HSY_TC(REF) | HSY_TC(ISO) | HSY_TC(PERIOD) | HSY_TC(PAST);

/* The items that stand side by side, and what was made of those before. */
typedef struct tagger {
  hsy_time_context context;
  const hsy_temporal_lists *lists;
  hsy_doc *doc;
  hsy_time_item run[LONGEST_RUN];
  int32_t count;
  uint64_t classes; /* of all items of the run */
  hsy_reading last; /* the reading behind the last row of doc->times */
  int32_t last_end; /* its last token + 1 */
} tagger;

static hsy_str value_of(hsy_arena *arena, const hsy_reading *r) {
  if (r->value.len) return r->value;
  hsy_str day = hsy_moment_format(arena, r->moment);
  if (r->part.len) return day.len ? hsy_str_printf(arena, "%.*sT%.*s", HSY_FMT(day), HSY_FMT(r->part)) : (hsy_str){0};
  if (r->minutes < 0) return day;
  return hsy_str_printf(arena, "%.*sT%02d:%02d", HSY_FMT(day), r->minutes / 60, r->minutes % 60);
}

/* "noon Thursday", "9 a.m., Nov. 6", "10 p.m. on Friday": one time. */
static bool joins_last(const tagger *t, const hsy_reading *r, int32_t first) {
  if (t->doc->times.len == 0 || !t->last.day_open || r->moment.grain != HSY_GRAIN_DAY || r->minutes >= 0) return false;
  if (r->part.len || r->value.len) return false;
  if (first == t->last_end) return true;
  hsy_time_item link[HSY_TIME_PIECES];
  return first == t->last_end + 1 && hsy_words_read(&t->lists->words, t->doc, t->last_end, link) &&
         (link[0].classes & (HSY_TC(COMMA) | HSY_TC(ON)));
}

static void join_last(tagger *t, const hsy_reading *r, hsy_span span, int32_t end) {
  hsy_time *time = &t->doc->times.data[t->doc->times.len - 1];
  t->last.moment = r->moment;
  t->last.day_open = false;
  t->last_end = end;
  time->span.end = span.end;
  time->value = value_of(t->doc->arena, &t->last);
}

static void add_time(tagger *t, const hsy_reading *r, hsy_span span, int32_t first, int32_t end) {
  if (joins_last(t, r, first)) {
    join_last(t, r, span, end);
  } else {
    hsy_time *time = hsy_push(&t->doc->times, t->doc->arena);
    *time = (hsy_time){span, r->type, value_of(t->doc->arena, r)};
    t->last = *r;
    t->last_end = end;
  }
  if (r->moment.grain == HSY_GRAIN_NONE || r->day_open) return;
  t->context.anchor = r->moment;
  if (r->moment.grain == HSY_GRAIN_DAY) t->context.anchor_day = r->moment;
}

/* Which prefix may stand before which reading. */
static bool takes_prefix(const hsy_reading *r, const hsy_time_item *word, hsy_time_reader *reader) {
  bool ref = r->value.len > 4 && r->value.data[0] > '9', clock = r->minutes >= 0;
  if (word->classes & HSY_TC(APPROX)) return r->type[1] == 'U' || clock || reader == hsy_read_ago;
  if (hsy_str_eq(word->text, HSY_S("before")) || hsy_str_eq(word->text, HSY_S("after"))) return false;
  return !clock && !ref && (r->type[1] == 'A' || r->part.len); // DATE
}

/* The longest reading at run[at]; a reader that refuses leaves it to the next. */
static bool read_core(tagger *t, int32_t at, hsy_match *match, hsy_reading *reading) {
  hsy_pattern_rows refused = {{0}};
  while (at < t->count && hsy_patterns_match(&t->lists->grammar, t->run, t->count, at, &refused, match)) {
    hsy_time_view view = {match, t->run, t->count};
    *reading = (hsy_reading){.minutes = -1};
    if (hsy_grammar[match->row].reader(&t->context, &view, reading)) return true;
    refused.bits[match->row / 64] |= UINT64_C(1) << (match->row % 64);
  }
  return false;
}

/* "the third-quarter loss": the article belongs to the loss. */
static int32_t without_article(const tagger *t, int32_t at, int32_t end) {
  bool article = t->run[at].classes & (HSY_TC(THE) | HSY_TC(A));
  bool one_token = at + 1 < end && t->run[at + 1].first == t->run[end - 1].first && !t->run[at + 1].closes;
  bool noun = t->run[end - 1].classes & HSY_TC(DECADE); // "the mid-1990s" keeps it
  return article && one_token && !noun ? at + 1 : at;
}

/* The expression at run[at], with its prefix: items taken, 0 for none. */
static int32_t read_at(tagger *t, int32_t at) {
  hsy_match match, prefix, core;
  hsy_reading reading, with_prefix;
  bool found = read_core(t, at, &match, &reading);
  if (hsy_patterns_match_prefix(&t->lists->prefixes, t->run, t->count, at, &prefix) &&
      read_core(t, prefix.end, &core, &with_prefix) && (!found || core.end > match.end) && with_prefix.type &&
      takes_prefix(&with_prefix, &t->run[at], hsy_grammar[core.row].reader)) {
    match = core;
    reading = with_prefix;
    found = true;
  }
  if (!found) return 0;
  if (reading.type) {
    int32_t first = without_article(t, at, match.end);
    hsy_span span = {t->run[first].span.start, t->run[match.end - 1].span.end};
    add_time(t, &reading, span, t->run[first].first, t->run[match.end - 1].end);
  }
  return match.end - at;
}

static void end_run(tagger *t) {
  if (t->classes & triggers)
    for (int32_t at = 0; at < t->count;) {
      int32_t taken = t->run[at].opens ? read_at(t, at) : 0;
      at += taken ? taken : 1;
    }
  t->count = 0;
  t->classes = 0;
}

static void add_item(tagger *t, const hsy_time_item *item) {
  if (t->count && hsy_words_join(&t->run[t->count - 1], item)) {
    t->classes |= t->run[t->count - 1].classes;
    return;
  }
  if (t->count == LONGEST_RUN) end_run(t);
  t->run[t->count++] = *item;
  t->classes |= item->classes;
}

static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }

/* The longest listed phrase that begins at the token: its tokens, 0 for none. */
static int32_t find_phrase(const tagger *t, int32_t token, int32_t end, const hsy_lexicon_entry **entry) {
  char text[LONGEST_PHRASE];
  int length = 0;
  int32_t found = 0;
  for (int32_t n = 0; n < t->lists->words.phrases.longest && token + n < end; n++) {
    hsy_str word = hsy_doc_token(t->doc, token + n);
    bool suffix = t->doc->tokens.data[token + n].flags & HSY_TOKEN_SUFFIX;
    if (length + word.len + 1 > LONGEST_PHRASE) break;
    if (n && !suffix) text[length++] = ' ';
    for (ptrdiff_t i = 0; i < word.len; i++) text[length++] = lower(word.data[i]);
    const hsy_lexicon_entry *known = n ? hsy_lexicon_find(&t->lists->words.phrases, (hsy_str){text, length}) : NULL;
    if (!known) continue;
    *entry = known;
    found = n + 1;
  }
  return found;
}

static int32_t add_phrase(tagger *t, int32_t token, int32_t end) {
  const hsy_lexicon_entry *entry = NULL;
  int32_t tokens = find_phrase(t, token, end, &entry);
  if (!tokens) return 0;
  hsy_time_item item = t->lists->words.phrase_items[entry - t->lists->words.phrases.entries];
  item.first = token;
  item.end = token + tokens;
  item.span = hsy_doc_tokens(t->doc, token, token + tokens);
  item.opens = item.closes = true;
  add_item(t, &item);
  return tokens;
}

static void tag_sentence(tagger *t, const hsy_sentence *sentence) {
  t->context.sentence = sentence;
  for (int32_t i = sentence->first; i < sentence->end;) {
    hsy_time_item items[HSY_TIME_PIECES];
    int count = hsy_words_read(&t->lists->words, t->doc, i, items);
    int32_t phrase = count && (items[0].classes & HSY_TC(PHRASE)) ? add_phrase(t, i, sentence->end) : 0;
    if (!count && t->count) end_run(t);
    for (int k = 0; k < count && !phrase; k++) add_item(t, &items[k]);
    i += phrase ? phrase : 1;
  }
  end_run(t);
}

bool hsy_temporal_tag(hsy_doc *doc, const hsy_temporal_lists *lists, hsy_arena scratch, hsy_error *err) {
  tagger *t = hsy_new(&scratch, tagger, 1);
  if (!t) return hsy_arena_check(scratch, "temporal", err);
  t->lists = lists;
  t->doc = doc;
  t->context = (hsy_time_context){.doc = doc,
                                  .verbs = &lists->verbs,
                                  .patterns = &lists->grammar,
                                  .arena = doc->arena,
                                  .published = hsy_moment_read(doc->meta.published),
                                  .quarter_token = -1000};
  for (ptrdiff_t i = 0; i < doc->sentences.len; i++) tag_sentence(t, &doc->sentences.data[i]);
  return hsy_arena_check(*doc->arena, "temporal", err);
}
