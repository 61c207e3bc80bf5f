/* Version 12 of the store's shape: what people say of the program's rows
 * (store/reviews.h).
 *
 * Out. SQL, for the list of steps in schema.c alone.
 */
#ifndef HSY_STORE_SCHEMA_REVIEWS_H
#define HSY_STORE_SCHEMA_REVIEWS_H

/* The formatter takes SQL with macros in it apart. */
/* clang-format off */

#define SPOKEN(row) row ".mode = 'speech'"
#define SPOKEN_WITH_STANCE(row) SPOKEN(row) " AND " row ".stance IS NOT NULL"
#define COUNTED_NO_MORE(kind) "DROP TRIGGER counts_" kind "_added; DROP TRIGGER counts_" kind "_gone;"

static const char REVIEWS[] =
    "CREATE TABLE reviews ("
    "  key INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, target TEXT NOT NULL, verdict TEXT NOT NULL,"
    "  field TEXT NOT NULL, value TEXT NOT NULL, was TEXT NOT NULL, now TEXT NOT NULL, origin TEXT NOT NULL,"
    "  words TEXT NOT NULL, reviewer TEXT NOT NULL, at TEXT NOT NULL, pending INTEGER NOT NULL);"
    "CREATE INDEX reviews_by_target ON reviews(target);"
    "CREATE INDEX reviews_by_now ON reviews(now);"
    "CREATE INDEX reviews_by_origin ON reviews(origin);"
    "CREATE INDEX reviews_pending ON reviews(key) WHERE pending;"
    /* What is rejected is counted no more. */
    COUNTED_NO_MORE("attributions") COUNTED_NO_MORE("kinds") COUNTED_NO_MORE("stances")
    COUNTING("attributions", "attributions", SPOKEN, UNNAMED)
    COUNTING("kinds", "attributions", SPOKEN, KIND)
    COUNTING("stances", "attributions", SPOKEN_WITH_STANCE, STANCE)
    /* What is least sure is looked at first. */
    "CREATE INDEX attributions_unsure ON attributions(confidence) WHERE mode = 'speech';"
    "CREATE VIEW v_reviews AS SELECT key AS number, kind, target, verdict, nullif(field, '') AS field,"
    "  nullif(value, '') AS value, nullif(was, '') AS was, now, reviewer, at FROM reviews;";

/* clang-format on */

#endif
