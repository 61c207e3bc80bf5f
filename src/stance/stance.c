#include "stance/stance.h"

const char *const hsy_stance_labels[] = {"affirm", "admit", "deny", "decline", "urge", "promise", "ask", NULL};

enum { AFFIRM, ADMIT, DENY, DECLINE, URGE, PROMISE, ASK };

const char *hsy_stance_label(hsy_str name) {
  for (int i = 0; hsy_stance_labels[i]; i++)
    if (hsy_str_eq(name, hsy_str_of(hsy_stance_labels[i]))) return hsy_stance_labels[i];
  return NULL;
}

bool hsy_stance_load(hsy_stance_lists *lists, hsy_arena *arena, hsy_error *err) {
  return hsy_lemma_load(&lists->lemmas, arena, err) &&
         hsy_lexicon_load(&lists->words[HSY_STANCE_VERBS], "lexicon/en/reporting_verbs.txt", arena, err) &&
         hsy_lexicon_load(&lists->words[HSY_STANCE_NOUNS], "lexicon/en/reporting_nouns.txt", arena, err) &&
         hsy_lexicon_load(&lists->words[HSY_STANCE_DENIALS], "lexicon/en/denial_words.txt", arena, err) &&
         hsy_lexicon_load(&lists->negation, "lexicon/en/negation.txt", arena, err) &&
         hsy_frames_load(&lists->frames, "lexicon/en/stance_frames.txt", arena, err) &&
         hsy_frames_load(&lists->content, "lexicon/en/stance_contents.txt", arena, err);
}

/* What is known of one attribution while its stance is told. */
typedef struct teller {
  hsy_doc *doc;
  const hsy_stance_words *words;
  int32_t at; /* the attribution */
  hsy_span cue;
  bool found_cue;       /* it was not in the annotation, but beside the content */
  int32_t verb;         /* the token whose lexicon line gave the stance, or NONE */
  bool told_by_us;      /* a frame or a verb other than a plain one of saying */
  hsy_frame_word *room; // [HSY_FRAME_LONGEST], for the words of a content
} teller;

static const hsy_attribution *row(const teller *t) { return &t->doc->attributions.data[t->at]; }

/* Whether the token lies in a piece of the content. */
static bool in_content(const teller *t, int32_t token) {
  const hsy_token *k = &t->doc->tokens.data[token];
  hsy_part part = row(t)->part[HSY_CONTENT];
  for (int32_t i = 0; i < part.count; i++) {
    hsy_span piece = hsy_doc_piece(t->doc, part, i);
    if (k->start >= piece.start && k->end <= piece.end) return true;
  }
  return false;
}

static int32_t sentence_of(const hsy_doc *doc, int32_t token) {
  int32_t found = hsy_doc_sentence_of(doc, token);
  return found < doc->sentences.len ? found : HSY_NONE;
}

static bool is_word(const hsy_token *k) { return k->kind == HSY_TOKEN_WORD || k->kind == HSY_TOKEN_NUMBER; }

static bool token_is(const hsy_doc *doc, int32_t token, const char *word) {
  return token >= 0 && token < doc->tokens.len && hsy_str_is_nocase(hsy_doc_token(doc, token), word);
}

static bool token_is_any(const hsy_doc *doc, int32_t token, const char *const *words, size_t count) {
  if (token < 0 || token >= doc->tokens.len) return false;
  hsy_str text = hsy_doc_token(doc, token);
  for (size_t i = 0; i < count; i++)
    if (hsy_str_is_nocase(text, words[i])) return true;
  return false;
}

/* A reporting verb or noun that is no verb of thought. */
static const hsy_lexicon_entry *speech_word(const teller *t, int32_t token) {
  if (!is_word(&t->doc->tokens.data[token])) return NULL;
  const hsy_lexicon_entry *e = hsy_stance_find(t->words, HSY_STANCE_VERBS, token);
  if (!e) e = hsy_stance_pair(t->words, HSY_STANCE_NOUNS, token);
  return e && !hsy_str_eq(hsy_lexicon_field(e, 1), HSY_S("thought")) ? e : NULL;
}

/* Whether the word looks like a noun where it stands: "its report that",
 * "rejected reports that". */
