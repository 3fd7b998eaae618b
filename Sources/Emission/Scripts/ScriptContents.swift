/// What one script is made of: its tables, and the fragments of its body in order.
struct ScriptContents {
    let name: String
    let tables: [ScriptTable]
    let fragments: [[UInt8]]
    /// The bytes of the tables' lines and of the fragments.
    var size: Int { tables.reduce(0) { $0 + $1.lines.count } + fragments.reduce(0) { $0 + $1.count + 1 } }

    /// - Parameters:
    ///   - main: what the script does once its options are read.
    ///   - asking: what asks Compose for references before that, and the tables that it needs; nil where none holds
    ///     variables.
    ///   - requiring: what asks for the variables that builds must have before that; none where none must.
    ///   - instances: what chooses the instance before all of them; nil where the workspace has none.
    private init(
        _ name: String, _ tables: [ScriptTable], _ fragments: [[UInt8]], main: [UInt8],
        asking: (tables: [ScriptTable], fragments: [[UInt8]])?, requiring: [[UInt8]] = [], instances: InstanceScripts?
    ) {
        self.name = name
        let more = (asking?.tables ?? []) + (instances?.tables(for: name) ?? [])
        let names = Set(tables.map(\.name))
        self.tables = more.filter { !names.contains($0.name) }.firstOfEachName + tables
        let common = PackageResources.common_sh
        let body = (asking == nil ? [] : [PackageResources.variables_sh]) + fragments
        let asked = (asking?.fragments ?? []) + requiring + [main]
        guard let instances else {
            self.fragments = [common] + body + asked
            return
        }
        self.fragments =
            InstanceScripts.wrapped([common], in: name) + instances.front(of: name)
            + InstanceScripts.wrapped(body, in: name) + instances.choosing(for: name) + asked
    }

