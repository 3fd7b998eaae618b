extension Diagram {
    /// The most containers with a row each: a picture is looked at as a whole.
    private static let mostRows = 40

    /// The picture of a map, as detailed as it stays readable.
    init(_ map: WorkspaceMap) {
        let isShort = map.images.count <= 60 && map.projects.count <= 60
        if isShort, map.containers.count <= Self.mostRows {
            self.init(detailed: map, hasRows: true)
            if isReadable { return }
        }
        if isShort {
            self.init(detailed: map, hasRows: false)
            if isReadable { return }
        }
        self = DiagramGroups(map, owners: 8, runners: 16).diagram
        if !isReadable { self = DiagramGroups(map, owners: 0, runners: 0).diagram }
    }

    /// Whether eyes can follow it: how many lines there are, how many columns they cross, and how high it is.
    private var isReadable: Bool {
        var crossed = 0
        for line in lines { crossed += boxes[line.to].column - boxes[line.from].column - 1 }
        var heights = columns.map { _ in 0.0 }
        for box in boxes { heights[box.column] += box.height + 14 }
        let height = heights.max() ?? 0
        // Groups are an overview: it is worth something only at a glance.
        if isGrouped { return lines.count <= 48 && crossed <= 36 && height <= 1000 }
        return columns.count <= 10 && lines.count <= 90 && crossed <= 70 && height <= 1800
    }

    /// A box for each image, and one for each project with a row for each container.
    private init(detailed map: WorkspaceMap, hasRows: Bool) {
        self.init()
        let stages = map.stages
        columns = (0..<stages).map { stages == 1 ? "Built" : "Stage \($0 + 1)" }
        // Pulled images stand on nothing and are run only, so close to what runs them.
        if stages == 0, !map.images.isEmpty { columns.append("Pulled") }
        if stages > 0, !map.pulled.isEmpty { pulledColumn = stages - 1 }
        for (index, image) in map.images.enumerated() {
            boxes.append(
                Box(
                    kind: image.owner == nil ? .pulled : .built,
                    column: max(image.stage, image.owner == nil ? stages : 1, 1) - 1,
                    title: image.name,
                    subtitle: image.owner.map { "built by " + map.projects[$0].name } ?? image.reference,
                    anchor: map.anchor(ofImage: index), tooltip: image.reference, owner: image.owner,
                    mark: MapFindings.mark(map.findings.images[index])))
            for base in image.bases where map.images[base].stage < image.stage && map.images[base].owner != nil {
                lines.append(Line(kind: .base, from: base, to: index))
            }
        }
        let column = columns.count
        let depths = map.startDepths
        var boxOfProject = [Int?](repeating: nil, count: map.projects.count)
        for (index, project) in map.projects.enumerated() where !project.containers.isEmpty {
            while columns.count <= column + depths[index] {
                columns.append(columns.count == column ? "Projects and their containers" : "Started after those")
            }
            boxOfProject[index] = boxes.count
            var box = Box(
                kind: .project, column: column + depths[index], title: project.name,
                subtitle: Self.counted(project.containers.count, "container"), anchor: map.anchor(ofProject: index),
                tooltip: project.description, owner: project.images.isEmpty ? nil : index,
                mark: hasRows
                    ? MapFindings.mark(map.findings.projects[index]) : map.findings.mark(ofProject: index, map))
            if hasRows { box.rows = project.containers.map { Row(map, $0) } }
            addLines(to: boxes.count, from: project.containers.map { map.containers[$0].image }, hasRows: hasRows)
            boxes.append(box)
        }
        for (index, project) in map.projects.enumerated() {
            for other in Set(project.after.map(\.project)).sorted() {
                guard let to = boxOfProject[index], let from = boxOfProject[other] else { continue }
                lines.append(Line(kind: .after, from: from, to: to))
            }
        }
    }

    private mutating func addLines(to box: Int, from images: [Int], hasRows: Bool) {
        if hasRows {
            for (row, image) in images.enumerated() { lines.append(Line(kind: .runs, from: image, to: box, row: row)) }
            return
        }
        var counts: [Int: Int] = [:]
        for image in images { counts[image, default: 0] += 1 }
        for (image, count) in counts.sorted(by: { $0.key < $1.key }) {
            lines.append(Line(kind: .runs, from: image, to: box, weight: count))
        }
    }

    static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension Diagram.Row {
    init(_ map: WorkspaceMap, _ index: Int) {
        let container = map.containers[index]
        let ports = container.ports.map(\.hostText)
        title = container.service
        detail = ports.count > 1 ? "\(ports[0]) +\(ports.count - 1)" : ports.first ?? ""
        anchor = map.anchor(ofContainer: index)
        mark = MapFindings.mark(map.findings.containers[index])
        isOptional = !container.profiles.isEmpty
        tooltip =
            map.title(ofContainer: index)
            + (isOptional ? ", only with profile " + container.profiles.joined(separator: " or ") : "")
    }
}
