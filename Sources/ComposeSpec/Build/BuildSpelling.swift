import YAMLSyntax

/// A build as bytes and as names: what tells it from other builds, and what it takes from the environment.
extension ComposeBuild {
    /// A canonical spelling: the short form is its context, keys stand in order, texts with their lengths, so that no
    /// two values look the same.
    ///
    /// - Parameter keys: the keys that are left out.
    package func spelling(leavingOut keys: [String] = [], of tree: Tree) -> [UInt8] {
        var bytes: [UInt8] = []
        if isShort {
            bytes.append(UInt8(ascii: "{"))
            if !keys.contains("context") {
                bytes += "s7:context".utf8
                tree.appendSpelling(of: node, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        } else {
            tree.appendSpelling(of: node, leavingOut: keys, to: &bytes)
        }
        return bytes
    }

    /// The environment variables that Compose reads for it, each once and in order: those in its texts, and the
    /// arguments without a value.
    package func variables(in tree: Tree) -> [String] {
        var names = Set(arguments.lazy.filter { $0.value == nil }.map(\.name))
        tree.eachScalar(below: [node]) {
            Interpolation.collectNames(of: Array(tree.bytes($0)), into: &names)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether a value says `${NAME:?reason}` or `${NAME?reason}`: without that variable Compose refuses the build.
    package func requiresVariable(in tree: Tree) -> Bool {
        var isRequired = false
        tree.eachScalar(below: [node]) { id in
            guard !isRequired, tree.withBytes(id, { $0.contains(UInt8(ascii: "?")) }), tree.holdsInterpolation(id)
            else { return }
            isRequired = VariableText(tree.text(id))?.requiresVariable ?? false
        }
        return isRequired
    }
}

extension Interpolation {
    /// Adds the names behind each `$` of a text.
    static func collectNames(of bytes: [UInt8], into names: inout Set<String>) {
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
            while index < bytes.count, bytes[index] == UInt8(ascii: "_") || isAlphanumeric(bytes[index]) { index += 1 }
            if index > start { names.insert(String(decoding: bytes[start..<index], as: UTF8.self)) }
        }
    }
}

extension Tree {
    fileprivate func appendSpelling(of id: NodeID, leavingOut keys: [String] = [], to bytes: inout [UInt8]) {
        switch self[id].kind {
        case .scalar:
            let text = self.bytes(id)
            bytes += "s\(text.count):".utf8
            bytes += text
        case .sequence:
            bytes.append(UInt8(ascii: "["))
            for item in items(id) { appendSpelling(of: item, to: &bytes) }
            bytes.append(UInt8(ascii: "]"))
        case .mapping:
            bytes.append(UInt8(ascii: "{"))
            // Read once: a closure that asks the tree copies it for each comparison.
            var sorted = entries(id).map { (name: self.bytes($0.key), key: $0.key, value: $0.value) }
            if sorted.count > 1 { sorted.sort { $0.name.lexicographicallyPrecedes($1.name) } }
            for (_, key, value) in sorted where keys.isEmpty || !keys.contains(text(key)) {
                appendSpelling(of: key, to: &bytes)
                appendSpelling(of: value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
