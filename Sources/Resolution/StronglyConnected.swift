/// The strongly connected component of each node of a graph, by number; Tarjan's algorithm with a stack of its own, so
/// that no manifest drives recursion.
package func stronglyConnectedComponents(_ edges: [[Int]]) -> [Int] {
    let count = edges.count
    var index = [Int](repeating: -1, count: count)
    var low = [Int](repeating: 0, count: count)
    var component = [Int](repeating: -1, count: count)
    var stack: [Int] = []
    var next = 0
    var components = 0
    for root in 0..<count where index[root] < 0 {
        var path: [(node: Int, edge: Int)] = [(root, 0)]
        while let (node, edge) = path.last {
            if index[node] < 0 {
                index[node] = next
                low[node] = next
                next += 1
                stack.append(node)
            }
            if edge < edges[node].count {
                path[path.count - 1].edge += 1
                let target = edges[node][edge]
                if index[target] < 0 {
                    path.append((target, 0))
                } else if component[target] < 0 {
                    low[node] = min(low[node], index[target])
                }
                continue
            }
            path.removeLast()
            if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
            guard low[node] == index[node] else { continue }
            while let member = stack.popLast() {
                component[member] = components
                if member == node { break }
            }
            components += 1
        }
    }
    return component
}
