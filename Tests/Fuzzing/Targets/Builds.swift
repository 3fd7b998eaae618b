import Dockerfiles
import SourceText

extension FuzzTarget {
    /// Reads a Dockerfile; every fault and every use of a stage lies in the file, and stages stand in their order.
    static let dockerfile = FuzzTarget("dockerfile") { input throws(BrokenPromise) in
        let file = Dockerfile(SourceFile(path: "Dockerfile", bytes: input))
        let end = UInt32(input.count)
        for fault in file.faults {
            try expect(
                fault.span.start <= fault.span.end && fault.span.end <= end, "`\(fault.message)` lies outside")
        }
        let stages = Stages(file)
        var inputs = StageInputs()
        inputs.arguments = ["BASE": .text("base:1"), "LATER": .later]
        inputs.replacedStages = ["replaced"]
        let graph = StageGraph(stages, inputs)
        try expect(graph.uses.count == stages.stages.count, "a stage without its uses")
        for use in graph.uses.joined() {
            try expect(use.span.start <= use.span.end && use.span.end <= end, "a use lies outside")
            if case .stage(let number) = use.source {
                try expect(stages.stages.indices.contains(number), "a use of a stage that is none")
            }
        }
        guard let target = graph.target(nil) else { return }
        try expect(graph.needed(by: target)[target], "a build does not need its own target")
    }

    /// Reads a `.dockerignore` and holds paths against it, divided from it by a NUL; a folder's exclusion holds below it.
    static let ignore = FuzzTarget("ignore") { input throws(BrokenPromise) in
        let (text, path) = halves(input)
        guard case .success(let file) = IgnoreFile.parse(text) else { return }
        var steps = IgnoreSteps()
        var state = IgnoreState(file)
        var walked: [UInt8] = []
        for component in path.split(separator: UInt8(ascii: "/")).prefix(20) {
            walked += (walked.isEmpty ? [] : [UInt8(ascii: "/")]) + component
            let entry = state.entry(walked, &steps)
            if state.isIgnored, !entry.isIgnored {
                try expect(
                    file.mayBringBack(below: Array(walked.dropLast(component.count + 1))),
                    "a folder would not be looked into, although something below it is sent")
            }
            state = entry
        }
    }
}
