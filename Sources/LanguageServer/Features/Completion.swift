import ComposeSpec
import Diagnostics
import StrategyManifest

/// What can be written at a place: keys from the one key table, words that the table lists, and the manifest's names.
struct Completion {
    private let context: CursorContext
    private let document: Document
    private let names: KnownNames
    private var items: [JSONValue] = []

    /// - Parameter manifest: that of the last text which could be read.
    static func items(_ document: Document, at offset: Int, manifest: Manifest?) -> [JSONValue] {
        var completion = Completion(document, at: offset, manifest)
        completion.collect()
        return completion.items
    }

    private init(_ document: Document, at offset: Int, _ manifest: Manifest?) {
        context = CursorContext(document, at: offset)
        self.document = document
        names = KnownNames(document, manifest)
    }

    private mutating func collect() {
        let path = context.path
        if context.place == .none { return }
        if context.place != .value {
            addKeys(ShapeSearch.shapes(at: path))
            for (name, kind) in declaredKeys(path) where !context.siblings.contains(name) {
                add(name, .reference, detail: kind, insert: context.hasColon ? name : name + ":")
            }
        }
        if context.place == .key { return }
        addValues(at: path, prefix: "")
        // `- ` begins a list where a value of a key is a list and none has begun.
        if context.mayBeginItem { addValues(at: path + [.item], prefix: "- ") }
    }

    // MARK: Keys

    private mutating func addKeys(_ shapes: [Shape]) {
        var seen: Set<String> = []
        for case .object(let object) in shapes {
            for key in object.keys where !context.siblings.contains(key.name) && seen.insert(key.name).inserted {
                add(
                    key.name, .property, detail: key.shape.phrase,
                    documentation: key.description.joined(separator: " "),
                    insert: context.hasColon ? key.name : key.name + (context.isFlow ? ": " : ":"),
                    isObsolete: key.obsolete != nil)
            }
        }
    }

    /// Names that are keys at a place where the table has none.
    private func declaredKeys(_ path: [CursorContext.Step]) -> [(name: String, kind: String)] {
        let keys = path.map { step in if case .key(let key) = step { key } else { "-" } }
        let known = ManifestPath(keys)
        if known.rest.isEmpty {
            switch known.value {
            case .levels:
                return Code.all.filter(\.canBeSilenced).map { ($0.name, "rule \($0.label)") }
                    + RuleGroup.all.map { ($0.name, "the rules for \($0.meaning)") }
            case .entries(.images, _, _): return names.images.map { ($0, "image") }
            case .entries(.projects, _, _): return names.projects.map { ($0, "project") }
            case .services(isOverride: false): return names.images.map { ($0, "a service that runs this image") }
            case .services(isOverride: true):
                guard let project = known.project else { return [] }
                let declared = names.services(of: project)
                let images = names.images.filter { !declared.contains($0) }
                return declared.map { ($0, "service") }
                    + images.map { ($0, "a service that only this environment has") }
            default: break
            }
        }
        guard let place = ServicePlace(keys), place.rest.count == 1 else { return [] }
        switch place.rest[0] {
        case "depends_on": return services(place).map { ($0, "service") }
        case "networks": return resources("networks", place).map { ($0, "network") }
        default: return []
        }
    }

    // MARK: Values

    private mutating func addValues(at path: [CursorContext.Step], prefix: String) {
        let shapes = ShapeSearch.shapes(at: path)
        for shape in shapes {
            switch shape {
            case .oneOf(let words): for word in words { add(prefix + word, .value, detail: "a value of this key") }
            case .boolean: for word in ["true", "false"] { add(prefix + word, .value, detail: "a boolean") }
            case .string(let grammar):
                for word in grammar?.words ?? [] { add(prefix + word, .value, detail: "such as") }
            default: break
            }
        }
        for (name, kind) in declaredValues(path) { add(prefix + name, .reference, detail: kind) }
    }

    /// Names that are values at a place.
    private func declaredValues(_ path: [CursorContext.Step]) -> [(name: String, kind: String)] {
        let keys = path.map { step in if case .key(let key) = step { key } else { "-" } }
        let placeholders = Template.placeholders.map { ("\"\($0)\"", "placeholder of a template") }
        let known = ManifestPath(keys)
        switch (known.value, Array(known.rest)) {
        case (.project, []): return names.projects.map { ($0, "project") }
        case (.images, ["-"]): return names.images.filter { $0 != keys[1] }.map { ($0, "image") }
        case (.startTargets, ["-"]):
            return names.projects.filter { $0 != keys[1] }.flatMap { project in
                [(project, "project")] + names.services(of: project).map { (project + "/" + $0, "service") }
            }
        case (.template, []), (.templates, ["-"]): return placeholders
        default: break
        }
        guard let place = ServicePlace(keys) else { return [] }
        switch (place.rest.first, place.rest.dropFirst()) {
        case ("image", []): return names.images.map { ($0, "image") }
        case ("depends_on", ["-"]), ("links", ["-"]), ("volumes_from", ["-"]):
            return services(place).map { ($0, "service") }
        case ("network_mode", []), ("ipc", []), ("pid", []):
            return services(place).map { ("service:" + $0, "service") }
        case ("networks", ["-"]): return resources("networks", place).map { ($0, "network") }
        case ("volumes", ["-"]): return resources("volumes", place).map { ($0 + ":", "volume") }
        case ("volumes", ["-", "source"]): return resources("volumes", place).map { ($0, "volume") }
        case ("configs", ["-"]), ("configs", ["-", "source"]):
            return resources("configs", place).map { ($0, "config") }
        case ("secrets", ["-"]), ("secrets", ["-", "source"]):
            return resources("secrets", place).map { ($0, "secret") }
        case ("models", ["-"]): return resources("models", place).map { ($0, "model") }
        default: return []
        }
    }

    private func services(_ place: ServicePlace) -> [String] {
        place.projects(names).flatMap { names.services(of: $0, in: place.environment) }
            .filter { $0 != place.service }
    }

    private func resources(_ section: String, _ place: ServicePlace) -> [String] {
        place.projects(names).flatMap { names.resources(section, of: $0, in: place.environment) }
    }

    // MARK: Items

    /// Kinds of the protocol's `CompletionItemKind`.
    private enum Kind: Int { case property = 10, value = 12, reference = 18 }

    private mutating func add(
        _ label: String, _ kind: Kind, detail: String, documentation: String? = nil, insert: String? = nil,
        isObsolete: Bool = false
    ) {
        let word = context.word
        var members: [JSONValue.Member] = [
            .init("label", .string(visible(label))), .init("kind", .integer(kind.rawValue)),
            .init(
                "textEdit",
                [
                    "range": document.range(.init(UInt32(word.lowerBound), UInt32(word.upperBound))),
                    "newText": .string(insert ?? label),
                ]),
        ]
        if !detail.isEmpty { members.append(.init("detail", .string(visible(detail)))) }
        if let documentation { members.append(.init("documentation", .string(documentation))) }
        if isObsolete { members.append(.init("tags", [1])) }
        items.append(.object(members))
    }
}
