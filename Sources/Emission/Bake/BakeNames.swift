import Planning

/// The names of targets and groups, which share one space in a bake file.
///
/// A target is named like the build's first image, with `_` for what Buildx does not allow, and another `_` where that
/// name is taken: Compose does the same (compose `build_bake.go`).
struct BakeNames {
    /// For each build its target.
    let targets: [String]
    /// For each project with builds its group.
    private(set) var projects: [(project: Int, group: String)] = []
    /// For each stage its group.
    private(set) var stages: [String] = []

    init(_ plan: Plan) {
        var taken: Set<String> = ["default"]
        func isAllowed(_ byte: UInt8) -> Bool {
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_")
        }
        // How many names each text has been asked for.
        var uses: [String: Int] = [:]
        func free(_ wanted: String) -> String {
            // Byte by byte: an image's name is ASCII.
            let text = String(decoding: wanted.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
            while true {
                let use = uses[text, default: 0]
                uses[text] = use + 1
                // Thousands of names that differ in their points alone would become ever longer.
                let more = use <= 16 ? String(repeating: "_", count: use) : "_\(use)"
                if taken.insert(text + more).inserted { return text + more }
            }
        }
        targets = plan.builds.map { free(plan.imageName($0.images[0])) }
        let owners = Set(plan.builds.map(\.owner))
        for project in plan.manifest.projects.indices where owners.contains(project) {
            projects.append((project, free("project-" + plan.projectName(project))))
        }
        for stage in 0..<(plan.builds.map(\.stage).max() ?? 0) { stages.append(free("stage-\(stage + 1)")) }
    }
}
