import ComposeSpec
import YAMLSyntax

/// Generic names for the images: the repository's last part, or the name of the service that is built.
extension Factoring {
    mutating func nameImages() {
        decideTag()
        if hasTwinsWithoutPrefixes {
            keepsPrefixes = true
            result.naming.isGeneric = false
        }
        var taken: [String: Int] = [:]
        var counters: [String: Int] = [:]
        let rank = images.items.indices.sorted { precedence($0) < precedence($1) }
        let unnamed = DraftImage(name: "", reference: ImageName(repository: "", tag: nil))
        let more = images.items.count - result.images.count
        result.images += Array(repeating: unnamed, count: more)
        for index in result.images.indices where !result.images[index].name.isEmpty {
            taken[result.images[index].name] = index
        }
        for index in rank where result.images[index].name.isEmpty {
            let name = freeName(for: index, taken, &counters)
            taken[name] = index
            if strippedOfPrefixes(name) != name { result.naming.isGeneric = false }
            result.images[index] = draft(index, name)
        }
    }

    /// Named builds choose first, then pulled images, then builds without a name.
    private func precedence(_ index: Int) -> (Int, Int, Int) {
        let item = images.items[index]
        let kind = item.reference == nil ? 2 : item.build == nil ? 1 : 0
        return (kind, item.first.project, item.first.service)
    }

    /// A tag other than `latest` that all the named builds have.
    private mutating func decideTag() {
        guard result.naming.tag == nil, result.images.isEmpty else { return }
        let tags = images.items.filter { $0.build != nil }.compactMap(\.reference).map { $0.tag ?? "latest" }
        guard let first = tags.first, tags.count > 1, first != "latest", tags.allSatisfy({ $0 == first }) else {
            return
        }
        result.naming.tag = first
    }

    private func freeName(for index: Int, _ taken: [String: Int], _ counters: inout [String: Int]) -> String {
        let item = images.items[index]
        let plain = withoutPrefix(item.reference?.lastPart ?? ImageName.generic(namingService(of: item)))
        var candidates = [plain]
        if let tag = item.reference?.tag, item.build == nil { candidates.append(plain + "-" + ImageName.generic(tag)) }
        candidates.append(plain + "-" + ImageName.generic(projects[item.first.project].name))
        candidates.append((item.build == nil ? "pulled-" : "built-") + plain)
        for name in candidates where withoutPrefix(name) == name && isFree(name, index, taken) { return name }
        // Keys that begin with `x-` are not read as names.
        let stem = plain == "x" || plain.hasPrefix("x-") ? "image-" + plain : plain
        var number = counters[stem] ?? 2
        while !isFree("\(stem)-\(number)", index, taken) { number += 1 }
        counters[stem] = number + 1
        return "\(stem)-\(number)"
    }

    private func namingService(of item: ImageTable.Item) -> String {
        guard item.runners.count > 1, let build = item.build, let owner = item.owner else {
            return item.runners[0].name
        }
        let folder = contextKey(build, in: projects[owner].folder).split(separator: "/").last ?? ""
        return item.namingService(ImageName.generic(String(folder)))
    }

    /// Whether a name is no other image's, and, for a build that takes its reference from it, no other's reference.
    private func isFree(_ name: String, _ index: Int, _ taken: [String: Int]) -> Bool {
        guard taken[name] == nil, !name.hasPrefix("x-") else { return false }
        guard images.items[index].reference == nil else { return true }
        guard let reference = ImageName(repository: name, tag: result.naming.tag ?? "latest").normalized else {
            return false
        }
        return images.byReference[reference] == nil
    }

    /// Whether two built images of different names would have one without their prefixes: in `accounts-api` and
    /// `orders-api` these say what the image is, and not where it runs.
    private var hasTwinsWithoutPrefixes: Bool {
        var whole: [String: String] = [:]
        for item in images.items where item.build != nil {
            guard let name = item.reference?.lastPart else { continue }
            if whole.updateValue(name, forKey: strippedOfPrefixes(name)) ?? name != name { return true }
        }
        return false
    }

