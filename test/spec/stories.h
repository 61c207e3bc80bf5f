/* Examples of several articles: what is found across them.
 *
 * In: an example's text, its articles each after a line "=== name.txt", and the
 *     lines below its dot (README.md).
 * Out: whether all of them hold; those that do not are printed.
 * Method: a store in a folder of its own, the articles added, its export read.
 */
#ifndef STORIES_H
#define STORIES_H

#include <stdbool.h>

#include "hearsay.h"

/* Whether the text is of this form. */
bool is_story(const char *text);

/* Takes text and want apart. */
bool story_holds(const hearsay_engine *engine, char *text, char *want);

#endif
