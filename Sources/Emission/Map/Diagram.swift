/// What the picture shows: boxes in columns, and lines between them.
struct Diagram {
    struct Row {
        let title: String
        let detail: String
        let anchor: String
        let tooltip: String
        /// Whether `detail` is a number of things, not a port.
        var isCount = false
        /// Whether it starts only where a profile is chosen.
        var isOptional = false
        /// What was found about it; nil where nothing was.
        var mark: MapFindings.Mark?
    }

    struct Box {
        enum Kind { case built, pulled, project, group }

        let kind: Kind
        let column: Int
        let title: String
        let subtitle: String
        /// The place of the page that it leads to; nil for what stands for several things.
        let anchor: String?
        let tooltip: String
        /// The project that builds it, for its colour.
        let owner: Int?
        var rows: [Row] = []
        /// What was found about all that it stands for, beside what its rows say; nil where nothing was.
        var mark: MapFindings.Mark?

        static let headHeight = 46.0
        static let rowHeight = 28.0

        var height: Double { Self.headHeight + (rows.isEmpty ? 0 : Double(rows.count) * Self.rowHeight + 8) }
        /// Where a line to a row arrives; to the box itself when there are no rows.
        func arrival(_ row: Int?) -> Double {
            guard let row else { return Self.headHeight / 2 }
            return Self.headHeight + (Double(row) + 0.5) * Self.rowHeight
        }
        /// The widest that its text may be, in pixels.
        var width: Double {
            var widest = max(Self.width(title, 7.9) + 34, Self.width(subtitle, 6.3) + 34)
            for row in rows { widest = max(widest, Self.width(row.title, 7.5) + Self.width(row.detail, 6.9) + 58) }
            return min(max(widest, 150), 340)
        }

        /// How wide a text is set: letters beyond Latin count twice.
        static func width(_ text: String, _ advance: Double) -> Double {
            var width = 0.0
            for scalar in text.unicodeScalars { width += scalar.value < 0x1100 ? advance : 2 * advance }
            return width
        }
    }

    struct Line {
        enum Kind { case base, runs, after }

        let kind: Kind
        let from: Int
        let to: Int
        var row: Int?
        /// How many of its like it stands for.
        var weight = 1
    }

    var columns: [String] = []
    var boxes: [Box] = []
    var lines: [Line] = []
    /// Whether boxes stand for groups, because there is too much for a box each.
    var isGrouped = false
    /// The heading over pulled images that stand below others in their column.
    var pulledColumn: Int?
}