    private func withoutPrefix(_ name: String) -> String { keepsPrefixes ? name : strippedOfPrefixes(name) }

    /// A name without what the containers of a project begin with, which belongs to that one deployment.
    private func strippedOfPrefixes(_ name: String) -> String {
        for index in projects.indices {
            let template = template(of: index)
            guard let place = template.firstRange(of: "{service}") else { continue }
            let prefix = Self.expanded(
                String(template[..<place.lowerBound]), project: projects[index].name, service: "")
            if !prefix.isEmpty, name.hasPrefix(prefix), name.count > prefix.count {
                return strippedOfPrefixes(String(name.dropFirst(prefix.count)))
            }
        }
        return name
    }

    private mutating func draft(_ index: Int, _ name: String) -> DraftImage {
        let item = images.items[index]
        let usualTag = result.naming.tag ?? "latest"
        let reference = item.reference ?? ImageName(repository: name, tag: usualTag)
        var image = DraftImage(name: name, owner: item.owner, build: item.build, reference: reference)
        guard item.build != nil else {
            image.pull = reference.text
            return image
        }
        findings.report(
            .changedByImport, "the services that run `\(name)` get `pull_policy: never`", at: item.span,
            "it is built in this workspace", why: "a missing image is then a clear error, and no stranger's is fetched",
            help: ["a `pull_policy` of the service's own stays as it is"])
        if item.reference == nil {
            findings.report(
                .changedByImport, "this build becomes the image `\(name)`", at: item.span, "it names no image",
                why: "images of a manifest have names, so that several projects can run them")
        }
        if reference.repository != name {
            if ImageReference.pathFault(Array(reference.repository.utf8)[...]) == nil {
                image.repository = reference.repository
            } else {
                findings.notCarried(
                    "the registry of `\(reference.text)`", at: item.span, "its image is now `\(name)`",
                    why: "a built image has a registry only in an environment",
                    help: ["state the registry in an environment of the manifest"])
                image.reference = ImageName(repository: name, tag: reference.tag)
            }
        }
        if reference.digest != nil {
            findings.notCarried(
                "the digest of `\(reference.text)`", at: item.span, "what is built has no digest yet",
                help: ["pin the image in an environment: `images.\(name).digest`"])
        }
        if let tag = reference.tag ?? (usualTag == "latest" ? nil : "latest"), tag != usualTag { image.tag = tag }
        return image
    }

    // MARK: Services that are not carried over

    /// Takes out of the others' `depends_on` the services that could not be carried over.
    mutating func removeDependenciesOnAbsent() {
        for index in result.projects.indices {
            let kept = Set(result.projects[index].services.map(\.name))
            let absent = Set(projects[index].services.map(\.name)).subtracting(kept)
            if absent.isEmpty { continue }
            for place in result.projects[index].services.indices {
                let entries = result.projects[index].services[place].entries
                result.projects[index].services[place].entries = entries.compactMap { entry in
                    tree.text(entry.key) == "depends_on" ? withoutNames(entry, absent) : entry
                }
            }
        }
    }

    private mutating func withoutNames(_ entry: Entry, _ absent: Set<String>) -> Entry? {
        let span = tree[entry.value].span
        func report(_ name: NodeID) {
            findings.notCarried(
                "the dependency on `\(tree.text(name))`", at: tree[name].span, "that service is not carried over")
        }
        if tree[entry.value].kind == .sequence {
            var items: [NodeID] = []
            for item in Array(tree.items(entry.value)) {
                if absent.contains(tree.text(item)) { report(item) } else { items.append(item) }
            }
            return items.isEmpty ? nil : (entry.key, tree.addSequence(items, style: tree[entry.value].style, at: span))
        }
        var entries: [Entry] = []
        for dependency in Array(tree.entries(entry.value)) {
            if absent.contains(tree.text(dependency.key)) { report(dependency.key) } else { entries.append(dependency) }
        }
        return entries.isEmpty ? nil : (entry.key, tree.addMapping(entries, style: tree[entry.value].style, at: span))
    }
}
