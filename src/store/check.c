#include "store/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doc/identity.h"

typedef struct checking {
  hsy_store *store;
  hsy_db *db;
  hsy_error *err;
} checking;

/* ---- by SQL ---- */

#define INSIDE(table)                                                                                                  \
  "SELECT count(*) FROM " table " r JOIN documents d ON d.key = r.document"                                            \
  " WHERE r.start < 0 OR r.end < r.start OR r.end > length(CAST(d.text AS BLOB))"
#define OF_ATTRIBUTION(table)                                                                                          \
  "SELECT count(*) FROM " table " r WHERE NOT EXISTS"                                                                  \
  " (SELECT 1 FROM attributions a WHERE a.document = r.document AND a.n = r.attribution)"
#define OF_ENTITY(table)                                                                                               \
  "SELECT count(*) FROM " table " r WHERE r.entity IS NOT NULL AND NOT EXISTS"                                         \
  " (SELECT 1 FROM local_entities l WHERE l.document = r.document AND l.n = r.entity)"
#define COUNTED(kind, table)                                                                                           \
  "SELECT ifnull((SELECT n FROM counts WHERE kind = '" kind "'), 0) <> (SELECT count(*) FROM " table ")"
#define COUNT_ANEW(kind, table)                                                                                        \
  "DELETE FROM counts WHERE kind = '" kind "';"                                                                        \
  "INSERT INTO counts SELECT '" kind "', '', count(*) FROM " table " WHERE true HAVING count(*) > 0;"

enum { QUESTIONS = 6 };

/* What is asked gives a number of things that are wrong. */
static const struct check {
  const char *name, *about;
  const char *questions[QUESTIONS];
  const char *repair; /* NULL: nothing but reading the article again */
} CHECKS[] = {
    {"file",
     "pages and indexes of the file, as SQLite sees them",
     /* SQLite 3.44 and later look into the full text, too, which is asked and repaired below. */
     {"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
      " AND integrity_check NOT LIKE '%inverted index for FTS5 table%'"},
     "REINDEX;"},
    {"references",
     "rows that belong to rows that are not there",
     {"SELECT count(*) FROM pragma_foreign_key_check"},
     NULL},
    {"spans",
     "places outside of their articles' text",
     {INSIDE("blocks"), INSIDE("mentions"), INSIDE("times"), INSIDE("pieces"), INSIDE("evidence")},
     NULL},
    {"attributions",
     "pieces, speakers and links of attributions or people that are not there",
     {OF_ATTRIBUTION("pieces"), OF_ATTRIBUTION("speakers"), OF_ATTRIBUTION("links"), OF_ENTITY("speakers"),
      OF_ENTITY("links"), OF_ENTITY("mentions")},
     NULL},
    {"counts",
     "numbers that are kept of rows",
     {COUNTED("documents", "documents"), COUNTED("statements", "statements"), COUNTED("claims", "claims"),
      COUNTED("shifts", "shifts")},
     COUNT_ANEW("documents", "documents") COUNT_ANEW("statements", "statements") COUNT_ANEW("claims", "claims")
         COUNT_ANEW("shifts", "shifts")},
};

/* ---- the full text ---- */

static const struct words {
  const char *check, *rebuild;
} WORDS[] = {
    {"INSERT INTO documents_words(documents_words, rank) VALUES ('integrity-check', 1)",
     "INSERT INTO documents_words(documents_words) VALUES ('rebuild')"},
    {"INSERT INTO attributions_words(attributions_words, rank) VALUES ('integrity-check', 1)",
     "INSERT INTO attributions_words(attributions_words) VALUES ('rebuild')"},
};

static int64_t check_full_text(checking *c, bool repair) {
  int64_t wrong = 0;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    int code = sqlite3_exec(c->db->handle, WORDS[i].check, NULL, NULL, NULL) & 0xFF;
    if (code == SQLITE_OK || code == SQLITE_READONLY) continue; /* asking is a kind of writing */
    wrong++;
    if (repair) hsy_db_exec(c->db, WORDS[i].rebuild, c->err);
  }
  return wrong;
}

/* ---- ids and words ---- */

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

