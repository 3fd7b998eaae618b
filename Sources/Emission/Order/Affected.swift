import Planning

/// What a change reaches: images, each with the reason why, and the services that run them.
package struct Affected: Sendable {
    package enum Reason: Sendable, Equatable {
        /// A path that is sent to its build.
        case context(String)
        case dockerfile(String)
        /// The file that decides what is sent.
        case ignoreFile(String)
        /// What the manifest says of its build.
        case manifest
        /// A base that is affected: its build.
        case base(Int)
        /// It may be: its inputs cannot be told.
        case unknown(String)
    }

    /// By build, in build order.
    package var builds: [(build: Int, reason: Reason)] = []
    /// What becomes of the containers of services that are others themselves, by `project/service`: `is recreated: ports`.
    package var services: [String: String] = [:]

    package init() {}

    /// Leaves only those services among the changed that run one of some images.
    package mutating func keepServices(running images: Set<Int>, of plan: Plan) {
        if services.isEmpty { return }
        for project in plan.home.projects {
            let name = plan.projectName(project.project)
            for service in project.services where !images.contains(service.image) {
                services["\(name)/\(plan.tree.text(service.name))"] = nil
            }
        }
    }
}