static bool looks_like_noun(const teller *t, int32_t token) {
  static const char *const BEFORE[] = {"the", "a",   "an",    "this", "that", "its", "his",
                                       "her", "our", "their", "my",   "such", "'s",  "by"};
  if (token == 0) return false;
  if (token_is_any(t->doc, token - 1, BEFORE, sizeof BEFORE / sizeof *BEFORE)) return true;
  const hsy_token *before = &t->doc->tokens.data[token - 1];
  if (before->flags & HSY_TOKEN_SUFFIX) return true;
  return hsy_stance_single(t->words, HSY_STANCE_NOUNS, token) &&
         hsy_stance_single(t->words, HSY_STANCE_VERBS, token - 1);
}

/* A name inside a sentence: "Press" in "Press Agency". */
static bool is_name(const teller *t, int32_t token, int32_t sentence) {
  return (t->doc->tokens.data[token].flags & HSY_TOKEN_CAPITAL) && token > t->doc->sentences.data[sentence].first;
}

/* Where the annotation has no cue: the reporting word nearest to the content,
 * in the sentence that the content begins or ends in. */
static void look_for_cue(teller *t) {
  hsy_part part = row(t)->part[HSY_CONTENT];
  if (part.count == 0) return;
  int32_t first = hsy_doc_token_at(t->doc, hsy_doc_piece(t->doc, part, 0).start);
  int32_t last = hsy_doc_token_at(t->doc, hsy_doc_piece(t->doc, part, 0).end - 1);
  int32_t s = sentence_of(t->doc, first), e = sentence_of(t->doc, last), best = 20;
  if (s == HSY_NONE || e == HSY_NONE) return;
  for (int32_t i = t->doc->sentences.data[s].first; i < t->doc->sentences.data[e].end; i++) {
    int32_t away = i < first ? first - i : i - last;
    if (away >= best || in_content(t, i) || is_name(t, i, s) || !speech_word(t, i)) continue;
    if (looks_like_noun(t, i) && (away += 6) >= best) continue;
    best = away;
    t->cue = hsy_doc_tokens(t->doc, i, i + 1);
    t->found_cue = true;
  }
}

/* ---- the row of words that frames are matched against ---- */

static bool asks(const hsy_doc *doc, int32_t token) {
  static const char *const WORDS[] = {"whether", "if",  "who",   "whom", "whose", "what",
                                      "when",    "how", "where", "why",  "which"};
  return token_is_any(doc, token, WORDS, sizeof WORDS / sizeof *WORDS);
}

static bool is_finite(const hsy_doc *doc, int32_t token) {
  static const char *const WORDS[] = {"is",    "was",   "are", "were", "has",    "have",  "had",  "will",
                                      "would", "could", "can", "may",  "should", "might", "must", "did"};
  return token_is_any(doc, token, WORDS, sizeof WORDS / sizeof *WORDS);
}

/* "both sides to meet": an object and what it is to do. */
static bool has_someone_do(const teller *t, int32_t first, int32_t end) {
  for (int32_t i = first; i < end && i < first + 12; i++) {
    if (is_finite(t->doc, i) || token_is(t->doc, i, "that")) return false;
    if (i == first || !token_is(t->doc, i, "to") || i + 1 >= end) continue;
    const hsy_token *next = &t->doc->tokens.data[i + 1];
    return next->kind == HSY_TOKEN_WORD && !(next->flags & HSY_TOKEN_CAPITAL) && !token_is(t->doc, i + 1, "the") &&
           !token_is(t->doc, i + 1, "a") && !token_is(t->doc, i + 1, "his") && !token_is(t->doc, i + 1, "their");
  }
  return false;
}

static bool is_pronoun_object(const hsy_doc *doc, int32_t token) {
  static const char *const WORDS[] = {"that", "it", "this", "them", "these", "those", "such"};
  return token_is_any(doc, token, WORDS, sizeof WORDS / sizeof *WORDS);
}

/* Whether the content says of a report that it is not so: "that a lie", "the
 * report as a fairy tale"; a weak word counts only of what has been said. */
