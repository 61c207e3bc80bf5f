/* libxml2 with memory that can run out.
 *
 * In. Work that calls libxml2, and how many bytes it may take.
 * Out. Whether it came to its end. What libxml2 handed out meanwhile is gone
 * then, given back or not.
 * Owns. A pool of memory for the time of the work.
 * Fails when. The pool is used up or the system gives none. libxml2 does not
 * live through an allocation that fails: it loops, or goes on without a word
 * of the text. So the work is left where it stands (longjmp) and its memory
 * is dropped whole.
 *
 * The work must hold nothing but what `user` leads to: it may end anywhere.
 * Method. libxml2's allocator is exchanged once for one that serves a thread
 * from its pool while it runs work, and from the C library else.
 */
#ifndef HSY_FORMAT_XMLRUN_H
#define HSY_FORMAT_XMLRUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

bool hsy_xml_run(size_t most, void (*work)(void *user), void *user, hsy_error *err);

/* A test's hook: the n-th allocation from now on this thread fails (0: none). */
void hsy_xml_fail_at(long n);

#endif
