// Straight-line programs on blocks of lanes.

#ifndef LK_TAPE_H
#define LK_TAPE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What an instruction does. d, e are its destinations, a, b, c its operands, k its immediate number.
typedef enum {
  LK_OP_FILL,           // d = k
  LK_OP_COPY,           // d = a
  LK_OP_ADD,            // d = a + b
  LK_OP_SUB,            // d = a - b
  LK_OP_MUL,            // d = a b
  LK_OP_DIV,            // d = a / b
  LK_OP_ADD_K,          // d = a + k
  LK_OP_K_SUB,          // d = k - a
  LK_OP_MUL_K,          // d = k a
  LK_OP_K_DIV,          // d = k / a
  LK_OP_MUL_MUL,        // d = a b c
  LK_OP_MUL_MUL_K,      // d = k a b
  LK_OP_FMA,            // d = a b + c, rounded once
  LK_OP_FMS,            // d = a b - c, rounded once
  LK_OP_FNMA,           // d = c - a b, rounded once
  LK_OP_FMA_K,          // d = k a + c, rounded once
  LK_OP_FMA_KK,         // d = k a + m, rounded once
  LK_OP_FMA_ADD_K,      // d = (a b + c, rounded once) + k
  LK_OP_MUL_FMA_KK,     // d = k (a b) + m c, the sum rounded once, a b and m c before it
  LK_OP_FMA_K_MUL_K,    // d = k a + m (b c), the sum rounded once, b c and its product with m before it
  LK_OP_SQUARES,        // d = a a + k (b b), the sum rounded once, b b and its product with k before it
  LK_OP_K_SQUARES,      // d = k (a a) + b b, the sum rounded once, a a and b b before it
  LK_OP_ADD_K_MUL_K,    // d = k ((a + m) b), each operation rounded
  LK_OP_MUL_AND_K,      // d = a b, e = k (a b), each operation rounded
  LK_OP_NEG,            // d = -a
  LK_OP_ABS,            // d = |a|
  LK_OP_SIGN,           // d = -1, 0 or 1
  LK_OP_STEP,           // d = 1 where a > 0, else 0
  LK_OP_RELU,           // d = a where a > 0, else 0
  LK_OP_LE,             // d = 1 where a <= b, 0 where a > b, NaN where either is NaN
  LK_OP_GE,             // d = 1 where a >= b, 0 where a < b, NaN where either is NaN
  LK_OP_SELECT,         // d = b where a is not 0, c where it is, NaN where it is NaN
  LK_OP_POW,            // d = a to the power b
  LK_OP_POLYGAMMA,      // d = polygamma of order `inner` at a
  LK_OP_FUNCTION,       // d = f(a), f the lk_function numbered `inner`
  LK_OP_TANH_SECH2,     // d = tanh a, e = 1 / cosh(a)^2
  LK_OP_SIN_COS,        // d = sin a, e = cos a
  LK_OP_SIGMOID_SLOPE,  // d = sigmoid a, e = sigmoid(a) sigmoid(-a)
  LK_OP_SUM,            // d[i] = sum over k of a[i, k], k < inner
  LK_OP_CONTRACT,       // d[i, j] = sum over k of a[i, k] b[k, j], k < inner
  LK_OP_CONTRACT_ADD,   // d[i, j] = c[i, j] + sum over k of a[i, k] b[k, j]
} lk_operation;

/// An array that an instruction reads: a slot, and the steps in elements from one row, and one column, to the next.
/// A step of 0 repeats the element.
typedef struct {
  uint32_t slot;
  uint32_t row_step;
  uint32_t column_step;
} lk_operand;

/// One instruction. Destinations are stored row by row without gaps. A destination may be an operand only where both are
/// read and written element by element in the same order.
typedef struct {
  uint32_t operation;
  uint32_t destination;
  uint32_t second_destination;
  uint32_t rows;
  uint32_t columns;
  uint32_t inner;
  /// Not 0 where all operands have the layout of the destination.
  uint32_t flat;
  lk_operand a, b, c;
  double k, m;
} lk_instruction;

/// Runs a program on every lane.
///
/// Element e of slot s has its lanes at slots[s] + e * lanes. `lanes` is a multiple of 4.
void lk_tape_run(const lk_instruction *program, size_t count, double *const *slots, size_t lanes);

#ifdef __cplusplus
}
#endif

#endif
