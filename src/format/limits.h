/* Limits: how much one article may ask of the machine.
 *
 * In. "memory=512,seconds=60": names of limits and their numbers.
 * Out. The limits, the usual ones where nothing was said.
 * Owns. Nothing.
 * Fails when. A name is none, or a number is no number or past what can be.
 */
#ifndef HSY_FORMAT_LIMITS_H
#define HSY_FORMAT_LIMITS_H

#include "base/error.h"
#include "base/str.h"

typedef struct hsy_limits {
  int64_t memory;     /* MiB for one article, all its steps together */
  int64_t seconds;    /* of processor time for one article */
  int64_t entities;   /* bytes that entities of a feed may add to it */
  int64_t attributes; /* of one tag */
  int64_t nesting;    /* levels of a page that are told apart */
  int64_t ratio;      /* times its size that packed data may unpack to */
  int64_t unpacked;   /* MiB that one packed file may unpack to */
} hsy_limits;

hsy_limits hsy_limits_usual(void);
/* limits: the usual ones, or those of an earlier call. */
bool hsy_limits_read(hsy_limits *limits, hsy_str given, hsy_error *err);

#endif
