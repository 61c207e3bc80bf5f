#include "store/figures.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "speaker/lists.h"

/* ---- counts ---- */

static const char SPEAKERS[] =
    "INSERT OR REPLACE INTO speaker_figures(bearer, attributions, statements, articles, outlets, first, last, direct,"
    " mixed, indirect, stances) WITH f AS MATERIALIZED (SELECT s.bearer AS bearer, a.key AS attribution,"
    " a.document AS document, a.kind AS kind, a.stance AS stance, d.outlet AS outlet, d.day AS day"
    " FROM speakers_stale b CROSS JOIN spoken s ON s.bearer = b.bearer CROSS JOIN attributions a ON"
    " a.key = s.attribution AND a.mode = 'speech' CROSS JOIN documents d INDEXED BY documents_brief"
    " ON d.key = a.document)" HSY_SPEAKER_FIGURES;

static const char OUTLETS[] =
    "INSERT OR REPLACE INTO outlet_figures WITH d AS MATERIALIZED (SELECT c.key AS key, o.outlet AS outlet,"
    " c.day AS day FROM outlets_stale o CROSS JOIN documents c ON o.outlet = c.outlet UNION ALL SELECT c.key, '', c.day"
    " FROM documents c WHERE c.outlet IS NULL AND '' IN (SELECT outlet FROM outlets_stale)),"
    " f AS MATERIALIZED (SELECT d.outlet AS outlet, a.key AS attribution, a.document AS document, a.n AS n, a.kind AS"
    " kind, a.stance AS stance, a.speaker IS NOT NULL AS named FROM d CROSS JOIN attributions a ON a.document = d.key"
    " AND a.mode = 'speech'), p AS MATERIALIZED (SELECT DISTINCT f.outlet AS outlet, coalesce(l.entity,"
    " -(l.document << 24 | l.n)) AS bearer FROM f CROSS JOIN speakers s ON s.document = f.document"
    " AND s.attribution = f.n CROSS JOIN local_entities l ON l.document = s.document AND l.n = s.entity)" //
    HSY_OUTLET_FIGURES;

bool hsy_figures_are_fresh(hsy_store *store, hsy_error *err) {
  return !hsy_db_number(hsy_store_db(store),
                        "SELECT EXISTS (SELECT 1 FROM speakers_stale) OR EXISTS (SELECT 1 FROM outlets_stale)", err) &&
         err->code == HSY_OK;
}

static bool count(hsy_store *store, hsy_error *err) {
  hsy_db *db = hsy_store_db(store);
  return hsy_db_exec(db, "DELETE FROM speaker_figures WHERE bearer IN (SELECT bearer FROM speakers_stale)", err) &&
         hsy_db_exec(db, SPEAKERS, err) &&
         hsy_db_exec(db, "DELETE FROM outlet_figures WHERE outlet IN (SELECT outlet FROM outlets_stale)", err) &&
         hsy_db_exec(db, OUTLETS, err);
}

/* ---- men and women ---- */

enum { WITNESSES = 40 }; /* pronouns and titles that are asked */

typedef struct telling {
  hsy_store *store;
  const hsy_speaker_lists *lists;
  hsy_arena arena;
  hsy_error *err;
} telling;

static const hsy_speaker_word *word_of(const telling *t, hsy_str word) {
  hsy_arena scratch = t->arena;
  hsy_str folded = hsy_utf8_fold(&scratch, word);
  return hsy_speaker_word_find(t->lists, folded, hsy_hash(folded));
}

static hsy_speaker_gender of_pronoun(const telling *t, hsy_str text) {
  const hsy_speaker_word *word = word_of(t, text);
  if (!word) return HSY_GENDER_UNKNOWN;
  return word->pronoun == 'm' ? HSY_MALE : word->pronoun == 'f' ? HSY_FEMALE : HSY_GENDER_UNKNOWN;
}

/* The first word of it that tells. */
static hsy_speaker_gender of_words(const telling *t, hsy_str text, uint64_t wanted) {
  for (hsy_str rest = text; rest.data;) {
    const hsy_speaker_word *word = word_of(t, hsy_str_cut(rest, ' ', &rest));
    if (word && (word->bits & wanted) && word->gender) return word->gender;
  }
  return HSY_GENDER_UNKNOWN;
}

