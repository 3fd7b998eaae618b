/// Places boxes that stand in columns so that what is linked lies close and few lines cross.
///
/// A line over several columns keeps a slot in each column between, so that it passes beside the boxes and never under
/// them. Deterministic; the time is linear in boxes and slots but for the sorting of each column.
struct LayeredLayout {
    struct Box {
        let column: Int
        let height: Double
        /// Boxes with a higher rank stand below those with a lower, under a heading of their own.
        var rank = 0
    }

    struct Link {
        let from: Int
        /// In a later column than `from`.
        let to: Int
        /// Where the line arrives, below the top of `to`.
        let arrival: Double
    }

    /// The top of each box.
    private(set) var tops: [Double] = []
    /// For each link, the height at which it crosses each column between its ends.
    private(set) var routes: [[Double]] = []
    private(set) var height = 0.0

    private var cells: [Cell] = []
    private var columns: [[Int]] = []
    private var slots: [[Int]] = []
    private let gap = 14.0
    private let headingHeight: Double

    private struct Cell {
        let height: Double
        let rank: Int
        let isSlot: Bool
        var top = 0.0
        var position = 0
        /// The other end of each line, and where the line meets this cell and that one.
        var left: [(cell: Int, here: Double, there: Double)] = []
        var right: [(cell: Int, here: Double, there: Double)] = []
    }

    init(_ boxes: [Box], _ links: [Link], columns count: Int, headingHeight: Double) {
        self.headingHeight = headingHeight
        columns = Array(repeating: [], count: count)
        for (index, box) in boxes.enumerated() {
            cells.append(Cell(height: box.height, rank: box.rank, isSlot: false))
            columns[box.column].append(index)
        }
        for link in links { connect(link, boxes) }
        for column in columns.indices { sort(column, by: columns[column].indices.map { Double($0) }) }
        for _ in 0..<6 {
            for column in columns.indices.dropFirst() { order(column, by: \.left) }
            for column in columns.indices.dropLast().reversed() { order(column, by: \.right) }
        }
        for column in columns.indices { place(column, columns[column].map { _ in 0 }) }
        for _ in 0..<4 {
            for column in columns.indices.dropFirst() { place(column, columns[column].map { desired($0, \.left) }) }
            for column in columns.indices.dropLast().reversed() {
                place(column, columns[column].map { desired($0, \.right) })
            }
        }
        let first = cells.map(\.top).min() ?? 0
        tops = boxes.indices.map { cells[$0].top - first }
        routes = slots.map { $0.map { cells[$0].top - first + cells[$0].height / 2 } }
        height = cells.map { $0.top + $0.height }.max().map { $0 - first } ?? 0
    }

    private mutating func connect(_ link: Link, _ boxes: [Box]) {
        var previous = link.from
        var leaving = boxes[link.from].height / 2
        var route: [Int] = []
        for column in (boxes[link.from].column + 1)..<boxes[link.to].column {
            let slot = cells.count
            cells.append(Cell(height: 6, rank: 0, isSlot: true))
            columns[column].append(slot)
            join(previous, leaving, slot, 3)
            (previous, leaving) = (slot, 3)
            route.append(slot)
        }
        join(previous, leaving, link.to, link.arrival)
        slots.append(route)
    }

    private mutating func join(_ left: Int, _ leaving: Double, _ right: Int, _ arrival: Double) {
        cells[left].right.append((right, leaving, arrival))
        cells[right].left.append((left, arrival, leaving))
    }

    // MARK: Order

    private mutating func order(
        _ column: Int, by side: KeyPath<Cell, [(cell: Int, here: Double, there: Double)]>
    ) {
        let weights = columns[column].map { index -> Double in
            let neighbours = cells[index][keyPath: side]
            if neighbours.isEmpty { return Double(cells[index].position) }
            var sum = 0.0
            for (cell, _, there) in neighbours {
                sum += Double(cells[cell].position) + there / (cells[cell].height + 1)
            }
            return sum / Double(neighbours.count)
        }
        sort(column, by: weights)
    }

    /// Sorts a column by rank, then by a weight, then by the order it has.
    private mutating func sort(_ column: Int, by weights: [Double]) {
        let keys = columns[column].enumerated().map { (cells[$1].rank, weights[$0], $0, $1) }
        columns[column] = keys.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }.map(\.3)
        for (position, cell) in columns[column].enumerated() { cells[cell].position = position }
    }

    // MARK: Places

    /// Where a cell would make its lines straight.
    private func desired(_ index: Int, _ side: KeyPath<Cell, [(cell: Int, here: Double, there: Double)]>) -> Double {
        let neighbours = cells[index][keyPath: side]
        if neighbours.isEmpty { return cells[index].top }
        var sum = 0.0
        for (cell, here, there) in neighbours { sum += cells[cell].top + there - here }
        return sum / Double(neighbours.count)
    }

    /// Gives each cell of a column the place nearest to its wish that keeps order and distance.
    ///
    /// With each cell's distance from the top of a full stack taken off, what remains must only not decrease: the
    /// nearest such row of numbers comes from joining neighbours that are out of order and giving them their mean.
    private mutating func place(_ column: Int, _ wishes: [Double]) {
        var offset = 0.0
        var offsets: [Double] = []
        var blocks: [(sum: Double, weight: Double, count: Int)] = []
        var above: Cell?
        for (place, index) in columns[column].enumerated() {
            let cell = cells[index]
            if let above {
                offset += above.height + (above.isSlot && cell.isSlot ? 6 : gap)
                if above.rank != cell.rank { offset += headingHeight }
            }
            above = cell
            offsets.append(offset)
            let weight = cell.isSlot ? 4.0 : 1.0
            var block = (sum: (wishes[place] - offset) * weight, weight: weight, count: 1)
            while let last = blocks.last, last.sum / last.weight >= block.sum / block.weight {
                block = (block.sum + last.sum, block.weight + last.weight, block.count + last.count)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        var next = 0
        for block in blocks {
            for _ in 0..<block.count {
                cells[columns[column][next]].top = block.sum / block.weight + offsets[next]
                next += 1
            }
        }
    }
}
