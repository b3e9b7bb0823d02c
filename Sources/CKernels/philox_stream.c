// Philox as a sequence of words, with the functions that a gsl_rng_type asks for.

#include "include/random.h"

// A stream counts in its lower 24 bits.
#define LK_STREAM_BLOCKS 0x1000000u

void lk_philox_stream_start(lk_philox_stream *stream, lk_philox_place place) {
  stream->place = place;
  stream->blocks_left = LK_STREAM_BLOCKS - (place.stream & (LK_STREAM_BLOCKS - 1));
  stream->next = LK_PHILOX_STREAM_WORDS;
}

void lk_philox_stream_set(void *stream, unsigned long seed) {
  lk_philox_stream_start(stream, (lk_philox_place){seed, 0, 0, 0});
}

static void refill(lk_philox_stream *stream) {
  const uint32_t blocks = LK_PHILOX_STREAM_WORDS / 4;
  if (stream->blocks_left < blocks) __builtin_trap();
  lk_philox_sequence(stream->place, stream->words);
  stream->place.stream += blocks;
  stream->blocks_left -= blocks;
  stream->next = 0;
}

static inline uint32_t next_word(lk_philox_stream *stream) {
  if (stream->next == LK_PHILOX_STREAM_WORDS) refill(stream);
  return stream->words[stream->next++];
}

unsigned long lk_philox_stream_get(void *stream) { return next_word(stream); }

double lk_philox_stream_get_double(void *stream) {
  uint64_t low = next_word(stream), high = next_word(stream);
  return (double)((high << 32 | low) >> 11) * 0x1p-53;
}
