import ComposeSpec
import Diagnostics
import Planning
import Resolution
import YAMLSyntax

/// Compares what the services of a project use together: networks, volumes, secrets and configurations.
///
/// Compose makes only what some service uses, so that nothing else counts.
struct ResourceComparison {
    private let pair: VariantPair
    private let old: ProjectResources
    private let new: ProjectResources
    private let volumes: VolumeUse
    private let project: String
    /// The containers that use a resource by its topic and key.
    private let users: [String: [String]]

    init(_ pair: VariantPair, _ former: PlannedProject, _ project: PlannedProject, _ volumes: VolumeUse) {
        self.pair = pair
        self.volumes = volumes
        old = ProjectResources(former, pair.before)
        new = ProjectResources(project, pair.after)
        self.project = pair.after.plan.projectName(project.project)
        users = new.users
    }

    /// The volumes of a project that goes, whose data nobody uses any more.
    static func left(_ project: PlannedProject, _ pair: VariantPair, _ volumes: VolumeUse) -> [ResourceChange] {
        let used = ProjectResources(project, pair.before).used[.volume] ?? [:]
        return used.sorted { $0.key < $1.key }.compactMap { name, definition in
            guard let object = definition["name"]?.text, definition["external"]?.text != "true",
                !volumes.isUsed(object)
            else { return nil }
            return left(name, object)
        }
    }

    private static func left(_ name: String, _ object: String) -> ResourceChange {
        var change = ResourceChange(
            topic: .volume, kind: .removed, name: name, formerObject: shown(object),
            consequence: "stays with its data; whoever removes it deletes the data")
        change.warning = .dataLeft
        change.command = command("docker", "volume", "rm", object: object)
        return change
    }

    func changes() -> [ResourceChange] {
        var changes: [ResourceChange] = []
        for topic in ResourceChange.Topic.allCases {
            let (before, after) = (old.used[topic] ?? [:], new.used[topic] ?? [:])
            for name in Set(before.keys).union(after.keys).sorted() {
                switch (before[name], after[name]) {
                case (nil, let definition?): changes.append(added(topic, name, definition))
                case (let definition?, nil): changes.append(removed(topic, name, definition))
                case (let one?, let other?):
                    if one != other { changes.append(changed(topic, name, one, other)) }
                default: break
                }
            }
        }
        return changes + volumes.newlyShared(in: project)
    }

    private func object(_ topic: ResourceChange.Topic, _ name: String, _ definition: Meaning) -> String? {
        switch topic {
        case .network, .volume: definition["name"]?.text ?? name
        default: nil
        }
    }

    private func isExternal(_ definition: Meaning) -> Bool { definition["external"]?.text == "true" }

    private static func command(_ words: String..., object: String?) -> String? {
        guard let object, !object.utf8.contains(UInt8(ascii: "$")) else { return nil }
        return shellCommand(words + [object])
    }

    private func added(_ topic: ResourceChange.Topic, _ name: String, _ definition: Meaning) -> ResourceChange {
        let object = object(topic, name, definition)
        var change = ResourceChange(
            topic: topic, kind: .added, name: name, object: object.map(shown), consequence: "is created")
        if topic == .volume { change.consequence = "is created, empty" }
        if topic == .secret || topic == .config || topic == .model { change.consequence = "is granted" }
        if isExternal(definition) {
            change.consequence = "must be there before the project is started"
            change.command = Self.command("docker", topic.rawValue, "create", object: object)
        }
        return change
    }

    private func removed(_ topic: ResourceChange.Topic, _ name: String, _ definition: Meaning) -> ResourceChange {
        let object = object(topic, name, definition)
        var change = ResourceChange(
            topic: topic, kind: .removed, name: name, formerObject: object.map(shown), consequence: "is used no more")
        if isExternal(definition) { return change }
        switch topic {
        case .volume: return Self.left(name, object ?? name)
        case .network:
            change.consequence = "stays until it is removed"
            change.command = Self.command("docker", "network", "rm", object: object)
        default: break
        }
        return change
    }

    private func changed(
        _ topic: ResourceChange.Topic, _ name: String, _ one: Meaning, _ other: Meaning
    ) -> ResourceChange {
        let (before, after) = (object(topic, name, one), object(topic, name, other))
        var change = ResourceChange(
            topic: topic, kind: .changed, name: name, object: after.map(shown),
            formerObject: before == after ? nil : before.map(shown), consequence: "")
        change.keys = Set(one.entries.keys).union(other.entries.keys).filter { one[$0] != other[$0] }.sorted()
        let containers = users["\(topic.rawValue)/\(name)"] ?? []
        let recreate =
            containers.isEmpty ? nil : shellCommand(["docker", "rm", "-f"] + containers)
        switch topic {
        case .volume where before != after:
            change.warning = .dataLeft
            change.consequence =
                "the data stays in \(shown(before ?? "")); containers go on with it until they are removed and started "
                + "again, which Docker Compose from 2.32.0 does itself"
            change.command = recreate
        case .volume:
            change.consequence =
                "stays as it is; Docker Compose from 2.32.0 asks whether to make it anew, which "
                + "deletes its data"
        case .network where before != after:
            change.consequence =
                "containers stay in \(shown(before ?? "")) until they are removed and started again, which Docker Compose "
                + "from 2.31.0 does itself"
            change.command = recreate
        case .network:
            change.consequence =
                "stays as it is until the project is stopped; Docker Compose from 2.31.0 makes "
                + "it and its containers anew"
            change.command = shellCommand("docker", "compose", "-p", project, "down")
        default:
            change.consequence = "containers keep what they were given until they are removed and started again"
            change.command = recreate
        }
        return change
    }
}

