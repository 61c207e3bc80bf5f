/* Posts: what people write on platforms, as these hand it out in JSON.
 *
 * In. An object of a file or stream.
 * Out. Who wrote it and the words; false where it is no post: an article names
 * its author, too, but has a headline.
 * Owns. The texts lie in the arena.
 * Fails when. Never; a post without words is none.
 * Method: a person is an object with a name or handle ("user", "account"), or a
 * field that is named so; "author" alone tells a post only beside the time at
 * which posts are made.
 */
#ifndef HSY_FORMAT_POSTS_H
#define HSY_FORMAT_POSTS_H

#include <jansson.h>

#include "doc/doc.h"

typedef struct hsy_post {
  hsy_str author, words;
  const char *key; /* of the words, where they stand there as they are; else NULL */
} hsy_post;

bool hsy_post_read(const json_t *object, hsy_post *post, hsy_arena *arena);

/* "Author: words" as the document's text, a block a paragraph. Returns where the words begin. */
int32_t hsy_post_write(const hsy_post *post, hsy_doc *doc);

/* Brings a wrapped post's own fields up: Bluesky's record, Reddit's data, the
 * archive's "tweet"; `around` may hold the people meant by number. New reference. */
json_t *hsy_post_unwrap(json_t *entry, const json_t *around);

#endif
