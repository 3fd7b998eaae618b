/// Paths that share the beginnings they have in common, with a value at each of their parts.
///
/// Looking a path up takes time that grows with its length, or less: it ends where no path of the tree goes on.
package struct PathTree<Value> {
    /// A part of a path, and all parts before it.
    package struct Place: Equatable, Sendable {
        fileprivate let index: Int
        package static var root: Place { Place(index: 0) }
    }

    private struct Step: Hashable {
        let from: Int
        let part: String
    }

    private var steps: [Step: Int] = [:]
    private var values: [Value]
    private let empty: Value

    /// - Parameter empty: what stands at a part until something else is put there.
    package init(_ empty: Value) {
        self.empty = empty
        values = [empty]
    }

    package subscript(place: Place) -> Value {
        get { values[place.index] }
        // In place: a set of thousands is not copied for one more.
        _modify { yield &values[place.index] }
    }

    /// Returns the place of a path, which is made where there was none.
    package mutating func place(of path: [String]) -> Place { path.reduce(.root) { step($1, from: $0) } }

    /// Whether a path of the tree is this one or goes on behind it.
    package func holds(_ path: [String]) -> Bool {
        var place = Place.root
        for part in path {
            guard let next = next(part, from: place) else { return false }
            place = next
        }
        return true
    }

    /// Returns the place of a part below another; nil when no path goes on there.
    package func next(_ part: String, from place: Place) -> Place? {
        steps[Step(from: place.index, part: part)].map { Place(index: $0) }
    }

    /// Returns the place of a part below another, which is made where no path went on.
    package mutating func step(_ part: String, from place: Place) -> Place {
        let step = Step(from: place.index, part: part)
        if let known = steps[step] { return Place(index: known) }
        steps[step] = values.count
        values.append(empty)
        return Place(index: values.count - 1)
    }
}
