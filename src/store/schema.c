#include "store/schema.h"

#include <stdio.h>

#include "store/schema_7.h"
#include "store/schema_names.h"
#include "store/schema_tables.h"
#include "store/schema_reviews.h"

/* Version 1: documents and their layers, a table a layer, rows numbered within
 * their document. Keys are the file's own affair and never leave it; what is
 * exported are the ids, which are derived from content. Spans are bytes of the
 * document's text. */
static const char LAYERS[] =
    "CREATE TABLE documents ("
    "  key INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  origin TEXT NOT NULL,"
    "  source_id TEXT, path TEXT, item TEXT, url TEXT, title TEXT, outlet TEXT, byline TEXT, agency TEXT, place TEXT,"
    "  published TEXT, modified TEXT, language TEXT, sha256 TEXT, format TEXT,"
    "  day TEXT NOT NULL," /* published, or '~' where it is not known: what answers are ordered by */
    "  summary_only INTEGER NOT NULL, paywalled INTEGER NOT NULL,"
    "  text TEXT NOT NULL,"
    "  origins BLOB);" /* the offset map, packed (store/origins.h) */
    "CREATE INDEX documents_by_origin ON documents(origin);"
    "CREATE INDEX documents_by_path ON documents(path);"
    "CREATE INDEX documents_by_day ON documents(day, id);"
    "CREATE TABLE authors ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL, name TEXT NOT NULL,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;"
    "CREATE TABLE findings ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  field TEXT NOT NULL, place TEXT NOT NULL,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;"
    "CREATE TABLE blocks ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  start INTEGER NOT NULL, end INTEGER NOT NULL, kind TEXT NOT NULL, tagged INTEGER NOT NULL,"
    "  lead INTEGER NOT NULL, why TEXT,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;"
    /* What is one across documents; filled by linking, which may leave a
     * document's entity alone. */
    "CREATE TABLE entities ("
    "  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL);"
    /* An entity as one document knows it. */
    "CREATE TABLE local_entities ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  name TEXT NOT NULL, kind TEXT NOT NULL,"
    "  entity INTEGER REFERENCES entities ON DELETE SET NULL,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;"
    "CREATE INDEX local_entities_by_entity ON local_entities(entity) WHERE entity IS NOT NULL;"
    /* All that a document calls it: role is name, title, alias, or last (the
     * last word of a person's name). folded: without case and accents. */
    "CREATE TABLE names ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, entity INTEGER NOT NULL, n INTEGER NOT NULL,"
    "  role TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,"
    "  PRIMARY KEY (document, entity, n)) WITHOUT ROWID;"
    "CREATE INDEX names_by_folded ON names(folded, role);"
    "CREATE TABLE mentions ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  start INTEGER NOT NULL, end INTEGER NOT NULL, entity INTEGER NOT NULL, form TEXT,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;"
    "CREATE TABLE times ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  start INTEGER NOT NULL, end INTEGER NOT NULL, type TEXT, value TEXT,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;"
    "CREATE TABLE attributions ("
    "  key INTEGER PRIMARY KEY,"
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  id TEXT NOT NULL,"
    "  kind TEXT NOT NULL, mode TEXT NOT NULL, confidence REAL NOT NULL,"
    "  parent INTEGER, same_run INTEGER," /* n of the same document */
    "  speaker TEXT, stance TEXT, said_on TEXT,"
    "  content TEXT NOT NULL," /* the words of its content, for search */
    "  UNIQUE (document, n));"
    "CREATE INDEX attributions_by_manner ON attributions(mode, kind, stance);"
    "CREATE TABLE pieces ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, attribution INTEGER NOT NULL,"
    "  role TEXT NOT NULL, n INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,"
    "  PRIMARY KEY (document, attribution, role, n)) WITHOUT ROWID;"
    "CREATE TABLE speakers ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, attribution INTEGER NOT NULL,"
    "  n INTEGER NOT NULL, entity INTEGER NOT NULL,"
    "  PRIMARY KEY (document, attribution, n)) WITHOUT ROWID;"
    /* Through whom it came, and to whom it was said. */
    "CREATE TABLE links ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  attribution INTEGER NOT NULL, direction TEXT NOT NULL, name TEXT NOT NULL, entity INTEGER, relation TEXT,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;"
    "CREATE TABLE evidence ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  attribution INTEGER NOT NULL, field TEXT NOT NULL, basis TEXT NOT NULL,"
    "  start INTEGER NOT NULL, end INTEGER NOT NULL,"
    "  PRIMARY KEY (document, n)) WITHOUT ROWID;";

