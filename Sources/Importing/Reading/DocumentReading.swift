import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// Files into documents, and documents into one another.
extension ProjectReading {
    /// What a file says once its `extends` and `include` are followed; paths are relative to the folder.
    ///
    /// - Parameter chain: the files that include this one.
    mutating func document(_ path: FilePath, in folder: FilePath, below chain: [String]) -> ComposeDocument? {
        let key = Paths.text(path)
        guard let roots = files.roots[key] else { return nil }
        let identity = key + "\n" + Paths.text(folder)
        if let known = documents[identity] { return known }
        var layers: [ComposeDocument] = []
        for root in roots { layers.append(document(of: root, path, in: folder)) }
        var document = layers.count == 1 ? layers[0] : merged(layers)
        var places = DocumentPlaces()
        for root in roots {
            for include in tree.includes(of: root, in: folder) {
                guard let included = included(include, in: folder, below: chain + [key]) else { continue }
                add(included, to: &document, &places, at: include.span)
            }
        }
        documents[identity] = document
        return document
    }

    /// What one document of a file says by itself, its `extends` followed.
    private mutating func document(of root: NodeID, _ path: FilePath, in folder: FilePath) -> ComposeDocument {
        var document = ComposeDocument()
        for (name, value) in Array(tree.entries(root)) {
            switch tree.text(name) {
            case "services":
                if tree[value].tag == .reset || tree[value].tag == .override { document.replaced.insert("services") }
                if tree[value].tag == .reset { continue }
                for (service, body) in Array(tree.entries(value)) {
                    document.services.append((service, extended(service, body, in: path, folder, below: [])))
                }
            case "networks", "volumes", "configs", "secrets", "models":
                let isReset = tree[value].tag == .reset
                if isReset || tree[value].tag == .override { document.replaced.insert(tree.text(name)) }
                document.sections.append((name, isReset ? [] : Array(tree.entries(value))))
            case "name": document.name = tree.isNull(value) || tree[value].tag == .reset ? nil : value
            case "include": break
            case "version":
                findings.notCarried(
                    "`version`", at: tree[name].span, "Compose ignores it", help: [], severity: .info)
            default: readExtension(name, value, into: &document)
            }
        }
        return document
    }

    // MARK: include

    private mutating func included(
        _ include: IncludeEntry, in folder: FilePath, below chain: [String]
    ) -> ComposeDocument? {
        if let directory = include.statedFolder, include.folder == nil {
            findings.report(
                .fileNotFollowed, "what this includes cannot be read: its project directory leaves the root",
                at: directory, "this leads outside",
                why: "an import reads nothing from outside the root",
                help: ["widen the root with `--root`, or move the folder below it"])
            return nil
        }
        var layers: [ComposeDocument] = []
        for file in include.files {
            // Without a stated folder, the first file's is where paths start: one that cannot be read is told.
            guard let path = followed(file), let start = include.folder else { return nil }
            if chain.contains(Paths.text(path)) {
                findings.report(
                    .fileNotFollowed, "`\(file.text)` includes itself", at: file.span, "this closes the cycle",
                    why: "Compose refuses files that include one another in a cycle",
                    help: ["remove one of the includes"])
                return nil
            }
            if chain.count >= Self.chain {
                findings.report(
                    .fileNotFollowed, "`\(file.text)` is included through more than \(Self.chain) files", at: file.span,
                    "this is one more", why: "an import follows includes through at most \(Self.chain) files",
                    help: ["let a file nearer to the first one include it"])
                return nil
            }
            guard let document = document(path, in: start, below: chain) else { return nil }
            layers.append(document)
        }
        noteVariables(of: include, in: folder)
        guard let start = include.folder else { return nil }
        return rebased(merged(layers), from: start, to: folder)
    }

    /// Notes which variables an included file no longer has: Compose reads an include's `.env` for that file alone.
    private mutating func noteVariables(of include: IncludeEntry, in folder: FilePath) {
        guard include.folder != folder || include.environmentFile != nil else { return }
        let own = variables[Paths.text(folder + [".env"])]
        for file in include.variableFiles(in: folder) {
            guard let path = file.path, let set = variables[Paths.text(path)] else { continue }
            let used = include.files.reduce(into: Set<String>()) { used, included in
                for root in included.path.flatMap({ files.roots[Paths.text($0)] }) ?? [] {
                    tree.addVariables(under: root, to: &used)
                }
            }
            let lost = set.names.filter { used.contains($0) && own?.values[$0] == nil }
            if lost.isEmpty || !placesOfLost.insert(file.span).inserted { continue }
            lostVariables.append(LostVariables(file: file, names: lost))
        }
    }

    /// The path of a file that can be read; reports one that cannot.
    mutating func followed(_ file: FileReference) -> FilePath? {
        guard let path = file.path else {
            let label =
                file.text.contains("$")
                ? "it depends on a variable" : file.text.contains("://") ? "it is no local file" : "it leaves the root"
            findings.report(
                .fileNotFollowed, "`\(file.text)` cannot be read", at: file.span, label,
                why: "an import reads nothing from outside the root",
                help: file.text.contains("$")
                    ? ["write the path out"] : ["copy the file below the root, or widen it with `--root`"])
            return nil
        }
        let key = Paths.text(path)
        if files.roots[key] != nil { return path }
        // A file with faults has told them itself.
        guard let reason = absent[key] else { return nil }
        findings.report(
            .fileNotFollowed, "`\(file.text)` cannot be read", at: file.span, reason,
            help: ["correct the path, or put the file there"])
        return nil
    }

