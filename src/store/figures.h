/* Figures of speakers and outlets: how many attributions, statements, articles …
 *
 * In. A store in which rows came or went since they were last counted.
 * Out. speaker_figures and outlet_figures, as counted over the rows.
 * Owns. Nothing that outlives the call.
 * Fails when. SQLite does, or a word list is missing.
 * Method. Only who was touched is counted anew. Whether a person is a man or a
 * woman is told by pronouns that mean them, else by a title, else by an open
 * list of given names; the figure says by which.
 */
#ifndef HSY_STORE_FIGURES_H
#define HSY_STORE_FIGURES_H

#include "store/store.h"

/* Of rows f (bearer, attribution, document, kind, stance, outlet, day): a row a
 * bearer, in the order of the columns of speaker_figures up to `stances`. */
#define HSY_STANCES_OF(by)                                                                                             \
  "(SELECT whose, json_group_object(stance, n) AS stances FROM (SELECT " by " AS whose, stance, count(*) AS n FROM f"  \
  " WHERE stance IS NOT NULL GROUP BY " by ", stance ORDER BY 1, 2) GROUP BY 1)"
#define HSY_DAY_OF(row) "substr(nullif(" row ".day, '~'), 1, 10)"
#define HSY_KINDS_OF(row)                                                                                              \
  "ifnull(sum(" row ".kind = 'direct'), 0), ifnull(sum(" row ".kind = 'mixed'), 0),"                                   \
  " ifnull(sum(" row ".kind = 'indirect'), 0)"
#define HSY_SPEAKER_FIGURES                                                                                            \
  " SELECT f.bearer, count(*), count(DISTINCT r.statement), count(DISTINCT f.document),"                               \
  " count(DISTINCT f.outlet COLLATE NOCASE), min(" HSY_DAY_OF("f") "), max(" HSY_DAY_OF("f") "), " HSY_KINDS_OF(       \
      "f") ", ifnull(t.stances, '{}') FROM f LEFT JOIN reports r ON r.attribution = f.attribution"                     \
           " LEFT JOIN " HSY_STANCES_OF("bearer") " t ON t.whose = f.bearer GROUP BY f.bearer"
/* Of documents d (key, outlet, day) and rows f (likewise, no bearer; named: it has
 * a speaker) and speakers p (outlet, bearer): a row an outlet. */
#define HSY_OUTLET_FIGURES                                                                                             \
  " SELECT g.outlet, g.articles, ifnull(h.attributions, 0), ifnull(h.statements, 0),"                                  \
  " (SELECT count(DISTINCT p.bearer) FROM p WHERE p.outlet = g.outlet COLLATE NOCASE), g.first, g.last, "              \
  "ifnull(h.direct, 0),"                                                                                               \
  " ifnull(h.mixed, 0), ifnull(h.indirect, 0), ifnull(h.named, 0), ifnull(t.stances, '{}')"                            \
  " FROM (SELECT min(d.outlet) AS outlet, count(*) AS articles, min(" HSY_DAY_OF("d") ") AS first, max(" HSY_DAY_OF(   \
      "d") ") AS last FROM d GROUP BY d.outlet COLLATE NOCASE) g LEFT JOIN (SELECT f.outlet AS outlet, count(*) AS "   \
           "attributions,"                                                                                             \
           " count(DISTINCT r.statement) AS statements, sum(f.kind = 'direct') AS direct, sum(f.kind = 'mixed') AS "   \
           "mixed,"                                                                                                    \
           " sum(f.kind = 'indirect') AS indirect, sum(f.named) AS named FROM f LEFT JOIN reports r"                   \
           " ON r.attribution = f.attribution GROUP BY f.outlet COLLATE NOCASE) h ON h.outlet = g.outlet COLLATE "     \
           "NOCASE"                                                                                                    \
           " LEFT JOIN " HSY_STANCES_OF("lower(outlet)") " t ON t.whose = lower(g.outlet)"

/* Whether all that is counted is as the rows are. */
bool hsy_figures_are_fresh(hsy_store *store, hsy_error *err);
/* Counts what is not, in a batch of its own. */
bool hsy_figures_refresh(hsy_store *store, hsy_error *err);

#endif
