#include "model/kernels.h"

#include <stdlib.h>
#include <string.h>

#include "model/kernels_variants.h"

const hsy_kernels *const hsy_kernels_all[] = {
#if defined(__x86_64__)
    &hsy_kernels_amx, &hsy_kernels_avx512, &hsy_kernels_avx2,
#elif defined(__aarch64__)
    &hsy_kernels_neon,
#endif
    &hsy_kernels_plain, NULL};

const hsy_kernels *hsy_kernels_choose(void) {
  const char *wanted = getenv("HEARSAY_KERNELS");
  for (const hsy_kernels *const *k = hsy_kernels_all; *k; k++)
    if ((!wanted || !*wanted || strcmp(wanted, (*k)->name) == 0) && (*k)->usable()) return *k;
  return NULL;
}
