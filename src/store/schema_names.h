/* Version 15 of the store's shape: names are found by each part of a double name
 * and with either apostrophe.
 *
 * Out. SQL, for the list of steps in schema.c alone. */
#ifndef HSY_STORE_SCHEMA_NAMES_H
#define HSY_STORE_SCHEMA_NAMES_H

/* The formatter takes SQL with macros in it apart. */
/* clang-format off */

#define PARTED(name) "'[' || replace(replace(json_quote(" name ".folded), '-', ' '), ' ', '\",\"') || ']'"
#define OF_PARTS(name) name ".role <> 'title' AND (instr(" name ".folded, ' ') OR instr(" name ".folded, '-'))"
#define PLAIN(column) column " = replace(replace(" column ", '’', ''''), 'ʼ', '''')"

static const char NAME_PARTS[] =
    "DROP TRIGGER name_words_added; DROP TRIGGER name_words_gone;"
    "UPDATE names SET " PLAIN("folded") " WHERE instr(folded, '’') OR instr(folded, 'ʼ');"
    "UPDATE OR IGNORE corrections SET " PLAIN("a_folded") ", " PLAIN("b_folded") ";"
    "DELETE FROM name_words;"
    "INSERT OR IGNORE INTO name_words SELECT w.value, n.folded FROM names n, json_each(" PARTED("n") ") w"
    "  WHERE " OF_PARTS("n") ";"
    "CREATE TRIGGER name_words_added AFTER INSERT ON names WHEN " OF_PARTS("new") " BEGIN"
    "  INSERT OR IGNORE INTO name_words SELECT w.value, new.folded FROM json_each(" PARTED("new") ") w; END;"
    "CREATE TRIGGER name_words_gone AFTER DELETE ON names WHEN " OF_PARTS("old")
    "  AND NOT EXISTS (SELECT 1 FROM names WHERE folded = old.folded AND role <> 'title') BEGIN"
    "  DELETE FROM name_words WHERE (word, folded) IN"
    "  (SELECT w.value, old.folded FROM json_each(" PARTED("old") ") w); END;";

/* clang-format on */

#endif
