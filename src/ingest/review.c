#include "ingest/review.h"

#include <time.h>

#include "base/utf8.h"
#include "doc/identity.h"
#include "record/relink.h"
#include "ingest/restore.h"
#include "ingest/document_fields.h"
#include "ingest/review_fields.h"

enum { HEAP_BYTES = 1 << 30, DOC_BYTES = 512 << 20 };

/* ---- what is named ---- */

static bool is(hsy_str text, const char *word) { return hsy_str_eq(text, hsy_str_of(word)); }

static bool not_found(hsy_error *err, const hsy_review *said) {
  return hsy_fail(err, HSY_NOT_FOUND, "review", -1, "%.*s: there is no such %.*s (any more)",
                  (int)(said->target.len < 100 ? said->target.len : 100), said->target.data, HSY_FMT(said->kind));
}

/* The attribution: its document's key, its number; fills in its id, origin and words. */
static bool find_attribution(hsy_store *store, hsy_review *review, int64_t *document, int64_t *n, hsy_arena *arena,
                             hsy_error *err) {
  static const char WHOLE[] = "SELECT a.document, a.n, a.id, d.origin, a.content FROM attributions a JOIN documents d"
                              " ON d.key = a.document WHERE a.id = ?";
  static const char SHORT[] = "SELECT a.document, a.n, a.id, d.origin, a.content FROM attributions a JOIN documents d"
                              " ON d.key = a.document WHERE substr(a.id, instr(a.id, '.') + 1) = ? LIMIT 2";
  hsy_str rest, name = review->target;
  if (hsy_str_starts(name, HSY_S("#"))) name = hsy_str_slice(name, 1, name.len);
  hsy_str_cut(name, '.', &rest);
  hsy_query query = hsy_db_query(hsy_store_db(store), rest.data ? WHOLE : SHORT, err);
  hsy_bind_text(&query, name);
  int count = 0;
  while (hsy_query_next(&query)) {
    *document = hsy_column_int(&query, 0);
    *n = hsy_column_int(&query, 1);
    review->now = hsy_str_copy(arena, hsy_column_str(&query, 2));
    review->origin = hsy_str_copy(arena, hsy_column_str(&query, 3));
    review->words = hsy_str_copy(arena, hsy_column_str(&query, 4));
    count++;
  }
  if (err->code != HSY_OK) return false;
  if (count > 1) return hsy_fail(err, HSY_USAGE, "review", -1, "several attributions have it; give the whole id");
  return count == 1 || not_found(err, review);
}

/* What was said of it before goes by the id and the words that the program gave it. */
static bool first_names(hsy_store *store, hsy_review *review, hsy_arena *arena, hsy_error *err) {
  hsy_review_vec before = {0};
  review->target = review->now;
  if (!hsy_store_reviews(store, &(hsy_review_which){.target = review->now}, &before, arena, err)) return false;
  for (ptrdiff_t i = 0; i < before.len; i++) {
    if (!is(before.data[i].kind, "attribution")) continue;
    review->target = before.data[i].target;
    review->words = before.data[i].words;
  }
  return true;
}

/* Other rows, by their ids: what is told of them, to know them again. A side is
 * "CLAIM ATTRIBUTION". */
