import ComposeSpec

/// A place in a body or fragment of a service.
struct ServicePlace {
    /// The project whose service it is; nil in a fragment that several projects share.
    let project: String?
    let service: String?
    /// The path from the body on; `-` for an item.
    let rest: [String]

    /// Nil for a path that leads elsewhere; `-` stands for an item.
    init?(_ keys: [String]) {
        switch keys.first {
        case "projects" where keys.count >= 5 && keys[2] == "services":
            (project, service, rest) = (keys[1], keys[3], Array(keys[4...]))
        case "environments" where keys.count >= 7 && keys[2] == "projects" && keys[4] == "services":
            (project, service, rest) = (keys[3], keys[5], Array(keys[6...]))
        case "images" where keys.count >= 4 && keys[2] == "service":
            (project, service, rest) = (nil, nil, Array(keys[3...]))
        case "defaults" where keys.count >= 3 && keys[1] == "service":
            (project, service, rest) = (nil, nil, Array(keys[2...]))
        case "environments" where keys.count >= 5 && keys[2] == "defaults" && keys[3] == "service":
            (project, service, rest) = (nil, nil, Array(keys[4...]))
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
