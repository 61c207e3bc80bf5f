/* Rows of links on their way in (store/put_links.c).
 *
 * In. link/'s results. Out. Rows of the store's tables, their keys.
 * Owns. Nothing. Fails when. SQLite does: *err holds it, and all that follows
 * does nothing.
 */
#ifndef HSY_STORE_PUT_LINKS_H
#define HSY_STORE_PUT_LINKS_H

#include "store/links.h"

enum { HSY_MOST_CONFLICTS = 16 }; /* kept of a claim; its sides tell the rest */

typedef struct hsy_putting {
  hsy_db *db;
  const hsy_linked *linked;
  int64_t *entity_keys; // [speakers] rows of entities
  /* Ids by which rows of a kind are told apart, [statements], [claims], [shifts]. */
  hsy_str *statement_ids, *claim_ids, *shift_ids;
  hsy_arena scratch;
  hsy_error *err;
} hsy_putting;

/* Ids of statements, claims and shifts, told apart; false: the arena is full. */
bool hsy_put_names(hsy_putting *p, hsy_arena *arena);
/* Each returns the row's key. A row with that id that is there is brought up to
 * date; a claim must not be there. */
int64_t hsy_put_entity(hsy_putting *p, const hsy_link_speaker *row);
int64_t hsy_put_statement(hsy_putting *p, ptrdiff_t i);
int64_t hsy_put_claim(hsy_putting *p, int32_t i);
/* The reports of a statement, in their order. */
void hsy_put_reports(hsy_putting *p, int64_t statement, const hsy_index_vec *rows);

#endif