static hsy_speaker_gender of_title(const telling *t, hsy_str text) {
  return of_words(t, text, HSY_W_HONORIFIC | HSY_W_ROLE);
}

static hsy_speaker_gender of_name(const telling *t, hsy_str text) {
  hsy_str rest;
  return of_words(t, hsy_str_cut(text, ' ', &rest), HSY_W_GIVEN | HSY_W_HONORIFIC);
}

/* What tells, the best witness first. A query's rows are texts about the entity. */
static const struct basis {
  const char *name, *sql;
  hsy_speaker_gender (*tell)(const telling *t, hsy_str text);
} BASES[] = {
    {"pronoun",
     "SELECT CAST(substr(CAST(d.text AS BLOB), m.start + 1, m.end - m.start) AS TEXT) FROM local_entities l"
     " CROSS JOIN mentions m ON m.document = l.document AND m.entity = l.n AND m.form = 'pronoun'"
     " CROSS JOIN documents d ON d.key = l.document WHERE l.entity = ? LIMIT ?",
     of_pronoun},
    {"title",
     "SELECT n.name FROM local_entities l CROSS JOIN names n ON n.document = l.document AND n.entity = l.n"
     " AND n.role = 'title' WHERE l.entity = ? LIMIT ?",
     of_title},
    {"given name", "SELECT name FROM entities WHERE key = ? LIMIT ?", of_name},
};
enum { BASIS_COUNT = sizeof BASES / sizeof *BASES };

/* Where two thirds of the witnesses agree. */
static const char *tell(const telling *t, const struct basis *basis, int64_t entity) {
  int men = 0, women = 0;
  hsy_query query = hsy_db_query(hsy_store_db(t->store), basis->sql, t->err);
  hsy_bind_int(&query, entity);
  hsy_bind_int(&query, WITNESSES);
  while (hsy_query_next(&query)) {
    hsy_speaker_gender gender = basis->tell(t, hsy_column_str(&query, 0));
    men += gender == HSY_MALE;
    women += gender == HSY_FEMALE;
  }
  if (men > 2 * women) return "m";
  return women > 2 * men ? "f" : NULL;
}

static void tell_one(const telling *t, int64_t entity) {
  const char *gender = NULL;
  int i = 0;
  while (i < BASIS_COUNT && !(gender = tell(t, &BASES[i], entity))) i++;
  if (!gender) return;
  hsy_query query = hsy_db_query(hsy_store_db(t->store),
                                 "UPDATE speaker_figures SET gender = ?, gender_basis = ? WHERE bearer = ?", t->err);
  hsy_bind_text(&query, hsy_str_of(gender));
  hsy_bind_text(&query, hsy_str_of(BASES[i].name));
  hsy_bind_int(&query, entity);
  hsy_query_run(&query);
}

static bool tell_all(hsy_store *store, hsy_arena arena, hsy_error *err) {
  hsy_speaker_lists lists;
  if (!hsy_speaker_load(&lists, &arena, err)) return false;
  telling t = {store, &lists, arena, err};
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT s.bearer FROM speakers_stale s JOIN entities e ON e.key = s.bearer"
                                 " WHERE e.kind = 'person'",
                                 err);
  while (hsy_query_next(&query)) tell_one(&t, hsy_column_int(&query, 0));
  return err->code == HSY_OK;
}

bool hsy_figures_refresh(hsy_store *store, hsy_error *err) {
  enum { HEAP_BYTES = 256 << 20 }; /* addresses */
  if (hsy_figures_are_fresh(store, err) || err->code != HSY_OK) return err->code == HSY_OK;
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, err);
  bool ok = heap && hsy_store_begin(store, err);
  if (ok) {
    ok = count(store, err) && tell_all(store, hsy_heap_reset(heap), err) &&
         hsy_db_exec(hsy_store_db(store), "DELETE FROM speakers_stale; DELETE FROM outlets_stale;", err) &&
         hsy_store_commit(store, err);
    if (!ok) hsy_store_rollback(store);
  }
  hsy_heap_free(heap);
  return ok;
}
