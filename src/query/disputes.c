#include "query/disputes.h"

#include "base/utf8.h"
#include "query/match.h"
#include "query/matches.h"

#include <stdlib.h>
#include <string.h>

hsy_dispute hsy_dispute_begin(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena *arena,
                              hsy_error *err) {
  hsy_answers answers = {.store = store, .fn = fn, .user = user};
  return (hsy_dispute){
      .store = store, .ask = ask, .answers = answers, .fn = fn, .user = user, .arena = arena, .err = err};
}

bool hsy_dispute_end(hsy_dispute *d) {
  hsy_answers_reset(&d->answers);
  return d->err->code == HSY_OK;
}

/* ---- fields ---- */

static hsy_field *add_field(hsy_field_vec *fields, const char *name, hsy_arena *arena) {
  hsy_field *field = hsy_push(fields, arena);
  field->name = name;
  return field;
}

void hsy_field_text(hsy_field_vec *fields, const char *name, hsy_str text, hsy_arena *arena) {
  hsy_field *field = add_field(fields, name, arena);
  field->kind = HSY_FIELD_TEXT;
  field->text = hsy_str_copy(arena, text);
}

void hsy_field_count(hsy_field_vec *fields, const char *name, int64_t count, hsy_arena *arena) {
  hsy_field *field = add_field(fields, name, arena);
  field->kind = HSY_FIELD_COUNT;
  field->count = count;
}

void hsy_field_rate(hsy_field_vec *fields, const char *name, double rate, hsy_arena *arena) {
  hsy_field *field = add_field(fields, name, arena);
  field->kind = HSY_FIELD_RATE;
  field->rate = rate;
}

void hsy_field_part(hsy_field_vec *fields, const char *name, bool single, hsy_arena *arena) {
  add_field(fields, name, arena)->kind = single ? HSY_FIELD_SINGLE : HSY_FIELD_PART;
}

void hsy_field_list(hsy_field_vec *fields, const char *name, hsy_dispute *d, const char *sql, int64_t key,
                    hsy_arena *arena) {
  hsy_str_vec list = {0};
  hsy_query query = hsy_db_query(hsy_store_db(d->store), sql, d->err);
  hsy_bind_int(&query, key);
  while (hsy_query_next(&query)) *hsy_push(&list, arena) = hsy_str_copy(arena, hsy_column_str(&query, 0));
  hsy_field *field = add_field(fields, name, arena);
  field->kind = HSY_FIELD_LIST;
  field->list = list;
}

/* ---- rows ---- */

static bool answer(hsy_dispute *d, hsy_answer_kind kind, const hsy_field_vec *fields, hsy_arena scratch) {
  if (d->err->code != HSY_OK || !hsy_arena_check(scratch, "query", d->err)) return false;
  hsy_answer row = {.kind = kind};
  if (fields) {
    row.fields = fields->data;
    row.field_count = fields->len;
  }
  return d->fn(d->user, &row, scratch, d->err);
}

bool hsy_dispute_open(hsy_dispute *d, const hsy_field_vec *fields, hsy_arena scratch) {
  return answer(d, HSY_ANSWER_OPEN, fields, scratch);
}

bool hsy_dispute_close(hsy_dispute *d, hsy_arena scratch) { return answer(d, HSY_ANSWER_CLOSE, NULL, scratch); }

bool hsy_dispute_put(hsy_dispute *d, const char *part, int64_t attribution, const hsy_field_vec *fields,
                     hsy_arena scratch) {
  hsy_query query = hsy_db_query(
      hsy_store_db(d->store),
      "SELECT a.document, a.n, d.id FROM attributions a JOIN documents d ON d.key = a.document WHERE a.key = ?",
      d->err);
  hsy_bind_int(&query, attribution);
  bool on = hsy_query_next(&query);
  if (!on) return d->err->code == HSY_OK;
  d->answers.part = part;
  d->answers.fields = fields ? *fields : (hsy_field_vec){0};
  on = hsy_answers_attribution(&d->answers, hsy_column_int(&query, 0), hsy_column_int(&query, 1),
                               hsy_column_str(&query, 2), (hsy_str){0}, scratch, d->err);
  hsy_query_end(&query);
  return on;
}

