import Planning

/// The names of the builds in the build document: each is a Compose service, whose name cannot hold a slash.
///
/// A service is named like the build's first image, with `-` for each slash, and another `-` at its end as long as that
/// name is taken; a name without a slash is always kept.
struct BuildServiceNames {
    /// For each build its service.
    let services: [String]

    init(_ plan: Plan) {
        let names = plan.builds.map { plan.imageName($0.images[0]) }
        var free = FreeNames(taken: Set(names.filter { !$0.contains("/") }), sign: "-")
        services = names.map { $0.contains("/") ? free.name(for: String($0.map { $0 == "/" ? "-" : $0 })) : $0 }
    }
}
