// Random numbers as pure functions of a counter: Philox4x32-10, and normal, uniform and integer numbers made of it.
//
// Source: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11 (Random123).

#ifndef LK_RANDOM_H
#define LK_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Where random numbers are taken from: the key of Philox, and its counter, the words of which are from the first
/// to the last the low and the high half of the trajectory, the pair and the stream.
typedef struct {
  uint64_t key;
  uint64_t trajectory;
  uint32_t pair;
  uint32_t stream;
} lk_philox_place;

/// The 128 bits of each counter as two words of 64, the words of Philox in the order of increasing weight.
///
/// Row r, lane i is at index r * lanes + i of both arrays, and belongs to the trajectory `place.trajectory` + i and
/// to the stream `place.stream` + r. Neither of the arrays needs an alignment, nor `lanes` to be a multiple of
/// anything; the bits of a lane depend neither on the processor nor on the lanes beside it. So it is in all functions.
void lk_philox_words(lk_philox_place place, size_t rows, size_t lanes, uint64_t *first, uint64_t *second);

/// Two independent standard normal numbers of each counter, made of its two words as by lk_box_muller.
void lk_philox_normals(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);

/// Two uniform numbers in the open interval (0, 1) of each counter: odd multiples of 2^-53, from the upper 52 bits of
/// each word.
void lk_philox_uniforms(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);

/// How many numbers below `bound` a word gives, c: as many as it has digits where `bound` is a power of 2, otherwise the
/// largest c with bound^c <= 2^32; from 1 to 64.
uint32_t lk_indices_per_word(uint32_t bound);

/// Takes the next `count` whole numbers from 0 to `bound` - 1 out of each of `lanes` words, number k of lane i to index
/// k * lanes + i.
///
/// They are the highest digits to the base `bound` of the fraction word / 2^64; what is left of the word are the others. A
/// fresh word gives c = lk_indices_per_word(bound) of them: their probability differs from bound^-c by less than
/// 2^-64, and not at all where `bound` is a power of 2. `bound` is from 1 to 2^31 - 1.
void lk_next_indices(uint64_t *words, uint32_t bound, size_t count, size_t lanes, int32_t *indices);

/// Box and Muller's normal numbers r cos(t), r sin(t) of n pairs of words; an output may be the array of its words.
///
/// r = sqrt(-2 log u), where u is the first word times 2^-64 rounded to a double, or 2^-65 if the word is 0. So the
/// probability of r > x is exp(-x^2/2) up to 2^-64 and rounding, and the largest value is sqrt(130 log 2) = 9.49: at
/// 8.5 standard deviations, where exp(-x^2/2) is 3800 times 2^-64, tails have the right weight to 3e-4 of itself. The
/// angle has 53 bits, no value is preferred in sign, and 0 comes with probability 2^-54, when u rounds to 1.
///
/// Given u and the angle, the error of a number stays below 4 ulp: 1 comes from the logarithm, halved by the root, 2
/// from sine or cosine with its argument, 1/2 from each rounding. In 4e7 numbers, extreme words included, the largest
/// was 3.4.
void lk_box_muller(const uint64_t *radius, const uint64_t *angle, double *first, double *second, size_t n);

/// The number of 32-bit words that a stream computes at once.
#define LK_PHILOX_STREAM_WORDS 32

/// One sequence of 32-bit words: the counters of one trajectory and pair with successive streams.
///
/// The lower 24 bits of the stream count, so that a sequence that starts where they are 0 has 2^26 words. To ask for
/// more ends the program, since the next words belong to another purpose.
typedef struct {
  lk_philox_place place;
  uint32_t blocks_left;
  uint32_t next;
  uint32_t words[LK_PHILOX_STREAM_WORDS];
} lk_philox_stream;

/// Puts a sequence at the counter `place`; nothing is computed before the first word is asked for.
void lk_philox_stream_start(lk_philox_stream *stream, lk_philox_place place);

/// Starts at the counter 0 with `seed` for a key. This and the following have the signatures of a gsl_rng_type.
void lk_philox_stream_set(void *stream, unsigned long seed);

/// The next 32 bits.
unsigned long lk_philox_stream_get(void *stream);

/// A number in [0, 1) that is a multiple of 2^-53, made of two words.
double lk_philox_stream_get_double(void *stream);

/// The words of the eight counters from `place` on, with successive streams; for lk_philox_stream.
void lk_philox_sequence(lk_philox_place place, uint32_t *words);

#ifdef __cplusplus
}
#endif

#endif
