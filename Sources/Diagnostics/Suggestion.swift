/// The nearest of some candidates to a name, if it is near enough to be what was meant.
///
/// The distance is the optimal string alignment distance over bytes, at most a third of the name's length.
/// Ties go to the first candidate.
package func closestMatch<Candidates: Sequence>(to name: String, among candidates: Candidates) -> String?
where Candidates.Element == String {
    var steps = Int.max
    return closestMatch(to: name, among: candidates, within: &steps)
}

/// Whether one name may be meant by another, as `closestMatch` would say.
package func isNear(_ name: String, to meant: String) -> Bool {
    guard let bound = farthestMeant(by: name), abs(meant.utf8.count - name.utf8.count) <= bound, name != meant else {
        return false
    }
    return alignmentDistance(Array(name.utf8), Array(meant.utf8), atMost: bound) != nil
}

/// The nearest of some candidates to a name, or nil where finding it takes more than a number of steps.
///
/// - Parameter steps: about the comparisons of bytes that may be made; what was made is taken off.
package func closestMatch<Candidates: Sequence>(
    to name: String, among candidates: Candidates, within steps: inout Int
) -> String? where Candidates.Element == String {
    guard let bound = farthestMeant(by: name) else { return nil }
    let wanted = Array(name.utf8)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        steps -= 16
        guard steps >= 0 else { return nil }
        guard abs(candidate.utf8.count - wanted.count) <= bound, candidate != name else { continue }
        let other = Array(candidate.utf8)
        steps -= wanted.count * other.count
        let farthest = min(bound, (best?.distance ?? Int.max) - 1)
        if let distance = alignmentDistance(wanted, other, atMost: farthest) { best = (candidate, distance) }
    }
    return best?.name
}

/// The distance up to which another name may be meant; nil for a name that is too long to be looked at.
private func farthestMeant(by name: String) -> Int? {
    let length = name.utf8.count
    return length <= 128 ? max(1, length / 3) : nil
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one into the other; nil when it
/// is above a bound.
private func alignmentDistance(_ a: [UInt8], _ b: [UInt8], atMost bound: Int) -> Int? {
    let width = b.count + 1
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: width * 3) { rows in
        for column in 0..<width { (rows[column], rows[width + column]) = (0, column) }
        var (beforeLast, last, current) = (0, width, width * 2)
        var lastLeast = 0
        for i in a.indices {
            rows[current] = i + 1
            var least = i + 1
            for j in b.indices {
                let replaced = rows[last + j] + (a[i] == b[j] ? 0 : 1)
                var cost = min(replaced, rows[last + j + 1] + 1, rows[current + j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[beforeLast + j - 1] + 1) }
                rows[current + j + 1] = cost
                least = min(least, cost)
            }
            // A swap reaches one row further back than all else, and costs one.
            if least > bound, lastLeast >= bound { return nil }
            lastLeast = least
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        let distance = rows[last + b.count]
        return distance <= bound ? distance : nil
    }
}

/// What a message ends with where something has a name that is hardly another: "; did you mean `api`?"; else nothing.
package func didYouMean(_ name: String, among candidates: some Sequence<String>) -> String {
    closestMatch(to: name, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
}

/// What a message ends with where a command line names something that is not there: the name that is hardly another, or
/// all of them if they are few: "; there are `api` and `web`".
package func namesInstead(of name: String, among candidates: some Sequence<String>) -> String {
    let names = Array(candidates)
    let near = didYouMean(name, among: names)
    guard near.isEmpty, let last = names.last, names.count <= 8 else { return near }
    let others = names.dropLast().map { "`\(visible($0))`" }.joined(separator: ", ")
    return others.isEmpty ? "; there is only `\(visible(last))`" : "; there are \(others) and `\(visible(last))`"
}