    /// Adds what was included; Compose refuses two different things under one name.
    ///
    /// - Parameter places: where the document's names stand, as far as that is known: each include looks at its own
    ///   names and not again at all of the document's.
    private mutating func add(
        _ included: ComposeDocument, to document: inout ComposeDocument, _ places: inout DocumentPlaces, at span: Span
    ) {
        var services = places.services ?? positions(document.services.map(\.key))
        places.services = nil
        for (key, body) in included.services {
            if let own = services[tree[key].symbol].map({ document.services[$0] }) {
                reportConflict("service", key, own.key, tree.isSame(own.body, body), span)
            } else {
                services[tree[key].symbol] = document.services.count
                document.services.append((key, body))
            }
        }
        places.services = services
        for (section, entries) in included.sections {
            let name = tree.text(section)
            guard let index = document.sections.firstIndex(where: { tree.text($0.key) == name }) else {
                document.sections.append((section, entries))
                continue
            }
            var known =
                places.sections.removeValue(forKey: name)
                ?? positions(document.sections[index].entries.map(\.key))
            for entry in entries {
                if let own = known[tree[entry.key].symbol].map({ document.sections[index].entries[$0] }) {
                    let noun = String(name.dropLast())
                    reportConflict(noun, entry.key, own.key, tree.isSame(own.value, entry.value), span)
                } else {
                    known[tree[entry.key].symbol] = document.sections[index].entries.count
                    document.sections[index].entries.append(entry)
                }
            }
            places.sections[name] = known
        }
        var extensions = places.extensions ?? Set(document.extensions.map { tree[$0.key].symbol })
        places.extensions = nil
        for entry in included.extensions where extensions.insert(tree[entry.key].symbol).inserted {
            document.extensions.append(entry)
        }
        places.extensions = extensions
    }

    /// Where the names of a document stand; nil where that is not known yet.
    private struct DocumentPlaces {
        var services: [Symbol: Int]?
        var sections: [String: [Symbol: Int]] = [:]
        var extensions: Set<Symbol>?
    }

    private mutating func reportConflict(_ noun: String, _ key: NodeID, _ own: NodeID, _ isSame: Bool, _ span: Span) {
        if isSame { return }
        findings.report(
            .fileNotFollowed, "the \(noun) `\(tree.text(key))` is included and declared here, too", at: span,
            "this brings another one", also: [(tree[key].span, "this one"), (tree[own].span, "beside this")],
            why: "Compose refuses an included thing under a name that is taken", help: ["rename one of them"])
    }

    // MARK: Merging

    /// One document of several, the later overriding the earlier.
    ///
    /// Where nothing stands in a later one, the earlier one's word holds; `!reset` takes away and `!override` replaces,
    /// a service and a whole section as much as what lies in them.
    mutating func merged(_ layers: [ComposeDocument]) -> ComposeDocument {
        var result = ComposeDocument()
        for layer in layers {
            if layer.replaced.contains("services") { result.services = [] }
            var places = positions(result.services.map(\.key))
            var removed: Set<Int> = []
            for (key, body) in layer.services {
                if tree[body].tag == .reset {
                    if let index = places.removeValue(forKey: tree[key].symbol) { removed.insert(index) }
                } else if let index = places[tree[key].symbol] {
                    result.services[index].body = merger.merge([result.services[index].body, body], in: &tree)
                } else {
                    places[tree[key].symbol] = result.services.count
                    result.services.append((key, merger.merge([body], in: &tree)))
                }
            }
            for place in removed.sorted(by: >) { result.services.remove(at: place) }
            for (section, entries) in layer.sections {
                if layer.replaced.contains(tree.text(section)) {
                    result.sections.removeAll { tree[$0.key].symbol == tree[section].symbol }
                }
                merge(section, entries, into: &result)
            }
            for entry in layer.extensions where tree[entry.value].tag == .reset || !tree.isNull(entry.value) {
                result.extensions.removeAll { tree[$0.key].symbol == tree[entry.key].symbol }
                if tree[entry.value].tag != .reset { result.extensions.append(entry) }
            }
            result.name = layer.name ?? result.name
        }
        return result
    }

    private mutating func merge(
        _ section: NodeID, _ entries: [(key: NodeID, value: NodeID)], into result: inout ComposeDocument
    ) {
        guard let index = result.sections.firstIndex(where: { tree[$0.key].symbol == tree[section].symbol }) else {
            result.sections.append((section, entries.filter { tree[$0.value].tag != .reset }))
            return
        }
        var places = positions(result.sections[index].entries.map(\.key))
        var removed: Set<Int> = []
        for (key, value) in entries {
            let place = places[tree[key].symbol]
            if tree[value].tag == .reset {
                if let place { removed.insert(place) }
            } else if tree[value].tag == .override, let place {
                result.sections[index].entries[place].value = merger.merge([value], in: &tree)
            } else if let place {
                // What networks, volumes, secrets and configurations hold merges as the same keys of a service do.
                result.sections[index].entries[place].value = merger.merge(
                    [result.sections[index].entries[place].value, value], in: &tree)
            } else {
                places[tree[key].symbol] = result.sections[index].entries.count
                result.sections[index].entries.append((key, value))
            }
        }
        for place in removed.sorted(by: >) { result.sections[index].entries.remove(at: place) }
    }

    /// Where each key stands.
    private func positions(_ keys: [NodeID]) -> [Symbol: Int] {
        Dictionary(keys.enumerated().map { (tree[$0.element].symbol, $0.offset) }, uniquingKeysWith: { $1 })
    }
}
