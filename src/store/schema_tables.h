/* Version 9 of the store's shape: figures of speakers and outlets, and views for
 * people who ask with SQL (docs/format.md).
 *
 * Out. SQL, for the list of steps in schema.c alone.
 *
 * Figures are counted anew at the end of linking (store/figures.h) for those that
 * stand in the tables of the stale, which triggers fill. */
#ifndef HSY_STORE_SCHEMA_TABLES_H
#define HSY_STORE_SCHEMA_TABLES_H

/* The formatter takes SQL with macros in it apart. */
/* clang-format off */

/* Not OR IGNORE: what an inner statement does about a conflict gives way to what
 * the outer one says. */
#define NEW_IN(table, column, value) " AND NOT EXISTS (SELECT 1 FROM " table " x WHERE x." column " = " value ");"
#define STALE_SPEAKER(bearer)                                                                                          \
  "INSERT INTO speakers_stale SELECT " bearer " WHERE 1" NEW_IN("speakers_stale", "bearer", bearer)
#define STALE_SPEAKERS_OF(where)                                                                                 \
  "INSERT INTO speakers_stale SELECT DISTINCT " BEARER("l") " FROM attributions a"                                     \
  " JOIN speakers s ON s.document = a.document AND s.attribution = a.n"                                                \
  " JOIN local_entities l ON l.document = s.document AND l.n = s.entity WHERE " where                                  \
    NEW_IN("speakers_stale", "bearer", BEARER("l"))
#define STALE_OUTLET(row)                                                                                              \
  "INSERT INTO outlets_stale SELECT ifnull(" row ".outlet, '') WHERE 1"                                                \
    NEW_IN("outlets_stale", "outlet", "ifnull(" row ".outlet, '')")
#define STALE_OUTLET_OF(attribution)                                                                                   \
  "INSERT INTO outlets_stale SELECT ifnull(d.outlet, '') FROM attributions a"                                          \
  " JOIN documents d ON d.key = a.document WHERE a.key = " attribution                                                 \
    NEW_IN("outlets_stale", "outlet", "ifnull(d.outlet, '')")

static const char FIGURES[] =
    "CREATE TABLE speaker_figures ("
    "  bearer INTEGER PRIMARY KEY, attributions INTEGER NOT NULL, statements INTEGER NOT NULL,"
    "  articles INTEGER NOT NULL, outlets INTEGER NOT NULL, first TEXT, last TEXT,"
    "  direct INTEGER NOT NULL, mixed INTEGER NOT NULL, indirect INTEGER NOT NULL, stances TEXT NOT NULL,"
    "  gender TEXT, gender_basis TEXT);"
    "CREATE INDEX speaker_figures_by_number ON speaker_figures(-attributions, bearer);"
    "CREATE TABLE outlet_figures ("
    "  outlet TEXT COLLATE NOCASE PRIMARY KEY, articles INTEGER NOT NULL, attributions INTEGER NOT NULL,"
    "  statements INTEGER NOT NULL, speakers INTEGER NOT NULL, first TEXT, last TEXT,"
    "  direct INTEGER NOT NULL, mixed INTEGER NOT NULL, indirect INTEGER NOT NULL, named INTEGER NOT NULL,"
    "  stances TEXT NOT NULL) WITHOUT ROWID;"
    /* What speaks is counted there. */
    "DROP TRIGGER counts_speakers_added; DROP TRIGGER counts_speakers_gone;"
    "DELETE FROM counts WHERE kind = 'speakers';"
    "CREATE TABLE speakers_stale (bearer INTEGER PRIMARY KEY);"
    "CREATE TABLE outlets_stale (outlet TEXT COLLATE NOCASE PRIMARY KEY) WITHOUT ROWID;"
    "INSERT INTO speakers_stale SELECT DISTINCT bearer FROM spoken;"
    "INSERT OR IGNORE INTO outlets_stale SELECT DISTINCT ifnull(outlet, '') FROM documents;"
    "CREATE TRIGGER stale_spoken_added AFTER INSERT ON spoken BEGIN "
    STALE_SPEAKER("new.bearer") " END;"
    "CREATE TRIGGER stale_spoken_gone AFTER DELETE ON spoken BEGIN "
    STALE_SPEAKER("old.bearer") " END;"
    "CREATE TRIGGER stale_reports_added AFTER INSERT ON reports BEGIN "
    STALE_SPEAKERS_OF("a.key = new.attribution") STALE_OUTLET_OF("new.attribution") " END;"
    "CREATE TRIGGER stale_reports_changed AFTER UPDATE OF statement ON reports BEGIN "
    STALE_SPEAKERS_OF("a.key = new.attribution") STALE_OUTLET_OF("new.attribution") " END;"
    "CREATE TRIGGER stale_reports_gone AFTER DELETE ON reports BEGIN "
    STALE_SPEAKERS_OF("a.key = old.attribution") STALE_OUTLET_OF("old.attribution") " END;"
    "CREATE TRIGGER stale_documents_added AFTER INSERT ON documents BEGIN " STALE_OUTLET("new") " END;"
    "CREATE TRIGGER stale_documents_gone AFTER DELETE ON documents BEGIN " STALE_OUTLET("old") " END;"
    "CREATE TRIGGER stale_documents_changed AFTER UPDATE OF outlet, day ON documents BEGIN "
    STALE_OUTLET("old") STALE_OUTLET("new") STALE_SPEAKERS_OF("a.document = new.key") " END;";

