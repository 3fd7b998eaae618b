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
        let (projects, services) = (tables.projects, tables.services)
        let all: [(name: String, tables: [ScriptTable], needsWorkspace: Bool, fragments: [[UInt8]])] = [
            (
                "build.sh", [tables.images, projects, tables.builds], true,
                [
                    PackageResources.common_sh, PackageResources.compose_sh, PackageResources.table_sh,
                    PackageResources.plan_sh, PackageResources.jobs_sh, PackageResources.build_sh,
                ]
            ),
            (
                "verify.sh", [projects, services], false,
                [
                    PackageResources.common_sh, PackageResources.table_sh, PackageResources.observation_sh,
                    PackageResources.json_sh, PackageResources.verify_sh,
                ]
            ),
            (
                "up.sh", [tables.files, services], true,
                [PackageResources.common_sh, PackageResources.compose_sh, PackageResources.up_sh]
            ),
        ]
        return all.map { script in
            let path = folder + [script.name]
            var bytes = Array("#!/bin/sh\n".utf8)
            for line in layout.header(of: path) { bytes += "# \(line)\n".utf8 }
            bytes.append(0x0A)
            for table in script.tables { table.append(to: &bytes) }
            if script.needsWorkspace {
                bytes += "to_workspace=\(Layout.relative(from: folder, to: layout.folder))\n\n".utf8
            }
            for (index, fragment) in script.fragments.enumerated() {
                if index > 0 { bytes.append(0x0A) }
                bytes += fragment
            }
            return Artifact(path: path, bytes: bytes, isExecutable: true)
        }
    }
}
