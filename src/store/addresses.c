#include "store/addresses.h"

int64_t hsy_store_article(hsy_store *store, hsy_str article, hsy_error *err) {
  if (!article.len) return 0;
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT key FROM documents WHERE article = ? LIMIT 1", err);
  hsy_bind_text(&query, article);
  int64_t key = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return key;
}

bool hsy_store_put_address(hsy_db *db, int64_t document, const hsy_address *address, hsy_error *err) {
  hsy_query query =
      hsy_db_query(db, "INSERT OR IGNORE INTO addresses(document, id, url, path, item) VALUES (?,?,?,?,?)", err);
  hsy_bind_int(&query, document);
  hsy_bind_text(&query, address->id);
  hsy_bind_text(&query, address->url);
  hsy_bind_str(&query, address->path);
  hsy_bind_str(&query, address->item);
  return hsy_query_run(&query);
}

void hsy_store_load_addresses(hsy_db *db, int64_t document, hsy_doc *doc, hsy_error *err) {
  hsy_query query =
      hsy_db_query(db, "SELECT id, url, path, item FROM addresses WHERE document = ? ORDER BY url, id", err);
  hsy_bind_int(&query, document);
  while (hsy_query_next(&query)) {
    hsy_address *address = hsy_push(&doc->meta.addresses, doc->arena);
    hsy_str *fields[] = {&address->id, &address->url, &address->path, &address->item};
    for (int i = 0; i < 4; i++) *fields[i] = hsy_str_copy(doc->arena, hsy_column_str(&query, i));
  }
}

bool hsy_store_drop_address(hsy_store *store, hsy_str url, hsy_str article, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "DELETE FROM addresses WHERE url = ?1 AND document IN"
                                 " (SELECT key FROM documents WHERE ifnull(article, '') <> ?2)",
                                 err);
  hsy_bind_text(&query, url);
  hsy_bind_text(&query, article);
  return hsy_query_run(&query);
}
