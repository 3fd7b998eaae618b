/// Values in the order in which they first came, each once: `b`, `a`, `b` are `b`, `a`.
///
/// Adding a value takes the same time however many there are. While they are few they are searched one by one, which
/// costs less than a hash.
package struct Distinct<Value: Hashable> {
    package private(set) var values: [Value] = []
    private var known: Set<Value> = []
    /// Up to so many are searched one by one.
    private static var few: Int { 8 }

    package init() {}

    package func contains(_ value: Value) -> Bool {
        known.isEmpty ? values.contains(value) : known.contains(value)
    }

    /// - Returns: whether the value is new.
    @discardableResult
    package mutating func add(_ value: Value) -> Bool {
        if values.count < Self.few {
            if values.contains(value) { return false }
        } else {
            if known.isEmpty { known.formUnion(values) }
            guard known.insert(value).inserted else { return false }
        }
        values.append(value)
        return true
    }
}

extension Distinct: Sendable where Value: Sendable {}
