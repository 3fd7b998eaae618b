/// Names in one line, the first few of many: ``"`a`, `b`, `c` and 4 more"``.
func fewOf(_ names: [String]) -> String {
    let names = names.map { "`\($0)`" }
    if names.count > 4 { return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" }
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
}