static bool says_false(const teller *t, int32_t first, int32_t end) {
  bool said = is_pronoun_object(t->doc, first);
  for (int32_t i = first; i < end && i < first + 24; i++) {
    if (!is_word(&t->doc->tokens.data[i])) continue;
    said = said || hsy_stance_find(t->words, HSY_STANCE_NOUNS, i) != NULL;
    const hsy_lexicon_entry *e = hsy_stance_find(t->words, HSY_STANCE_DENIALS, i);
    if (e && i > first && (said || hsy_str_eq(hsy_lexicon_field(e, 0), HSY_S("strong")))) return true;
  }
  return false;
}

static int content_flags(const teller *t, int32_t first, int32_t end) {
  const hsy_doc *doc = t->doc;
  int flags = HSY_WORD_CONTENT;
  while (first < end && !is_word(&doc->tokens.data[first])) first++;
  if (first >= end) return flags;
  if (asks(doc, first) || (first > 0 && asks(doc, first - 1))) flags |= HSY_CONTENT_ASKS;
  bool not_to = token_is(doc, first, "not") && token_is(doc, first + 1, "to");
  if (not_to) flags |= HSY_CONTENT_NOT_TO | HSY_CONTENT_TO;
  if (token_is(doc, first, "to") || (first > 0 && token_is(doc, first - 1, "to"))) flags |= HSY_CONTENT_TO;
  if ((flags & HSY_CONTENT_TO) || has_someone_do(t, first, end)) flags |= HSY_CONTENT_FOR_TO;
  if (says_false(t, first, end)) flags |= HSY_CONTENT_FALSE;
  hsy_str word = hsy_doc_token(doc, first);
  if (word.len > 4 && hsy_str_ends(word, HSY_S("ing"))) flags |= HSY_CONTENT_ING;
  return flags;
}

/* Whether the token is left out of the row: quotation marks, and "that" in
 * front of the content. */
static bool left_out(const teller *t, int32_t token) {
  const hsy_token *k = &t->doc->tokens.data[token];
  if (k->kind == HSY_TOKEN_OPEN || k->kind == HSY_TOKEN_CLOSE) return true;
  return token_is(t->doc, token, "that") && token + 1 < t->doc->tokens.len && in_content(t, token + 1);
}

/* The cue's sentence with its content as one word, about HSY_FRAME_WORDS of it
 * around the cue. Returns their number. */
static int words_around(const teller *t, hsy_frame_word out[HSY_FRAME_WORDS]) {
  const hsy_doc *doc = t->doc;
  int32_t cue = hsy_doc_token_at(doc, t->cue.start), s = sentence_of(doc, cue);
  if (s == HSY_NONE) return 0;
  const hsy_sentence *sentence = &doc->sentences.data[s];
  int32_t from = cue, before = 0;
  for (int32_t i = cue; i-- > sentence->first && before < HSY_FRAME_WORDS / 2;) {
    if (!in_content(t, i)) before += !left_out(t, i);
    from = i;
  }
  int n = 0;
  for (int32_t i = from; i < sentence->end && n < HSY_FRAME_WORDS; i++) {
    const hsy_token *k = &doc->tokens.data[i];
    if (in_content(t, i)) {
      int32_t end = i;
      while (end < sentence->end && in_content(t, end)) end++;
      out[n++] = (hsy_frame_word){.flags = content_flags(t, i, end), .token = HSY_NONE};
      i = end - 1;
    } else if (!left_out(t, i)) {
      out[n] = hsy_stance_frame_word(t->words, i);
      if (k->start >= t->cue.start && k->end <= t->cue.end) {
        out[n].flags |= HSY_WORD_CUE;
        if (speech_word(t, i)) out[n].flags |= HSY_WORD_BREAK; /* no gap goes over the verb itself */
      }
      n++;
    }
  }
  return n;
}

/* ---- telling ---- */

static void add_evidence(const teller *t, hsy_basis basis, hsy_span span) {
  *hsy_push(&t->doc->evidence, t->doc->arena) = (hsy_evidence){t->at, "stance", basis, span};
}

static hsy_span words_span(const hsy_doc *doc, const hsy_frame_word *words, int first, int last) {
  hsy_span span = {0};
  for (int i = first; i <= last; i++) {
    if (words[i].token == HSY_NONE) continue;
    const hsy_token *k = &doc->tokens.data[words[i].token];
    if (span.end == 0) span.start = k->start;
    span.end = k->end;
  }
  return span;
}