#define WORDS(role)                                                                                                    \
  "(SELECT group_concat(t, ' … ') FROM (SELECT CAST(substr(CAST(d.text AS BLOB), p.start + 1, p.end - p.start) AS"     \
  " TEXT) AS t FROM pieces p WHERE p.document = a.document AND p.attribution = a.n AND p.role = '" role "'"            \
  " ORDER BY p.n))"
#define PARTIES(direction)                                                                                             \
  "(SELECT group_concat(name, '; ') FROM (SELECT k.name FROM links k WHERE k.document = a.document"                    \
  " AND k.attribution = a.n AND k.direction = '" direction "' ORDER BY k.n))"
/* Where its content begins or ends, in code points of the article's text. */
#define POINT(which, end)                                                                                              \
  "(SELECT length(CAST(substr(CAST(d.text AS BLOB), 1, " which "(p." end ")) AS TEXT)) FROM pieces p"                  \
  " WHERE p.document = a.document AND p.attribution = a.n AND p.role = 'content')"
#define KNOWN_DAY(day) "nullif(" day ", '~')"

static const char VIEWS[] =
    "CREATE VIEW v_attributions AS SELECT a.id AS id, d.id AS document, coalesce((SELECT e.name FROM speakers s"
    "  JOIN local_entities l ON l.document = s.document AND l.n = s.entity JOIN entities e ON e.key = l.entity"
    "  WHERE s.document = a.document AND s.attribution = a.n AND NOT EXISTS (SELECT 1 FROM speakers o"
    "  WHERE o.document = a.document AND o.attribution = a.n AND o.n <> s.n)), a.speaker) AS speaker, "
    WORDS("source") " AS source, " WORDS("cue") " AS cue, a.content AS content, a.kind AS kind, a.mode AS mode,"
    "  a.stance AS stance, a.said_on AS said_on, " PARTIES("via") " AS via, " PARTIES("to") " AS addressee,"
    POINT("min", "start") " AS content_start, " POINT("max", "end") " AS content_end,"
    "  (SELECT t.id FROM reports r JOIN statements t ON t.key = r.statement WHERE r.attribution = a.key) AS statement,"
    "  a.confidence AS confidence, d.outlet AS outlet, " KNOWN_DAY("d.day") " AS published, d.title AS title,"
    "  d.path AS path, d.url AS url"
    "  FROM attributions a JOIN documents d ON d.key = a.document;"
    "CREATE VIEW v_statements AS SELECT t.id AS id, (SELECT v.speaker FROM v_attributions v WHERE v.id = c.id) AS"
    "  speaker, c.content AS text, t.said_on AS said_on, " KNOWN_DAY("t.day") " AS first_reported_on,"
    "  " KNOWN_DAY("t.last") " AS last_reported_on, (SELECT count(*) FROM reports r WHERE r.statement = t.key) AS"
    "  reports, t.independent AS independent_reports, c.id AS clearest, f.id AS first"
    "  FROM statements t JOIN attributions c ON c.key = t.clearest JOIN attributions f ON f.key = t.first;"
    "CREATE VIEW v_claims AS SELECT c.id AS claim, c.about AS about, i.side AS side, a.id AS attribution,"
    "  t.id AS statement, v.speaker AS speaker, v.content AS content, v.stance AS stance, v.said_on AS said_on,"
    "  v.outlet AS outlet, v.published AS published, c.confidence AS confidence"
    "  FROM claims c JOIN sides i ON i.claim = c.key JOIN attributions a ON a.key = i.attribution"
    "  JOIN v_attributions v ON v.id = a.id LEFT JOIN reports r ON r.attribution = a.key"
    "  LEFT JOIN statements t ON t.key = r.statement;"
    "CREATE VIEW v_speakers AS SELECT coalesce(e.name, l.name) AS name, coalesce(e.kind, l.kind) AS kind, e.id AS"
    "  entity, g.attributions AS attributions, g.statements AS statements, g.articles AS articles, g.outlets AS outlets,"
    "  g.first AS first, g.last AS last, g.direct AS direct, g.mixed AS mixed, g.indirect AS indirect,"
    "  round(1.0 * g.direct / g.attributions, 4) AS share_direct, g.stances AS stances, g.gender AS gender,"
    "  g.gender_basis AS gender_basis FROM speaker_figures g LEFT JOIN entities e ON e.key = g.bearer"
    "  LEFT JOIN local_entities l ON g.bearer < 0 AND l.document = (-g.bearer) >> 24 AND l.n = (-g.bearer) & 16777215;"
    "CREATE VIEW v_outlets AS SELECT nullif(g.outlet, '') AS outlet, g.articles AS articles, g.attributions AS"
    "  attributions, g.statements AS statements, g.speakers AS speakers, g.first AS first, g.last AS last,"
    "  g.direct AS direct, g.mixed AS mixed, g.indirect AS indirect,"
    "  round(1.0 * g.direct / max(g.attributions, 1), 4) AS share_direct,"
    "  round(1.0 * g.named / max(g.attributions, 1), 4) AS share_named, g.stances AS stances FROM outlet_figures g;"
    "CREATE VIEW v_documents AS SELECT d.id AS id, d.title AS title, d.outlet AS outlet, d.byline AS byline,"
    "  d.published AS published, d.modified AS modified, d.language AS language, d.path AS path, d.item AS item,"
    "  d.url AS url, length(d.text) AS characters, (SELECT count(*) FROM attributions a WHERE a.document = d.key"
    "  AND a.mode <> 'thought') AS attributions FROM documents d;"
    "CREATE VIEW v_shifts AS SELECT h.id AS id, e.name AS speaker, c.id AS claim, c.about AS about, b.id AS before,"
    "  b.content AS before_content, b.stance AS before_stance, coalesce(b.said_on, " KNOWN_DAY("bd.day") ") AS before_on,"
    "  x.id AS after, x.content AS after_content, x.stance AS after_stance, coalesce(x.said_on, " KNOWN_DAY("xd.day")
    ")  AS after_on, h.confidence AS confidence FROM shifts h JOIN claims c ON c.key = h.claim"
    "  LEFT JOIN entities e ON e.key = h.speaker JOIN attributions b ON b.key = h.before JOIN documents bd"
    "  ON bd.key = b.document JOIN attributions x ON x.key = h.after JOIN documents xd ON xd.key = x.document;"
    "CREATE VIEW v_conflicts AS SELECT c.id || '.' || (f.n + 1) AS id, c.id AS claim, c.about AS about,"
    "  f.relation AS relation, o.id AS one, o.speaker AS one_speaker, o.content AS one_content, o.published AS"
    "  one_published, x.id AS other, x.speaker AS other_speaker, x.content AS other_content, x.published AS"
    "  other_published, f.confidence AS confidence FROM conflicts f JOIN claims c ON c.key = f.claim"
    "  JOIN attributions oa ON oa.key = f.one JOIN v_attributions o ON o.id = oa.id"
    "  JOIN attributions xa ON xa.key = f.other JOIN v_attributions x ON x.id = xa.id;"
    /* Views name attributions by their ids. */
    "CREATE INDEX attributions_by_id ON attributions(id);";

/* clang-format on */

#endif
