import ComposeSpec
import SourceText
import YAMLSyntax

/// Finds names that already carry a checkout's own part, `${COMPOSE_PROJECT_NAME:-shop}-api` or
/// `shop-api${INSTANCE:+-${INSTANCE}}`, and takes it out: the manifest's `instances` puts it there.
///
/// Compose itself sets `COMPOSE_PROJECT_NAME` to the project's name, whatever default stands beside it.
struct InstancesByHand {
    /// The variable for `instances`; nil where no name carries one.
    var variable: String? { found.isEmpty ? nil : stated ?? Self.usual }

    /// The workspace's name in the labels of files that were compiled from its manifest; nil where they have none, or
    /// several.
    var workspaceName: String? { workspaceNames.count == 1 ? workspaceNames.first : nil }

    private static let usual = "BAYPLAN_INSTANCE"
    private static let workspaceLabel = "io.bayplan.workspace"
    private var workspaceNames: Set<String> = []
    private static let projectName = "COMPOSE_PROJECT_NAME"

    /// The variable of the first name that ends in one.
    private var stated: String?
    private var found: [Span] = []
    private let keys: Keys
    /// What became of the nodes that were looked at: environments share bodies with development.
    private var known: [NodeID: NodeID] = [:]

    private struct Keys {
        let containerName, image, build, name, labels, published: Symbol

        init(_ symbols: inout SymbolTable) {
            containerName = symbols.intern("container_name")
            image = symbols.intern("image")
            build = symbols.intern("build")
            name = symbols.intern("name")
            labels = symbols.intern("labels")
            published = symbols.intern("published")
        }
    }

    private let portKeys: PortMapping.Keys

    init(_ symbols: inout SymbolTable) {
        keys = Keys(&symbols)
        portKeys = PortMapping.Keys(&symbols)
    }

    /// Takes the part out of the names of a project's containers, networks and volumes, and of the images that it builds.
    mutating func take(from project: inout ComposeProject, _ tree: inout Tree) {
        known = [:]
        let built = Set(
            project.services.compactMap { service in
                tree.value(keys.build, in: service.body) == nil
                    ? nil : tree.value(keys.image, in: service.body).map { tree.text($0) }
            })
        let name = project.name
        for index in project.services.indices {
            project.services[index].body = taken(from: project.services[index].body, built, name, &tree)
        }
        project.sections = taken(from: project.sections, name, &tree)
        for place in project.environments.indices {
            var environment = project.environments[place]
            for index in environment.services.indices {
                environment.services[index].body = taken(from: environment.services[index].body, built, name, &tree)
            }
            environment.overrides = environment.overrides?.mapValues { taken(from: $0, built, name, &tree) }
            environment.sections = taken(from: environment.sections, name, &tree)
            project.environments[place] = environment
        }
    }

    /// Tells what the manifest says in another way; nothing where no name carries anything.
    func report(to findings: inout ImportFindings) {
        guard let first = found.first, let variable else { return }
        let count = found.count == 1 ? "a name tells" : "\(found.count) names tell"
        findings.report(
            .changedByImport, "\(count) checkouts apart, which `instances` does for all of them", at: first,
            found.count == 1 ? "this one" : "this is the first of them",
            why: "every name that an engine holds once then ends in the instance's, and published ports move",
            help: ["start a checkout with `up.sh --instance NAME`, or set `\(variable)` where another variable was set"]
        )
    }

    // MARK: Bodies and sections

    private mutating func taken(
        from body: NodeID, _ built: Set<String>, _ project: String, _ tree: inout Tree
    ) -> NodeID {
        let stripped = withoutSuffixes(body, &tree)
        guard tree[body].kind == .mapping, tree[body].tag == .none else { return stripped }
        var changed = stripped
        for key in [keys.containerName, keys.image] {
            guard let value = tree.value(key, in: body), tree[value].kind == .scalar else { continue }
            let text = tree.text(value)
            if key == keys.image, !built.contains(text) { continue }
            guard let plain = plain(text, project) else { continue }
            found.append(tree[value].span)
            changed = tree.replacing(key, by: tree.addString(plain, at: tree[value].span), in: changed)
        }
        return withoutOurs(changed, &tree)
    }

