import ComposeSpec

/// A random workspace of several projects, with what only the manifest's own language has: versions by variables,
/// environments that add, remove and build otherwise, start order and instances.
package struct ComposedWorkspace {
    package private(set) var text = ""
    private var values: TabledValues
    private let projects: [String]
    private var built: [String] = []
    private var pulled: [String] = []
    /// The services of each project.
    private var services: [[String]] = []

    private static let tags = [
        "\"1.2\"", "\"${VERSION:-1.2}\"", "\"${MAJOR:-1}.${MINOR-2}\"", "\"v${VERSION:-1.2}-${FLAVOUR:-slim}\"",
        "\"${VERSION:-${BASE:-3}}\"",
    ]
    private static let pulls = [
        "\"postgres:${PG:-16}\"", "\"${MIRROR:-docker.io}/library/redis:7\"", "busybox:1.36",
        "\"ghcr.io/example/cache:${CACHE-2}\"", "\"nats:${NATS:-2.${NATS_MINOR:-10}}\"",
    ]
    private static let registries = [
        "ghcr.io/example/shop", "\"${REGISTRY:-registry.example.com}/shop\"", "localhost:5000",
    ]

    package init(seed: UInt64) {
        values = TabledValues(seed: seed)
        projects = Array(["core", "shop", "desk"].prefix(values.count(1...3)))
        text = "version: 1\nname: composed\n"
        if values.happens(25) { text += "instances: BAYPLAN_INSTANCE\n" }
        addImages()
        if values.happens(20) { text += "defaults:\n  service: \(values.service(1...2, of: ""))\n" }
        addProjects()
        addEnvironments()
    }

    private mutating func addImages() {
        text += "images:\n"
        for n in 0..<values.count(1...4) {
            let name = "built\(n)"
            text += "  \(name):\n    owner: \(values.pick(projects))\n"
            text += "    build: \(values.object(ComposeTable.build, keys: 0...2))\n"
            if values.happens(50) { text += "    tag: \(values.pick(Self.tags))\n" }
            if let base = built.last, values.happens(50) { text += "    needs: [\(base)]\n" }
            if values.happens(10) { text += "    platforms: [linux/amd64]\n" }
            if values.happens(20) { text += "    service: \(values.service(1...2, of: name))\n" }
            built.append(name)
        }
        for n in 0..<values.count(0...2) {
            text += "  pulled\(n):\n    pull: \(values.pick(Self.pulls))\n"
            pulled.append("pulled\(n)")
        }
    }

    private mutating func addProjects() {
        text += "projects:\n"
        for (index, project) in projects.enumerated() {
            text += "  \(project):\n"
            if index > 0, values.happens(50) { text += "    after: [\(projects[index - 1])]\n" }
            text += "    services:\n"
            var own: [String] = []
            for name in ["one", "two", "three"].prefix(values.count(1...3)) {
                let body = values.service(0...3, of: name)
                let rest = body == "{}" ? "" : ", " + body.dropFirst().dropLast()
                text += "      \(name): {image: \(values.pick(built + pulled))\(rest)}\n"
                own.append(name)
            }
            services.append(own)
            for (section, name, object) in TabledProject.sections {
                text += "    \(section):\n      \(name): \(values.section(section, object))\n"
            }
        }
    }

    private mutating func addEnvironments() {
        guard values.happens(80) else { return }
        text += "environments:\n"
        for name in ["live", "test", "edge"].prefix(values.count(1...3)) {
            text += "  \(name):\n"
            if values.happens(60) { text += "    registry: \(values.pick(Self.registries))\n" }
            text += "    tag: \(values.pick(Self.tags))\n"
            if values.happens(10) { text += "    complete: true\n" }
            if values.happens(30) { text += "    build: \(values.pick(["true", "false"]))\n" }
            if values.happens(20) { text += "    defaults: {service: \(values.service(1...1, of: ""))}\n" }
            if values.happens(50) {
                text += "    images:\n      \(values.pick(built)):\n"
                text += "        tag: \(values.pick(Self.tags))\n"
                if values.happens(40) { text += "        build: \(values.object(ComposeTable.build, keys: 1...2))\n" }
                if values.happens(30) { text += "        service: \(values.service(1...1, of: ""))\n" }
            }
            addOverrides()
        }
    }

    /// What an environment changes in a project.
    private mutating func addOverrides() {
        let index = values.count(0...(projects.count - 1))
        text += "    projects:\n      \(projects[index]):\n"
        if values.happens(15) { text += "        profiles: [\"{service}\"]\n" }
        if values.happens(15) { text += "        container_name: \"{project}-{service}-e\"\n" }
        text += "        services:\n"
        for service in services[index] where values.happens(40) {
            text +=
                "          \(service): " + values.pick(["null", "!reset null", values.service(1...2, of: service)])
                + "\n"
        }
        text += "          added: {image: \(values.pick(built + pulled)), restart: always}\n"
        for (section, name, object) in TabledProject.sections where values.happens(25) {
            text += "        \(section):\n"
            text += "          \(values.pick([name, "other"])): \(values.section(section, object))\n"
        }
    }
}
