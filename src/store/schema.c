#include "store/schema.h"

#include <stdio.h>

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

/* Version 7: what answers are found through, ordered by and counted by.
 *
 * A bearer is who goes by a name: an entity, or below zero an entity of one
 * document that linking has not seen yet (store/put.c writes the same). */
#define BEARER(local) "coalesce(" local ".entity, -(" local ".document << 24 | " local ".n))"
#define SPOKEN_IN(document)                                                                                            \
  "SELECT DISTINCT " BEARER(                                                                                           \
      "l") ", a.key FROM speakers s"                                                                                   \
           " JOIN attributions a ON a.document = s.document AND a.n = s.attribution"                                   \
           " JOIN local_entities l ON l.document = s.document AND l.n = s.entity WHERE s.document = " document

#define LISTED(name) "'[' || replace(json_quote(" name ".folded), ' ', '\",\"') || ']'"
#define WORDS_OF(name) "SELECT w.value, " name ".folded"
#define SEVERAL(name) name ".role <> 'title' AND instr(" name ".folded, ' ')"

static const char
    BEARERS[] =
        "ALTER TABLE names ADD COLUMN bearer INTEGER;"
        "DROP INDEX names_by_folded;"
        "UPDATE names SET bearer = (SELECT " BEARER(
            "l") " FROM local_entities l"
                 "  WHERE l.document = names.document AND l.n = names.entity);"
                 "CREATE INDEX names_by_folded ON names(folded, role, bearer);"
                 /* Names of several words by each of them. */
                 "CREATE TABLE name_words (word TEXT NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (word, folded)) "
                 "WITHOUT ROWID;"
                 "INSERT OR IGNORE INTO name_words " WORDS_OF("n") " FROM names n, json_each(" LISTED(
                     "n") ") w"
                          "  WHERE n.role <> 'title' AND instr(n.folded, ' ');"
                          "CREATE TRIGGER name_words_added AFTER INSERT ON names WHEN " SEVERAL(
                              "new") " BEGIN"
                                     "  INSERT OR IGNORE INTO name_words " WORDS_OF("new") " FROM json_each(" LISTED(
                                         "new") ") w; END;"
                                                "CREATE TRIGGER name_words_gone AFTER DELETE ON names WHEN " SEVERAL(
                                                    "old") "  AND NOT EXISTS (SELECT 1 FROM names WHERE folded = "
                                                           "old.folded AND role <> 'title') BEGIN"
                                                           "  DELETE FROM name_words WHERE (word, folded) IN "
                                                           "(" WORDS_OF("old") " FROM json_each(" LISTED(
                                                               "old") ") w); END;"
                                                                      "CREATE TABLE spoken ("
                                                                      "  bearer INTEGER NOT NULL, attribution INTEGER "
                                                                      "NOT NULL, PRIMARY KEY (bearer, attribution)) "
                                                                      "WITHOUT "
                                                                      "ROWID;"
                                                                      "INSERT INTO spoken " SPOKEN_IN(
                                                                          "s.document") " ORDER BY 1, 2;"
                                                                                        "CREATE TRIGGER spoken_added "
                                                                                        "AFTER INSERT ON speakers BEGIN"
                                                                                        "  INSERT OR IGNORE INTO "
                                                                                        "spoken " SPOKEN_IN(
                                                                                            "new.document") " AND "
                                                                                                            "s."
                                                                                                            "attributio"
                                                                                                            "n = "
                                                                                                            "new."
                                                                                                            "attributio"
                                                                                                            "n; END;"
                                                                                                            /* Before:
                                                                                                               what
                                                                                                               tells who
                                                                                                               spoke
                                                                                                               goes with
                                                                                                               the
                                                                                                               document.
                                                                                                             */
                                                                                                            "CREATE "
                                                                                                            "TRIGGER "
                                                                                                            "spoken_"
                                                                                                            "gone "
                                                                                                            "BEFORE "
                                                                                                            "DELETE ON "
                                                                                                            "documents "
                                                                                                            "BEGIN"
                                                                                                            "  DELETE "
                                                                                                            "FROM "
                                                                                                            "spoken "
                                                                                                            "WHERE "
                                                                                                            "(bearer, "
                                                                                                            "attributio"
                                                                                                            "n) IN "
                                                                                                            "(" SPOKEN_IN(
                                                                                                                "old."
                                                                                                                "key") "); END;"
                                                                                                                       /* Another of the document's entities may go on as the
                                                                                                                          old bearer. */
                                                                                                                       "CREATE TRIGGER bearer_changed AFTER UPDATE OF "
                                                                                                                       "entity ON local_entities WHEN old.entity IS NOT "
                                                                                                                       "new.entity BEGIN"
                                                                                                                       "  UPDATE names SET bearer = " BEARER(
                                                                                                                           "new") " WHERE document = new.document AND "
                                                                                                                                  "entity = new.n;"
                                                                                                                                  "  DELETE FROM spoken WHERE bearer "
                                                                                                                                  "= " BEARER(
                                                                                                                                      "old") " AND attribution IN"
                                                                                                                                             "  (SELECT a.key FROM "
                                                                                                                                             "attributions a WHERE "
                                                                                                                                             "a.document = old.document);"
                                                                                                                                             "  INSERT OR IGNORE INTO "
                                                                                                                                             "spoken " SPOKEN_IN(
                                                                                                                                                 "new.document") "  AND "
                                                                                                                                                                 "(l.n = "
                                                                                                                                                                 "new.n OR "
                                                                                                                                                                 "l.entity "
                                                                                                                                                                 "= "
                                                                                                                                                                 "old."
                                                                                                                                                                 "entity); "
                                                                                                                                                                 "END;";

