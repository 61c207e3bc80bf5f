/* Model files: what they were trained on, and named sections of bytes.
 *
 * In. The bytes of a file: a line "hearsay model 1", lines "key: value" (data,
 * options, scores), a blank line; then for each section a line "name size" and
 * size bytes.
 * Out. A section's bytes, borrowed.
 * Fails when. The file is none of ours, or has no such section.
 */
#ifndef HSY_MODEL_FILE_H
#define HSY_MODEL_FILE_H

#include "base/error.h"
#include "base/str.h"

bool hsy_model_section(hsy_str file, const char *name, hsy_str *bytes, hsy_error *err);

#endif
