/* Functions that are built twice where the compiler can: for processors with
 * AVX2, and for all. What they compute has to be the same: whole numbers, or
 * fractions of which none is fused. The compiler's clones are named functions of
 * their own: keep them static, behind one that is not. */
#ifndef HSY_BASE_CLONES_H
#define HSY_BASE_CLONES_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#define HSY_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define HSY_CLONES
#endif

#endif