/* ---- filters ---- */

#define SPOKEN_BY                                                                                                      \
  " UNION SELECT i.claim FROM spoken p CROSS JOIN sides i ON i.attribution = p.attribution"                            \
  " WHERE p.bearer IN (SELECT n.bearer FROM names n WHERE n.role <> 'title' AND n.folded = ?))"

void hsy_clauses_about(hsy_clauses *clauses, hsy_dispute *d, hsy_str words) {
  static const hsy_ask ANY = {.thoughts = true};
  hsy_str_vec phrases = hsy_match_phrases(words, clauses->arena);
  for (ptrdiff_t i = 0; i < phrases.len; i++) {
    hsy_clauses_add(clauses, " AND c.key IN (SELECT i.claim FROM ");
    hsy_clauses_matches(clauses, d->store, &ANY, phrases.data[i], false, d->err);
    hsy_clauses_add(clauses, " CROSS JOIN sides i ON i.attribution = s.key");
    hsy_str bare = hsy_utf8_fold(clauses->arena, hsy_str_trim(hsy_match_bare(phrases.data[i])));
    hsy_clauses_text(clauses, SPOKEN_BY, bare);
  }
  if (words.len && phrases.len == 0) hsy_clauses_add(clauses, " AND 0");
}

/* Confidence is the row's own, and sides hold no thoughts. */
static hsy_ask ask_of_sides(const hsy_dispute *d) {
  hsy_ask ask = *d->ask;
  ask.min_confidence = 0;
  ask.thoughts = true;
  return ask;
}

static void add_all(hsy_clauses *clauses, const char *const *pieces) {
  for (int i = 0; pieces[i]; i++) hsy_clauses_add(clauses, pieces[i]);
}

bool hsy_clauses_rows(hsy_clauses *clauses, hsy_dispute *d, const hsy_among *among) {
  hsy_ask ask = ask_of_sides(d);
  bool ok = true;
  d->narrow = false;
  for (int i = 0; i < 2 && among->tables[i]; i++) {
    hsy_clauses one = hsy_clauses_in(clauses->arena);
    d->narrow = hsy_clauses_narrow(&one, d->store, &ask, d->err);
    if (!d->narrow) break;
    add_all(clauses, (const char *[]){i ? " UNION " : " FROM (", "SELECT DISTINCT ", among->columns, " FROM ", NULL});
    hsy_clauses_append(clauses, &one);
    hsy_clauses_brief(clauses);
    add_all(clauses, (const char *[]){" CROSS JOIN ", among->tables[i], " WHERE 1", NULL});
    hsy_clauses_attribution(clauses, &ask);
    ok = hsy_clauses_document(clauses, &ask, d->err) && ok;
  }
  if (d->narrow)
    add_all(clauses, (const char *[]){") g CROSS JOIN ", among->rows, " ON ", among->on, NULL});
  else
    add_all(clauses, (const char *[]){" FROM ", among->rows, NULL});
  return ok;
}

bool hsy_clauses_among(hsy_clauses *clauses, hsy_dispute *d, const hsy_among *among) {
  hsy_ask ask = ask_of_sides(d);
  bool says = ask.stance.len || ask.outlet.len || ask.since.len || ask.until.len;
  if (!says || d->narrow) return true;
  hsy_clauses_add(clauses, " AND EXISTS (SELECT 1 FROM attributions a INDEXED BY attributions_brief"
                           " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document WHERE ");
  hsy_clauses_add(clauses, among->correlated);
  hsy_clauses_attribution(clauses, &ask);
  bool ok = hsy_clauses_document(clauses, &ask, d->err);
  hsy_clauses_add(clauses, ")");
  return ok;
}

