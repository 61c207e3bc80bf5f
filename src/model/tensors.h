/* Model files of named tensors, read where they lie.
 *
 * In. The bytes of a file, mapped or built in, at an address that is a multiple
 * of 64:
 *
 *     hearsay tensors 1
 *     size: BYTES OF THE WHOLE FILE
 *     checksum: XXH3, 64 bits, 16 hexadecimal digits, of all behind this line
 *     KEY: VALUE                          data, options, scores; any number
 *     (a blank line)
 *     NAME KIND ROWS COLUMNS OFFSET SIZE  a line each tensor
 *     (a blank line)
 *     the tensors, each at an OFFSET from the file's start that is a multiple of 64
 *
 * KIND is f32, s32, s8 or bytes; numbers are little-endian, rows lie one behind
 * the other. SIZE is in bytes; it is ROWS x COLUMNS elements, but for s8, which may
 * be packed and padded as its reader says.
 * Out. A table of the tensors, in the arena; values and bytes are borrowed.
 * Fails when. The file is of another kind or version, shorter or longer than it
 * says, or any byte of it is not the one that was written.
 */
#ifndef HSY_MODEL_TENSORS_H
#define HSY_MODEL_TENSORS_H

#include "base/error.h"
#include "base/str.h"

typedef enum hsy_tensor_kind { HSY_TENSOR_F32, HSY_TENSOR_S32, HSY_TENSOR_S8, HSY_TENSOR_BYTES } hsy_tensor_kind;

typedef struct hsy_tensor {
  hsy_str name;
  hsy_tensor_kind kind;
  int rows, columns;
  const void *data; // borrows the file
  ptrdiff_t size;   // bytes
} hsy_tensor;

typedef struct hsy_tensors {
  hsy_str keys; // the lines KEY: VALUE
  const hsy_tensor *list;
  ptrdiff_t count;
} hsy_tensors;

bool hsy_tensors_read(hsy_str file, hsy_tensors *tensors, hsy_arena *arena, hsy_error *err);
/* The value behind KEY; its data is NULL where there is no such line. */
hsy_str hsy_tensors_value(const hsy_tensors *tensors, hsy_str key);
/* NULL where none has that name. */
const hsy_tensor *hsy_tensors_find(const hsy_tensors *tensors, hsy_str name);

#endif
