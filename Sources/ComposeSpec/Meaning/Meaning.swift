import YAMLSyntax

/// What Docker Compose makes of a value, whatever its spelling: of `90s` and `1m30s` the same, of `80:80` what its long
/// form says.
///
/// Two values with equal meanings give the same service to Compose (`docker compose config`), and so the same container.
package indirect enum Meaning: Hashable, Sendable {
    /// Nothing, where that says something: a variable without a value.
    case null
    case text(String)
    case list([Meaning])
    case map([String: Meaning])

    /// The text of a scalar; nil for any other.
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The items of a list; nothing for any other.
    package var items: [Meaning] { if case .list(let items) = self { items } else { [] } }
    /// The entries of a mapping; nothing for any other.
    package var entries: [String: Meaning] { if case .map(let entries) = self { entries } else { [:] } }
    /// The value of a key of a mapping.
    package subscript(key: String) -> Meaning? { entries[key] }

    /// The same mapping without some keys.
    package func without(_ keys: [String]) -> Meaning {
        guard case .map(var entries) = self else { return self }
        for key in keys { entries[key] = nil }
        return .map(entries)
    }
}

/// Reads meanings by the table of shapes.
package struct MeaningReader {
    let tree: Tree
    /// The folder that relative paths start from, as text: `zixly`; empty where the manifest lies.
    let folder: String
    let portKeys: PortMapping.Keys

    /// - Parameters:
    ///   - folder: that of the Compose file, from the manifest's.
    ///   - portKeys: the symbols of the tree for the keys of ports.
    package init(_ tree: Tree, folder: String, portKeys: PortMapping.Keys) {
        self.tree = tree
        self.folder = folder
        self.portKeys = portKeys
    }

    /// The meaning of a value by its shape; nil where Compose takes it for absent.
    func meaning(_ id: NodeID, _ shape: Shape) -> Meaning? {
        switch tree[id].kind {
        case .scalar: scalar(id, shape)
        case .sequence: sequence(id, shape)
        case .mapping: mapping(id, shape)
        }
    }

    // MARK: Collections

    private func sequence(_ id: NodeID, _ shape: Shape) -> Meaning? {
        guard let item = shape.item else { return anything(id) }
        if let pairs = item.assignments { return assignments(id, pairs) }
        let items = tree.items(id).compactMap { meaning($0, item) }
        return items.isEmpty ? nil : .list(items)
    }

    private func mapping(_ id: NodeID, _ shape: Shape) -> Meaning? {
        switch shape.mappingShape {
        case .object(let object): return .map(entries(id, of: object))
        case .mapping(let value, _), .declarations(let value):
            if let pairs = shape.item?.assignments { return assignments(id, pairs) }
            var entries: [String: Meaning] = [:]
            for (key, node) in tree.entries(id) where !tree.isExtension(key) {
                entries[tree.text(key)] = meaning(node, value) ?? .null
            }
            return entries.isEmpty ? nil : .map(entries)
        default: return anything(id)
        }
    }

    /// The entries of a mapping with known keys; extensions are nothing to Compose.
    func entries(_ id: NodeID, of object: ObjectShape) -> [String: Meaning] {
        var entries: [String: Meaning] = [:]
        for (key, node) in tree.entries(id) where !tree.isExtension(key) {
            let name = tree.text(key)
            let shape = object.keys.first { $0.name == name }?.shape ?? .anything
            guard let value = meaning(node, shape) else { continue }
            if case .text(let text) = value, Self.isZero(text, shape), !Self.zeroCounts.contains(name) { continue }
            if case .map(let inner) = value, inner.isEmpty, Self.emptyIsAbsent.contains(name) { continue }
            entries[name] = value
        }
        return entries
    }

    /// Keys whose `0` or `false` is not the same as their absence.
    private static let zeroCounts: Set<String> = [
        "init", "attach", "retries", "replicas", "parallelism", "max_attempts", "mode", "required", "enable_ipv4",
        "enable_ipv6", "hard", "soft", "per_replica",
    ]
    /// Keys whose empty mapping is the same as their absence.
    private static let emptyIsAbsent: Set<String> = ["resources", "placement", "options", "ipam"]

    private static func isZero(_ text: String, _ shape: Shape) -> Bool {
        if text.isEmpty { return true }
        if shape.grammars.contains(where: { $0 === Grammar.duration }) { return false }
        return shape.isTyped && (text == "0" || text == "false")
    }

    // MARK: Assignments

    /// `KEY: value`, or a list of `KEY=value`.
    private func assignments(_ id: NodeID, _ kind: Grammar) -> Meaning? {
        if kind === Grammar.hostEntry { return hosts(id) }
        var entries: [String: Meaning] = [:]
        for assignment in tree.assignments(id) {
            let value = assignment.value.map { Meaning.text(Self.spelled($0)) }
            entries[Self.spelled(assignment.name)] = value ?? (kind === Grammar.variable ? .null : .text(""))
        }
        return entries.isEmpty ? nil : .map(entries)
    }

    /// Host names with their addresses, in no order of the hosts.
    private func hosts(_ id: NodeID) -> Meaning? {
        var entries: [String: Meaning] = [:]
        for host in BuildOptions.Host.all(in: id, tree) {
            entries[host.name] = .list(host.addresses.map { .text(Self.spelled($0)) })
        }
        return entries.isEmpty ? nil : .map(entries)
    }

    // MARK: Scalars

    private func scalar(_ id: NodeID, _ shape: Shape) -> Meaning? {
        if tree.isNull(id) { return nil }
        // One text that stands for a list of one.
        if shape.takesTextForList {
            return text(id).map { .list([$0]) }
        }
        return text(id, shape)
    }

    /// The meaning of one scalar by its shape; what holds a variable is its text.
    private func text(_ id: NodeID, _ shape: Shape) -> Meaning? {
        let written = String(decoding: tree.valueText(id), as: UTF8.self)
        if tree.holdsInterpolation(id) { return .text(Self.spelled(written)) }
        let grammars = shape.grammars
        func isOf(_ grammar: Grammar) -> Bool { grammars.contains { $0 === grammar } }
        if isOf(.duration), let time = tree.withBytes(id, { Duration.nanoseconds($0) }) { return .text(time) }
        if isOf(.byteSize), let size = tree.withBytes(id, { ByteSize.bytes($0) }) { return .text(Self.shortest(size)) }
        if shape.takesOnlyBooleans, let flag = BuildOptions.flag(written) {
            return .text(flag ? "true" : "false")
        }
        if shape.isNumeric, let number = Double(written) { return .text(Self.shortest(number)) }
        return .text(Self.spelled(written))
    }

    /// A scalar as a text; nil for none.
    func text(_ id: NodeID) -> Meaning? {
        tree.isNull(id) ? nil : .text(Self.spelled(String(decoding: tree.valueText(id), as: UTF8.self)))
    }

    private func anything(_ id: NodeID) -> Meaning? {
        switch tree[id].kind {
        case .scalar: return text(id)
        case .sequence:
            return .list(tree.items(id).map { anything($0) ?? .null })
        case .mapping:
            var entries: [String: Meaning] = [:]
            for (key, value) in tree.entries(id) { entries[tree.text(key)] = anything(value) ?? .null }
            return .map(entries)
        }
    }

    private static func shortest(_ number: Double) -> String {
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A text whose `$NAME` is `${NAME}`.
    static func spelled(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            result.append(byte)
            index += 1
            guard byte == UInt8(ascii: "$"), index < bytes.count else { continue }
            if bytes[index] == byte {
                result.append(byte)
                index += 1
                continue
            }
            let end = bytes[index...].firstIndex { !isWordByte($0) } ?? bytes.count
            guard end > index, !(0x30...0x39).contains(bytes[index]) else { continue }
            result.append(UInt8(ascii: "{"))
            result += bytes[index..<end]
            result.append(UInt8(ascii: "}"))
            index = end
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}

/// What the reader asks of a shape.
extension Shape {
    private var alternatives: [Shape] { if case .anyOf(let shapes) = self { shapes } else { [self] } }

    /// The shape of the items of a sequence that it takes.
    fileprivate var item: Shape? {
        for case .sequence(let item, _) in alternatives { return item }
        return nil
    }

    /// The shape of the mapping that it takes.
    fileprivate var mappingShape: Shape? {
        alternatives.first {
            switch $0 {
            case .object, .mapping, .declarations: true
            default: false
            }
        }
    }

    /// The grammar of assignments that its texts have.
    fileprivate var assignments: Grammar? {
        let kinds: [Grammar] = [.keyValue, .variable, .assignment, .pathAssignment, .sshEntry, .hostEntry]
        return grammars.first { grammar in kinds.contains { $0 === grammar } }
    }

    /// The grammars of the texts that it takes itself.
    fileprivate var grammars: [Grammar] {
        alternatives.compactMap { shape -> Grammar? in
            if case .string(let grammar) = shape { grammar } else { nil }
        }
    }

    private var takesAnyText: Bool {
        let others: [Grammar] = [.numberText, .wholeText, .byteSize, .booleanWord, .duration]
        return alternatives.contains { (shape: Shape) -> Bool in
            switch shape {
            case .string(let grammar): grammar.map { grammar in !others.contains { $0 === grammar } } ?? true
            case .oneOf: true
            default: false
            }
        }
    }

    /// Whether a text stands for a list of one.
    fileprivate var takesTextForList: Bool { takesAnyText && item != nil && item?.mappingShape == nil }

    /// Whether what it takes becomes a number.
    fileprivate var isNumeric: Bool {
        !takesAnyText
            && alternatives.contains {
                switch $0 {
                case .integer, .number: true
                case .string(let grammar): grammar === Grammar.numberText || grammar === Grammar.wholeText
                default: false
                }
            }
    }

    fileprivate var takesOnlyBooleans: Bool {
        !takesAnyText && alternatives.contains { if case .boolean = $0 { true } else { false } }
    }

    /// Whether Compose keeps no text of it, so that `0` and `false` are what it holds when nothing is said.
    fileprivate var isTyped: Bool { isNumeric || takesOnlyBooleans || grammars.contains { $0 === Grammar.byteSize } }
}
