import CGSL

/// The checks and the view that the factorisations share.
enum SquareMatrix {
  /// Makes sure that `matrix` holds `dimension` × `dimension` finite entries, at least one.
  ///
  /// GSL's eigenvalue iterations may not end on entries that are not finite.
  static func check(_ matrix: [Double], dimension: Int, for function: String) throws(GSLError) {
    GSLLibrary.prepare()
    guard dimension >= 1 else {
      throw GSLError(
        status: GSL_EINVAL, function: function, detail: "dimension is \(dimension), allowed are 1 and more")
    }
    let (count, overflow) = dimension.multipliedReportingOverflow(by: dimension)
    guard !overflow && matrix.count == count else {
      throw GSLError(
        status: GSL_EBADLEN, function: function,
        detail: "the matrix has \(matrix.count) entries, needed are \(dimension) × \(dimension)")
    }
    if let index = matrix.firstIndex(where: { !$0.isFinite }) {
      throw .domain(
        function, "entry (\(index / dimension), \(index % dimension)) is \(matrix[index]), allowed are finite numbers")
    }
  }

  /// Makes sure that `vector` holds `dimension` entries.
  static func check(vector: [Double], dimension: Int, for function: String) throws(GSLError) {
    if vector.count != dimension {
      throw GSLError(
        status: GSL_EBADLEN, function: function,
        detail: "the vector has \(vector.count) entries, needed are \(dimension)")
    }
  }

  /// GSL's view of a row-major square matrix; it owns nothing.
  static func view(_ entries: UnsafeMutableBufferPointer<Double>, dimension: Int) -> gsl_matrix {
    gsl_matrix(size1: dimension, size2: dimension, tda: dimension, data: entries.baseAddress, block: nil, owner: 0)
  }

  /// GSL's view of a vector; it owns nothing.
  static func view(_ entries: UnsafeMutableBufferPointer<Double>) -> gsl_vector {
    gsl_vector(size: entries.count, stride: 1, data: entries.baseAddress, block: nil, owner: 0)
  }
}
