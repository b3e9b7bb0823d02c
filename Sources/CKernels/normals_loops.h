// The loops of the random numbers, compiled once per backend: the including file defines LK_BACKEND(name), the name
// of the function in its build.
//
// Words are written to the place of the results first, and turned into numbers in a second pass: in one pass the
// registers do not suffice for Philox and the polynomials. Blocks of LK_RANDOM_BLOCK lanes stay in the first cache.

#define LK_RANDOM_BLOCK 256

static inline size_t lk_smaller(size_t a, size_t b) { return a < b ? a : b; }

// The words of `lanes` trajectories of one stream.
static void lk_row_of_words(lk_philox_place place, size_t lanes, void *first, void *second) {
  char *to_first = first, *to_second = second;
  for (size_t i = 0; i < lanes; i += 8) {
    lk_philox_bits a, b;
    lk_philox_two(lk_philox_trajectories(place, i), lk_philox_trajectories(place, i + 4), place.key, &a, &b);
    if (i + 8 <= lanes) {
      v_store_bits(to_first + 8 * i, a.first);
      v_store_bits(to_first + 8 * i + 32, b.first);
      v_store_bits(to_second + 8 * i, a.second);
      v_store_bits(to_second + 8 * i + 32, b.second);
    } else {
      v4u firsts[2] = {a.first, b.first}, seconds[2] = {a.second, b.second};
      memcpy(to_first + 8 * i, firsts, 8 * (lanes - i));
      memcpy(to_second + 8 * i, seconds, 8 * (lanes - i));
    }
  }
}

void LK_BACKEND(lk_box_muller)(const uint64_t *radius, const uint64_t *angle, double *first, double *second,
                               size_t n) {
  size_t i = 0;
  v4d x, y;
  for (; i + 4 <= n; i += 4) {
    lk_normal_pair(v_load_bits(radius + i), v_load_bits(angle + i), &x, &y);
    v_store(first + i, x);
    v_store(second + i, y);
  }
  if (i < n) {
    v4u words[2] = {v_bits(1), v_bits(1)};
    memcpy(words, radius + i, 8 * (n - i));
    memcpy(words + 1, angle + i, 8 * (n - i));
    lk_normal_pair(words[0], words[1], &x, &y);
    memcpy(first + i, &x, 8 * (n - i));
    memcpy(second + i, &y, 8 * (n - i));
  }
}

static void lk_words_to_uniforms(double *values, size_t n) {
  size_t i = 0;
  for (; i + 4 <= n; i += 4) v_store(values + i, lk_open_uniform(v_load_bits(values + i)));
  if (i < n) {
    v4u words = v_bits(0);
    memcpy(&words, values + i, 8 * (n - i));
    v4d uniforms = lk_open_uniform(words);
    memcpy(values + i, &uniforms, 8 * (n - i));
  }
}

// Calls `body` for every row and block of lanes, with the place `here`, the number of lanes `width` and the index
// `start` of the first.
#define LK_EACH_BLOCK(rows, lanes, body)                                             \
  for (size_t row = 0; row < (rows); row++) {                                        \
    for (size_t offset = 0; offset < (lanes); offset += LK_RANDOM_BLOCK) {           \
      lk_philox_place here = place;                                                  \
      here.stream += (uint32_t)row;                                                  \
      here.trajectory += offset;                                                     \
      size_t width = lk_smaller(LK_RANDOM_BLOCK, (lanes)-offset);                    \
      size_t start = row * (lanes) + offset;                                         \
      body                                                                           \
    }                                                                                \
  }

void LK_BACKEND(lk_philox_words)(lk_philox_place place, size_t rows, size_t lanes, uint64_t *first,
                                 uint64_t *second) {
  LK_EACH_BLOCK(rows, lanes, lk_row_of_words(here, width, first + start, second + start);)
}

