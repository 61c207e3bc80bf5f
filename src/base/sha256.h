/* SHA-256 by the processor's own instructions.
 *
 * In. Bytes. Out. 32 bytes of FIPS 180-4. Fails when. The processor has no such
 * instructions: false, and nothing is written.
 * Method. Intel's SHA extensions: two rounds an instruction, about seven times as
 * fast as plain C; a saved page is mostly hashed and parsed.
 */
#ifndef HSY_BASE_SHA256_H
#define HSY_BASE_SHA256_H

#include <stdbool.h>

#include "base/str.h"

bool hsy_sha256_by_processor(hsy_str bytes, uint8_t digest[32]);

#endif
