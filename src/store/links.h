/* What linking found, kept in the store and read again.
 *
 * In. Link's results, its rows named by the keys of attributions.
 * Out. The same, row by row, in the order of their ids.
 * Owns. Nothing; what a visitor is shown is borrowed until it returns.
 * Fails when. SQLite does.
 */
#ifndef HSY_STORE_LINKS_H
#define HSY_STORE_LINKS_H

#include "link/entities.h"
#include "link/link.h"
#include "store/store.h"

/* What link/ was given and what it made of it; arrays run with the input's. */
typedef struct hsy_linked {
  const hsy_link_input *input;
  const hsy_links *links;
  const int64_t *attributions; // [rows] keys
  const int64_t *entities;     // [speakers] keys
  const bool *meant;           // [rows] what is found of the others counts as nothing
} hsy_linked;

/* In place of all that was there of the rows that are meant: these are whole
 * statements and claims, of before and of now. Statements that are the same are
 * left alone. Inside a batch. */
bool hsy_store_put_links(hsy_store *store, const hsy_linked *linked, hsy_arena scratch, hsy_error *err);

/* Notes of each statement whose reports are others than before whether what
 * they quote differs (link/variants.h), so that those are found that do. */
bool hsy_store_compare_wordings(hsy_store *store, hsy_arena scratch, hsy_error *err);

typedef struct hsy_stored_entity {
  hsy_str id, name, kind;
  hsy_str_vec titles, aliases; /* sorted, each once */
} hsy_stored_entity;

typedef struct hsy_stored_statement {
  int64_t key;
  hsy_str id, speaker, said_on, text, first;
  hsy_str_vec speakers, reports; /* ids */
  int64_t independent;
} hsy_stored_statement;

/* One report of a statement. */
typedef struct hsy_stored_report {
  int64_t document; /* key */
  int32_t number;   /* of the attribution in it */
  hsy_kind kind;
  hsy_str id, content, document_id, day; /* content: its pieces a line each; day: '~' where it is not known */
} hsy_stored_report;

typedef HSY_VEC(hsy_stored_report) hsy_stored_report_vec;

typedef struct hsy_stored_conflict {
  hsy_str one, other, relation;
  double confidence;
} hsy_stored_conflict;

typedef struct hsy_stored_claim {
  hsy_str id, about, why;
  hsy_str_vec pro, con;
  HSY_VEC(hsy_stored_conflict) conflicts;
  bool figures;
  double confidence;
} hsy_stored_claim;

typedef struct hsy_stored_shift {
  hsy_str id, claim, speaker, speaker_id, before, after, why;
  double confidence;
} hsy_stored_shift;

/* Each is shown all rows by id, and may say stop. */
bool hsy_store_entities(hsy_store *store, bool (*visit)(void *user, const hsy_stored_entity *entity), void *user,
                        hsy_arena arena, hsy_error *err);
bool hsy_store_statements(hsy_store *store, bool (*visit)(void *user, const hsy_stored_statement *statement),
                          void *user, hsy_arena arena, hsy_error *err);
/* One statement by its key; *found is false where there is none. */
bool hsy_store_statement(hsy_store *store, int64_t key, hsy_stored_statement *row, bool *found, hsy_arena *arena,
                         hsy_error *err);
/* Its reports, by time, then id. */
bool hsy_store_reports(hsy_store *store, int64_t statement, hsy_stored_report_vec *rows, hsy_arena *arena,
                       hsy_error *err);
bool hsy_store_claims(hsy_store *store, bool (*visit)(void *user, const hsy_stored_claim *claim), void *user,
                      hsy_arena arena, hsy_error *err);
bool hsy_store_shifts(hsy_store *store, bool (*visit)(void *user, const hsy_stored_shift *shift), void *user,
                      hsy_arena arena, hsy_error *err);

#endif
