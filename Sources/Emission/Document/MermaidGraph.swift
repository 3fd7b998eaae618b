import Planning

/// The build graph as a Mermaid flowchart: stages as boxes, bases as arrows.
package struct MermaidGraph {
    private let plan: Plan

    /// The builds to show, in order.
    private let builds: [Int]

    /// - Parameter builds: the builds to show; nil for all.
    package init(_ plan: Plan, builds: [Int]? = nil) {
        self.plan = plan
        self.builds = builds ?? Array(plan.builds.indices)
    }

    package var text: String {
        var text = "flowchart LR\n"
        for (stage, members) in plan.byStage(builds) {
            text += "  subgraph stage\(stage)[Stage \(stage)]\n"
            for index in members {
                let names = plan.builds[index].images.map { plan.imageName($0) }.joined(separator: "<br>")
                // Image names are lower-case words: nothing in them means anything to Mermaid.
                text += "    build\(index)[\"\(names)\"]\n"
            }
            text += "  end\n"
        }
        let shown = Set(builds)
        for index in builds {
            for base in plan.builds[index].bases where shown.contains(base) {
                text += "  build\(base) --> build\(index)\n"
            }
        }
        return text
    }
}
