import Resolution

/// Orders the nodes of a graph: each after those that its edges lead to, ties by number.
///
/// - Parameters:
///   - hard: for each node those that come before it; without cycles.
///   - soft: for each node those that come before it unless that would close a cycle.
func stableOrder(_ hard: [[Int]], soft: [[Int]]) -> [Int] {
    let both = hard.indices.map { hard[$0] + soft[$0] }
    let component = stronglyConnectedComponents(both)
    var waiting = [Int](repeating: 0, count: hard.count)
    var dependants = [[Int]](repeating: [], count: hard.count)
    for node in hard.indices where !both[node].isEmpty {
        let kept = Set(hard[node] + soft[node].filter { component[$0] != component[node] })
        waiting[node] = kept.count
        for base in kept { dependants[base].append(node) }
    }
    var ready = Heap(waiting.indices.filter { waiting[$0] == 0 })
    var order: [Int] = []
    while let node = ready.pop() {
        order.append(node)
        for dependant in dependants[node] {
            waiting[dependant] -= 1
            if waiting[dependant] == 0 { ready.push(dependant) }
        }
    }
    return order
}

/// The smallest of some integers first.
private struct Heap {
    private var items: [Int]

    init(_ ascending: [Int]) { items = ascending }

    mutating func push(_ item: Int) {
        items.append(item)
        var child = items.count - 1
        // The first is its own parent, and is not larger than itself.
        while items[(child - 1) / 2] > items[child] {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Int? {
        guard let first = items.first else { return nil }
        items[0] = items[items.count - 1]
        items.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in 2 * parent + 1...2 * parent + 2 where child < items.count && items[child] < items[least] {
                least = child
            }
            if least == parent { return first }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
