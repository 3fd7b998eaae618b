/// Names in one line, of many the first alone: `a, b and c`, or `a, b, c and 4 more`.
///
/// - Parameter most: of more than so many, one less is shown, so that no "1 more" stands where its name could.
package func fewOf(_ names: [String], most: Int = 4) -> String { fewOf(names, count: names.count, most: most) }

/// The same of names that are found one by one: no more are asked for than are shown.
package func fewOf(_ names: some Sequence<String>, count: Int, most: Int) -> String {
    let shown = Array(names.prefix(count > most ? most - 1 : count))
    if count > most { return shown.joined(separator: ", ") + " and \(count - shown.count) more" }
    guard let last = shown.last, count > 1 else { return shown.joined() }
    return shown.dropLast().joined(separator: ", ") + " and " + last
}
