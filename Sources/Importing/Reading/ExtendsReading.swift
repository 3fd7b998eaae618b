import Diagnostics
import SourceText
import YAMLSyntax

/// `extends` as Compose resolves it: within the file that says it, before any include and any override.
extension ProjectReading {
    /// The body of a service with what it extends merged under it.
    ///
    /// - Parameter chain: the services that extend this one.
    mutating func extended(
        _ service: NodeID, _ body: NodeID, in path: FilePath, _ folder: FilePath, below chain: [String]
    ) -> NodeID {
        guard let base = tree.base(of: body, in: folder) else { return body }
        let name = tree.text(service)
        let identity = Paths.text(path) + "\n" + Paths.text(folder) + "\n" + name
        if let known = bases[identity] { return known }
        let own = without("extends", body)
        var result = own
        if chain.count >= Self.chain, !chain.contains(identity) {
            findings.report(
                .fileNotFollowed, "the service `\(name)` stands behind a chain of more than \(Self.chain) `extends`",
                at: tree[base.name].span, "this is one more",
                why: "an import follows `extends` through at most \(Self.chain) services",
                help: ["let one of the services say what those under it say"])
        } else if chain.contains(identity) {
            findings.report(
                .fileNotFollowed, "the service `\(name)` extends itself", at: tree[base.name].span,
                "this closes the cycle", why: "Compose refuses services that extend one another in a cycle",
                help: ["remove one of the `extends`"])
        } else if let under = baseBody(base, in: path, folder, below: chain + [identity]) {
            result = merger.merge([under, own], in: &tree)
        }
        bases[identity] = result
        return result
    }

    private mutating func baseBody(
        _ base: (name: NodeID, file: FileReference?), in path: FilePath, _ folder: FilePath, below chain: [String]
    ) -> NodeID? {
        var (file, start) = (path, folder)
        if let stated = base.file {
            guard let named = followed(stated) else { return nil }
            (file, start) = (named, Array(named.dropLast()))
        }
        let name = tree.text(base.name)
        guard let (key, found) = service(name, of: files.roots[Paths.text(file)] ?? []) else {
            findings.report(
                .fileNotFollowed, "there is no service `\(name)` to extend", at: tree[base.name].span,
                base.file.map { "`\($0.text)` does not declare it" } ?? "this file does not declare it",
                why: "`extends` finds a service only in the file that it names, or else in its own",
                help: ["correct the name, or name the file that declares it"])
            return nil
        }
        let body = extended(key, found, in: file, start, below: chain)
        let identity = "\(Paths.text(start))\n\(Paths.text(folder))\n\(Paths.text(file))\n\(name)"
        let rebased = extendedBases[identity] ?? rebasedService(body, from: start, to: folder)
        if extendedBases.updateValue(rebased, forKey: identity) == nil { extended.append((name, rebased)) }
        return rebased
    }

    /// A service in the documents of a file, the last one that declares it.
    private mutating func service(_ name: String, of roots: [NodeID]) -> Entry? {
        guard let symbol = tree.symbols.find(name) else { return nil }
        for root in roots.reversed() {
            guard let services = tree.value("services", in: root) else { continue }
            if declared[services] == nil {
                declared[services] = Dictionary(
                    tree.entries(services).map { (tree[$0.key].symbol, $0) }, uniquingKeysWith: { first, _ in first })
            }
            if let found = declared[services]?[symbol] { return found }
        }
        return nil
    }

    /// A mapping without one of its keys.
    mutating func without(_ key: String, _ body: NodeID) -> NodeID {
        let kept = tree.entries(body).filter { tree.text($0.key) != key }
        return tree.addMapping(kept, style: tree[body].style, at: tree[body].span)
    }
}
