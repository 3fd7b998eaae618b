/// What one script is made of: its tables, and the fragments of its body in order.
struct ScriptContents {
    let name: String
    let tables: [ScriptTable]
    /// Whether the body looks for files of the workspace, and is told where it lies.
    let needsWorkspace: Bool
    let fragments: [[UInt8]]
    /// The bytes of the tables' lines and of the fragments.
    var size: Int { tables.reduce(0) { $0 + $1.lines.count } + fragments.reduce(0) { $0 + $1.count + 1 } }

    private init(_ name: String, _ tables: [ScriptTable], needsWorkspace: Bool = true, _ fragments: [[UInt8]]) {
        self.name = name
        self.tables = tables
        self.needsWorkspace = needsWorkspace
        self.fragments = [PackageResources.common_sh] + fragments
    }

    /// Every script of the folder.
    static func all(_ tables: ScriptTables) -> [ScriptContents] {
        // Each table is made once, however many scripts hold it.
        let (images, projects, builds) = (tables.images, tables.projects, tables.builds)
        let (files, services, repositories) = (tables.files, tables.services, tables.repositories)
        let building = [
            PackageResources.names_sh, PackageResources.plan_sh, PackageResources.jobs_sh, PackageResources.signals_sh,
            PackageResources.runs_sh, PackageResources.fingerprints_sh,
        ]
        let observing = [
            PackageResources.table_sh, PackageResources.containers_sh, PackageResources.observation_sh,
            PackageResources.size_sh, PackageResources.listing_sh, PackageResources.json_sh,
        ]
        return [
            ScriptContents(
                "build.sh", [images, projects, builds, tables.manifest, tables.root],
                [PackageResources.compose_sh, PackageResources.table_sh] + building + [PackageResources.build_sh]),
            ScriptContents(
                "verify.sh", [projects, services], needsWorkspace: false,
                observing + [PackageResources.verify_sh]),
            ScriptContents(
                "up.sh", [files, services],
                [PackageResources.compose_sh, PackageResources.services_sh, PackageResources.up_sh]),
            ScriptContents(
                "refresh.sh", [images, projects, builds, files, services, tables.manifest, tables.root],
                [PackageResources.compose_sh] + building
                    + [PackageResources.containers_sh, PackageResources.services_sh, PackageResources.refresh_sh]),
            ScriptContents(
                "status.sh", [projects, services], needsWorkspace: false,
                observing + [PackageResources.status_sh]),
            ScriptContents(
                "release.sh", [images, projects, repositories, tables.targets, tables.bakeFile],
                [
                    PackageResources.compose_sh, PackageResources.names_sh, PackageResources.signals_sh,
                    PackageResources.registry_sh, PackageResources.git_sh, PackageResources.release_sh,
                ]),
            ScriptContents(
                "clean.sh", [tables.workspaceName, images, repositories, tables.references],
                needsWorkspace: false,
                [
                    PackageResources.table_sh, PackageResources.names_sh, PackageResources.size_sh,
                    PackageResources.signals_sh, PackageResources.registry_sh, PackageResources.clean_sh,
                ]),
        ]
    }
}
