import Planning
import StrategyManifest

/// The tables of what leaves the workspace: repositories, targets of the bake file, and the names that stay.
extension ScriptTables {
    /// Every image's repository: after `-` without a registry, and after each environment that has one for it.
    var repositories: ScriptTable {
        var rows: [[String]] = []
        for variant in plan.resolution.variants {
            let environment = variant.environment.map { plan.manifest.text(plan.manifest.environments[$0].name) }
            for image in imagesInBuildOrder {
                let reference = variant.references[image]
                if let environment {
                    guard reference.domain != nil else { continue }
                    rows.append([environment, plan.imageName(image), shown(reference.repository)])
                } else {
                    rows.append(["-", plan.imageName(image), shown(reference.path)])
                }
            }
        }
        return ScriptTable(
            name: "repositories",
            comments: [
                "The repositories of the images: environment, image, repository; after - without a registry."
            ], lines: ScriptTable.aligned(rows))
    }

    /// The references that environments give to the images.
    var references: ScriptTable {
        var rows: [[String]] = []
        for image in imagesInBuildOrder {
            var isKnown: Set<String> = []
            for variant in plan.variants.dropFirst() where isKnown.insert(variant.references[image]).inserted {
                rows.append([plan.imageName(image), shown(variant.references[image])])
            }
        }
        return ScriptTable(
            name: "references", comments: ["The images and what environments call them."],
            lines: ScriptTable.aligned(rows))
    }

    var targets: ScriptTable {
        let rows = plan.builds.indices.map { [plan.imageName(plan.builds[$0].images[0]), bakeNames.targets[$0]] }
        return ScriptTable(
            name: "targets", comments: ["The builds and their targets in the bake file."],
            lines: ScriptTable.aligned(rows))
    }

    /// The groups of the bake file that build all of development, or of an environment whose builds differ.
    var bakeGroups: ScriptTable {
        let rows =
            plan.manifest.outputs[.bake] == nil
            ? [] : [["-", BakeNames.all]] + bakeNames.own.map { [$0.environment, $0.group] }
        return ScriptTable(
            name: "bake_groups",
            comments: ["The groups of the bake file that build all: environment, or - for development, and group."],
            lines: ScriptTable.aligned(rows))
    }

    /// The bake file as seen from the workspace; no line when it is switched off.
    var bakeFile: ScriptTable {
        var lines: [String] = []
        if let name = plan.manifest.outputs[.bake] {
            let path = Layout.relative(from: layout.folder, to: layout.components(name.value))
            lines.append(path.hasPrefix("-") ? "./" + path : path)
        }
        return ScriptTable(name: "bake_file", comments: ["The bake file."], texts: lines)
    }

    var workspaceName: ScriptTable {
        ScriptTable(
            name: "workspace_name", comments: ["What the label io.bayplan.workspace says of the images."],
            texts: [plan.workspaceName])
    }

    private var imagesInBuildOrder: [Int] { plan.builds.flatMap(\.images) }
}