static bool find_row(hsy_store *store, hsy_review *review, hsy_arena *arena, hsy_error *err) {
  static const struct {
    const char *kind, *sql;
  } ROWS[] = {
      {"statement", "SELECT a.content FROM statements t JOIN attributions a ON a.key = t.clearest WHERE t.id = ?"},
      {"side", "SELECT a.content FROM claims c JOIN sides i ON i.claim = c.key JOIN attributions a ON"
               " a.key = i.attribution WHERE c.id || ' ' || a.id = ?"},
      {"shift", "SELECT c.about FROM shifts h JOIN claims c ON c.key = h.claim WHERE h.id = ?"},
      {"name", "SELECT name FROM entities WHERE id = ?1 OR name = ?1"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    if (!is(review->kind, ROWS[i].kind)) continue;
    hsy_query query = hsy_db_query(hsy_store_db(store), ROWS[i].sql, err);
    hsy_bind_text(&query, review->target);
    bool found = hsy_query_next(&query);
    if (found) review->words = hsy_str_copy(arena, hsy_column_str(&query, 0));
    hsy_query_end(&query);
    review->now = review->target;
    return found || (err->code == HSY_OK && not_found(err, review));
  }
  return hsy_fail(err, HSY_USAGE, "review", -1, "%.*s cannot be reviewed (attribution, statement, side, shift, name)",
                  (int)(review->kind.len < 40 ? review->kind.len : 40), review->kind.data);
}

/* The one article that is named by its id, path or address. */
static bool find_document(hsy_store *store, hsy_review *review, int64_t *document, hsy_arena *arena, hsy_error *err) {
  hsy_key_vec keys = {0};
  hsy_store_find(store, review->target, &keys, arena, err);
  if (err->code != HSY_OK || !keys.len) return err->code == HSY_OK && not_found(err, review);
  if (keys.len > 1)
    return hsy_fail(err, HSY_USAGE, "review", -1, "%td articles have that path; name one by its id or number",
                    keys.len);
  *document = keys.data[0];
  hsy_query query =
      hsy_db_query(hsy_store_db(store), "SELECT id, origin, coalesce(title, '') FROM documents WHERE key = ?", err);
  hsy_bind_int(&query, *document);
  if (hsy_query_next(&query)) {
    review->target = review->now = hsy_str_copy(arena, hsy_column_str(&query, 0));
    review->origin = hsy_str_copy(arena, hsy_column_str(&query, 1));
    review->words = hsy_str_copy(arena, hsy_column_str(&query, 2));
  }
  hsy_query_end(&query);
  return err->code == HSY_OK && hsy_arena_check(*arena, "review", err);
}

static hsy_str time_now(hsy_arena *arena) {
  char text[32];
  time_t now = time(NULL);
  struct tm parts;
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
  return hsy_str_copy(arena, hsy_str_of(text));
}

/* ---- saying ---- */

/* What a name is that the article does not know: as the record has it, else a person. */
static hsy_entity_kind kind_called(hsy_store *store, hsy_str name, hsy_arena scratch, hsy_error *err) {
  hsy_entity_kind kind = HSY_PERSON;
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT l.kind FROM names n JOIN local_entities l ON l.document = n.document"
                                 " AND l.n = n.entity WHERE n.folded = ? AND n.role <> 'title' LIMIT 1",
                                 err);
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, hsy_str_trim(name)));
  if (hsy_query_next(&query))
    for (hsy_entity_kind k = HSY_PERSON; k <= HSY_UNNAMED; k++)
      if (is(hsy_column_str(&query, 0), hsy_entity_kind_name(k))) kind = k;
  hsy_query_end(&query);
  return kind;
}

static bool load(hsy_store *store, int64_t key, hsy_doc *doc, hsy_arena *arena, hsy_error *err) {
  hsy_doc_init(doc, arena);
  return hsy_store_load(store, key, HSY_LOAD_ALL, doc, err);
}

/* What the program had said: of an earlier correction of the field, else as it is. */
static bool find_was(hsy_store *store, hsy_review *review, const hsy_doc *doc, int32_t n, hsy_arena *arena,
                     hsy_error *err) {
  hsy_review_vec before = {0};
  if (!hsy_store_reviews(store, &(hsy_review_which){.target = review->now}, &before, arena, err)) return false;
  for (ptrdiff_t i = 0; i < before.len; i++) {
    if (!hsy_str_eq(before.data[i].field, review->field)) continue;
    review->was = before.data[i].was;
    return true;
  }
  if (is(review->kind, "document")) return hsy_document_field_get(doc, review->field, &review->was, arena, err);
  return hsy_review_field_get(doc, n, review->field, &review->was, err);
}

static bool check_value(hsy_store *store, hsy_review *review, int64_t document, int64_t n, hsy_arena *arena,
                        hsy_error *err) {
  hsy_doc doc;
  if (!load(store, document, &doc, arena, err) || !find_was(store, review, &doc, (int32_t)n, arena, err)) return false;
  if (is(review->kind, "document")) return hsy_document_field_set(&doc, review->field, review->value, err);
  return hsy_review_field_set(&doc, (int32_t)n, review->field, review->value, HSY_PERSON, err);
}