static const char *by_frame(teller *t) {
  hsy_frame_word words[HSY_FRAME_WORDS];
  int first, last, count = words_around(t, words);
  const hsy_frame *frame = hsy_frames_match(&t->words->lists->frames, words, count, true, &first, &last);
  if (!frame) return NULL;
  add_evidence(t, HSY_EXPLICIT, words_span(t->doc, words, first, last));
  t->told_by_us = true;
  return frame->stance;
}

/* The stance of the first word of the cue that has one; of two verbs the one
 * that is not just "affirm" ("said, admitting"). */
static const char *by_word(teller *t) {
  const char *stance = NULL;
  int32_t first = hsy_doc_token_at(t->doc, t->cue.start);
  for (int32_t i = first; i < t->doc->tokens.len && t->doc->tokens.data[i].start < t->cue.end; i++) {
    const hsy_lexicon_entry *e = hsy_stance_find(t->words, HSY_STANCE_VERBS, i);
    if (!e) e = hsy_stance_find(t->words, HSY_STANCE_NOUNS, i);
    const char *label = e ? hsy_stance_label(hsy_lexicon_field(e, 0)) : NULL;
    if (!label || (stance && label == hsy_stance_labels[AFFIRM])) continue;
    stance = label;
    t->verb = i;
    if (label != hsy_stance_labels[AFFIRM]) break;
  }
  return stance;
}

static const char *by_content(const teller *t) {
  hsy_part part = row(t)->part[HSY_CONTENT];
  hsy_frame_word *words = t->room;
  if (part.count == 0) return NULL;
  int count = 0, first, last;
  int32_t i = hsy_doc_token_at(t->doc, hsy_doc_piece(t->doc, part, 0).start);
  int32_t end = hsy_doc_piece(t->doc, part, part.count - 1).end;
  for (; i < t->doc->tokens.len && t->doc->tokens.data[i].start < end && count < HSY_FRAME_LONGEST; i++)
    if (in_content(t, i)) words[count++] = hsy_stance_frame_word(t->words, i);
  const hsy_frame *frame = hsy_frames_match(&t->words->lists->content, words, count, false, &first, &last);
  if (!frame) return NULL;
  add_evidence(t, HSY_EXPLICIT, words_span(t->doc, words, first, last));
  return frame->stance;
}

/* A question of an interview, which has no verb: it ends in a question mark. */
static bool ends_in_question(const teller *t) {
  hsy_part part = row(t)->part[HSY_CONTENT];
  if (part.count == 0) return false;
  hsy_span piece = hsy_doc_piece(t->doc, part, part.count - 1);
  int32_t i = hsy_doc_token_at(t->doc, piece.end - 1);
  while (i > 0 && i < t->doc->tokens.len && t->doc->tokens.data[i].start >= piece.start &&
         t->doc->tokens.data[i].kind == HSY_TOKEN_CLOSE)
    i--;
  if (i >= t->doc->tokens.len) return false;
  hsy_str mark = hsy_doc_token(t->doc, i);
  return mark.len > 0 && mark.data[mark.len - 1] == '?';
}

static bool is_cue_of_another(const teller *t, int32_t token) {
  const hsy_token *k = &t->doc->tokens.data[token];
  for (int32_t i = 0; i < t->doc->attributions.len; i++) {
    hsy_part cue = t->doc->attributions.data[i].part[HSY_CUE];
    if (i == t->at || cue.count == 0) continue;
    if (k->start >= hsy_doc_piece(t->doc, cue, 0).start && k->end <= hsy_doc_piece(t->doc, cue, cue.count - 1).end)
      return true;
  }
  return false;
}

/* "The agency said the envoy called for [ties]": the content hangs on a nearer
 * verb than the cue that was found, and takes its stance. */
static void step_inward(teller *t) {
  hsy_part part = row(t)->part[HSY_CONTENT];
  if (t->cue.end == 0 || part.count == 0) return;
  int32_t first = hsy_doc_token_at(t->doc, hsy_doc_piece(t->doc, part, 0).start);
  int32_t cue = hsy_doc_token_at(t->doc, t->cue.end - 1);
  if (cue + 1 >= first || first - cue > 12 || sentence_of(t->doc, cue) != sentence_of(t->doc, first)) return;
  for (int32_t i = first - 1; i > cue && i >= first - 2; i--) {
    if (token_is(t->doc, i, "that") || !speech_word(t, i) || looks_like_noun(t, i) || is_cue_of_another(t, i)) continue;
    if (t->doc->tokens.data[i].flags & HSY_TOKEN_CAPITAL) continue;
    t->cue = hsy_doc_tokens(t->doc, i, i + 1);
    return;
  }
}