/// What the services of one project use, with its definitions.
struct ProjectResources {
    private(set) var used: [ResourceChange.Topic: [String: Meaning]] = [:]
    /// By topic and key, as `network/front`, the containers that use it.
    private(set) var users: [String: [String]] = [:]

    init(_ project: PlannedProject, _ side: Side) {
        let reader = side.reader(project.project)
        let projectName = side.plan.projectName(project.project)
        var defined: [ResourceChange.Topic: [String: Meaning]] = [:]
        for (key, value) in project.sections {
            let section = side.tree.text(key)
            guard let topic = Self.topics[section] else { continue }
            for (name, definition) in side.tree.entries(value) {
                defined[topic, default: [:]][side.tree.text(name)] = reader.section(
                    section, definition, key: side.tree.text(name), project: projectName)
            }
        }
        for service in project.services {
            let meaning = side.uses(service, of: project.project)
            let container = side.container(service, of: project.project)
            func use(_ topic: ResourceChange.Topic, _ name: String) {
                used[topic, default: [:]][name] =
                    defined[topic]?[name]
                    ?? reader.section(topic.rawValue + "s", nil, key: name, project: projectName)
                users["\(topic.rawValue)/\(name)", default: []].append(container)
            }
            for name in (meaning["networks"]?.entries ?? [:]).keys { use(.network, name) }
            for mount in meaning["volumes"]?.items ?? [] where mount["type"]?.text == "volume" {
                if let name = mount["source"]?.text { use(.volume, name) }
            }
            for (topic, key) in [(ResourceChange.Topic.secret, "secrets"), (.config, "configs")] {
                for grant in meaning[key]?.items ?? [] { if let name = grant["source"]?.text { use(topic, name) } }
            }
            for name in (meaning["models"]?.entries ?? [:]).keys { use(.model, name) }
        }
    }

    private static let topics: [String: ResourceChange.Topic] = [
        "networks": .network, "volumes": .volume, "secrets": .secret, "configs": .config, "models": .model,
    ]
}

/// Which projects use the volumes that have names of their own outside one.
struct VolumeUse {
    /// What Docker calls the volumes that some project declares by a name.
    private let objects: Set<String>
    /// By project, the volumes that it shares with others only now: the key, what Docker calls it, and who uses it.
    private var shared: [String: [(name: String, object: String, users: [String])]] = [:]

    init(_ pair: VariantPair) {
        let after = Self.users(pair.after)
        objects = Set(after.keys)
        if after.allSatisfy({ $0.value.count < 2 }) { return }
        let before = Self.users(pair.before)
        for (object, users) in after.sorted(by: { $0.key < $1.key }) where users.count > 1 {
            let former = before[object] ?? [:]
            if former.count > 1, users.keys.allSatisfy({ former[$0] != nil }) { continue }
            let all = users.keys.sorted()
            for (project, name) in users where former[project] == nil {
                shared[project, default: []].append((name, object, all))
            }
        }
    }

    /// By what Docker calls a volume, the projects that declare it, each with its key there.
    private static func users(_ side: Side) -> [String: [String: String]] {
        var users: [String: [String: String]] = [:]
        for project in side.variant.projects {
            for (key, value) in project.sections where side.tree.text(key) == "volumes" {
                for (name, definition) in side.tree.entries(value) {
                    guard let stated = side.tree.value("name", in: definition) else { continue }
                    let object = side.tree.text(stated)
                    users[object, default: [:]][side.plan.projectName(project.project)] = side.tree.text(name)
                }
            }
        }
        return users
    }

    /// Whether some project of the new plan declares a volume by the name that Docker gives it.
    func isUsed(_ object: String) -> Bool { objects.contains(object) }

    func newlyShared(in project: String) -> [ResourceChange] {
        (shared[project] ?? []).map { volume in
            // Each of thousands of projects has such a text.
            let others = fewOf(volume.users.lazy.filter { $0 != project }, count: volume.users.count - 1, most: 10)
            var change = ResourceChange(
                topic: .volume, kind: .changed, name: volume.name, object: shown(volume.object),
                consequence: "is shared with \(others) from now on")
            change.warning = .newlyShared
            return change
        }
    }
}
