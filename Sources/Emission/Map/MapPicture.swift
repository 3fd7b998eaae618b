/// Draws a diagram as SVG.
struct MapPicture {
    private let diagram: Diagram
    private let layout: LayeredLayout
    private let lefts: [Double]
    private let widths: [Double]
    /// The most that one line stands for.
    private let heaviest: Int
    /// Whether boxes lead to places of the page around the picture.
    private let hasLinks: Bool

    private static let margin = 16.0
    private static let gutter = 76.0
    /// The room over the columns, for their headings.
    private static let top = 48.0
    private static let pulledHeading = 34.0

    init(_ diagram: Diagram, hasLinks: Bool) {
        self.diagram = diagram
        self.hasLinks = hasLinks
        heaviest = diagram.lines.map(\.weight).max() ?? 1
        let boxes = diagram.boxes.map {
            LayeredLayout.Box(
                column: $0.column, height: $0.height, rank: $0.kind == .pulled && diagram.pulledColumn != nil ? 1 : 0)
        }
        let links = diagram.lines.map {
            LayeredLayout.Link(from: $0.from, to: $0.to, arrival: diagram.boxes[$0.to].arrival($0.row))
        }
        layout = LayeredLayout(boxes, links, columns: diagram.columns.count, headingHeight: Self.pulledHeading)
        var widths = diagram.columns.map { Diagram.Box.width($0, 7.2) + 4 }
        for box in diagram.boxes { widths[box.column] = max(widths[box.column], box.width) }
        var lefts: [Double] = []
        var x = Self.margin
        for width in widths {
            lefts.append(x)
            x += width + Self.gutter
        }
        (self.lefts, self.widths) = (lefts, widths)
    }

    var width: Double { (lefts.last ?? 0) + (widths.last ?? 0) + Self.margin }
    var height: Double { Self.top + layout.height + Self.margin }

    /// Appends the `svg` element.
    ///
    /// - Parameter style: a style sheet for a picture that stands alone; nil inside the page, which has one.
    func write(to out: inout Markup, title: String, description: String, style: [UInt8]?) {
        out.raw("<svg class=\"picture\" xmlns=\"http://www.w3.org/2000/svg\" role=\"")
        // Links inside an image are not reached; a group tells of its parts.
        if hasLinks { out.raw("group") } else { out.raw("img") }
        out.raw("\" aria-labelledby=\"picture-title picture-desc\" viewBox=\"0 0 ")
        out.number(width)
        out.raw(" ")
        out.number(height)
        out.raw("\" width=\"")
        out.number(width)
        out.raw("\" height=\"")
        out.number(height)
        out.raw("\">\n<title id=\"picture-title\">")
        out.text(title)
        out.raw("</title>\n<desc id=\"picture-desc\">")
        out.text(description)
        out.raw("</desc>\n")
        if let style {
            out.raw("<style>\n")
            out.resource(style)
            out.raw("</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n")
        }
        out.raw("<defs>\n")
        LineEnds.write(to: &out)
        out.raw("</defs>\n")
        writeHeadings(to: &out)
        out.raw("<g class=\"lines\">\n")
        for index in diagram.lines.indices { writeLine(index, to: &out) }
        out.raw("</g>\n")
        for index in diagram.boxes.indices { writeBox(index, to: &out) }
        out.raw("</svg>\n")
    }

    private func writeHeadings(to out: inout Markup) {
        for (column, title) in diagram.columns.enumerated() {
            heading(title, x: lefts[column], y: 28, to: &out)
        }
        guard let column = diagram.pulledColumn else { return }
        let tops = diagram.boxes.indices.filter { diagram.boxes[$0].kind == .pulled }.map { layout.tops[$0] }
        if let first = tops.min() { heading("Pulled", x: lefts[column], y: Self.top + first - 14, to: &out) }
    }

    private func heading(_ title: String, x: Double, y: Double, to out: inout Markup) {
        out.raw("<text class=\"column\" x=\"")
        out.number(x)
        out.raw("\" y=\"")
        out.number(y)
        out.raw("\">")
        out.text(title)
        out.raw("</text>\n")
    }

