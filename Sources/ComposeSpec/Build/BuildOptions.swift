import SourceText
import YAMLSyntax

/// What a `build` says beyond its files: how the builder is to run, what it may use, and what it leaves behind.
///
/// One object, which most builds share that say nothing of it. Unchecked, because it changes only while one build is read.
package final class BuildOptions: @unchecked Sendable {
    /// Those of a build that says nothing of them.
    static let none = BuildOptions()

    package private(set) var cacheFrom: [Spanned<String>] = []
    package private(set) var cacheTo: [Spanned<String>] = []
    package private(set) var noCache: Spanned<String>?
    package private(set) var noCacheFilter: [Spanned<String>] = []
    package private(set) var pull: Spanned<String>?
    /// SSH agents and keys that are lent: a name, and a path where it is stated.
    package private(set) var ssh: [Assignment] = []
    package private(set) var secrets: [SecretGrant] = []
    package private(set) var network: Spanned<String>?
    package private(set) var extraHosts: [Host] = []
    package private(set) var shmSize: Spanned<String>?
    package private(set) var ulimits: [Ulimit] = []
    package private(set) var isolation: Spanned<String>?
    package private(set) var privileged: Spanned<String>?
    package private(set) var entitlements: [Spanned<String>] = []
    package private(set) var provenance: Spanned<String>?
    package private(set) var sbom: Spanned<String>?

    /// A secret that a build is lent: `token`, or `source` with `target`.
    package struct SecretGrant: Sendable {
        /// The scalar that names the secret; nil in a mapping without `source`.
        package let source: NodeID?
        package let item: NodeID
        /// The name by which the Dockerfile asks for it; the source's unless stated.
        package let target: String?
    }

    /// A name for addresses, as while a build runs.
    package struct Host: Sendable {
        package let name: String
        package var addresses: [String]
    }

    /// A limit of processes: `nofile`, with one number where both are the same.
    package struct Ulimit: Sendable {
        package let name: String
        package let soft: Int
        package let hard: Int?
    }

    /// What a text says as a boolean of Compose; nil for any other.
    package static func flag(_ text: String) -> Bool? {
        let word = text.lowercased()
        if ["true", "yes", "y", "on"].contains(word) { return true }
        return ["false", "no", "n", "off"].contains(word) ? false : nil
    }

    /// Whether a flag is stated and set.
    package static func isOn(_ stated: Spanned<String>?) -> Bool { stated.flatMap { flag($0.value) } ?? false }

    func read(_ key: String, _ value: NodeID, _ tree: Tree) {
        switch key {
        case "cache_from": cacheFrom = tree.spannedTexts(value)
        case "cache_to": cacheTo = tree.spannedTexts(value)
        case "no_cache": noCache = tree.spannedText(value)
        case "no_cache_filter": noCacheFilter = tree.spannedTexts(value)
        case "pull": pull = tree.spannedText(value)
        case "ssh": ssh = tree.assignments(value).settled
        case "secrets": secrets = tree.items(value).map { SecretGrant($0, tree) }
        case "network": network = tree.spannedText(value)
        case "extra_hosts": extraHosts = Host.all(in: value, tree)
        case "shm_size": shmSize = tree.spannedText(value)
        case "ulimits": ulimits = tree.entries(value).compactMap { Ulimit(tree.text($0.key), $0.value, tree) }
        case "isolation": isolation = tree.spannedText(value)
        case "privileged": privileged = tree.spannedText(value)
        case "entitlements": entitlements = tree.spannedTexts(value)
        case "provenance": provenance = tree.spannedText(value)
        case "sbom": sbom = tree.spannedText(value)
        default: break
        }
    }
}

extension BuildOptions.SecretGrant {
    fileprivate init(_ item: NodeID, _ tree: Tree) {
        self.item = item
        source = tree[item].kind == .scalar ? item : tree.value("source", in: item)
        target = tree.value("target", in: item).map { tree.text($0) }
    }
}

extension BuildOptions.Host {
    /// Hosts of a mapping (`db: 10.0.0.1`, several addresses as a list) or of a list (`db=10.0.0.1`, `db:10.0.0.1`).
    static func all(in node: NodeID, _ tree: Tree) -> [Self] {
        var hosts: [Self] = []
        var places: [String: Int] = [:]
        func add(_ name: String, _ addresses: [String]) {
            // Compose writes IPv6 addresses without their brackets.
            let bare = addresses.map { $0.hasPrefix("[") && $0.hasSuffix("]") ? String($0.dropFirst().dropLast()) : $0 }
            if let known = places[name] {
                hosts[known].addresses += bare
            } else {
                places[name] = hosts.count
                hosts.append(Self(name: name, addresses: bare))
            }
        }
        for (key, value) in tree.entries(node) { add(tree.text(key), tree.spannedTexts(value).map(\.value)) }
        for item in tree.items(node) {
            let text = tree.text(item)
            guard let separator = text.firstIndex(of: "=") ?? text.firstIndex(of: ":") else { continue }
            add(
                String(text[..<separator]),
                text[text.index(after: separator)...].split(separator: ",", omittingEmptySubsequences: false)
                    .map(String.init))
        }
        return hosts
    }
}

extension BuildOptions.Ulimit {
    /// Nil for what is no limit, which has been told.
    fileprivate init?(_ name: String, _ node: NodeID, _ tree: Tree) {
        func number(_ node: NodeID?) -> Int? { node.flatMap { tree.wholeNumber($0) ?? Int(tree.text($0)) } }
        self.name = name
        if tree[node].kind == .mapping {
            guard let soft = number(tree.value("soft", in: node)), let hard = number(tree.value("hard", in: node))
            else {
                return nil
            }
            (self.soft, self.hard) = (soft, hard)
        } else {
            guard let limit = number(node) else { return nil }
            (soft, hard) = (limit, nil)
        }
    }
}
