import Foundation
import TestSupport

/// What a Compose project comes to, as sorted lines `path = value`, in which equal projects are equal.
struct Configuration {
    private(set) var root: [String: Any]

    /// What `docker compose config` prints for some files with every profile active.
    init(of files: [String], in folder: URL) throws {
        let arguments = ["--profile", "*"] + files.flatMap { ["-f", $0] } + ["config", "--format", "json"]
        let result = try Tool.compose.run(arguments, in: folder, environment: Self.variables)
        guard result.status == 0 else { throw Refused(message: result.errors) }
        try self.init(json: result.output)
    }

    /// A file as YAML, for what the Compose at hand does not read.
    init(yaml file: URL) throws {
        let script = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout, default=str)"
        let result = try Tool.pyYAML.run(["-c", script, file.path])
        guard result.status == 0 else { throw Refused(message: result.errors) }
        try self.init(json: result.output)
    }

    private init(json: String) throws {
        let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
        guard let root = value as? [String: Any] else { throw Refused(message: "no mapping") }
        self.root = root
    }

    /// Variables that the fixtures interpolate.
    static let variables = ["PG_PASSWORD": "x", "VAULT_TOKEN": "t", "SETTINGS": "s"]

    struct Refused: Error { let message: String }

    private var services: [String: [String: Any]] { root["services"] as? [String: [String: Any]] ?? [:] }

    /// Takes away what compiling adds by its own law and the original did not say: `pull_policy: never`, and the name of
    /// an image that only had a build. References are written out as Docker reads them.
    mutating func settle(like original: Configuration) {
        var settled: [String: Any] = [:]
        for (name, var service) in services {
            if let image = service["image"] as? String { service["image"] = Self.written(image) }
            if let before = original.services[name] {
                if before["pull_policy"] == nil, service["pull_policy"] as? String == "never" {
                    service["pull_policy"] = nil
                }
                if before["image"] == nil { service["image"] = nil }
            }
            settled[name] = service
        }
        root["services"] = settled
    }

    private static func written(_ image: String) -> String {
        var text = image
        for prefix in ["docker.io/", "library/"] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
        let name = text.split(separator: "/").last ?? ""
        return name.contains(":") || text.contains("@") ? text : text + ":latest"
    }

    /// - Parameter folder: the folder whose absolute path values hold.
    func lines(in folder: String) -> [String] {
        var lines: [String] = []
        func visit(_ value: Any, _ path: String) {
            if let mapping = value as? [String: Any] {
                if mapping.isEmpty { lines.append("\(path) = {}") }
                for key in mapping.keys.sorted() { visit(mapping[key] ?? "", path.isEmpty ? key : "\(path).\(key)") }
            } else if let list = value as? [Any] {
                if list.isEmpty { lines.append("\(path) = []") }
                for (index, item) in list.enumerated() { visit(item, "\(path)[\(index)]") }
            } else {
                lines.append("\(path) = \(value)".replacingOccurrences(of: folder, with: "."))
            }
        }
        visit(root, "")
        return lines.sorted()
    }
}