static bool complete(hsy_store *store, hsy_review *review, hsy_arena *arena, hsy_error *err) {
  int64_t document = 0, n = 0;
  bool attribution = is(review->kind, "attribution"), article = is(review->kind, "document");
  if (!is(review->verdict, "right") && !is(review->verdict, "wrong") && !is(review->verdict, "corrected"))
    return hsy_fail(err, HSY_USAGE, "review", -1, "a mark is right, wrong or corrected");
  if (!review->reviewer.len) return hsy_fail(err, HSY_USAGE, "review", -1, "a mark wants a name of who makes it");
  if (!attribution && !article && is(review->verdict, "corrected"))
    return hsy_fail(err, HSY_USAGE, "review", -1, "only attributions can be corrected; mark it as right or wrong");
  if (article && !is(review->verdict, "corrected"))
    return hsy_fail(err, HSY_USAGE, "review", -1, "of an article its title, outlet, date and author can be corrected");
  if (!review->at.len) review->at = time_now(arena);
  if (article) {
    review->pending = true;
    return find_document(store, review, &document, arena, err) && check_value(store, review, document, 0, arena, err);
  }
  if (!attribution) return find_row(store, review, arena, err);
  if (!find_attribution(store, review, &document, &n, arena, err) || !first_names(store, review, arena, err))
    return false;
  if (is(review->verdict, "wrong")) {
    review->field = HSY_S("mode");
    review->value = HSY_S("rejected");
  }
  if (is(review->verdict, "right")) review->field = review->value = (hsy_str){0};
  review->pending = review->field.len > 0;
  return !review->pending || check_value(store, review, document, n, arena, err);
}

/* Who takes back "wrong" by "right" wants the row as it was. */
static bool undo_older(hsy_store *store, const hsy_review *review, hsy_arena *arena, hsy_error *err) {
  hsy_review_vec before = {0};
  if (!is(review->verdict, "right") || !is(review->kind, "attribution")) return true;
  if (!hsy_store_reviews(store, &(hsy_review_which){.target = review->now}, &before, arena, err)) return false;
  for (ptrdiff_t i = 0; i < before.len; i++)
    if (is(before.data[i].verdict, "wrong") && hsy_str_eq(before.data[i].reviewer, review->reviewer) &&
        !hsy_review_back(store, before.data[i].number, err))
      return false;
  return true;
}

static bool close_batch(hsy_store *store, bool ok, hsy_error *err) {
  ok = ok && hsy_store_commit(store, err);
  if (!ok) hsy_store_rollback(store);
  return ok;
}

bool hsy_review_say(hsy_store *store, const hsy_review *said, hsy_review *kept, hsy_arena *arena, hsy_error *err) {
  *kept = *said;
  return complete(store, kept, arena, err) && undo_older(store, kept, arena, err) && hsy_store_begin(store, err) &&
         close_batch(store, hsy_store_put_review(store, kept, &kept->number, err), err);
}

/* ---- into the rows ---- */

/* The attribution that is meant: by its id, else by its words. */
static int32_t find_in(const hsy_doc *doc, const hsy_str *ids, const hsy_review *review, hsy_arena scratch) {
  for (int32_t i = 0; i < doc->attributions.len; i++)
    if (hsy_str_eq(ids[i], review->now) || hsy_str_eq(ids[i], review->target)) return i;
  for (int32_t i = 0; i < doc->attributions.len; i++) {
    hsy_part part = doc->attributions.data[i].part[HSY_CONTENT];
    hsy_buf words = hsy_buf_in(&scratch);
    for (int32_t k = 0; k < part.count; k++) {
      if (k) hsy_buf_byte(&words, '\n');
      hsy_buf_add(&words, hsy_doc_span(doc, hsy_doc_piece(doc, part, k)));
    }
    if (part.count && hsy_str_eq(hsy_buf_str(&words), review->words)) return i;
  }
  return HSY_NONE;
}

/* Puts the article's own fields right; *redated: its day is another. */
static bool set_document_field(hsy_doc *doc, const hsy_review *review, bool *redated) {
  hsy_error ignored = {0}; /* what no longer fits is left as it is read */
  hsy_str was = doc->meta.published;
  bool set = hsy_document_field_set(doc, review->field, review->value, &ignored);
  *redated = *redated || !hsy_str_eq(was, doc->meta.published);
  return set;
}

/* Of what concerns the article as a whole, before its attributions. */
static bool set_documents_fields(hsy_doc *doc, const hsy_review_vec *rows, hsy_arena scratch, hsy_error *err) {
  bool redated = false;
  for (ptrdiff_t i = 0; i < rows->len; i++)
    if (is(rows->data[i].kind, "document")) set_document_field(doc, &rows->data[i], &redated);
  return !redated || hsy_document_redate(doc, scratch, err);
}

