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
        var taken = Set(names.filter { !$0.contains("/") })
        // How many names each text has been asked for.
        var uses: [String: Int] = [:]
        services = names.map { name in
            guard name.contains("/") else { return name }
            let service = String(name.map { $0 == "/" ? "-" : $0 })
            while true {
                let use = uses[service, default: 0]
                uses[service] = use + 1
                // Thousands of names that differ in their slashes alone would become ever longer.
                let free = service + (use <= 16 ? String(repeating: "-", count: use) : "-\(use)")
                if taken.insert(free).inserted { return free }
            }
        }
    }
}