    /// A value with the part of a checkout taken out of every text that ends in one or holds it.
    private mutating func withoutSuffixes(_ node: NodeID, _ tree: inout Tree) -> NodeID {
        if let known = known[node] { return known }
        var changed = node
        switch tree[node].kind {
        case .scalar:
            if Self.mayEnd(tree.bytes(node)), let (name, plain) = Self.withoutSuffixes(tree.text(node)) {
                stated = stated ?? name
                found.append(tree[node].span)
                changed = tree.addString(plain, at: tree[node].span)
            }
        case .sequence:
            let items = Array(tree.items(node))
            let others = items.map { withoutSuffixes($0, &tree) }
            if others != items { changed = tree.addSequence(others, style: tree[node].style, at: tree[node].span) }
        case .mapping:
            let entries = tree.entries(node).map { ($0.key, $0.value) }
            let others = entries.map { ($0.0, withoutSuffixes($0.1, &tree)) }
            if zip(entries, others).contains(where: { $0.1 != $1.1 }) {
                changed = tree.addMapping(others, style: tree[node].style, at: tree[node].span)
            }
        }
        if changed != node, tree[node].tag != .none, tree[node].kind != .scalar {
            changed = tree.addTagged(changed, tree[node].tag)
        }
        known[node] = changed
        return changed
    }

    /// Whether `:+-` stands in a text.
    private static func mayEnd(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count > 8 else { return false }
        return zip(text, zip(text.dropFirst(), text.dropFirst(2))).contains {
            $0 == UInt8(ascii: ":") && $1.0 == UInt8(ascii: "+") && $1.1 == UInt8(ascii: "-")
        }
    }

    private mutating func taken(
        from sections: [(key: NodeID, value: NodeID)], _ project: String, _ tree: inout Tree
    ) -> [(key: NodeID, value: NodeID)] {
        sections.map { key, stated in
            let section = withoutSuffixes(stated, &tree)
            guard ["networks", "volumes"].contains(tree.text(key)), tree[section].tag == .none else {
                return (key, section)
            }
            var entries = tree.entries(section).map { ($0.key, $0.value) }
            var isChanged = false
            for index in entries.indices {
                guard let value = tree.value(keys.name, in: entries[index].1), tree[value].kind == .scalar,
                    let plain = plain(tree.text(value), project)
                else { continue }
                found.append(tree[value].span)
                let node = tree.addString(plain, at: tree[value].span)
                entries[index].1 = tree.replacing(keys.name, by: node, in: entries[index].1)
                isChanged = true
            }
            return (
                key, isChanged ? tree.addMapping(entries, style: tree[section].style, at: tree[section].span) : section
            )
        }
    }

    /// A service as it was before a manifest with `instances` was compiled to it: without its labels and port variables.
    private mutating func withoutOurs(_ body: NodeID, _ tree: inout Tree) -> NodeID {
        guard let labels = tree.value(keys.labels, in: body) else { return body }
        func isOurs(_ text: String) -> Bool {
            [Self.workspaceLabel, "io.bayplan.instance", "io.bayplan.ports"].contains {
                text.hasPrefix($0) && (text.count == $0.count || text.dropFirst($0.count).first == "=")
            }
        }
        let entries = tree.entries(labels).map { ($0.key, $0.value) }
        let items = Array(tree.items(labels))
        let keptEntries = entries.filter { !isOurs(tree.text($0.0)) }
        let keptItems = items.filter { !isOurs(tree.text($0)) }
        if keptEntries.count == entries.count, keptItems.count == items.count { return body }
        for (key, value) in entries where tree.text(key) == Self.workspaceLabel { take(tree.text(value)[...]) }
        for text in items.map({ tree.text($0) }) where text.hasPrefix(Self.workspaceLabel + "=") {
            take(text.dropFirst(Self.workspaceLabel.count + 1))
        }
        var changed = body
        if keptEntries.isEmpty, keptItems.isEmpty {
            let kept = tree.entries(body).filter { tree[$0.key].symbol != keys.labels }.map { ($0.key, $0.value) }
            changed = tree.addMapping(kept, style: tree[body].style, at: tree[body].span)
        } else if entries.isEmpty {
            changed = tree.setting(keys.labels, to: keptItems, in: body)
        } else {
            let mapping = tree.addMapping(keptEntries, style: tree[labels].style, at: tree[labels].span)
            changed = tree.replacing(keys.labels, by: mapping, in: body)
        }
        let ports = Array(PortMapping.all(in: changed, portKeys, of: tree))
        if ports.isEmpty { return changed }
        let published = ports.map { port -> NodeID in
            let (item, value) = (port.item, port.long?.published)
            guard let text = Self.withoutPortVariable(tree.text(value ?? item)) else { return item }
            let node = tree.addString(text, at: tree[value ?? item].span)
            return value == nil ? node : tree.replacing(keys.published, by: node, in: item)
        }
        return tree.setting(portKeys.ports, to: published, in: changed)
    }

