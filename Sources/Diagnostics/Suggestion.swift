/// The nearest of some candidates to a name, if it is near enough to be what was meant.
///
/// The distance is the optimal string alignment distance over bytes, at most a third of the name's length
/// (specification 4). Ties go to the first candidate.
package func nearest<Candidates: Sequence>(to name: String, among candidates: Candidates) -> String?
where Candidates.Element == String {
    let wanted = Array(name.utf8)
    guard wanted.count <= 128 else { return nil }
    let bound = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        let other = Array(candidate.utf8)
        guard abs(other.count - wanted.count) <= bound, candidate != name else { continue }
        let distance = alignmentDistance(wanted, other)
        if distance <= bound, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.name
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one into the other.
private func alignmentDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
        var current = [i + 1]
        for j in b.indices {
            let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
            var cost = min(replaced, last[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return last[b.count]
}
