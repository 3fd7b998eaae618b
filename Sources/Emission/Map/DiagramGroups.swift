/// Gathers a large map into few boxes: the images of one owner in one span of stages, and the largest projects.
struct DiagramGroups {
    private static let mostColumns = 8
    /// The members that a box names when it stands for many.
    private static let mostRows = 6

    /// How many owners and how many projects get boxes of their own.
    private let most: (owners: Int, runners: Int)
    private let map: WorkspaceMap
    private(set) var diagram = Diagram()
    private var groupOfImage: [Int] = []
    private var groupOfProject: [Int?] = []

    private struct Pair: Hashable {
        let from: Int
        let to: Int
    }

    init(_ map: WorkspaceMap, owners: Int, runners: Int) {
        self.map = map
        most = (owners, runners)
        diagram.isGrouped = true
        let stages = max(map.stages, 1)
        let span = (stages + Self.mostColumns - 1) / Self.mostColumns
        let count = (stages + span - 1) / span
        diagram.columns = (0..<count).map { column in
            let (first, last) = (column * span + 1, min((column + 1) * span, stages))
            return first == last ? (stages == 1 ? "Built" : "Stage \(first)") : "Stages \(first)–\(last)"
        }
        addImages(span: span, lastColumn: count - 1)
        addProjects()
        addLines()
    }

    /// The members of a long list that get a box of their own: the largest, ties in the manifest's order.
    private func largest(_ sizes: [Int], most: Int) -> Set<Int> {
        let order = sizes.indices.filter { sizes[$0] > 0 }.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
        return Set(order.prefix(most > 0 && order.count <= most + 1 ? order.count : most))
    }

    /// The largest members of a box that stands for many projects, with what each has of the things counted, and a row
    /// for all others.
    private func rows(_ sizes: [Int: Int]) -> [Diagram.Row] {
        let order = sizes.keys.sorted { (sizes[$1] ?? 0, $0) < (sizes[$0] ?? 0, $1) }
        // A row that stands for one would take the place of that one.
        let shown = order.count <= Self.mostRows + 1 ? order[...] : order.prefix(Self.mostRows)
        var rows = shown.map { project in
            Diagram.Row(
                title: map.projects[project].name, detail: String(sizes[project] ?? 0),
                anchor: map.anchor(ofProject: project), tooltip: map.projects[project].description, isCount: true,
                mark: map.findings.mark(ofProject: project, map))
        }
        let rest = order.dropFirst(shown.count)
        if !rest.isEmpty {
            rows.append(
                Diagram.Row(
                    title: "\(rest.count) more", detail: String(rest.reduce(0) { $0 + (sizes[$1] ?? 0) }),
                    anchor: Anchor.projects,
                    tooltip: rest.prefix(12).map { map.projects[$0].name }.joined(separator: ", ")
                        + (rest.count > 12 ? ", …" : ""), isCount: true))
        }
        return rows
    }

    private mutating func addImages(span: Int, lastColumn: Int) {
        let shown = largest(map.projects.map(\.images.count), most: most.owners)
        // Keys in the order of first use; -1 stands for all other owners, -2 for no owner.
        var groups: [Pair: [Int]] = [:]
        var order: [Pair] = []
        for (index, image) in map.images.enumerated() {
            let column = image.owner == nil ? lastColumn : (image.stage - 1) / span
            let owner = image.owner.map { shown.contains($0) ? $0 : -1 } ?? -2
            let key = Pair(from: column, to: owner)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(index)
        }
        groupOfImage = Array(repeating: 0, count: map.images.count)
        for key in order {
            let members = groups[key] ?? []
            for member in members { groupOfImage[member] = diagram.boxes.count }
            var owners: [Int: Int] = [:]
            for member in members { if let owner = map.images[member].owner { owners[owner, default: 0] += 1 } }
            let only = members.count == 1 ? members[0] : nil
            diagram.boxes.append(
                Diagram.Box(
                    kind: key.to == -2 ? .pulled : .group, column: key.from,
                    title: only.map { map.images[$0].name } ?? Diagram.counted(members.count, "image"),
                    subtitle: key.to >= 0
                        ? "built by " + map.projects[key.to].name
                        : key.to == -1
                            ? "built by \(Diagram.counted(owners.count, most.owners > 0 ? "other project" : "project"))"
                            : "pulled",
                    anchor: only.map { map.anchor(ofImage: $0) }
                        ?? (key.to >= 0 ? map.anchor(ofProject: key.to) : key.to == -2 ? Anchor.pulled : nil),
                    tooltip: members.prefix(12).map { map.images[$0].name }.joined(separator: ", ")
                        + (members.count > 12 ? ", …" : ""),
                    owner: key.to >= 0 ? key.to : nil, rows: key.to == -1 && members.count > 1 ? rows(owners) : [],
                    mark: map.findings.mark(ofImages: members)))
        }
        if order.contains(where: { $0.to == -2 }) { diagram.pulledColumn = lastColumn }
    }

    private mutating func addProjects() {
        groupOfProject = Array(repeating: nil, count: map.projects.count)
        let shown = largest(map.projects.map(\.containers.count), most: most.runners)
        let column = diagram.columns.count
        let others = map.projects.indices.filter { !shown.contains($0) && !map.projects[$0].containers.isEmpty }
        if !map.containers.isEmpty { diagram.columns.append("Projects") }
        for index in map.projects.indices where shown.contains(index) {
            groupOfProject[index] = diagram.boxes.count
            diagram.boxes.append(
                Diagram.Box(
                    kind: .project, column: column, title: map.projects[index].name,
                    subtitle: Diagram.counted(map.projects[index].containers.count, "container"),
                    anchor: map.anchor(ofProject: index), tooltip: map.projects[index].description,
                    owner: map.projects[index].images.isEmpty ? nil : index,
                    mark: map.findings.mark(ofProject: index, map)))
        }
        guard !others.isEmpty else { return }
        for index in others { groupOfProject[index] = diagram.boxes.count }
        let sizes = Dictionary(uniqueKeysWithValues: others.map { ($0, map.projects[$0].containers.count) })
        let count = sizes.values.reduce(0, +)
        diagram.boxes.append(
            Diagram.Box(
                kind: .project, column: column,
                title: Diagram.counted(others.count, shown.isEmpty ? "project" : "other project"),
                subtitle: Diagram.counted(count, "container"), anchor: nil,
                tooltip: others.prefix(12).map { map.projects[$0].name }.joined(separator: ", ")
                    + (others.count > 12 ? ", …" : ""),
                owner: nil, rows: rows(sizes)))
    }

    /// One line for all that lead from one box to another; what stays inside a column is not drawn.
    private mutating func addLines() {
        var weights: [Pair: Int] = [:]
        for (index, image) in map.images.enumerated() {
            for base in image.bases {
                weights[Pair(from: groupOfImage[base], to: groupOfImage[index]), default: 0] += 1
            }
        }
        for container in map.containers {
            guard let project = groupOfProject[container.project] else { continue }
            weights[Pair(from: groupOfImage[container.image], to: project), default: 0] += 1
        }
        let pairs = weights.keys.filter { diagram.boxes[$0.from].column < diagram.boxes[$0.to].column }
        for pair in pairs.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            diagram.lines.append(
                Diagram.Line(
                    kind: diagram.boxes[pair.to].kind == .project ? .runs : .base, from: pair.from, to: pair.to,
                    weight: weights[pair] ?? 1))
        }
    }
}
