import Resolution

extension Plan {
    /// The builds of an environment that builds some images otherwise than development.
    package struct OwnBuilds: Sendable {
        /// The plan as seen from the environment.
        package let plan: Plan
        /// For each of its builds, the equal one of development, whose bases are equal as well; nil for a build that
        /// differs.
        package let equals: [Int?]
        /// Whether equal builds, too, are asked for something of the environment's own: a cache, attestations.
        package let hasSettings: Bool
    }

    /// The builds of a variant; nil where all of them are development's, and asked for nothing else.
    package func ownBuilds(in variant: Int) -> OwnBuilds? {
        let hasSettings = resolution.environment(of: variant)?.asksMoreOfBuilds ?? false
        let isAlike = resolution.buildsAsDevelopment(variant)
        guard hasSettings || !isAlike else { return nil }
        let (here, development) = (seen(from: variant), seen(from: 0))
        var equals: [Int?] = []
        for build in here.builds {
            let other = development.buildOfImage[build.images[0]]
            func isSame(_ other: Build) -> Bool {
                isAlike || other.images == build.images && development.identity(of: other) == here.identity(of: build)
            }
            let isEqual =
                build.bases.allSatisfy { equals[$0] != nil }
                && other.map { isSame(development.builds[$0]) } ?? false
            equals.append(isEqual ? other : nil)
        }
        guard hasSettings || equals.contains(nil) else { return nil }
        return OwnBuilds(plan: here, equals: equals, hasSettings: hasSettings)
    }

    private func identity(of build: Build) -> [UInt8] {
        BuildIdentity.bytes(of: build.build, image: build.images[0], owner: build.owner, resolution)
    }
}
