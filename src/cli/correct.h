/* What `merge`, `split`, `alias` and `corrections` share.
 *
 * In. A kind and the names; rows of HEARSAY_CORRECTIONS.
 * Out. The store corrected; a line a correction.
 */
#ifndef HSY_CLI_CORRECT_H
#define HSY_CLI_CORRECT_H

#include <jansson.h>

#include "cli/session.h"

/* The exit status. */
int hsy_cli_correct(const hsy_cli_options *options, hearsay_correction kind);
/* " 3  merge  Amir Abdollahian = Abdollahian". */
void hsy_cli_put_correction(const hsy_cli_out *out, const json_t *row);

#endif
