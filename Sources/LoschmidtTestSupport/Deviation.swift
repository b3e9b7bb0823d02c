/// The Euclidean norm of the difference of two vectors of one length.
public func deviation(of left: [Double], from right: [Double]) -> Double {
  precondition(left.count == right.count, "vectors of different lengths cannot be compared")
  return zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}

/// The Euclidean norm of a vector.
public func norm(of vector: [Double]) -> Double {
  vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