    /// Every script of the folder.
    static func all(_ tables: ScriptTables) -> [ScriptContents] {
        // Each table is made once, however many scripts hold it.
        let (projects, builds, files, after) = (tables.projects, tables.builds, tables.files, tables.after)
        let (workspaceName, manifest, root) = (tables.workspaceName, tables.manifest, tables.root)
        let environments = tables.environments
        let instances = tables.plan.instances.map { InstanceScripts($0, tables, projects: projects) }
        let variables = tables.hasVariables ? tables.variables : nil
        // The columns of the project, or of the image whose owner counts, and of the reference.
        func settled(_ table: ScriptTable, _ columns: String) -> ScriptTable {
            switch (instances == nil, variables == nil) {
            case (true, true): table
            case (true, false): table.read(by: "settled " + columns)
            case (false, true): table.read(by: "instanced")
            case (false, false): table.read(by: "instanced_for settled " + columns)
            }
        }
        func imagesOf(_ tables: ScriptTables) -> ScriptTable { settled(tables.images, "4 3") }
        func settledServices(_ table: ScriptTable) -> ScriptTable { settled(table, "1 4") }
        let (images, plainServices) = (imagesOf(tables), tables.services)
        let services = settledServices(plainServices)
        let repositories = settled(tables.repositories, "2 3 images")
        let references = settled(tables.references, "1 2 images")
        let imagesThere = tables.ofEnvironments(imagesOf)
        let plainServicesThere = tables.ofEnvironments { $0.services }
        let servicesThere = plainServicesThere.map(settledServices)
        let buildsThere = tables.ofEnvironments { $0.builds }
        let filesThere = tables.ofEnvironments { $0.files }
        func withEnvironments(_ common: [ScriptTable], _ there: [ScriptTable]...) -> [ScriptTable] {
            common + [environments] + there.joined()
        }
        func asking(_ more: [ScriptTable], _ fragments: [UInt8]...) -> ([ScriptTable], [[UInt8]])? {
            variables.map { ([instances == nil ? $0 : $0.read(by: "instanced")] + more, fragments) }
        }
        func requiring(_ fragment: [UInt8]) -> [[UInt8]] {
            tables.requiresVariables ? [PackageResources.required_sh, fragment] : []
        }
        let plainWords = [PackageResources.build_words_sh]
        let words =
            tables.hasCaches
            ? WrappedFunctions.of(["with_build_words"], in: plainWords) + [PackageResources.cached_sh] : plainWords
        let building =
            [
                PackageResources.names_sh, PackageResources.need_image_sh, PackageResources.plan_sh,
                PackageResources.plan_references_sh,
                PackageResources.pinned_sh, PackageResources.compose_file_sh,
            ] + words + [
                PackageResources.jobs_sh, PackageResources.signals_sh,
                PackageResources.runs_sh, PackageResources.inspection_sh, PackageResources.labels_sh,
                PackageResources.unasked_sh, PackageResources.fingerprints_sh,
            ]
        let baking =
            [tables.pinned, tables.bakeFile, tables.bakeGroups]
            + (tables.hasCaches ? [tables.caches] + tables.cachedTargets : [])
        let observing = [
            PackageResources.environments_sh, PackageResources.compose_sh, PackageResources.projects_sh,
            PackageResources.table_sh, PackageResources.containers_sh, PackageResources.needed_containers_sh,
            PackageResources.owners_sh,
            PackageResources.inspection_sh, PackageResources.observation_sh, PackageResources.size_sh,
            PackageResources.listing_sh,
            PackageResources.json_sh,
        ]
        let resources = instances == nil ? tables.resources : tables.resources.read(by: "instanced")
        let attests = tables.plan.manifest.environments.contains { !$0.attestations.isEmpty }
        let afterThere = tables.ofEnvironments { $0.after }
        return [
            ScriptContents(
                "build.sh",
                withEnvironments(
                    [images, projects, builds, workspaceName, manifest, root] + baking,
                    imagesThere, buildsThere),
                [
                    PackageResources.environments_sh, PackageResources.compose_sh, PackageResources.projects_sh,
                    PackageResources.table_sh,
                ] + building
                    + [PackageResources.build_sh],
                main: PackageResources.build_main_sh,
                asking: asking(
                    [services] + servicesThere, PackageResources.variables_build_sh),
                requiring: requiring(PackageResources.required_build_sh), instances: instances),
            ScriptContents(
                "verify.sh",
                withEnvironments([workspaceName, projects, files, services], filesThere, servicesThere),
                observing + [PackageResources.verify_sh],
                main: PackageResources.verify_main_sh,
                asking: asking([], PackageResources.variables_listing_sh, PackageResources.variables_verify_sh),
                instances: instances),
            ScriptContents(
                "up.sh",
                withEnvironments(
                    [files, services, after, resources, manifest, root], filesThere,
                    servicesThere, afterThere),
                [
                    PackageResources.environments_sh, PackageResources.compose_sh, PackageResources.projects_sh,
                    PackageResources.services_sh, PackageResources.containers_sh, PackageResources.needed_containers_sh,
                    PackageResources.owners_sh, PackageResources.guarding_sh,
                    PackageResources.leftovers_sh, PackageResources.taking_sh,
                    PackageResources.inspection_sh, PackageResources.waiting_sh,
                    PackageResources.starting_sh, PackageResources.preflight_sh, PackageResources.up_sh,
                ],
                main: PackageResources.up_main_sh, asking: asking([projects], PackageResources.variables_up_sh),
                instances: instances),
            ScriptContents(
                "down.sh",
                // It stops by names: nothing has to ask Compose for references.
                withEnvironments(
                    [files, plainServices, after], filesThere, plainServicesThere, afterThere),
                [
                    PackageResources.environments_sh, PackageResources.compose_sh, PackageResources.projects_sh,
                    PackageResources.services_sh, PackageResources.signals_sh, PackageResources.containers_sh,
                    PackageResources.owners_sh,
                    PackageResources.guarding_sh, PackageResources.asking_sh, PackageResources.down_sh,
                ],
                main: PackageResources.down_main_sh, asking: nil, instances: instances),
            ScriptContents(
                "refresh.sh",
                withEnvironments(
                    [
                        images, projects, builds, files, services, workspaceName, manifest, root,
                    ] + baking,
                    imagesThere, buildsThere, filesThere, servicesThere),
                [PackageResources.environments_sh, PackageResources.compose_sh] + building
                    + [
                        PackageResources.containers_sh, PackageResources.owners_sh, PackageResources.services_sh,
                        PackageResources.watching_sh, PackageResources.refresh_sh,
                    ],
                main: PackageResources.refresh_main_sh, asking: asking([], PackageResources.variables_build_sh),
                requiring: requiring(PackageResources.required_refresh_sh), instances: instances),
            ScriptContents(
                "status.sh",
                withEnvironments(
                    [
                        workspaceName, projects, files, services, after, images, resources,
                        manifest, root,
                    ], filesThere, servicesThere, afterThere),
                observing
                    + [
                        PackageResources.services_sh, PackageResources.planning_sh, PackageResources.leftovers_sh,
                        PackageResources.left_images_sh,
                        PackageResources.left_listing_sh, PackageResources.status_sh,
                    ],
                main: PackageResources.status_main_sh,
                asking: asking([], PackageResources.variables_listing_sh, PackageResources.variables_status_sh),
                instances: instances),
            ScriptContents(
                "release.sh",
                [
                    images, projects, repositories, tables.targets, tables.bakeFile, builds, workspaceName,
                    manifest, root, tables.ownBuilds,
                ]
                    + tables.ofOwnBuilds(imagesOf) + tables.ofOwnBuilds { $0.targets }
                    + tables.ofOwnBuilds { $0.builds } + (attests ? [tables.attesting] : []),
                [
                    PackageResources.compose_sh, PackageResources.names_sh, PackageResources.need_image_sh,
                    PackageResources.signals_sh, PackageResources.registry_sh, PackageResources.registry_answers_sh,
                    PackageResources.git_sh,
                    PackageResources.inspection_sh,
                    PackageResources.labels_sh, PackageResources.unasked_sh, PackageResources.fingerprints_sh,
                    PackageResources.release_sh,
                ] + (attests ? [PackageResources.attesting_sh] : []),
                main: PackageResources.release_main_sh,
                asking: asking([tables.variableNames], PackageResources.variables_release_sh), instances: instances),
            ScriptContents(
                "pin.sh",
                withEnvironments([tables.pins, manifest, root], tables.ofEnvironments { $0.pins }),
                [
                    PackageResources.environments_sh, PackageResources.compose_sh, PackageResources.signals_sh,
                    PackageResources.registry_answers_sh, PackageResources.unasked_sh, PackageResources.need_image_sh,
                    PackageResources.pin_sh,
                ],
                main: PackageResources.pin_main_sh, asking: nil, instances: instances),
            ScriptContents(
                "clean.sh",
                withEnvironments(
                    [
                        workspaceName, images, repositories, references, files, services, resources,
                        manifest, root,
                    ], filesThere, servicesThere),
                [
                    PackageResources.compose_sh, PackageResources.table_sh, PackageResources.names_sh,
                    PackageResources.size_sh, PackageResources.signals_sh, PackageResources.registry_sh,
                    PackageResources.inspection_sh, PackageResources.labels_sh,
                    PackageResources.asking_sh, PackageResources.containers_sh, PackageResources.owners_sh,
                    PackageResources.leftovers_sh, PackageResources.left_images_sh,
                    PackageResources.left_listing_sh, PackageResources.left_removal_sh, PackageResources.clean_sh,
                ],
                main: PackageResources.clean_main_sh,
                asking: asking([projects], PackageResources.variables_clean_sh), instances: instances),
        ]
    }
}