void LK_BACKEND(lk_philox_normals)(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second) {
  LK_EACH_BLOCK(rows, lanes, {
    lk_row_of_words(here, width, first + start, second + start);
    LK_BACKEND(lk_box_muller)((const uint64_t *)(first + start), (const uint64_t *)(second + start), first + start,
                              second + start, width);
  })
}

void LK_BACKEND(lk_philox_uniforms)(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second) {
  LK_EACH_BLOCK(rows, lanes, {
    lk_row_of_words(here, width, first + start, second + start);
    lk_words_to_uniforms(first + start, width);
    lk_words_to_uniforms(second + start, width);
  })
}

typedef int32_t lk_eight_indices __attribute__((ext_vector_type(8)));

// The highest digit of the words to a base, which keep the others: by shifts of `bits` where the base is 2^bits > 1.
LK_INLINE v4u lk_next_digit(v4u *words, v4u base, uint64_t bits) {
  v4u digit, rest;
  if (bits) {
    digit = *words >> (64 - bits);
    rest = *words << bits;
  } else {
    digit = lk_word_below(*words, base, &rest);
  }
  *words = rest;
  return digit;
}

// The next `count` digits of eight words. The digits of one place go to `indices`, those of the next `stride` further.
LK_INLINE void lk_eight_digits(uint64_t *words, v4u base, uint64_t bits, size_t count, int32_t *indices, size_t stride) {
  v4u left = v_load_bits(words), right = v_load_bits(words + 4);
  for (size_t k = 0; k < count; k++) {
    const v4u a = lk_next_digit(&left, base, bits), b = lk_next_digit(&right, base, bits);
    lk_eight_indices low, high;
    memcpy(&low, &a, sizeof low), memcpy(&high, &b, sizeof high);
    const lk_eight_indices digits = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
    memcpy(indices + k * stride, &digits, sizeof digits);
  }
  v_store_bits(words, left), v_store_bits(words + 4, right);
}

LK_INLINE void lk_digits(uint64_t *words, uint32_t bound, uint64_t bits, size_t count, size_t lanes, int32_t *indices) {
  const v4u base = v_bits(bound);
  size_t i = 0;
  for (; i + 8 <= lanes; i += 8) lk_eight_digits(words + i, base, bits, count, indices + i, lanes);
  if (i == lanes) return;
  uint64_t last[8] = {0};
  memcpy(last, words + i, 8 * (lanes - i));
  for (size_t k = 0; k < count; k++) {
    int32_t digits[8];
    lk_eight_digits(last, base, bits, 1, digits, 0);
    memcpy(indices + k * lanes + i, digits, 4 * (lanes - i));
  }
  memcpy(words + i, last, 8 * (lanes - i));
}

void LK_BACKEND(lk_next_indices)(uint64_t *words, uint32_t bound, size_t count, size_t lanes, int32_t *indices) {
  if (bound > 1 && (bound & (bound - 1)) == 0) {
    lk_digits(words, bound, (uint64_t)__builtin_ctz(bound), count, lanes, indices);
  } else {
    lk_digits(words, bound, 0, count, lanes, indices);
  }
}

void LK_BACKEND(lk_philox_sequence)(lk_philox_place place, uint32_t *words) {
  lk_philox_lanes a = lk_philox_trajectories(place, 0), b;
  a.c0 = v_bits(place.trajectory);
  a.c1 = v_bits(place.trajectory >> 32);
  a.c3 += (v4u){0, 1, 2, 3};
  b = a;
  b.c3 += 4;
  lk_philox_bits bits[2];
  lk_philox_two(a, b, place.key, bits, bits + 1);
  for (int block = 0; block < 8; block++) {
    uint64_t first = bits[block / 4].first[block % 4], second = bits[block / 4].second[block % 4];
    uint32_t of_block[4] = {(uint32_t)first, (uint32_t)(first >> 32), (uint32_t)second, (uint32_t)(second >> 32)};
    memcpy(words + 4 * block, of_block, sizeof of_block);
  }
}

#undef LK_EACH_BLOCK
