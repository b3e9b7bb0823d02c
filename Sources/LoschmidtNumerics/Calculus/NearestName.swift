/// The name among the candidates that a misspelt word most likely meant, or `nil` where none is near.
///
/// Near is an edit distance (insertion, deletion, substitution, swap of neighbours, each 1; upper and lower case are the
/// same) of at most a third of the longer length, or of 1, and less than that length: one letter is not near another.
/// Of several at the same distance the first is taken. Of long names the first 64 characters count.
public func nearestName(to word: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(word.lowercased().prefix(64))
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let others = Array(candidate.lowercased().prefix(64))
    let distance = editDistance(letters, others)
    let longer = max(letters.count, others.count)
    if distance <= max(1, longer / 3), distance < longer, distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.name
}

/// The number of single edits (restricted Damerau–Levenshtein distance) between two words.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in 0..<b.count {
      row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
