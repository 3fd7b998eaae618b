import Comparison
import Diagnostics

/// How much changes, in one line.
package struct ChangesSummary {
    private let changes: WorkspaceChanges

    package init(_ changes: WorkspaceChanges) { self.changes = changes }

    /// `1 image is built anew, 2 containers are recreated (shop, depot), 1 port is newly open to every network`.
    package var text: String {
        if changes.isEmpty { return "nothing changes" }
        var parts: [String] = []
        let images = changes.images
        func add(_ count: Int, _ noun: String, _ one: String, _ many: String) {
            if count > 0 { parts.append(counted(count, noun) + " " + (count == 1 ? one : many)) }
        }
        add(images.count { $0.kind == .added }, "image", "is new", "are new")
        add(images.count { $0.kind == .removed }, "image", "is gone", "are gone")
        add(images.count { $0.kind == .renamed }, "image", "is renamed", "are renamed")
        add(images.count { !$0.causes.isEmpty }, "image", "is built anew", "are built anew")
        add(
            images.count { !$0.keptDigests.isEmpty }, "image", "keeps its former digest", "keep their former digests")
        for (kind, one, many) in Self.kinds {
            add(Set(changes.projects.filter { $0.kind == kind }.map(\.name)).count, "project", one, many)
        }
        for (effect, one, many) in Self.effects {
            let projects = names { $0.effect == effect }
            add(count { $0.effect == effect }, "container", one + projects, many + projects)
        }
        add(count { $0.effect == .kept }, "container", "goes on as it is", "go on as they are")
        let details = changes.projects.flatMap { project in
            project.containers.flatMap(\.details).map { ($0, project.environments.count) }
        }
        func sum(_ isCounted: (Detail) -> Bool) -> Int { details.reduce(0) { isCounted($1.0) ? $0 + $1.1 : $0 } }
        add(
            sum { $0.warning == .allInterfaces }, "port", "is newly open to every network",
            "are newly open to every network")
        let resources = changes.projects.flatMap(\.resources)
        add(
            resources.count { $0.warning == .dataLeft }, "volume", "is left with its data", "are left with their data")
        add(resources.count { $0.warning == .newlyShared }, "volume", "is newly shared", "are newly shared")
        for topic in ResourceChange.Topic.allCases {
            add(
                resources.count { $0.topic == topic && $0.kind == .changed && $0.warning == nil }, topic.rawValue,
                "is another", "are others")
        }
        let reordered = changes.projects.filter { $0.kind == .changed && $0.details.contains { $0.topic == .start } }
        add(Set(reordered.map(\.name)).count, "project", "starts in another order", "start in another order")
        add(changes.environments.count { $0.kind == .added }, "environment", "is new", "are new")
        add(changes.environments.count { $0.kind == .removed }, "environment", "is gone", "are gone")
        add(changes.environments.count { $0.kind == .changed }, "environment", "is another", "are others")
        if changes.workspace != nil { parts.append("the workspace has another name") }
        if changes.instances != nil { parts.append("instances are others") }
        return parts.isEmpty ? "nothing happens to containers" : parts.joined(separator: ", ")
    }

    private static let effects: [(Effect, String, String)] = [
        (.created, "is created", "are created"), (.recreated, "is recreated", "are recreated"),
        (.rebuilt, "is recreated after a build", "are recreated after a build"),
        (.left, "is left over", "are left over"), (.blocked, "cannot be created yet", "cannot be created yet"),
    ]

    private static let kinds: [(ChangeKind, String, String)] = [
        (.added, "is new", "are new"), (.removed, "is gone", "are gone"), (.renamed, "is renamed", "are renamed"),
    ]

    /// The projects that have such containers, in brackets: somebody else's may be among them.
    private func names(_ isCounted: (ContainerChange) -> Bool) -> String {
        var known: Set<String> = []
        let names = changes.projects.filter { $0.containers.contains(where: isCounted) }.map(\.name)
            .filter { known.insert($0).inserted }
        return names.isEmpty ? "" : " (\(fewOf(names)))"
    }

    /// Containers, each once for each environment.
    private func count(_ isCounted: (ContainerChange) -> Bool) -> Int {
        changes.projects.reduce(0) { $0 + $1.containers.count(where: isCounted) * $1.environments.count }
    }
}
