/* Parameters of an address, as a question's filter.
 *
 * In. The query of a request, and which parameters its address takes.
 * Out. A filter and the words asked about.
 * Owns. Values that came several times, until hsy_params_reset; the others are
 * the request's.
 * Fails when. A parameter is unknown, there twice (but speaker, outlet and stance,
 * which add up), no UTF-8, or no value of its
 * kind; `problem` then says so.
 */
#ifndef HSY_SERVER_PARAMS_H
#define HSY_SERVER_PARAMS_H

#include "server/server.h"

enum {
  HSY_PARAM_Q = 1,
  HSY_PARAM_SPEAKER = 2,
  HSY_PARAM_OUTLET = 4,
  HSY_PARAM_STANCE = 8,
  HSY_PARAM_DAYS = 16, /* since, until */
  HSY_PARAM_THOUGHTS = 32,
  HSY_PARAM_CONFIDENCE = 64,
  HSY_PARAM_PAGE = 128, /* limit, cursor */
  HSY_PARAM_NAME = 256, /* of a file */
  HSY_PARAM_CLAIM = 512,
  HSY_PARAM_DOCUMENT = 1024,
  HSY_PARAM_ALL = 2048,
  HSY_PARAM_LIST = 4096,  /* sort, reverse, count, format */
  HSY_PARAM_PAIR = 8192,  /* one, other */
  HSY_PARAM_HELD = 16384, /* held_by_several */
  HSY_PARAM_KIND = 32768, /* of rows to be marked */
  HSY_PARAM_FILTER = HSY_PARAM_OUTLET | HSY_PARAM_DAYS | HSY_PARAM_PAGE | HSY_PARAM_LIST,
  HSY_PARAM_SAID = HSY_PARAM_FILTER | HSY_PARAM_STANCE | HSY_PARAM_THOUGHTS | HSY_PARAM_CONFIDENCE
};

enum { HSY_PARAMS_SEVERAL = 32 }; /* further values at most */

typedef struct hsy_params {
  hearsay_filter filter;
  const char *q, *name, *document, *one, *other;
  bool csv;                        /* all rows, as a table to download */
  char *owned[HSY_PARAMS_SEVERAL]; /* joined values */
  int several;
  unsigned seen; /* one bit a row of the table in params.c */
  char problem[200];
} hsy_params;

bool hsy_params_read(hsy_request *request, unsigned takes, hsy_params *params);
void hsy_params_reset(hsy_params *params);

#endif