/* Version 2: full text over documents and what was said. The words lie in
 * their own tables; the index is kept in step by triggers, so that a cascading
 * delete reaches it too. */
static const char FULL_TEXT[] =
    "CREATE VIRTUAL TABLE documents_words USING fts5("
    "  title, text, content='documents', content_rowid='key', tokenize='porter unicode61 remove_diacritics 2');"
    "CREATE TRIGGER documents_words_added AFTER INSERT ON documents BEGIN"
    "  INSERT INTO documents_words(rowid, title, text) VALUES (new.key, new.title, new.text); END;"
    "CREATE TRIGGER documents_words_gone AFTER DELETE ON documents BEGIN"
    "  INSERT INTO documents_words(documents_words, rowid, title, text)"
    "  VALUES ('delete', old.key, old.title, old.text); END;"
    "CREATE VIRTUAL TABLE attributions_words USING fts5("
    "  content, content='attributions', content_rowid='key', tokenize='porter unicode61 remove_diacritics 2');"
    "CREATE TRIGGER attributions_words_added AFTER INSERT ON attributions BEGIN"
    "  INSERT INTO attributions_words(rowid, content) VALUES (new.key, new.content); END;"
    "CREATE TRIGGER attributions_words_gone AFTER DELETE ON attributions BEGIN"
    "  INSERT INTO attributions_words(attributions_words, rowid, content)"
    "  VALUES ('delete', old.key, old.content); END;"
    "INSERT INTO documents_words(documents_words) VALUES ('rebuild');"
    "INSERT INTO attributions_words(attributions_words) VALUES ('rebuild');";

/* Version 3: what works across articles finds again (index/index.h), and the
 * groups of copies. Numbers here are 64-bit keys with their first bit turned
 * over; a document's is its id. */
static const char COPIES[] =
    "CREATE TABLE postings ("
    "  fingerprint INTEGER NOT NULL, member INTEGER NOT NULL, mark INTEGER NOT NULL,"
    "  PRIMARY KEY (fingerprint, member)) WITHOUT ROWID;"
    "CREATE TABLE notes (member INTEGER PRIMARY KEY, note BLOB);"
    "CREATE TABLE pairs (a INTEGER NOT NULL, b INTEGER NOT NULL, note BLOB, PRIMARY KEY (a, b)) WITHOUT ROWID;"
    "CREATE TABLE copies ("
    "  id INTEGER PRIMARY KEY, whole INTEGER NOT NULL, containment REAL NOT NULL, original INTEGER NOT NULL,"
    "  because TEXT NOT NULL);"
    "CREATE TABLE copy_documents ("
    "  copy INTEGER NOT NULL REFERENCES copies ON DELETE CASCADE, document INTEGER NOT NULL,"
    "  PRIMARY KEY (copy, document)) WITHOUT ROWID;"
    "CREATE INDEX copy_documents_by_document ON copy_documents(document);"
    "CREATE TABLE copy_passages ("
    "  copy INTEGER NOT NULL REFERENCES copies ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,"
    "  PRIMARY KEY (copy, n)) WITHOUT ROWID;";

/* Version 4: statements, claims and shifts, made anew by linking. n counts the
 * rows of one list in their order. state.unlinked: documents came or went since. */
