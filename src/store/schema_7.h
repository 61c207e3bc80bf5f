/* Version 7 of the store's shape: what answers are found through, ordered by and
 * counted by.
 *
 * Out. SQL, for the list of steps in schema.c alone.
 *
 * A bearer is who goes by a name: an entity, or below zero an entity of one
 * document that linking has not seen yet (store/put.c writes the same). */
#ifndef HSY_STORE_SCHEMA_7_H
#define HSY_STORE_SCHEMA_7_H

/* The formatter takes SQL with macros in it apart. */
/* clang-format off */

#define BEARER(local) "coalesce(" local ".entity, -(" local ".document << 24 | " local ".n))"
#define SPOKEN_IN(document)                                                                                            \
  "SELECT DISTINCT " BEARER("l") ", a.key FROM speakers s"                                                             \
  " JOIN attributions a ON a.document = s.document AND a.n = s.attribution"                                            \
  " JOIN local_entities l ON l.document = s.document AND l.n = s.entity WHERE s.document = " document

#define LISTED(name) "'[' || replace(json_quote(" name ".folded), ' ', '\",\"') || ']'"
#define WORDS_OF(name) "SELECT w.value, " name ".folded"
#define SEVERAL(name) name ".role <> 'title' AND instr(" name ".folded, ' ')"

static const char BEARERS[] =
    "ALTER TABLE names ADD COLUMN bearer INTEGER;"
    "DROP INDEX names_by_folded;"
    "UPDATE names SET bearer = (SELECT " BEARER("l") " FROM local_entities l"
    "  WHERE l.document = names.document AND l.n = names.entity);"
    "CREATE INDEX names_by_folded ON names(folded, role, bearer);"
    /* Names of several words by each of them. */
    "CREATE TABLE name_words (word TEXT NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (word, folded)) WITHOUT ROWID;"
    "INSERT OR IGNORE INTO name_words " WORDS_OF("n") " FROM names n, json_each(" LISTED("n") ") w"
    "  WHERE n.role <> 'title' AND instr(n.folded, ' ');"
    "CREATE TRIGGER name_words_added AFTER INSERT ON names WHEN " SEVERAL("new") " BEGIN"
    "  INSERT OR IGNORE INTO name_words " WORDS_OF("new") " FROM json_each(" LISTED("new") ") w; END;"
    "CREATE TRIGGER name_words_gone AFTER DELETE ON names WHEN " SEVERAL("old")
    "  AND NOT EXISTS (SELECT 1 FROM names WHERE folded = old.folded AND role <> 'title') BEGIN"
    "  DELETE FROM name_words WHERE (word, folded) IN (" WORDS_OF("old") " FROM json_each(" LISTED("old") ") w); END;"
    "CREATE TABLE spoken ("
    "  bearer INTEGER NOT NULL, attribution INTEGER NOT NULL, PRIMARY KEY (bearer, attribution)) WITHOUT ROWID;"
    "INSERT INTO spoken " SPOKEN_IN("s.document") " ORDER BY 1, 2;"
    "CREATE TRIGGER spoken_added AFTER INSERT ON speakers BEGIN"
    "  INSERT OR IGNORE INTO spoken " SPOKEN_IN("new.document") " AND s.attribution = new.attribution; END;"
    /* Before: what tells who spoke goes with the document. */
    "CREATE TRIGGER spoken_gone BEFORE DELETE ON documents BEGIN"
    "  DELETE FROM spoken WHERE (bearer, attribution) IN (" SPOKEN_IN("old.key") "); END;"
    /* Another of the document's entities may go on as the old bearer. */
    "CREATE TRIGGER bearer_changed AFTER UPDATE OF entity ON local_entities WHEN old.entity IS NOT new.entity BEGIN"
    "  UPDATE names SET bearer = " BEARER("new") " WHERE document = new.document AND entity = new.n;"
    "  DELETE FROM spoken WHERE bearer = " BEARER("old") " AND attribution IN"
    "  (SELECT a.key FROM attributions a WHERE a.document = old.document);"
    "  INSERT OR IGNORE INTO spoken " SPOKEN_IN("new.document")
    "  AND (l.n = new.n OR l.entity = old.entity); END;";

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
  "INSERT INTO counts SELECT '" kind "', " name("r") ", count(*) FROM " table " r WHERE " when("r") " GROUP BY 2;"     \
  COUNTING(kind, table, when, name)
#define COUNTING(kind, table, when, name)                                                                              \
  "CREATE TRIGGER counts_" kind "_added AFTER INSERT ON " table " WHEN " when("new") " BEGIN "                         \
    COUNT(kind, name("new"), "1") " END;"                                                                              \
  "CREATE TRIGGER counts_" kind "_gone AFTER DELETE ON " table " WHEN " when("old") " BEGIN "                          \
    COUNT(kind, name("old"), "-1")                                                                                     \
  "  DELETE FROM counts WHERE kind = '" kind "' AND name = " name("old") " AND n = 0; END;"

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
    "  WITHOUT ROWID;"
    COUNTED("documents", "documents", ALWAYS, UNNAMED)
    COUNTED("outlets", "documents", WITH_OUTLET, OUTLET)
    COUNTED("languages", "documents", ALWAYS, LANGUAGE)
    COUNTED("formats", "documents", ALWAYS, FORMAT)
    COUNTED("attributions", "attributions", UTTERED, UNNAMED)
    COUNTED("thoughts", "attributions", THOUGHT, UNNAMED)
    COUNTED("kinds", "attributions", UTTERED, KIND)
    COUNTED("stances", "attributions", WITH_STANCE, STANCE)
    COUNTED("statements", "statements", ALWAYS, UNNAMED)
    COUNTED("claims", "claims", ALWAYS, UNNAMED)
    COUNTED("shifts", "shifts", ALWAYS, UNNAMED)
    COUNTED("copies", "copies", WHOLE, UNNAMED)
    /* Entities that speak: the first that one says, and the last. */
    "INSERT INTO counts SELECT 'speakers', '', count(DISTINCT bearer) FROM spoken WHERE bearer > 0;"
    "CREATE TRIGGER counts_speakers_added AFTER INSERT ON spoken WHEN new.bearer > 0 AND NOT EXISTS"
    "  (SELECT 1 FROM spoken WHERE bearer = new.bearer AND attribution <> new.attribution) BEGIN "
    COUNT("speakers", "''", "1") " END;"
    "CREATE TRIGGER counts_speakers_gone AFTER DELETE ON spoken WHEN old.bearer > 0 AND NOT EXISTS"
    "  (SELECT 1 FROM spoken WHERE bearer = old.bearer) BEGIN " COUNT("speakers", "''", "-1") " END;";

/* clang-format on */

#endif
