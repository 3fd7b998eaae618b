import Planning
import StrategyManifest

/// Assembles the scripts: a header, the tables of this workspace, and a body that is the same in every workspace.
///
/// What comes from the manifest stands in quoted here-documents and nowhere else, so that no shell ever reads it as
/// code. The bodies are real `.sh` files beside this one, embedded at build time.
struct Scripts {
    private let layout: Layout
    private let header: Header
    private let tables: ScriptTables
    /// The folder of the scripts; nil when they are switched off.
    private let folder: [String]?

    /// - Parameter names: those of the bake file's targets.
    init(_ plan: Plan, _ layout: Layout, _ names: BakeNames) {
        self.layout = layout
        header = Header(plan, layout)
        tables = ScriptTables(plan, layout, names)
        folder = plan.manifest.outputs[.scripts].map { layout.components($0.value) }
    }

    func artifacts() -> [Artifact] {
        guard let folder else { return [] }
        return ScriptContents.all(tables).map { script in
            let path = folder + [script.name]
            var bytes: [UInt8] = []
            bytes.reserveCapacity(script.size + 1000)
            bytes += "#!/bin/sh\n".utf8
            for line in header.lines(of: path) { bytes += "# \(line)\n".utf8 }
            bytes.append(0x0A)
            for table in script.tables { table.append(to: &bytes) }
            let table = ScriptTable(
                name: "to_workspace", comments: ["The workspace's folder as seen from the scripts'."],
                texts: [Layout.relative(from: folder, to: layout.folder)])
            table.append(to: &bytes)
            for (index, fragment) in script.fragments.enumerated() {
                if index > 0 { bytes.append(0x0A) }
                bytes += fragment
            }
            return Artifact(path: path, bytes: bytes, isExecutable: true)
        }
    }
}

/// Whether a script's tables of images and builds are those of this plan: by them a script of an older manifest is told.
///
/// A reference with variables may stand there as what Compose made of it.
package func areBuildTables(_ bytes: [UInt8], of plan: Plan, _ layout: Layout) -> Bool {
    let named = plan.inInstances
    let tables = ScriptTables(named, layout, BakeNames(named))
    let own = tables.images.lines + tables.builds.lines
    if bytes == own || !tables.hasVariables && plan.manifest.instances == nil { return bytes == own }
    let (given, expected) = (bytes.split(separator: 0x0A), own.split(separator: 0x0A))
    guard given.count == expected.count else { return false }
    for (given, expected) in zip(given, expected) where given != expected {
        let (given, expected) = (given.split(separator: 0x20), expected.split(separator: 0x20))
        guard given.count == 7, expected.count == 7, expected[2].contains(UInt8(ascii: "$")),
            given.indices.allSatisfy({ $0 == 2 || given[$0] == expected[$0] })
        else { return false }
    }
    return true
}
