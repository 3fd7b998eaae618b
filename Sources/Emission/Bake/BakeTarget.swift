import Diagnostics
import SourceText

/// One target of the bake file: what a Compose `build` says, in Buildx's words.
struct BakeTarget {
    /// A member of the target.
    enum Value {
        case text(String)
        case list([String])
        case map([(String, String)])
        case flag(Bool)
    }

    private var members: [(name: String, value: Value)] = []
    /// The environment variables that the target reads.
    var variables: [String] { read.values }
    private var read = Distinct<String>()
    /// Those that it tells unset from empty.
    private(set) var nullables: Set<String> = []

    /// Whether it reads folders or files that lie outside the manifest's folder.
    var readsOutside: Bool {
        members.contains { member in
            switch member.value {
            case .text(let text): member.name == "context" && Self.isOutside(text)
            case .map(let texts): member.name == "contexts" && texts.contains { Self.isOutside($0.1) }
            case .list(let texts): member.name == "secret" && texts.contains { $0.contains(",src=../") }
            case .flag: false
            }
        }
    }

    private static func isOutside(_ path: String) -> Bool { path == ".." || path.hasPrefix("../") }

    /// The variables whose default is null.
    private let nullable: Set<String>

    init(nullable: Set<String>) { self.nullable = nullable }

    func write(to json: inout JSONWriter) {
        for (name, value) in members {
            switch value {
            case .text(let text): json.member(name, text)
            case .list(let items): json.array(name, of: items) { $0.string($1) }
            case .map(let entries): json.object(name) { json in for (key, text) in entries { json.member(key, text) } }
            case .flag(let isOn): json.member(name, isOn)
            }
        }
    }

    mutating func add(_ name: String, _ value: Value) { members.append((name, value)) }

    mutating func addList(_ name: String, _ items: [String]) {
        if !items.isEmpty { add(name, .list(items)) }
    }

    /// A text of Compose as one of HCL's JSON.
    mutating func template(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "%") }) else { return value }
        return text(of: HCLTemplate(compose: value, nullable: nullable))
    }

    mutating func templates(_ texts: [Spanned<String>]) -> [String] { texts.map { template($0.value) } }

    /// The value of an environment variable.
    mutating func environment(_ name: String) -> String {
        text(of: HCLTemplate(valueOf: name, nullable: nullable))
    }

    private mutating func text(of template: HCLTemplate) -> String {
        nullables.formUnion(template.nullables)
        for variable in template.variables { read.add(variable) }
        return template.text
    }
}
