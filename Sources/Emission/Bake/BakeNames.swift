import Planning

/// The names of targets and groups, which share one space in a bake file.
///
/// A target is named like the build's first image, with `_` for what Buildx does not allow, and another `_` where that
/// name is taken: Compose does the same (compose `build_bake.go`).
struct BakeNames {
    /// The names of an environment that builds some images otherwise than development.
    struct Own {
        let builds: Plan.OwnBuilds
        let environment: String
        /// For each of its builds its target.
        let targets: [String]
        let group: String
        /// For each of its stages its group.
        let stages: [String]
    }

    /// The group of all targets of development: what Buildx builds when nothing is named.
    static let all = "default"

    /// For each build of development its target.
    private let development: [String]
    /// For each build its target: the environment's own, or that of development's equal build.
    private(set) var targets: [String] = []
    /// For each project with builds its group.
    private(set) var projects: [(project: Int, group: String)] = []
    /// For each stage its group.
    private(set) var stages: [String] = []
    private(set) var own: [Own] = []
    /// The places in `own` of the variants that have one.
    private var placeOfVariant: [Int: Int] = [:]
    /// For each image, development's build that makes it.
    private let developmentBuild: [Int?]
    private let developmentStages: [String]

    /// - Parameter home: the builds that `targets` and `stages` name are those of the variant that it is seen from.
    init(_ home: Plan) {
        let plan = home.seen(from: 0)
        var names = FreeNames(taken: [Self.all], sign: "_")
        func isAllowed(_ byte: UInt8) -> Bool {
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_")
        }
        func free(_ wanted: String) -> String {
            // Byte by byte: an image's name is ASCII.
            names.name(
                for: String(decoding: wanted.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self))
        }
        development = plan.builds.map { free(plan.imageName($0.images[0])) }
        let owners = Set(plan.builds.map(\.owner))
        for project in plan.manifest.projects.indices where owners.contains(project) {
            projects.append((project, free("project-" + plan.projectName(project))))
        }
        developmentStages = (0..<(plan.builds.map(\.stage).max() ?? 0)).map { free("stage-\($0 + 1)") }
        developmentBuild = plan.buildOfImage
        for variant in plan.variants {
            guard let environment = variant.environment, let builds = plan.ownBuilds(in: variant.index) else {
                continue
            }
            placeOfVariant[variant.index] = own.count
            own.append(
                Own(
                    builds: builds, environment: environment,
                    targets: builds.plan.builds.map { free(environment + "-" + plan.imageName($0.images[0])) },
                    group: free(environment),
                    stages: (0..<(builds.plan.builds.map(\.stage).max() ?? 0)).map {
                        free("\(environment)-stage-\($0 + 1)")
                    }))
        }
        look(from: home)
    }

    /// The same names, of the builds of another variant of the same plan.
    func seen(from home: Plan) -> BakeNames {
        var names = self
        names.look(from: home)
        return names
    }

    /// Whether a variant builds some image otherwise than development.
    func isOwn(_ variant: Int) -> Bool { placeOfVariant[variant] != nil }

    private mutating func look(from home: Plan) {
        if let place = placeOfVariant[home.resolution.home] {
            (targets, stages) = (own[place].targets, own[place].stages)
        } else {
            stages = developmentStages
            targets = home.builds.map { build in developmentBuild[build.images[0]].map { development[$0] } ?? "" }
        }
    }
}
