// Philox4x32-10 in vectors: four counters side by side, one in each lane of 64 bits.
//
// A 32-bit word stands in the low half of its lane, so that a product of 32 by 32 bits is one instruction; whatever
// is in the high half is ignored. One chain of ten rounds waits for its multiplications most of the time, hence two
// chains are interleaved.

#ifndef LK_PHILOX_H
#define LK_PHILOX_H

#include "include/random.h"
#include "vector.h"

// Four counters, word by word.
typedef struct {
  v4u c0, c1, c2, c3;
} lk_philox_lanes;

// The 128 bits of four counters as two words of 64 each.
typedef struct {
  v4u first, second;
} lk_philox_bits;

LK_INLINE v4u v_load_bits(const void *p) {
  v4u v;
  memcpy(&v, p, sizeof v);
  return v;
}

LK_INLINE void v_store_bits(void *p, v4u v) { memcpy(p, &v, sizeof v); }

// The counters of the trajectories offset, offset + 1, offset + 2, offset + 3 of a place.
LK_INLINE lk_philox_lanes lk_philox_trajectories(lk_philox_place place, size_t offset) {
  v4u trajectory = v_bits(place.trajectory + offset) + (v4u){0, 1, 2, 3};
  return (lk_philox_lanes){trajectory, trajectory >> 32, v_bits(place.pair), v_bits(place.stream)};
}

LK_INLINE lk_philox_lanes lk_philox_round(lk_philox_lanes s, v4u key0, v4u key1) {
  const v4u low = v_bits(0xffffffff);
  v4u product0 = (s.c0 & low) * v_bits(0xD2511F53), product1 = (s.c2 & low) * v_bits(0xCD9E8D57);
  return (lk_philox_lanes){(product1 >> 32) ^ s.c1 ^ key0, product1, (product0 >> 32) ^ s.c3 ^ key1, product0};
}

LK_INLINE lk_philox_bits lk_philox_output(lk_philox_lanes s) {
  const v4u low = v_bits(0xffffffff);
  return (lk_philox_bits){(s.c0 & low) | (s.c1 << 32), (s.c2 & low) | (s.c3 << 32)};
}

// The bits of eight counters.
LK_INLINE void lk_philox_two(lk_philox_lanes a, lk_philox_lanes b, uint64_t key, lk_philox_bits *of_a,
                             lk_philox_bits *of_b) {
  uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    a = lk_philox_round(a, v_bits(key0), v_bits(key1));
    b = lk_philox_round(b, v_bits(key0), v_bits(key1));
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  *of_a = lk_philox_output(a);
  *of_b = lk_philox_output(b);
}

#endif
