import YAMLSyntax

/// A form of a key's value that Docker Compose understands later than the key.
package struct NewerForm: Sendable {
    /// What stands there.
    package enum Form: Sendable {
        /// Nothing, as in `key:`.
        case nothing
        /// A text, variables included, where Compose took only other kinds.
        case text
        case boolean
        case list
        case mapping
        /// One of these texts.
        case words([String])
        /// A text that begins so.
        case beginning(String)
    }

    /// Where it stands.
    package enum Place: Sendable {
        /// The value itself.
        case value
        /// An item of the value, a list.
        case item
        /// A value in the value, a mapping.
        case entry
        /// The same, or what stands behind `=` in an item of a list.
        case assignment
    }

    package let form: Form
    package let place: Place
    /// The first Docker Compose that understands it.
    package let since: String

    package init(_ form: Form, in place: Place = .value, since: String) {
        self.form = form
        self.place = place
        self.since = since
    }

    /// The form in words: `a mapping as an item`.
    package var phrase: String {
        let form =
            switch form {
            case .nothing: place == .value ? "no value" : "nothing"
            case .text: "a text"
            case .boolean: "true or false"
            case .list: "a list"
            case .mapping: "a mapping"
            case .words(let words): Shape.listed(words.map { "`\($0)`" }, "or")
            case .beginning(let text): "`\(text)…`"
            }
        return switch place {
        case .value: form
        case .item: form + " as an item"
        case .entry, .assignment: form + " as a value"
        }
    }

    /// The form of a key's value in words, as it stands in a node: `a mapping as an item of`.
    func phrase(of node: NodeID, under key: String, in tree: Tree) -> String {
        if case .words = form { return "`\(tree.text(node))` for `\(key)`" }
        return phrase + (place == .item ? " of" : " for") + " `\(key)`"
    }

    /// The nodes of a key's value that have the form.
    func nodes(of value: NodeID, in tree: Tree) -> [NodeID] {
        switch (place, tree[value].kind) {
        case (.value, _): fits(value, tree) ? [value] : []
        case (.item, .sequence): tree.items(value).filter { fits($0, tree) }
        case (.assignment, .sequence): tree.items(value).filter { fits($0, tree, isAssignment: true) }
        case (.entry, .mapping), (.assignment, .mapping): tree.entries(value).map(\.value).filter { fits($0, tree) }
        default: []
        }
    }

    private func fits(_ node: NodeID, _ tree: Tree, isAssignment: Bool = false) -> Bool {
        let kind = tree[node].kind
        switch form {
        case .nothing: return kind == .scalar && tree.scalarType(node) == .null
        case .text: return kind == .scalar && tree.scalarType(node) == .string
        case .boolean: return kind == .scalar && tree.scalarType(node) == .boolean
        case .list: return kind == .sequence
        case .mapping: return kind == .mapping
        case .words(let words):
            return kind == .scalar && words.contains { tree.bytes(node).elementsEqual($0.utf8) }
        case .beginning(let text):
            let bytes = tree.bytes(node)
            guard isAssignment else { return bytes.starts(with: text.utf8) }
            return bytes.drop { $0 != UInt8(ascii: "=") }.dropFirst().starts(with: text.utf8)
        }
    }
}

extension KeyShape {
    /// What there is to say of the key: what it does, what to use instead of it, and since when it is there.
    package var description: [String] {
        var parts = [meaning + "."]
        if let obsolete { parts.append("Obsolete: \(obsolete).") }
        var history: [String] = []
        if let since { history.append("Since Docker Compose \(since).") }
        for form in newer {
            let (phrase, program) = (form.phrase, history.isEmpty ? "Docker Compose " : "")
            history.append(phrase.prefix(1).uppercased() + phrase.dropFirst() + " since \(program)\(form.since).")
        }
        if !history.isEmpty { parts.append(history.joined(separator: " ")) }
        return parts
    }
}