    // MARK: Lines

    private func writeLine(_ index: Int, to out: inout Markup) {
        let line = diagram.lines[index]
        let (from, to) = (diagram.boxes[line.from], diagram.boxes[line.to])
        out.raw("<path class=\"line ")
        switch line.kind {
        case .base: out.raw("base")
        case .runs: out.raw("runs")
        case .after: out.raw("after")
        }
        let isWide = line.weight * 3 >= heaviest * 2 && heaviest > 1
        if isWide {
            out.raw(" w3")
        } else if line.weight * 4 >= heaviest, heaviest > 1 {
            out.raw(" w2")
        }
        if let anchor = from.anchor {
            out.raw("\" data-from=\"")
            out.text(anchor)
        }
        if let anchor = line.row.map({ to.rows[$0].anchor }) ?? to.anchor {
            out.raw("\" data-to=\"")
            out.text(anchor)
        }
        if line.kind != .runs, isWide {
            out.raw("\" marker-end=\"url(#arrow-base-wide)\" d=\"M")
        } else if line.kind != .runs {
            out.raw("\" marker-end=\"url(#arrow-base)\" d=\"M")
        } else {
            out.raw("\" marker-end=\"url(#arrow-runs)\" d=\"M")
        }
        var x = lefts[from.column] + boxWidth(line.from)
        var y = Self.top + layout.tops[line.from] + from.height / 2
        point(x, y, to: &out)
        for (step, height) in layout.routes[index].enumerated() {
            let column = from.column + 1 + step
            curve(from: (x, y), to: (lefts[column], Self.top + height), to: &out)
            (x, y) = (lefts[column] + widths[column], Self.top + height)
            out.raw(" L")
            point(x, y, to: &out)
        }
        let arrival = Self.top + layout.tops[line.to] + to.arrival(line.row)
        curve(from: (x, y), to: (lefts[to.column] + (line.kind == .runs ? -2 : -1), arrival), to: &out)
        out.raw("\"/>\n")
    }

    private func curve(from start: (x: Double, y: Double), to end: (x: Double, y: Double), to out: inout Markup) {
        let middle = (start.x + end.x) / 2
        out.raw(" C")
        point(middle, start.y, to: &out)
        out.raw(" ")
        point(middle, end.y, to: &out)
        out.raw(" ")
        point(end.x, end.y, to: &out)
    }

    private func point(_ x: Double, _ y: Double, to out: inout Markup) {
        out.number(x)
        out.raw(" ")
        out.number(y)
    }

    private func boxWidth(_ index: Int) -> Double { widths[diagram.boxes[index].column] }

    // MARK: Boxes

    private func writeBox(_ index: Int, to out: inout Markup) {
        let box = diagram.boxes[index]
        out.raw("<g class=\"box ")
        switch box.kind {
        case .built: out.raw("built")
        case .pulled: out.raw("pulled")
        case .project: out.raw("project")
        case .group: out.raw("group")
        }
        if let owner = box.owner {
            out.raw(" hue")
            out.number(owner % 8)
        }
        out.raw("\" transform=\"translate(")
        out.number(lefts[box.column])
        out.raw(" ")
        out.number(Self.top + layout.tops[index])
        out.raw(")\">\n")
        let width = boxWidth(index)
        rectangle("frame", width: width, height: box.height, to: &out)
        if box.owner != nil { stripe(height: Diagram.Box.headHeight, to: &out) }
        item(box.anchor, tooltip: Self.tooltip(box.tooltip, box.mark), to: &out) { out in
            rectangle("hit", width: width, height: Diagram.Box.headHeight, to: &out)
            text("title", box.title, x: 16, y: 20, room: (width - 30) / 7.9, to: &out)
            text("sub", box.subtitle, x: 16, y: 36, room: (width - 30) / 6.3, to: &out)
            mark(box.mark, x: width - 15, y: 16, to: &out)
        }
        for (place, row) in box.rows.enumerated() {
            let top = Diagram.Box.headHeight + Double(place) * Diagram.Box.rowHeight
            item(row.anchor, tooltip: Self.tooltip(row.tooltip, row.mark), to: &out) { out in
                out.raw(row.isOptional ? "<rect class=\"row optional\"" : "<rect class=\"row\"")
                out.raw(" x=\"6\" y=\"")
                out.number(top + 1)
                out.raw("\" width=\"")
                out.number(width - 12)
                out.raw("\" height=\"")
                out.number(Diagram.Box.rowHeight - 3)
                out.raw("\" rx=\"5\"/>")
                let detail = Diagram.Box.width(row.detail, 6.9)
                let inset = row.mark == nil ? 0.0 : 4.0
                text(
                    "service", row.title, x: 16 + inset, y: top + 18, room: (width - 40 - inset - detail) / 7.5,
                    to: &out)
                if !row.detail.isEmpty {
                    text(
                        row.isCount ? "amount" : "port", row.detail, x: width - 14, y: top + 18,
                        room: (width - 60) / 6.9, to: &out)
                }
                mark(row.mark, x: 6, y: top + 13, to: &out)
            }
        }
        out.raw("</g>\n")
    }

