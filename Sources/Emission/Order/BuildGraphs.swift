import Diagnostics
import Planning

/// The build order as data for other programs' pictures and runs.
package struct BuildGraphs {
    private let plan: Plan
    /// The builds to show, in order.
    private let builds: [Int]

    package init(_ plan: Plan, builds: [Int]) {
        self.plan = plan
        self.builds = builds
    }

    /// A graph for Graphviz: a box a build, an arrow from each base; a stage is a rank.
    package func dot() -> String {
        var text = "digraph bayplan {\n  rankdir=LR;\n  node [shape=box];\n"
        for (_, members) in plan.byStage(builds) {
            text += "  { rank=same;"
            for index in members {
                // Image names are lower-case words: nothing in them means anything inside quotes.
                let names = plan.builds[index].images.map { plan.imageName($0) }.joined(separator: "\\n")
                text += " build\(index) [label=\"\(names)\"];"
            }
            text += " }\n"
        }
        let shown = Set(builds)
        for index in builds {
            for base in plan.builds[index].bases where shown.contains(base) {
                text += "  build\(base) -> build\(index);\n"
            }
        }
        return text + "}\n"
    }

    /// One line of JSON: for each stage of the workspace, under the name of its group in the bake file, the matrix of a
    /// GitHub Actions job: an entry a build, with its target in the bake file, its images, references and owner, and as
    /// `set`, a line each, what a runner that has none of the bases tells Buildx by `--set`.
    ///
    /// A stage without builds has an empty list, so that a workflow can ask for every stage; GitHub refuses an empty
    /// matrix, which a job's `if` must look at: `fromJSON(…).stage-2.include[0]`.
    package func githubMatrix() -> [UInt8] {
        let names = BakeNames(plan)
        let byStage = Dictionary(uniqueKeysWithValues: plan.byStage(builds).map { ($0.stage, $0.builds) })
        var json = JSONWriter(.compact)
        json.object { json in
            for (index, name) in names.stages.enumerated() {
                json.object(name) { json in
                    json.array("include", of: byStage[index + 1] ?? []) { json, item in
                        let build = plan.builds[item]
                        json.object { json in
                            json.member("target", names.targets[item])
                            json.member("images", build.images.map { plan.imageName($0) }.joined(separator: " "))
                            json.member(
                                "references",
                                build.images.map { plan.references[$0] }.joined(separator: " "))
                            json.member("owner", plan.projectName(build.owner))
                            let settings = settings(of: item, names)
                            if !settings.isEmpty { json.member("set", settings.joined(separator: "\n")) }
                        }
                    }
                }
            }
        }
        return json.finish() + [0x0A]
    }

    /// What makes a target of the bake file stand on the bases that the stages before it pushed, and tags it as the
    /// environment does where its target is development's. Nothing of references without a registry, and of those that
    /// hold variables, which Buildx reads in a file alone.
    private func settings(of index: Int, _ names: BakeNames) -> [String] {
        let build = plan.builds[index]
        let target = names.targets[index]
        func isPushed(_ image: Int) -> Bool {
            plan.resolution.references[image].domain != nil && !plan.references[image].utf8.contains(0x24)
        }
        var settings: [String] = []
        if plan.home.environment != nil, !names.isOwn(plan.home.index),
            build.images.allSatisfy(isPushed)
        {
            settings += build.images.map { "\(target).tags=\(plan.references[$0])" }
        }
        for context in plan.namedContexts(of: build) where !context.name.utf8.contains(0x24) {
            guard let base = context.image, isPushed(base) else { continue }
            settings.append("\(target).contexts.\(context.name)=docker-image://\(plan.references[base])")
        }
        return settings
    }
}