/* Sets the fields of all that were said, in their order; places: of each its
 * attribution, or NONE. */
static bool set_fields(hsy_store *store, hsy_doc *doc, const hsy_review_vec *rows, int32_t *places, hsy_arena scratch,
                       hsy_error *err) {
  hsy_str *ids = hsy_doc_attribution_ids(doc, hsy_doc_id(doc, doc->arena), doc->arena);
  if (!hsy_arena_check(*doc->arena, "review", err) || !set_documents_fields(doc, rows, scratch, err)) return false;
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    const hsy_review *review = &rows->data[i];
    places[i] = HSY_NONE;
    if (is(review->kind, "document")) continue;
    places[i] = find_in(doc, ids, review, scratch);
    if (places[i] == HSY_NONE || !review->field.len) continue;
    hsy_error ignored = {0}; /* what no longer fits the text is left as it is read */
    hsy_entity_kind kind = kind_called(store, review->value, scratch, err);
    hsy_review_field_set(doc, places[i], review->field, review->value, kind, &ignored);
  }
  return err->code == HSY_OK && hsy_arena_check(*doc->arena, "review", err);
}

static bool note_ids(hsy_store *store, hsy_doc *doc, const hsy_review_vec *rows, const int32_t *places,
                     hsy_error *err) {
  hsy_str id = hsy_doc_id(doc, doc->arena), *ids = hsy_doc_attribution_ids(doc, id, doc->arena);
  if (!hsy_arena_check(*doc->arena, "review", err)) return false;
  for (ptrdiff_t i = 0; i < rows->len; i++)
    if (is(rows->data[i].kind, "document") && !hsy_store_review_done(store, rows->data[i].number, id, err))
      return false;
  for (ptrdiff_t i = 0; i < rows->len; i++)
    if (places[i] != HSY_NONE && !hsy_store_review_done(store, rows->data[i].number, ids[places[i]], err)) return false;
  return true;
}

/* What was said of the article, at whichever of its addresses. */
static bool reviews_of(hsy_store *store, const hsy_doc *doc, hsy_review_vec *rows, hsy_arena *arena, hsy_error *err) {
  hsy_str origin = hsy_doc_origin(doc, arena);
  bool ok = hsy_store_reviews(store, &(hsy_review_which){.origin = origin}, rows, arena, err);
  const hsy_address_vec *all = &doc->meta.addresses;
  for (ptrdiff_t i = 0; ok && i < all->len; i++) {
    bool told = hsy_str_eq(all->data[i].url, origin);
    for (ptrdiff_t k = 0; k < i && !told; k++) told = hsy_str_eq(all->data[k].url, all->data[i].url);
    if (!told) ok = hsy_store_reviews(store, &(hsy_review_which){.origin = all->data[i].url}, rows, arena, err);
  }
  return ok;
}

bool hsy_review_apply(hsy_store *store, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  hsy_review_vec rows = {0};
  if (!reviews_of(store, doc, &rows, &scratch, err)) return false;
  if (!rows.len) return true;
  int32_t *places = hsy_new(&scratch, int32_t, rows.len);
  return places && set_fields(store, doc, &rows, places, scratch, err) && note_ids(store, doc, &rows, places, err);
}

/* ---- rows that are there ---- */

typedef struct settling {
  hsy_store *store;
  hsy_restore restore;
  hsy_heap *heap, *lists;
  hsy_error *err;
} settling;

static bool begin(settling *s, hsy_store *store, hsy_error *err) {
  *s = (settling){.store = store, .err = err};
  s->heap = hsy_heap_new(DOC_BYTES, err);
  s->lists = hsy_heap_new(HEAP_BYTES, err);
  return s->heap && s->lists && hsy_restore_init(&s->restore, store, err);
}

static bool end(settling *s, bool ok) {
  ok = ok && hsy_restore_commit(&s->restore, s->err);
  hsy_restore_reset(&s->restore);
  hsy_heap_free(s->heap);
  hsy_heap_free(s->lists);
  return ok;
}

