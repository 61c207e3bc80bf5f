/* Contradictions and changes of position, as people see them.
 *
 * In. A row of HEARSAY_CONFLICTS or HEARSAY_SHIFTS.
 * Out. Its claim and both of its attributions, printed.
 * Owns. Nothing.
 */
#ifndef HSY_CLI_CONFLICTS_H
#define HSY_CLI_CONFLICTS_H

#include <jansson.h>

#include "cli/terminal.h"

void hsy_cli_put_conflict(const hsy_cli_out *out, const json_t *row);
void hsy_cli_put_shift(const hsy_cli_out *out, const json_t *row);

#endif