void hsy_clauses_each_speaker(hsy_clauses *clauses, hsy_dispute *d, const char *takes) {
  static const char HERE[] = "(?)";
  if (!hsy_is_several(d->ask->speaker)) return;
  for (hsy_str names = d->ask->speaker; names.data;) {
    hsy_str name = hsy_str_cut(names, '\n', &names);
    const char *at = takes;
    hsy_clauses_add(clauses, " AND ");
    for (const char *hole; (hole = strstr(at, HERE)); at = hole + sizeof HERE - 1) {
      hsy_buf_add(&clauses->sql, (hsy_str){at, hole - at});
      hsy_clauses_add(clauses, "(");
      hsy_clauses_said_by(clauses, d->store, name, d->err);
      hsy_clauses_add(clauses, ")");
    }
    hsy_clauses_add(clauses, at);
  }
}

/* ---- which claim ---- */

static bool may_be_id(hsy_str name) {
  enum { LEAST = 6, MOST = 64 };
  if (name.len < LEAST || name.len > MOST) return false;
  for (ptrdiff_t i = 0; i < name.len; i++) {
    char c = name.data[i];
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-')) return false;
  }
  return true;
}

int64_t hsy_dispute_claim(hsy_store *store, hsy_str name, hsy_error *err) {
  int64_t key = 0, count = 0;
  if (may_be_id(name)) {
    hsy_query query = hsy_db_query(hsy_store_db(store),
                                   "SELECT key, id = ?1 FROM claims WHERE id >= ?1 AND id < ?1 || '~'"
                                   " ORDER BY id LIMIT 2",
                                   err);
    hsy_bind_text(&query, name);
    bool whole = false;
    while (!whole && hsy_query_next(&query)) {
      key = hsy_column_int(&query, 0);
      whole = hsy_column_int(&query, 1);
      count = whole ? 1 : count + 1;
    }
    hsy_query_end(&query);
  }
  if (err->code != HSY_OK || count == 1) return err->code == HSY_OK ? key : 0;
  int shown = (int)(name.len < 60 ? name.len : 60);
  if (count > 1)
    hsy_fail(err, HSY_USAGE, "query", -1, "%.*s: several claims begin so; give more of the id", shown, name.data);
  else
    hsy_fail(err, HSY_NOT_FOUND, "query", -1, "%.*s: there is no such claim; `hearsay claims` lists them", shown,
             name.data);
  return 0;
}

bool hsy_clauses_claim(hsy_clauses *clauses, hsy_dispute *d, hsy_str name) {
  int64_t key = hsy_dispute_claim(d->store, name, d->err);
  if (key) hsy_clauses_int(clauses, " AND c.key = ?", key);
  return key != 0;
}

/* ---- pages ---- */

hsy_str hsy_sure_cursor(double confidence, hsy_str id, int64_t n, hsy_arena *arena) {
  return hsy_cursor_write(hsy_str_printf(arena, "%.17g", confidence), id, n, arena);
}

bool hsy_clauses_behind_sure(hsy_clauses *clauses, const hsy_cursor *cursor, const char *confidence, const char *id,
                             const char *n, hsy_error *err) {
  if (!cursor->set) return true;
  char *end = NULL, *text = hsy_str_z(clauses->arena, cursor->day);
  if (!hsy_arena_check(*clauses->arena, "query", err)) return false;
  double sure = text ? strtod(text, &end) : 0;
  if (!text || end == text || *end) return hsy_fail(err, HSY_USAGE, "query", -1, "that is no cursor of an answer");
  /* (-confidence, id, n) ascends. SQLite seeks in an index by the first alone. */
  hsy_clauses_add(clauses, hsy_str_z(clauses->arena, hsy_str_printf(clauses->arena, " AND -%s >= ", confidence)));
  hsy_clauses_real(clauses, "?", -sure);
  hsy_clauses_add(clauses,
                  hsy_str_z(clauses->arena, hsy_str_printf(clauses->arena, " AND (-%s, %s, %s)", confidence, id, n)));
  hsy_clauses_real(clauses, " > (?", -sure);
  hsy_clauses_text(clauses, ", ?", cursor->id);
  hsy_clauses_int(clauses, ", ?)", cursor->n);
  return true;
}
