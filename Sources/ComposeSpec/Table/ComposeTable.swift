/// Every key that the current Compose Specification knows, as data (compose-go 2.14).
///
/// Validation, completion, the JSON Schema and the reference read this one table. A key's order is the order in which
/// the reference shows it.
package enum ComposeTable {
    /// A Compose file.
    package static let file = ObjectShape(
        "Compose file",
        [
            KeyShape(
                "version", .text, "Named the version of the file format, and is ignored",
                obsolete: "remove it: Compose ignores it and says so"),
            KeyShape("name", .text, "Names the project", since: "2.3.0"),
            KeyShape(
                "include", .sequence(.anyOf([.path, .object(include)]), unique: false),
                "Adds other Compose files, each with paths relative to its own folder", since: "2.19.1"),
            KeyShape(
                "services", .mapping(.object(service), keys: .composeName), "Says which containers the project runs"),
            KeyShape(
                "networks", .mapping(.anyOf([.object(network), .null]), keys: nil), "Says which networks there are"),
            KeyShape(
                "volumes", .mapping(.anyOf([.object(volume), .null]), keys: .composeName),
                "Says which named volumes there are"),
            KeyShape("secrets", .mapping(.object(secret), keys: .composeName), "Says which secrets there are"),
            KeyShape(
                "configs", .mapping(.object(config), keys: .composeName), "Says which configuration files there are"),
            KeyShape(
                "models", .mapping(.object(model), keys: .composeName), "Says which AI models the services use",
                since: "2.38.0"),
        ])

    static let include = ObjectShape(
        "include", extensions: false,
        [
            KeyShape("path", .pathOrPaths, "Names the files, which are merged in their order"),
            KeyShape("env_file", .pathOrPaths, "Names the files whose values the included files may interpolate"),
            KeyShape("project_directory", .path, "Names the folder to which the included paths are relative"),
        ])

    /// All objects that a Compose file can hold, for the question where else a key is valid; in a fixed order.
    package static let objects: [ObjectShape] = {
        var found: [ObjectShape] = []
        collect(.object(file), &found)
        return found
    }()

    private static func collect(_ shape: Shape, _ found: inout [ObjectShape]) {
        switch shape {
        case .object(let object):
            if found.contains(where: { $0 === object }) { return }
            found.append(object)
            for key in object.keys { collect(key.shape, &found) }
        case .sequence(let item, _), .mapping(let item, _): collect(item, &found)
        case .anyOf(let shapes): for shape in shapes { collect(shape, &found) }
        default: break
        }
    }
}
