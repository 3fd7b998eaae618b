import ComposeSpec
import StrategyManifest

/// A place in a body or fragment of a service.
struct ServicePlace {
    /// The project whose service it is; nil in a fragment that several projects share.
    let project: String?
    let service: String?
    /// The environment that it stands in; nil for development.
    let environment: String?
    /// The path from the body on; `-` for an item.
    let rest: [String]

    /// Nil for a path that leads elsewhere; `-` stands for an item.
    init?(_ keys: [String]) {
        let known = ManifestPath(keys)
        let rest = Array(known.rest)
        environment = keys.first == "environments" && keys.count > 1 ? keys[1] : nil
        switch known.value {
        case .service where !rest.isEmpty: (project, service, self.rest) = (nil, nil, rest)
        case .services where rest.count > 1: (project, service, self.rest) = (known.project, rest[0], Array(rest[1...]))
        default: return nil
        }
    }

    /// The projects whose names count here.
    func projects(_ names: KnownNames) -> [String] { project.map { [$0] } ?? names.projects }
}

extension Grammar {
    /// The texts that the grammar's help names as examples of itself.
    var words: [String] {
        var parts = help.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        parts.removeAll { part in !Array(part.utf8).withUnsafeBufferPointer { accepts($0) } }
        return parts.map { ["no", "yes", "on", "off"].contains($0) ? "\"\($0)\"" : $0 }
    }
}
