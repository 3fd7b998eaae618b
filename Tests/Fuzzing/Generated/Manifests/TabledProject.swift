import ComposeSpec

/// A random manifest whose keys are drawn from Compose's whole table.
package struct TabledProject {
    package private(set) var text = ""

    package init(seed: UInt64) {
        var values = TabledValues(seed: seed)
        let services = Array(["one", "two", "three"].prefix(values.count(1...3)))
        text = "version: 1\nimages:\n"
        var built: [String] = []
        for service in services {
            text += "  \(service):\n"
            if values.happens(40) {
                built.append(service)
                text += "    owner: p\n    build: \(values.object(ComposeTable.build, keys: 0...3))\n"
            } else {
                text += "    pull: busybox:1.36\n"
            }
            if values.happens(10) { text += "    service: \(values.service(1...2, of: service))\n" }
        }
        if values.happens(10) { text += "defaults:\n  service: \(values.service(1...2, of: ""))\n" }
        text += "projects:\n  p:\n    path: p\n    services:\n"
        for service in services { text += "      \(service): \(values.service(1...4, of: service))\n" }
        for (section, name, object) in Self.sections {
            // What the services may name is always there.
            text += "    \(section):\n      \(name): \(values.section(section, object))\n"
        }
        if values.happens(20) { addEnvironment(services, built, &values) }
    }

    /// An environment that overrides, and adds now and then.
    private mutating func addEnvironment(_ services: [String], _ built: [String], _ values: inout TabledValues) {
        text += "environments:\n  live:\n    registry: example.org/p\n"
        if values.happens(10) { text += "    complete: true\n" }
        if let image = built.first, values.happens(40) {
            text += "    build: true\n    images:\n      \(image):\n"
            text += "        build: \(values.object(ComposeTable.build, keys: 1...2))\n"
            if values.happens(30) { text += "        service: \(values.service(1...1, of: image))\n" }
        }
        text += "    projects:\n      p:\n        services:\n"
        text += "          \(services[0]): \(values.service(1...2, of: services[0]))\n"
        if values.happens(30) { text += "          more: {image: \(services[0]), restart: always}\n" }
        if services.count > 1, values.happens(10) { text += "          \(services[1]): !reset null\n" }
        for (section, name, object) in Self.sections where values.happens(25) {
            text += "        \(section):\n          \(name): \(values.section(section, object))\n"
        }
    }

    /// The sections of a project, each with one entry that its services may name.
    static let sections: [(section: String, name: String, object: ObjectShape)] = [
        ("networks", "net", ComposeTable.network), ("volumes", "data", ComposeTable.volume),
        ("secrets", "key", ComposeTable.secret), ("configs", "conf", ComposeTable.config),
    ]
}
