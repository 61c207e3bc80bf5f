/* The variants of the kernels, a file each; those of other processors than the one that is compiled
 * for do not exist. */
#ifndef HSY_MODEL_KERNELS_VARIANTS_H
#define HSY_MODEL_KERNELS_VARIANTS_H

#include "model/kernels.h"

extern const hsy_kernels hsy_kernels_amx;    // AVX-512 and tiles of bytes (Sapphire Rapids and later)
extern const hsy_kernels hsy_kernels_avx512; // AVX-512 with VNNI (Ice Lake, Zen 4 and later)
extern const hsy_kernels hsy_kernels_avx2;   // Haswell, Zen and later
extern const hsy_kernels hsy_kernels_neon;   // Arm with dot products (8.2 and later)
extern const hsy_kernels hsy_kernels_plain;  // any

#endif
