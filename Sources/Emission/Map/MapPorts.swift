import ComposeSpec

/// Writes the table of what the host publishes.
struct MapPorts {
    private let map: WorkspaceMap

    init(_ map: WorkspaceMap) { self.map = map }

    func write(to out: inout Markup) {
        var rows: [(number: Int, port: PortMapping, container: Int)] = []
        for (index, container) in map.containers.enumerated() {
            for port in container.ports { rows.append((Self.number(of: port), port, index)) }
        }
        guard !rows.isEmpty else { return }
        let order = rows.indices.sorted { (rows[$0].number, $0) < (rows[$1].number, $1) }
        out.raw("<section id=\"ports\" aria-labelledby=\"ports-heading\">\n<h2 id=\"ports-heading\">Ports</h2>\n")
        out.raw("<table>\n<thead><tr><th scope=\"col\">On the host</th><th scope=\"col\">In the container</th>")
        out.raw("<th scope=\"col\">Container</th></tr></thead>\n<tbody>\n")
        for place in order {
            let row = rows[place]
            out.raw("<tr data-entry=\"port\"><td><code class=\"port\">")
            out.text(row.port.hostText)
            out.raw("</code></td><td><code>")
            out.text(row.port.containerText)
            out.raw("</code></td><td>")
            out.link(to: map.anchor(ofContainer: row.container), map.title(ofContainer: row.container))
            out.raw("</td></tr>\n")
        }
        out.raw("</tbody>\n</table>\n</section>\n")
    }

    /// The number that a port is sorted by.
    private static func number(of port: PortMapping) -> Int {
        var number = 0
        for byte in (port.published ?? []).prefix(5) {
            guard (0x30...0x39).contains(byte) else { break }
            number = number * 10 + Int(byte & 0x0F)
        }
        return number
    }
}