static const char LINKS[] =
    "CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO state SELECT 'unlinked', count(*) > 0 FROM documents;"
    "CREATE TABLE statements ("
    "  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, said_on TEXT,"
    "  clearest INTEGER NOT NULL, first INTEGER NOT NULL, independent INTEGER NOT NULL);"
    "CREATE TABLE reports ("
    "  attribution INTEGER PRIMARY KEY REFERENCES attributions ON DELETE CASCADE,"
    "  statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, n INTEGER NOT NULL);"
    "CREATE INDEX reports_by_statement ON reports(statement, n);"
    "CREATE TABLE claims ("
    "  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT NOT NULL, why TEXT NOT NULL,"
    "  figures INTEGER NOT NULL, confidence REAL NOT NULL);"
    "CREATE TABLE sides ("
    "  claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE, side TEXT NOT NULL, n INTEGER NOT NULL,"
    "  attribution INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,"
    "  PRIMARY KEY (claim, side, n)) WITHOUT ROWID;"
    "CREATE INDEX sides_by_attribution ON sides(attribution);"
    "CREATE TABLE conflicts ("
    "  claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  one INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,"
    "  other INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,"
    "  relation TEXT NOT NULL, confidence REAL NOT NULL, PRIMARY KEY (claim, n)) WITHOUT ROWID;"
    "CREATE INDEX conflicts_by_one ON conflicts(one);"
    "CREATE INDEX conflicts_by_other ON conflicts(other);"
    "CREATE TABLE shifts ("
    "  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    "  claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,"
    "  speaker INTEGER REFERENCES entities ON DELETE SET NULL,"
    "  before INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,"
    "  after INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,"
    "  why TEXT NOT NULL, confidence REAL NOT NULL);"
    "CREATE INDEX shifts_by_claim ON shifts(claim);"
    "CREATE INDEX shifts_by_speaker ON shifts(speaker);"
    "CREATE INDEX shifts_by_before ON shifts(before);"
    "CREATE INDEX shifts_by_after ON shifts(after);";

/* Version 5: what people put right of claims. Statements are named by the ids
 * and words of their reports, not by keys: it outlives them. */
static const char CLAIM_CORRECTIONS[] =
    "CREATE TABLE claim_corrections (key INTEGER PRIMARY KEY, kind TEXT NOT NULL, side TEXT NOT NULL);"
    "CREATE TABLE claim_correction_marks ("
    "  correction INTEGER NOT NULL REFERENCES claim_corrections ON DELETE CASCADE, n INTEGER NOT NULL,"
    "  attribution TEXT NOT NULL, document TEXT NOT NULL, words TEXT NOT NULL, side TEXT NOT NULL,"
    "  PRIMARY KEY (correction, n)) WITHOUT ROWID;"
    "CREATE INDEX claim_correction_marks_by_attribution ON claim_correction_marks(attribution);";

/* Version 6: what people put right about names. Nothing refers to documents:
 * corrections stay when articles go and hold when they come again. */
static const char CORRECTIONS[] =
    "CREATE TABLE corrections ("
    "  key INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL,"
    "  a_folded TEXT NOT NULL, b_folded TEXT NOT NULL, UNIQUE (kind, a_folded, b_folded));"
    "CREATE INDEX corrections_by_b ON corrections(b_folded, kind);";

/* Version 8: what linking has still to do, and what it weighs words by
 * (store/part.h). loose: statements, claims and entities of
 * which a part went. A record
 * that was not linked is linked as a whole first. */
static const char PARTS_OF_RECORD[] =
    "UPDATE state SET value = 2 WHERE name = 'unlinked' AND value = 1;"
    "CREATE TABLE unlinked (document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE);"
    "CREATE TRIGGER unlinked_added AFTER INSERT ON documents BEGIN INSERT INTO unlinked VALUES (new.key); END;"
    "CREATE TABLE words (key INTEGER PRIMARY KEY, n INTEGER NOT NULL);"
    "CREATE TABLE loose (kind TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;"
    "CREATE TRIGGER loose_statement AFTER DELETE ON reports BEGIN"
    "  INSERT OR IGNORE INTO loose VALUES ('statement', old.statement); END;"
    "CREATE TRIGGER loose_claim AFTER DELETE ON sides BEGIN"
    "  INSERT OR IGNORE INTO loose VALUES ('claim', old.claim); END;"
    "CREATE TRIGGER loose_entity AFTER DELETE ON local_entities WHEN old.entity IS NOT NULL BEGIN"
    "  INSERT OR IGNORE INTO loose VALUES ('entity', old.entity); END;";

/* Version 10: which engine found a document's attributions. */
static const char ENGINES[] = "ALTER TABLE documents ADD COLUMN engine TEXT;"
                              "UPDATE documents SET engine = 'fast' WHERE EXISTS"
                              "  (SELECT 1 FROM attributions a WHERE a.document = documents.key);";

/* Version 11: what attributions mean (store/meanings.h). pieces: 16-bit numbers;
 * vector: 8-bit ones. A sketch is 48 bytes at 48 times (attribution % 1024). */
static const char MEANINGS[] = "CREATE TABLE meanings ("
                               "  attribution INTEGER PRIMARY KEY REFERENCES attributions ON DELETE CASCADE,"
                               "  model INTEGER NOT NULL, pieces BLOB NOT NULL, vector BLOB NOT NULL);"
                               "CREATE TABLE sketches (chunk INTEGER PRIMARY KEY, bits BLOB NOT NULL);";