    private mutating func take(_ workspaceName: Substring) {
        if !workspaceName.utf8.contains(UInt8(ascii: "$")) { workspaceNames.insert(String(workspaceName)) }
    }

    // MARK: Texts

    /// What a name is without the part of a checkout; nil where it has none.
    private func plain(_ text: String, _ project: String) -> String? {
        for beginning in ["${", "$"] where text.hasPrefix(beginning + Self.projectName) {
            let rest = text.dropFirst(beginning.count + Self.projectName.count)
            if beginning == "$" {
                guard let next = rest.utf8.first, !Self.isOfName(next) else { return nil }
                return project + rest
            }
            guard let end = rest.firstIndex(of: "}"), Self.isDefault(rest[..<end]) else { return nil }
            return project + rest[rest.index(after: end)...]
        }
        return nil
    }

    /// Whether nothing stands in the braces behind a variable's name but a default without variables: `:-shop`.
    private static func isDefault(_ text: Substring) -> Bool {
        text.isEmpty || (text.hasPrefix(":-") || text.hasPrefix("-")) && !text.utf8.contains(UInt8(ascii: "$"))
    }

    /// A text without `${X:+-${X}}` wherever it stands, and the variable; nil without any.
    private static func withoutSuffixes(_ text: String) -> (variable: String, plain: String)? {
        let parts = text.split(separator: ":+-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let start = parts[0].range(of: "${", backwards: true) else { return nil }
        let name = String(parts[0][start.upperBound...])
        guard !name.isEmpty, name.utf8.allSatisfy(isOfName), name != projectName else { return nil }
        for inner in ["${\(name):-}", "${\(name)}", "${\(name)-}", "$\(name)"] {
            let suffix = "${\(name):+-\(inner)}"
            let plain = text.split(separator: suffix, omittingEmptySubsequences: false).joined()
            if plain.utf8.count < text.utf8.count { return (name, plain) }
        }
        return nil
    }

    /// A port without the variable that `instances` gave it: `${PORT_SHOP_API_80:-8100}:80` is `8100:80`.
    private static func withoutPortVariable(_ text: String) -> String? {
        guard let start = text.range(of: "${PORT_", backwards: false),
            let operation = text[start.upperBound...].range(of: ":-", backwards: false)
        else { return nil }
        guard text[start.upperBound..<operation.lowerBound].utf8.allSatisfy(isOfName) else { return nil }
        var depth = 1
        var end = operation.upperBound
        while end < text.endIndex {
            if text[end] == "{" { depth += 1 }
            if text[end] == "}" { depth -= 1 }
            if depth == 0 { break }
            end = text.index(after: end)
        }
        guard depth == 0 else { return nil }
        return String(text[..<start.lowerBound] + text[operation.upperBound..<end] + text[text.index(after: end)...])
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "_")
    }
}

extension StringProtocol {
    /// Where a text stands in this one, the first or the last time; nil where it does not.
    fileprivate func range(of part: String, backwards: Bool) -> Range<Index>? {
        let ranges = self.ranges(of: part)
        return backwards ? ranges.last : ranges.first
    }
}