/* "Brief" indexes are narrow copies of wide rows, read by key: what a filter or
 * an order asks of thousands of rows does not touch their texts. */
static const char ORDERS[] =
    "CREATE INDEX documents_brief ON documents(key, day, id, outlet);"
    "CREATE INDEX documents_by_outlet ON documents(outlet COLLATE NOCASE, day, id);"
    "CREATE INDEX documents_by_date ON documents(substr(day, 1, 10));"
    "CREATE INDEX attributions_brief ON attributions(key, document, n, mode, stance, confidence);"
    "DROP INDEX attributions_by_manner;"
    "CREATE INDEX attributions_by_stance ON attributions(stance) WHERE stance IS NOT NULL;"
    /* The days of a statement's first and last report; how many of them quote it. */
    "ALTER TABLE statements ADD COLUMN day TEXT;"
    "ALTER TABLE statements ADD COLUMN last TEXT;"
    "ALTER TABLE statements ADD COLUMN quoted INTEGER;"
    "UPDATE statements SET day = (SELECT d.day FROM attributions a JOIN documents d ON d.key = a.document"
    "  WHERE a.key = statements.first), (last, quoted) = (SELECT max(d.day), sum(a.kind <> 'indirect') FROM reports r"
    "  JOIN attributions a ON a.key = r.attribution JOIN documents d ON d.key = a.document"
    "  WHERE r.statement = statements.key);"
    "CREATE INDEX statements_by_time ON statements(coalesce(said_on, substr(day, 1, 10)), id);"
    "CREATE INDEX statements_by_said_on ON statements(said_on, id, last) WHERE said_on IS NOT NULL;"
    "CREATE INDEX statements_quoted ON statements(day, id) WHERE quoted > 1;"
    /* Whether its quotations differ: 0 there are none to compare, 1 no, 2 yes;
     * NULL until linking has compared them (store/varies.c). */
    "ALTER TABLE statements ADD COLUMN varies INTEGER;"
    "CREATE INDEX statements_varying ON statements(day, id) WHERE quoted > 1 AND ifnull(varies, 2) = 2;"
    "CREATE TRIGGER varies_added AFTER INSERT ON reports BEGIN"
    "  UPDATE statements SET varies = NULL WHERE key = new.statement; END;"
    "CREATE TRIGGER varies_changed AFTER UPDATE ON reports BEGIN"
    "  UPDATE statements SET varies = NULL WHERE key IN (old.statement, new.statement); END;"
    "CREATE TRIGGER varies_gone AFTER DELETE ON reports BEGIN"
    "  UPDATE statements SET varies = NULL WHERE key = old.statement; END;"
    "CREATE INDEX claims_by_confidence ON claims(-confidence, id);"
    "ALTER TABLE conflicts ADD COLUMN claim_id TEXT;"
    "UPDATE conflicts SET claim_id = (SELECT c.id FROM claims c WHERE c.key = conflicts.claim);"
    "CREATE INDEX conflicts_by_confidence ON conflicts(-confidence, claim_id, n);"
    "CREATE INDEX shifts_by_confidence ON shifts(-confidence, id);"
    /* The day of a group's earliest article; numbers of documents as in version 3. */
    "ALTER TABLE copies ADD COLUMN day TEXT;"
    "UPDATE copies SET day = ifnull((SELECT min(d.day) FROM copy_documents m JOIN documents d ON d.id ="
    "  printf('%016llx', CASE WHEN m.document < 0 THEN m.document & 9223372036854775807"
    "  ELSE m.document | (-9223372036854775807 - 1) END) WHERE m.copy = copies.id), '~');"
    "CREATE INDEX copies_by_day ON copies(day, id);";

