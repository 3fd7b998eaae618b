import Planning
import StrategyManifest

/// Assembles the scripts: a header, the tables of this workspace, and a body that is the same in every workspace
/// (specification 3, "Scripts").
///
/// What comes from the manifest stands in quoted here-documents and nowhere else, so that no shell ever reads it as
/// code. The bodies are real `.sh` files beside this one, embedded at build time.
struct Scripts {
    private let layout: Layout
    private let tables: ScriptTables
    /// The folder of the scripts; nil when they are switched off.
    private let folder: [String]?

    init(_ plan: Plan, _ layout: Layout) {
        self.layout = layout
        tables = ScriptTables(plan, layout)
        folder = plan.manifest.outputs.scripts.map { layout.components($0.value) }
    }

    func artifacts() -> [Artifact] {
        guard let folder else { return [] }
        return ScriptContents.all(tables).map { script in
            let path = folder + [script.name]
            var bytes = Array("#!/bin/sh\n".utf8)
            for line in layout.header(of: path) { bytes += "# \(line)\n".utf8 }
            bytes.append(0x0A)
            for table in script.tables { bytes += table.text.utf8 }
            if script.needsWorkspace {
                let table = ScriptTable(
                    name: "to_workspace", comments: ["The workspace's folder as seen from the scripts'."],
                    lines: [Layout.relative(from: folder, to: layout.folder)])
                bytes += table.text.utf8
            }
            bytes += script.fragments.joined(separator: [0x0A])
            return Artifact(path: path, bytes: bytes, isExecutable: true)
        }
    }
}

/// A shell function that prints lines as they stand.
struct ScriptTable {
    let name: String
    /// What the table holds, as comment lines.
    let comments: [String]
    let lines: [String]

    var text: String {
        let comment = comments.map { "# \($0)\n" }.joined()
        return comment + "\(name)() {\n\tcat <<'END'\n" + lines.map { $0 + "\n" }.joined() + "END\n}\n\n"
    }

    /// Rows whose columns are parted by two spaces and more; the last column takes the rest of the line.
    static func aligned(_ rows: [[String]]) -> [String] {
        guard let columns = rows.first?.count else { return [] }
        let widths = (0..<columns).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < columns - 1 {
                    line += String(repeating: " ", count: widths[column] - cell.unicodeScalars.count + 2)
                }
            }
            return line
        }
    }
}
