/// One step of a cycle in a graph: a node, and which of its edges leads on.
package struct CycleStep {
    package let node: Int
    package let edge: Int
}

/// The cycles that a walk through a graph runs into, each as its steps; every edge is followed once.
///
/// Iterative: the path is a stack of its own, so that no manifest drives recursion.
///
/// - Parameter edges: for each node the nodes that its edges lead to.
/// - Returns: the first cycles, up to one that brings them to more than 20,000 steps, and how many there are beyond.
package func cycles(in edges: [[Int]]) -> (cycles: [[CycleStep]], further: Int) {
    var found: [[CycleStep]] = []
    var (steps, further) = (0, 0)
    // Where a node stands on the path; -1 new, -2 done.
    var position = [Int](repeating: -1, count: edges.count)
    for start in edges.indices where position[start] == -1 {
        // The path from `start`: each node with the number of its edges already followed.
        var path: [(node: Int, next: Int)] = [(start, 0)]
        position[start] = 0
        while let (node, next) = path.last {
            guard next < edges[node].count else {
                position[node] = -2
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let target = edges[node][next]
            if position[target] == -1 {
                position[target] = path.count
                path.append((target, 0))
            } else if position[target] >= 0 {
                guard steps <= 20_000 else {
                    further += 1
                    continue
                }
                steps += path.count - position[target]
                found.append(path[position[target]...].map { CycleStep(node: $0.node, edge: $0.next - 1) })
            }
        }
    }
    return (found, further)
}

/// The steps of a cycle that a message draws and labels; of a longer one nobody reads more.
package let drawnSteps = 100

/// A cycle of names as text: `a → b → a`, of a long one the beginning.
package func drawn(cycleOf count: Int, _ name: (Int) -> String) -> String {
    let hidden = count - drawnSteps
    let names = (0..<min(count, drawnSteps)).map(name)
    return (names + (hidden > 0 ? ["\(hidden) more"] : []) + [name(0)]).joined(separator: " → ")
}