/* Of one document: its id, the ids of its attributions, and what they say against its text. */
static int64_t check_document(checking *c, int64_t key, hsy_arena arena) {
  hsy_doc doc;
  hsy_str stored = {0};
  int64_t wrong = 0;
  hsy_doc_init(&doc, &arena);
  if (!hsy_store_load(c->store, key, HSY_LOAD_TEXT | HSY_LOAD_ATTRIBUTIONS, &doc, c->err) ||
      !hsy_store_id(c->store, key, &stored, &arena, c->err))
    return 1;
  hsy_str id = hsy_doc_id(&doc, &arena), *ids = hsy_doc_attribution_ids(&doc, id, &arena);
  if (!hsy_str_eq(id, stored)) wrong++;
  hsy_query query =
      hsy_db_query(c->db, "SELECT n, id, content FROM attributions WHERE document = ? ORDER BY n", c->err);
  hsy_bind_int(&query, key);
  while (hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    int64_t n = hsy_column_int(&query, 0);
    bool known = ids && n >= 0 && n < doc.attributions.len;
    if (!known || !hsy_str_eq(ids[n], hsy_column_str(&query, 1)) ||
        !hsy_str_eq(hsy_store_content(&doc, doc.attributions.data[n].part[HSY_CONTENT], &scratch),
                    hsy_column_str(&query, 2)))
      wrong++;
  }
  return wrong;
}

static int64_t check_ids(checking *c) {
  int64_t wrong = 0, last = INT64_MIN;
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, c->err);
  while (heap && c->err->code == HSY_OK) {
    hsy_query query = hsy_db_query(c->db, "SELECT key FROM documents WHERE key > ? ORDER BY key LIMIT 1", c->err);
    hsy_bind_int(&query, last);
    bool more = hsy_query_next(&query);
    if (more) last = hsy_column_int(&query, 0);
    hsy_query_end(&query);
    if (!more) break;
    wrong += check_document(c, last, hsy_heap_reset(heap));
  }
  hsy_heap_free(heap);
  return wrong;
}

/* ---- all of it ---- */

/* A question that cannot even be asked counts as one thing that is wrong. */
static int64_t ask(checking *c, const char *question) {
  hsy_error damaged = {.offset = -1};
  int64_t wrong = hsy_db_number(c->db, question, &damaged);
  return damaged.code == HSY_OK ? wrong : 1;
}

static int64_t ask_all(checking *c, const struct check *check) {
  int64_t wrong = 0;
  for (int i = 0; i < QUESTIONS && check->questions[i]; i++) wrong += ask(c, check->questions[i]);
  return wrong;
}

static bool give(checking *c, hsy_store_check_row row, hsy_store_check_fn fn, void *user) {
  return fn(user, &row) || hsy_fail(c->err, HSY_STOPPED, "store", -1, "stopped");
}

/* Names that are damaged in one document do not keep the others from being looked at. */
static int64_t in_spite_of_damage(checking *c, int64_t (*check)(checking *c)) {
  hsy_error *outer = c->err, damaged = {.offset = -1};
  c->err = &damaged;
  int64_t wrong = check(c);
  c->err = outer;
  return wrong + (damaged.code != HSY_OK && wrong == 0);
}

bool hsy_store_check(hsy_store *store, bool repair, hsy_store_check_fn fn, void *user, hsy_error *err) {
  checking c = {store, hsy_store_db(store), err};
  for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
    const struct check *check = &CHECKS[i];
    int64_t wrong = ask_all(&c, check);
    bool repaired = repair && wrong && check->repair && hsy_db_exec(c.db, check->repair, err) && !ask_all(&c, check);
    if (!give(&c, (hsy_store_check_row){check->name, check->about, wrong, repaired}, fn, user)) return false;
  }
  int64_t wrong = check_full_text(&c, repair);
  bool repaired = repair && wrong && err->code == HSY_OK && !check_full_text(&c, false);
  hsy_store_check_row words = {"full text", "the index of words against the texts", wrong, repaired};
  hsy_store_check_row ids = {"ids", "ids of articles and attributions, and their words against the text",
                             in_spite_of_damage(&c, check_ids), false};
  return give(&c, words, fn, user) && give(&c, ids, fn, user) && err->code == HSY_OK;
}

/* ---- backup ---- */

static bool copy_into(hsy_store *store, const char *part, hsy_error *err) {
  hsy_query query = hsy_db_query_once(hsy_store_db(store), "VACUUM INTO ?", err); /* one moment of the store */
  hsy_bind_text(&query, hsy_str_of(part));
  hsy_query_run(&query);
  hsy_query_end(&query);
  return err->code == HSY_OK;
}

static bool sync_file(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  bool ok = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  return ok;
}

bool hsy_store_backup(hsy_store *store, const char *path, hsy_error *err) {
  char *part = NULL;
  if (access(path, F_OK) == 0) return hsy_fail(err, HSY_USAGE, "store", -1, "%s: is there already", path);
  if (asprintf(&part, "%s.part-%d", path, (int)getpid()) < 0)
    return hsy_fail(err, HSY_NO_MEMORY, "store", -1, "out of memory");
  bool ok = copy_into(store, part, err);
  if (ok && (!sync_file(part) || link(part, path))) /* never over what came there meanwhile */
    ok = hsy_fail(err, HSY_IO, "store", -1, "%s: %s", path, strerror(errno));
  unlink(part);
  free(part);
  return ok;
}
