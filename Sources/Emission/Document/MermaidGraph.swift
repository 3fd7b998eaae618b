import Planning

/// The build graph as a Mermaid flowchart: stages as boxes, bases as arrows.
package struct MermaidGraph {
    private let plan: Plan

    package init(_ plan: Plan) { self.plan = plan }

    package var text: String {
        var text = "flowchart LR\n"
        let stages = plan.builds.map(\.stage).max() ?? 0
        for stage in 0..<stages {
            text += "  subgraph stage\(stage + 1)[Stage \(stage + 1)]\n"
            for (index, build) in plan.builds.enumerated() where build.stage == stage + 1 {
                let names = build.images.map { plan.imageName($0) }.joined(separator: "<br>")
                // Image names are lower-case words: nothing in them means anything to Mermaid.
                text += "    build\(index)[\"\(names)\"]\n"
            }
            text += "  end\n"
        }
        for (index, build) in plan.builds.enumerated() {
            for base in build.bases { text += "  build\(base) --> build\(index)\n" }
        }
        return text
    }
}