/* Version 13: one way to link, whatever the record's size: nothing is kept for
 * another. All is linked anew once. */
static const char ONE_LINKER[] =
    "DROP TRIGGER unlinked_added; DROP TRIGGER loose_statement; DROP TRIGGER loose_claim; DROP TRIGGER loose_entity;"
    "DROP TABLE unlinked; DROP TABLE words; DROP TABLE loose;"
    "UPDATE state SET value = (SELECT count(*) > 0 FROM documents) WHERE name = 'unlinked';";

/* Rows that the mark means. */
#define MARKED(mark)                                                                                                   \
  "SELECT 'row', a.key FROM attributions a WHERE a.id = " mark ".attribution UNION SELECT 'row', a.key"                \
  " FROM documents d JOIN attributions a ON a.document = d.key WHERE d.id = " mark ".document"                         \
  " AND replace(a.content, char(10), ' … ') = " mark ".words"

/* Version 14: what linking keeps from one time to the next (store/linking.h).
 * Documents are numbers as in version 3: a page outlives its document until its
 * going has been linked. meetings: the members of a key, n is -1 for a page and
 * else a row of it. chances: of pairs of rows, both ends found by an index.
 * unlinked, loose: what is to be done. */
static const char KEPT_OF_LINKING[] =
    "CREATE TABLE meetings ("
    "  key INTEGER NOT NULL, day INTEGER NOT NULL, document INTEGER NOT NULL, n INTEGER NOT NULL,"
    "  PRIMARY KEY (key, day, document, n)) WITHOUT ROWID;"
    "CREATE TABLE pages ("
    "  document INTEGER PRIMARY KEY, day INTEGER NOT NULL, words BLOB NOT NULL, rows BLOB NOT NULL, copies INTEGER);"
    "CREATE TABLE likest ("
    "  page INTEGER NOT NULL, other INTEGER NOT NULL, alike REAL NOT NULL, PRIMARY KEY (page, other)) WITHOUT ROWID;"
    "CREATE INDEX likest_by_other ON likest(other, page);"
    "CREATE TABLE chances ("
    "  one INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,"
    "  other INTEGER NOT NULL REFERENCES attributions ON DELETE CASCADE,"
    "  same REAL NOT NULL, opposite REAL NOT NULL, utterance REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;"
    "CREATE INDEX chances_by_other ON chances(other, one);"
    "CREATE TABLE linked_rows ("
    "  attribution INTEGER PRIMARY KEY REFERENCES attributions ON DELETE CASCADE, component INTEGER NOT NULL);"
    "CREATE INDEX linked_rows_by_component ON linked_rows(component);"
    "ALTER TABLE entities ADD COLUMN body INTEGER;"
    "CREATE TABLE unlinked (document TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE loose (kind TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;"
    "CREATE TRIGGER unlinked_added AFTER INSERT ON documents BEGIN"
    "  INSERT OR IGNORE INTO unlinked VALUES (new.id); END;"
    "CREATE TRIGGER unlinked_gone BEFORE DELETE ON documents BEGIN"
    "  INSERT OR IGNORE INTO unlinked VALUES (old.id);"
    "  INSERT OR IGNORE INTO loose SELECT 'component', r.component FROM attributions a"
    "    JOIN linked_rows r ON r.attribution = a.key WHERE a.document = old.key;"
    "  INSERT OR IGNORE INTO loose SELECT 'statement', r.statement FROM attributions a"
    "    JOIN reports r ON r.attribution = a.key WHERE a.document = old.key;"
    "  INSERT OR IGNORE INTO loose SELECT 'claim', s.claim FROM attributions a"
    "    JOIN sides s ON s.attribution = a.key WHERE a.document = old.key; END;"
    "CREATE TRIGGER said_of_row AFTER INSERT ON claim_correction_marks BEGIN"
    "  INSERT OR IGNORE INTO loose " MARKED(
        "new") "; END;"
               "CREATE TRIGGER unsaid_of_row BEFORE DELETE ON claim_correction_marks BEGIN"
               "  INSERT OR IGNORE INTO loose " MARKED(
                   "old") "; END;"
                          "INSERT INTO unlinked SELECT id FROM documents;"
                          "UPDATE state SET value = (SELECT count(*) > 0 FROM documents) WHERE name = 'unlinked';";