static const char *tell(teller *t) {
  hsy_part cue = row(t)->part[HSY_CUE];
  if (cue.count > 0)
    t->cue = (hsy_span){hsy_doc_piece(t->doc, cue, 0).start, hsy_doc_piece(t->doc, cue, cue.count - 1).end};
  else
    look_for_cue(t);
  step_inward(t);
  const char *stance = t->cue.end > 0 ? by_frame(t) : NULL;
  if (stance) return stance;
  stance = t->cue.end > 0 ? by_word(t) : NULL;
  if (stance && stance != hsy_stance_labels[AFFIRM]) {
    t->told_by_us = true;
    add_evidence(t, t->found_cue ? HSY_INFERRED : HSY_EXPLICIT, hsy_doc_tokens(t->doc, t->verb, t->verb + 1));
    return stance;
  }
  const char *said = by_content(t);
  if (said) return said;
  if (!stance && ends_in_question(t)) {
    add_evidence(t, HSY_INFERRED, (hsy_span){0});
    return hsy_stance_labels[ASK];
  }
  if (stance)
    add_evidence(t, t->found_cue ? HSY_INFERRED : HSY_EXPLICIT, hsy_doc_tokens(t->doc, t->verb, t->verb + 1));
  else
    add_evidence(t, HSY_INFERRED, (hsy_span){0});
  return hsy_stance_labels[AFFIRM];
}

static bool same_speaker(const hsy_attribution *a, const hsy_attribution *b) {
  return a->speakers.len == 1 && b->speakers.len == 1 && a->speakers.data[0] == b->speakers.data[0];
}

static int32_t paragraph_of(const hsy_doc *doc, const hsy_attribution *a) {
  if (a->part[HSY_CONTENT].count == 0) return HSY_NONE;
  int32_t s = sentence_of(doc, hsy_doc_token_at(doc, hsy_doc_piece(doc, a->part[HSY_CONTENT], 0).start));
  return s == HSY_NONE ? HSY_NONE : doc->sentences.data[s].paragraph;
}

/* A direct quotation that only goes on what its speaker has just admitted. */
static bool goes_on_admitting(const hsy_doc *doc, int32_t i, const teller *told) {
  if (i == 0 || told[i].told_by_us || !told[i - 1].told_by_us) return false;
  const hsy_attribution *a = &doc->attributions.data[i - 1], *b = &doc->attributions.data[i];
  if (a->stance != hsy_stance_labels[ADMIT] || b->stance != hsy_stance_labels[AFFIRM] || b->kind != HSY_DIRECT)
    return false;
  int32_t p = paragraph_of(doc, a), q = paragraph_of(doc, b);
  return same_speaker(a, b) && p != HSY_NONE && q >= p && q <= p + 1;
}

bool hsy_stance_tell(hsy_doc *doc, const hsy_stance_lists *lists, hsy_arena scratch, hsy_error *err) {
  int32_t count = (int32_t)doc->attributions.len;
  teller *told = hsy_new(&scratch, teller, count > 0 ? count : 1);
  hsy_frame_word *room = hsy_new(&scratch, hsy_frame_word, HSY_FRAME_LONGEST);
  hsy_stance_words words;
  if (!hsy_stance_words_init(&words, doc, lists, &scratch) || !told || !room)
    return hsy_arena_check(scratch, "stance", err);
  for (int32_t i = 0; i < count; i++) {
    told[i] = (teller){.doc = doc, .words = &words, .at = i, .verb = HSY_NONE, .room = room};
    doc->attributions.data[i].stance = tell(&told[i]);
  }
  for (int32_t i = 0; i < count; i++) {
    if (!goes_on_admitting(doc, i, told)) continue;
    doc->attributions.data[i].stance = hsy_stance_labels[ADMIT];
    add_evidence(&told[i], HSY_INHERITED, told[i - 1].cue);
  }
  return hsy_arena_check(*doc->arena, "stance", err);
}