/* The rows of the document anew, with the fields as they were said. */
static bool rewrite(settling *s, int64_t key, const hsy_review_vec *rows, int32_t *places, hsy_arena scratch) {
  hsy_arena arena = hsy_heap_reset(s->heap);
  hsy_doc doc;
  return load(s->store, key, &doc, &arena, s->err) && set_fields(s->store, &doc, rows, places, scratch, s->err) &&
         hsy_restore_put(&s->restore, &doc, key, s->err) && note_ids(s->store, &doc, rows, places, s->err);
}

static bool settle_origin(settling *s, hsy_str origin, const hsy_review_vec *all, hsy_arena arena) {
  hsy_key_vec keys = {0};
  hsy_review_vec mine = {0};
  for (ptrdiff_t i = 0; i < all->len; i++)
    if (hsy_str_eq(all->data[i].origin, origin)) *hsy_push(&mine, &arena) = all->data[i];
  int32_t *places = hsy_new(&arena, int32_t, mine.len + 1);
  hsy_store_versions(s->store, origin, &keys, &arena, s->err);
  if (!places || !hsy_arena_check(arena, "review", s->err)) return false;
  for (ptrdiff_t i = 0; i < keys.len; i++)
    if (!rewrite(s, keys.data[i], &mine, places, arena)) return false;
  return s->err->code == HSY_OK;
}

static bool settle_all(settling *s) {
  hsy_arena arena = hsy_heap_reset(s->lists);
  hsy_review_vec rows = {0};
  if (!hsy_store_reviews(s->store, &(hsy_review_which){.pending = true}, &rows, &arena, s->err)) return false;
  for (ptrdiff_t i = 0; i < rows.len; i++) {
    bool done = false; /* with one of the same article before */
    for (ptrdiff_t k = 0; k < i && !done; k++) done = hsy_str_eq(rows.data[k].origin, rows.data[i].origin);
    if (!done && !settle_origin(s, rows.data[i].origin, &rows, arena)) return false;
  }
  return true;
}

bool hsy_review_settle(hsy_store *store, hsy_error *err) {
  settling s;
  if (!hsy_db_number(hsy_store_db(store), "SELECT EXISTS (SELECT 1 FROM reviews WHERE pending)", err))
    return err->code == HSY_OK && hsy_relink(store, err);
  bool ok = begin(&s, store, err) && settle_all(&s);
  return end(&s, ok) && hsy_relink(store, err);
}

/* ---- taking back ---- */

/* What the field is without it: as others corrected it, else as the program had it. */
static hsy_review without(const hsy_review *gone, const hsy_review_vec *others) {
  hsy_review back = *gone;
  back.value = gone->was;
  for (ptrdiff_t i = 0; i < others->len; i++) {
    const hsy_review *other = &others->data[i];
    if (other->number != gone->number && hsy_str_eq(other->field, gone->field)) back.value = other->value;
  }
  return back;
}

static bool take_back(settling *s, int64_t number) {
  hsy_arena arena = hsy_heap_reset(s->lists);
  hsy_review_vec found = {0}, others = {0}, back = {0};
  hsy_key_vec keys = {0};
  int32_t place;
  if (!hsy_store_reviews(s->store, &(hsy_review_which){.number = number}, &found, &arena, s->err)) return false;
  if (!found.len) return hsy_fail(s->err, HSY_NOT_FOUND, "review", -1, "there is no mark %lld", (long long)number);
  const hsy_review *gone = &found.data[0];
  if (gone->field.len && !gone->pending) {
    if (!hsy_store_reviews(s->store, &(hsy_review_which){.target = gone->target}, &others, &arena, s->err))
      return false;
    *hsy_push(&back, &arena) = without(gone, &others);
    hsy_store_versions(s->store, gone->origin, &keys, &arena, s->err);
    for (ptrdiff_t i = 0; i < keys.len; i++)
      if (!rewrite(s, keys.data[i], &back, &place, arena)) return false;
  }
  bool own = !s->restore.change.open; /* nothing was rewritten */
  if (own && !hsy_store_begin(s->store, s->err)) return false;
  bool ok = hsy_store_drop_review(s->store, number, s->err);
  return own ? close_batch(s->store, ok, s->err) : ok;
}

bool hsy_review_back(hsy_store *store, int64_t number, hsy_error *err) {
  settling s;
  bool ok = begin(&s, store, err) && take_back(&s, number);
  return end(&s, ok);
}
