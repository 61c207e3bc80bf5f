#include "model/tensors.h"

#include "base/hash.h"

enum { ALIGNMENT = 64, MOST_DIGITS = 10 };

static const struct {
  const char *word;
  int size; // of an element
} KINDS[] = {[HSY_TENSOR_F32] = {"f32", 4},
             [HSY_TENSOR_S32] = {"s32", 4},
             [HSY_TENSOR_S8] = {"s8", 1},
             [HSY_TENSOR_BYTES] = {"bytes", 1}};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static bool bad(hsy_error *err, const char *what) { return hsy_fail(err, HSY_BAD_INPUT, "model", -1, "%s", what); }

/* Digits of s as a number; -1 where s is none. */
static int64_t number(hsy_str s) {
  int64_t n = 0;
  if (s.len == 0 || s.len > MOST_DIGITS) return -1;
  for (ptrdiff_t i = 0; i < s.len; i++) {
    if (s.data[i] < '0' || s.data[i] > '9') return -1;
    n = 10 * n + (s.data[i] - '0');
  }
  return n;
}

static hsy_str hexadecimal(uint64_t value, char digits[16]) {
  for (int i = 0; i < 16; i++) digits[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
  return (hsy_str){digits, 16};
}

/* The value of the line "KEY: VALUE"; empty, with data NULL, where it has another key. */
static hsy_str value_of(hsy_str line, hsy_str key) {
  if (!hsy_str_starts(line, key)) return (hsy_str){0};
  hsy_str rest = hsy_str_slice(line, key.len, line.len);
  return hsy_str_starts(rest, HSY_S(": ")) ? hsy_str_slice(rest, 2, rest.len) : (hsy_str){0};
}

/* "NAME KIND ROWS COLUMNS OFFSET SIZE" */
static bool read_row(hsy_str file, hsy_str line, hsy_tensor *tensor) {
  hsy_str name = hsy_str_cut(line, ' ', &line), kind = hsy_str_cut(line, ' ', &line);
  int64_t n[4];
  for (int i = 0; i < 4; i++) n[i] = number(hsy_str_cut(line, ' ', &line));
  int k = 0;
  while (k < KIND_COUNT && !hsy_str_eq(kind, hsy_str_of(KINDS[k].word))) k++;
  if (k == KIND_COUNT || n[0] < 1 || n[1] < 1 || n[0] > INT32_MAX || n[1] > INT32_MAX) return false;
  if (n[2] < 0 || n[2] % ALIGNMENT || n[3] < 0 || n[2] > file.len || n[3] > file.len - n[2]) return false;
  if (k != HSY_TENSOR_S8 && n[0] * n[1] > n[3] / KINDS[k].size) return false;
  *tensor = (hsy_tensor){name, (hsy_tensor_kind)k, (int)n[0], (int)n[1], file.data + n[2], (ptrdiff_t)n[3]};
  return true;
}

bool hsy_tensors_read(hsy_str file, hsy_tensors *tensors, hsy_arena *arena, hsy_error *err) {
  hsy_str rest = file, line;
  *tensors = (hsy_tensors){0};
  if (!hsy_str_eq(hsy_str_cut(rest, '\n', &rest), HSY_S("hearsay tensors 1")))
    return bad(err, "not a model file of this version");
  if ((uintptr_t)file.data % ALIGNMENT) return bad(err, "a model's bytes lie at an odd address");
  if (number(value_of(hsy_str_cut(rest, '\n', &rest), HSY_S("size"))) != file.len)
    return bad(err, "a model file is cut short, or has something behind its end");
  char digits[16];
  hsy_str said = value_of(hsy_str_cut(rest, '\n', &rest), HSY_S("checksum"));
  if (!rest.data || !hsy_str_eq(said, hexadecimal(hsy_hash(rest), digits)))
    return bad(err, "a model file is damaged: its checksum is another");
  tensors->keys = rest;
  while (rest.len > 0 && (line = hsy_str_cut(rest, '\n', &rest)).len > 0) continue;
  tensors->keys.len = rest.data ? rest.data - tensors->keys.data : 0;
  HSY_VEC(hsy_tensor) list = {0};
  while (rest.len > 0 && (line = hsy_str_cut(rest, '\n', &rest)).len > 0)
    if (!read_row(file, line, hsy_push(&list, arena))) return bad(err, "a model file's table of contents is none");
  tensors->list = list.data;
  tensors->count = list.len;
  return hsy_arena_check(*arena, "model", err);
}

hsy_str hsy_tensors_value(const hsy_tensors *tensors, hsy_str key) {
  hsy_str rest = tensors->keys;
  while (rest.len > 0) {
    hsy_str value = value_of(hsy_str_cut(rest, '\n', &rest), key);
    if (value.data) return value;
  }
  return (hsy_str){0};
}

const hsy_tensor *hsy_tensors_find(const hsy_tensors *tensors, hsy_str name) {
  for (ptrdiff_t i = 0; i < tensors->count; i++)
    if (hsy_str_eq(tensors->list[i].name, name)) return &tensors->list[i];
  return NULL;
}