    private static func tooltip(_ text: String, _ mark: MapFindings.Mark?) -> String {
        guard let mark else { return text }
        return (text.isEmpty ? "" : text + ", ") + Diagram.counted(mark.count, "finding")
    }

    /// A disc with the number of findings; the heaviest gives its colour, and the entry of the thing its words.
    private func mark(_ mark: MapFindings.Mark?, x: Double, y: Double, to out: inout Markup) {
        guard let mark else { return }
        out.raw("<g class=\"mark ")
        switch mark.severity {
        case .error: out.raw("error")
        case .warning: out.raw("warning")
        case .info: out.raw("info")
        }
        out.raw("\"><circle cx=\"")
        out.number(x)
        out.raw("\" cy=\"")
        out.number(y)
        out.raw("\" r=\"9\"/><text x=\"")
        out.number(x)
        out.raw("\" y=\"")
        out.number(y + 4)
        out.raw("\">")
        out.text(mark.count < 100 ? String(mark.count) : "99+")
        out.raw("</text></g>")
    }

    private func item(_ anchor: String?, tooltip: String, to out: inout Markup, _ body: (inout Markup) -> Void) {
        if hasLinks, let anchor {
            out.raw("<a class=\"item\" href=\"#")
            out.text(anchor)
            out.raw("\" data-for=\"")
            out.text(anchor)
            out.raw("\">")
        } else {
            out.raw("<g class=\"item\">")
        }
        if !tooltip.isEmpty {
            out.raw("<title>")
            out.text(tooltip)
            out.raw("</title>")
        }
        body(&out)
        if hasLinks, anchor != nil { out.raw("</a>\n") } else { out.raw("</g>\n") }
    }

    private func rectangle(_ name: StaticString, width: Double, height: Double, to out: inout Markup) {
        out.raw("<rect class=\"")
        out.raw(name)
        out.raw("\" width=\"")
        out.number(width)
        out.raw("\" height=\"")
        out.number(height)
        out.raw("\" rx=\"9\"/>")
    }

    private func stripe(height: Double, to out: inout Markup) {
        out.raw("<rect class=\"stripe\" x=\"5\" y=\"9\" width=\"4\" height=\"")
        out.number(height - 18)
        out.raw("\" rx=\"2\"/>")
    }

    /// One line of text, cut to what has room; the whole is the tooltip's or the page's to tell.
    private func text(
        _ name: StaticString, _ text: String, x: Double, y: Double, room: Double, to out: inout Markup
    ) {
        out.raw("<text class=\"")
        out.raw(name)
        out.raw("\" x=\"")
        out.number(x)
        out.raw("\" y=\"")
        out.number(y)
        out.raw("\">")
        let limit = max(Int(room), 4)
        out.text(
            text.unicodeScalars.count <= limit
                ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…")
        out.raw("</text>")
    }
}
