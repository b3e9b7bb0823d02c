import LoschmidtNumerics

// Whether a transformation is a group: tried at points, since expressions prove nothing.

extension OneParameterGroup {
  /// How many random points near the first one are tried beside those that are given.
  static let neighbourCount = 8

  /// Tests G_0 = 1 and G_s G_t = G_{s+t}, at the points and at random ones near the first, for s and t in ± range/2.
  ///
  /// A difference counts from 256 ε of the largest of what rounding acts on: the coordinates of θ and of its images, s
  /// ∂_s G, and ∂_θ G applied to the image that G acts on. At the random points values that are not finite are passed
  /// over, since a transformation need not be defined everywhere.
  ///
  /// - Parameters:
  ///   - points: Where the group is to be used; their orbits must be finite.
  ///   - range: The largest |s|, positive.
  /// - Throws: The first law that does not hold, with the coordinate that shows it most.
  public func verify(at points: [[Double]], range: Double) throws(Fault) {
    guard let first = points.first else { return }
    let given = Array(points.prefix(Self.neighbourCount))
    let tried = given + Self.neighbours(of: first, count: Self.neighbourCount)
    try verifyIdentity(at: tried, given: given.count)
    let half = range / 2
    for pair in Self.pairs(half) { try verifyProduct(at: tried, given: given.count, s: pair.s, t: pair.t) }
  }

  /// Random points near a point: each coordinate moves by up to half of its size, or of the root mean square of all.
  static func neighbours(of point: [Double], count: Int) -> [[Double]] {
    guard let random = try? RandomGenerator(.mt19937, seed: 1) else {
      preconditionFailure("a random generator takes a few kilobytes")
    }
    let square = point.reduce(0) { $0 + $1 * $1 } / Double(max(1, point.count))
    let size = square > 0 ? square.squareRoot() : 1
    return (0..<count).map { _ in point.map { $0 + max(abs($0), size) * (random.uniform() - 0.5) } }
  }

  /// The ends of the range, and two pairs at random.
  private static func pairs(_ half: Double) -> [(s: Double, t: Double)] {
    guard let random = try? RandomGenerator(.mt19937, seed: 2) else {
      preconditionFailure("a random generator takes a few kilobytes")
    }
    func number() -> Double { half * (2 * random.uniform() - 1) }
    return [(half, half), (-half, -half)] + (0..<2).map { _ in (number(), number()) }
  }

  private func verifyIdentity(at points: [[Double]], given: Int) throws(Fault) {
    for (number, point) in points.enumerated() {
      let image = transformed(point, by: 0)
      if number >= given, !image.allSatisfy(\.isFinite) { continue }
      let scale = point.reduce(0) { max($0, abs($1)) }
      let allowed = Self.allowance * scale
      if let i = point.indices.first(where: { !(abs(image[$0] - point[$0]) <= allowed) }) {
        guard image[i].isFinite else {
          throw .notFinite(parameter: parameter(of: i), coordinate: coordinate(i), s: 0)
        }
        throw .notIdentity(parameter: parameter(of: i), coordinate: coordinate(i), value: point[i], becomes: image[i])
      }
    }
  }

  private func verifyProduct(at points: [[Double]], given: Int, s: Double, t: Double) throws(Fault) {
    for (number, point) in points.enumerated() {
      let image = transformed(point, by: t)
      let successive = transformed(image, by: s)
      let direct = transformed(point, by: s + t)
      let isFinite = (image + successive + direct).allSatisfy(\.isFinite)
      if !isFinite {
        if number >= given { continue }
        let (i, place) = Self.firstNotFinite([(image, t), (direct, s + t), (successive, s + t)])
        throw .notFinite(parameter: parameter(of: i), coordinate: coordinate(i), s: place)
      }
      let block = Block(broadcasting: image, lanes: 1)
      let moved = Vectors.scaled(velocity(at: block, s: [s]).entries, by: abs(s) + abs(t))
      let pushed = pushed(block, at: block, s: [s]).entries
      let scale = (point + image + successive + direct + moved + pushed).reduce(0) { max($0, abs($1)) }
      let differences = zip(successive, direct).map { abs($0 - $1) }
      guard let i = differences.indices.max(by: { differences[$0] < differences[$1] }) else { continue }
      // A sensitivity that is not finite allows nothing.
      if !(differences[i] <= Self.allowance * scale) {
        throw .notGroup(
          parameter: parameter(of: i), coordinate: coordinate(i), s: s, t: t, successive: successive[i],
          direct: direct[i])
      }
    }
  }

  /// Some dozens of operations, each right to an ulp or so, and the laws of elementary functions to as many.
  private static let allowance = 256 * Double.ulpOfOne

  private static func firstNotFinite(_ images: [(values: [Double], s: Double)]) -> (Int, Double) {
    for image in images {
      if let i = image.values.firstIndex(where: { !$0.isFinite }) { return (i, image.s) }
    }
    preconditionFailure("one of the images is not finite")
  }

  private func coordinate(_ i: Int) -> String { parameters.coordinateNames[i] }

  private func parameter(of i: Int) -> String {
    parameters.entries.last { $0.offset <= i }?.name ?? ""
  }
}