/* The counts of `stats`, kept as rows come and go: of that kind there are n of
 * that name. */
#define COUNT(kind, name, by)                                                                                          \
  "INSERT INTO counts VALUES ('" kind "', " name ", " by ") ON CONFLICT DO UPDATE SET n = n + excluded.n;"
#define COUNTED(kind, table, when, name)                                                                               \
  "INSERT INTO counts SELECT '" kind "', " name("r") ", count(*) FROM " table " r WHERE " when(                        \
      "r") " GROUP BY 2;"                                                                                              \
           "CREATE TRIGGER counts_" kind "_added AFTER INSERT ON " table " WHEN " when("new") " BEGIN " COUNT(         \
               kind, name("new"), "1") " END;"                                                                         \
                                       "CREATE TRIGGER counts_" kind "_gone AFTER DELETE ON " table                    \
                                       " WHEN " when("old") " BEGIN " COUNT(                                           \
                                           kind, name("old"), "-1") "  DELETE FROM counts WHERE kind = '" kind         \
                                                                    "' AND name = " name("old") " AND n = 0; END;"

#define ALWAYS(row) "1"
#define UNNAMED(row) "''"
#define UTTERED(row) row ".mode <> 'thought'"
#define THOUGHT(row) row ".mode = 'thought'"
#define WITH_STANCE(row) UTTERED(row) " AND " row ".stance IS NOT NULL"
#define WITH_OUTLET(row) row ".outlet IS NOT NULL"
#define WHOLE(row) row ".whole"
#define KIND(row) row ".kind"
#define STANCE(row) row ".stance"
#define OUTLET(row) row ".outlet"
#define LANGUAGE(row) "ifnull(" row ".language, '')"
#define FORMAT(row) "ifnull(" row ".format, '')"

static const char COUNTS[] =
    "CREATE TABLE counts (kind TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (kind, name))"
    "  WITHOUT ROWID;" COUNTED("documents", "documents", ALWAYS, UNNAMED)
        COUNTED("outlets", "documents", WITH_OUTLET, OUTLET) COUNTED("languages", "documents", ALWAYS, LANGUAGE)
            COUNTED("formats", "documents", ALWAYS, FORMAT) COUNTED("attributions", "attributions", UTTERED, UNNAMED)
                COUNTED("thoughts", "attributions", THOUGHT, UNNAMED) COUNTED("kinds", "attributions", UTTERED, KIND)
                    COUNTED("stances", "attributions", WITH_STANCE, STANCE)
                        COUNTED("statements", "statements", ALWAYS, UNNAMED)
                            COUNTED("claims", "claims", ALWAYS, UNNAMED) COUNTED("shifts", "shifts", ALWAYS, UNNAMED)
                                COUNTED("copies", "copies", WHOLE, UNNAMED)
    /* Entities that speak: the first that one says, and the last. */
    "INSERT INTO counts SELECT 'speakers', '', count(DISTINCT bearer) FROM spoken WHERE bearer > 0;"
    "CREATE TRIGGER counts_speakers_added AFTER INSERT ON spoken WHEN new.bearer > 0 AND NOT EXISTS"
    "  (SELECT 1 FROM spoken WHERE bearer = new.bearer AND attribution <> new.attribution) BEGIN " COUNT(
        "speakers", "''",
        "1") " END;"
             "CREATE TRIGGER counts_speakers_gone AFTER DELETE ON spoken WHEN old.bearer > 0 AND NOT EXISTS"
             "  (SELECT 1 FROM spoken WHERE bearer = old.bearer) BEGIN " COUNT("speakers", "''", "-1") " END;";

enum { PARTS = 3 }; /* of a step at most */
static const char *const STEPS[][PARTS] = {
    {LAYERS}, {FULL_TEXT}, {COPIES}, {LINKS}, {CLAIM_CORRECTIONS}, {CORRECTIONS}, {BEARERS, ORDERS, COUNTS}};

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
