/// One step of a circle in a graph: a node, and which of its edges leads on.
struct CircleStep {
    let node: Int
    let edge: Int
}

/// The circles that a walk through a graph runs into, each as its steps; every edge is followed once.
///
/// Iterative: the path is a stack of its own, so that no manifest drives recursion.
///
/// - Parameter edges: for each node the nodes that its edges lead to.
func circles(in edges: [[Int]]) -> [[CircleStep]] {
    var found: [[CircleStep]] = []
    // 0 new, 1 on the path, 2 done.
    var state = [UInt8](repeating: 0, count: edges.count)
    for start in edges.indices where state[start] == 0 {
        // The path from `start`: each node with the number of its edges already followed.
        var path: [(node: Int, next: Int)] = [(start, 0)]
        state[start] = 1
        while let (node, next) = path.last {
            guard next < edges[node].count else {
                state[node] = 2
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let target = edges[node][next]
            if state[target] == 0 {
                state[target] = 1
                path.append((target, 0))
            } else if state[target] == 1, let first = path.firstIndex(where: { $0.node == target }) {
                found.append(path[first...].map { CircleStep(node: $0.node, edge: $0.next - 1) })
            }
        }
    }
    return found
}