/* Version 16: articles without a paragraph, to be counted without looking at all of
 * them. An article has none until its first comes. */
static const char TEXTLESS[] =
    "CREATE TABLE textless (document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE);"
    "INSERT INTO textless SELECT key FROM documents d"
    "  WHERE NOT EXISTS (SELECT 1 FROM blocks b WHERE b.document = d.key AND b.kind = 'paragraph');"
    "CREATE TRIGGER textless_added AFTER INSERT ON documents BEGIN INSERT INTO textless VALUES (new.key); END;"
    "CREATE TRIGGER textless_told AFTER INSERT ON blocks WHEN new.kind = 'paragraph' BEGIN"
    "  DELETE FROM textless WHERE document = new.document; END;";

/* Version 17: an article that lies at several addresses is stored once, as it came
 * from one of them; addresses: the others (store/addresses.h). id: of the article as
 * it came from there. */
static const char ADDRESSES[] =
    "ALTER TABLE documents ADD COLUMN article TEXT;"
    "ALTER TABLE documents ADD COLUMN detours INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX documents_by_article ON documents(article) WHERE article IS NOT NULL;"
    "CREATE TABLE addresses ("
    "  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, url TEXT NOT NULL, id TEXT NOT NULL,"
    "  path TEXT, item TEXT, PRIMARY KEY (document, url, id)) WITHOUT ROWID;"
    "CREATE INDEX addresses_by_id ON addresses(id);"
    "CREATE INDEX addresses_by_url ON addresses(url);"
    "CREATE INDEX addresses_by_path ON addresses(path);"
    "DROP VIEW v_documents;"
    "CREATE VIEW v_documents AS SELECT d.id AS id, d.title AS title, d.outlet AS outlet, d.byline AS byline,"
    "  d.published AS published, d.modified AS modified, d.language AS language, d.path AS path, d.item AS item,"
    "  d.url AS url, (SELECT group_concat(url, ' ') FROM (SELECT DISTINCT a.url FROM addresses a"
    "  WHERE a.document = d.key AND a.url <> d.url ORDER BY a.url)) AS addresses, length(d.text) AS characters,"
    "  (SELECT count(*) FROM attributions a WHERE a.document = d.key AND a.mode <> 'thought') AS attributions"
    "  FROM documents d;";

enum { PARTS = 3 }; /* of a step at most */
static const char *const STEPS[][PARTS] = {{LAYERS},
                                           {FULL_TEXT},
                                           {COPIES},
                                           {LINKS},
                                           {CLAIM_CORRECTIONS},
                                           {CORRECTIONS},
                                           {BEARERS, ORDERS, COUNTS},
                                           {PARTS_OF_RECORD},
                                           {FIGURES, VIEWS},
                                           {ENGINES},
                                           {MEANINGS},
                                           {REVIEWS},
                                           {ONE_LINKER},
                                           {KEPT_OF_LINKING},
                                           {NAME_PARTS},
                                           {TEXTLESS},
                                           {ADDRESSES}};

int hsy_schema_latest(void) { return (int)(sizeof STEPS / sizeof *STEPS); }

static bool step_to(hsy_db *db, int version, hsy_error *err) {
  char mark[64];
  snprintf(mark, sizeof mark, "PRAGMA user_version=%d;", version);
  for (int part = 0; part < PARTS && STEPS[version - 1][part]; part++) hsy_db_exec(db, STEPS[version - 1][part], err);
  return hsy_db_exec(db, mark, err);
}

bool hsy_schema_migrate(hsy_db *db, int version, hsy_error *err) {
  if (!hsy_db_exec(db, "BEGIN IMMEDIATE", err)) return false;
  /* Asked inside the transaction: another program may have been first. */
  int64_t from = hsy_db_number(db, "PRAGMA user_version", err);
  for (int64_t at = from + 1; at <= version && err->code == HSY_OK; at++) step_to(db, (int)at, err);
  char mark[64];
  snprintf(mark, sizeof mark, "PRAGMA application_id=%d;", HSY_SCHEMA_APPLICATION);
  if (hsy_db_exec(db, mark, err) && hsy_db_exec(db, "COMMIT", err)) return true;
  hsy_error ignored = {0};
  hsy_db_exec(db, "ROLLBACK", &ignored);
  return false;
}
