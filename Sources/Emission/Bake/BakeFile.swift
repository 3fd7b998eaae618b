import ComposeSpec
import Diagnostics
import Planning
import SourceText
import StrategyManifest
import YAMLSyntax

/// Writes the bake file: the builds for `docker buildx bake`.
///
/// Buildx takes relative contexts from the folder that it is called in: the file is meant for the manifest's folder.
struct BakeFile {
    private let plan: Plan
    private let layout: Layout
    private let path: [String]
    private let names: BakeNames

    /// - Parameter names: those of the plan's targets.
    init(_ plan: Plan, _ names: BakeNames, _ layout: Layout, path: [String]) {
        self.plan = plan
        self.layout = layout
        self.path = path
        self.names = names
    }

    func bytes() -> [UInt8] {
        var targets = targets(nullable: [])
        // What one value of one target tells unset from empty is null by default for all.
        let nullable = targets.reduce(into: Set<String>()) { $0.formUnion($1.target.nullables) }
        if !nullable.isEmpty { targets = self.targets(nullable: nullable) }
        var read = Distinct<String>()
        for variable in targets.flatMap(\.1.variables) { read.add(variable) }
        let variables = read.values
        let byOwner = Dictionary(grouping: plan.builds.indices) { plan.builds[$0].owner }
        let byStage = Dictionary(grouping: plan.builds.indices) { plan.builds[$0].stage }
        var json = JSONWriter()
        json.object { json in
            // HCL's JSON syntax ignores a member of this name.
            json.array("//", of: headerLines(targets.map(\.1))) { $0.string($1) }
            if !variables.isEmpty {
                json.object("variable") { json in
                    for variable in variables {
                        json.object(variable) { json in
                            if nullable.contains(variable) {
                                json.member("default", orNull: nil)
                            } else {
                                json.member("default", "")
                            }
                        }
                    }
                }
            }
            json.object("group") { json in
                group(BakeNames.all, names.targets, &json)
                for (project, name) in names.projects {
                    group(name, (byOwner[project] ?? []).map { names.targets[$0] }, &json)
                }
                for (index, name) in names.stages.enumerated() {
                    group(name, (byStage[index + 1] ?? []).map { names.targets[$0] }, &json)
                }
                for own in names.own { groups(of: own, &json) }
            }
            json.object("target") { json in
                for (name, target) in targets { json.object(name) { target.write(to: &$0) } }
            }
        }
        return json.finish()
    }

    /// The header, with the command where Buildx asks before it reads folders beside its own.
    private func headerLines(_ targets: [BakeTarget]) -> [String] {
        let lines = Header(plan, layout).lines(of: path)
        guard targets.contains(where: \.readsOutside) else { return lines }
        let file = quotedForShell(Layout.relative(from: layout.folder, to: path))
        return lines + [
            "Buildx asks before it reads folders outside the manifest's, as here. To run it there without being asked: "
                + "BUILDX_BAKE_ENTITLEMENTS_FS=0 docker buildx bake -f \(file)"
        ]
    }

    /// Every target with its name: those of development, and those of environments that build otherwise.
    private func targets(nullable: Set<String>) -> [(name: String, target: BakeTarget)] {
        let own = names.own.flatMap { targets(of: $0, nullable: nullable) }
        let reading = BakeReading(plan, names.targets, nullable: nullable)
        return plan.builds.indices.map { (names.targets[$0], reading.target(of: $0)) } + own
    }

    /// The targets of an environment: whole where its build is another one or is asked for more, else development's with other tags.
    private func targets(of own: BakeNames.Own, nullable: Set<String>) -> [(name: String, target: BakeTarget)] {
        let reading = BakeReading(own.builds.plan, own.targets, nullable: nullable)
        return own.targets.indices.map { index in
            // A target that inherits one would stand on bases without the environment's settings.
            let equal = own.builds.hasSettings ? nil : own.builds.equals[index].map { names.targets[$0] }
            return (
                own.targets[index],
                equal.map { reading.target(inheriting: $0, of: index) } ?? reading.target(of: index)
            )
        }
    }

    private func groups(of own: BakeNames.Own, _ json: inout JSONWriter) {
        group(own.group, own.targets, &json)
        let byStage = Dictionary(grouping: own.targets.indices) { own.builds.plan.builds[$0].stage }
        for (index, name) in own.stages.enumerated() {
            group(name, (byStage[index + 1] ?? []).map { own.targets[$0] }, &json)
        }
    }

    private func group(_ name: String, _ targets: [String], _ json: inout JSONWriter) {
        json.object(name) { $0.array("targets", of: targets) { $0.string($1) } }
    }
}
