#include "store/rank.h"

static const double K1 = 1.2, B = 0.75;

/* Times the phrase stands in the row. */
static int count_phrase(const Fts5ExtensionApi *api, Fts5Context *context, int phrase) {
  Fts5PhraseIter at;
  int column, offset, count = 0;
  for (int code = api->xPhraseFirst(context, phrase, &at, &column, &offset); code == SQLITE_OK && column >= 0;
       api->xPhraseNext(context, &at, &column, &offset))
    count++;
  return count;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *out, int count,
                 sqlite3_value **weights) {
  sqlite3_int64 rows = 0, tokens = 0;
  int size = 0;
  int code = api->xRowCount(context, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(context, -1, &tokens);
  if (code == SQLITE_OK) code = api->xColumnSize(context, -1, &size);
  if (code != SQLITE_OK) {
    sqlite3_result_error_code(out, code);
    return;
  }
  double mean = rows > 0 && tokens > 0 ? (double)tokens / (double)rows : 1, sum = 0;
  for (int i = 0, phrases = api->xPhraseCount(context); i < phrases; i++) {
    double times = count_phrase(api, context, i), weight = i < count ? sqlite3_value_double(weights[i]) : 1;
    sum += weight * times * (K1 + 1) / (times + K1 * (1 - B + B * size / mean));
  }
  sqlite3_result_double(out, -sum);
}

static fts5_api *api_of(hsy_db *db, hsy_error *err) {
  fts5_api *api = NULL;
  hsy_query query = hsy_db_query_once(db, "SELECT fts5(?1)", err);
  if (query.statement) sqlite3_bind_pointer(query.statement, 1, (void *)&api, "fts5_api_ptr", NULL);
  hsy_query_next(&query);
  hsy_query_end(&query);
  return api;
}

bool hsy_rank_register(hsy_db *db, hsy_error *err) {
  fts5_api *api = api_of(db, err);
  if (err->code != HSY_OK) return false;
  int code = api ? api->xCreateFunction(api, "hearsay_rank", NULL, rank, NULL) : SQLITE_ERROR;
  return code == SQLITE_OK || hsy_db_fail(db, code, err);
}
