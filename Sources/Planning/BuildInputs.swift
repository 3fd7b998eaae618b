import YAMLSyntax

/// What a build reads: its context, its Dockerfile, named contexts and variables, as its `build` states them.
package struct BuildInputs: Sendable {
    /// Where a build reads files.
    package enum Place: Sendable, Equatable {
        /// A path as it is written, relative to the owner's folder.
        case path(String)
        /// No folder of the workspace: why what lies there cannot be told, as a sentence's end.
        case elsewhere(String)
        /// An image, which the `build` names or a need stands for.
        case image
    }

    package let context: Place
    /// Relative to the context; nil for the default.
    package let dockerfile: Place?
    /// Whether the `build` states the Dockerfile's text.
    package let isInline: Bool
    package let namedContexts: [(name: String, place: Place)]
    /// The environment variables that Compose reads for it, in order.
    package let variables: [String]
    /// The `build` in a canonical spelling.
    package let canonical: [UInt8]

    package init(_ build: Build, of plan: borrowing Plan) {
        let tree = plan.tree
        let isShort = tree[build.node].kind == .scalar
        func value(_ key: String) -> NodeID? { isShort ? nil : tree.value(key, in: build.node) }

        context = Self.place(isShort ? tree.text(build.node) : value("context").map { tree.text($0) } ?? ".")
        dockerfile = value("dockerfile").map { Self.place(tree.text($0)) }
        isInline = value("dockerfile_inline") != nil
        namedContexts = tree.pairs(value("additional_contexts")).map { ($0.name, Self.place($0.value ?? "")) }
        var names: [String] = []
        Self.collectVariables(build.node, of: tree, into: &names)
        for argument in tree.pairs(value("args")) where argument.value == nil { names.append(argument.name) }
        variables = Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        canonical = BuildIdentity.canonical(build.node, of: tree)
    }

    private static func place(_ text: String) -> Place {
        if text.contains("$") { return .elsewhere("depends on a variable") }
        if text.hasPrefix("docker-image://") { return .image }
        let isRemote = text.contains("://") || text.hasPrefix("git@") || text.hasPrefix("github.com/")
        if isRemote || text.hasPrefix("service:") || text.hasPrefix("target:") {
            return .elsewhere("is no folder of this machine, and can change unseen")
        }
        if text.hasPrefix("/") || text.hasPrefix("~") { return .elsewhere("does not lie below the root") }
        return .path(text)
    }

    /// The names behind each `$` of the texts below a node; iterative, and in any order.
    private static func collectVariables(_ node: NodeID, of tree: Tree, into names: inout [String]) {
        var open = [node]
        while let id = open.popLast() {
            switch tree[id].kind {
            case .sequence: open += tree.items(id)
            case .mapping: open += tree.entries(id).map(\.value)
            case .scalar: collectVariables(tree.bytes(id), into: &names)
            }
        }
    }

    private static func collectVariables(_ text: some Collection<UInt8>, into names: inout [String]) {
        let bytes = Array(text)
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "$") else {
                index += 1
                continue
            }
            index += 1
            if bytes[index] == UInt8(ascii: "$") {
                index += 1
                continue
            }
            if bytes[index] == UInt8(ascii: "{") { index += 1 }
            let start = index
            while index < bytes.count, isName(bytes[index]) { index += 1 }
            if index > start { names.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }
}

extension Tree {
    /// The entries of a mapping or of a list of `name=value`; a value that is not there is nil.
    fileprivate func pairs(_ node: NodeID?) -> [(name: String, value: String?)] {
        guard let node else { return [] }
        if self[node].kind == .mapping {
            return entries(node).map { (text($0.key), isNull($0.value) ? nil : text($0.value)) }
        }
        return items(node).map { item in
            let entry = text(item)
            guard let equals = entry.firstIndex(of: "=") else { return (entry, nil) }
            return (String(entry[..<equals]), String(entry[entry.index(after: equals)...]))
        }
    }
}
