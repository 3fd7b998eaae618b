import YAMLSyntax

/// What services share, said once: in `defaults.service`, and in the `service` of an image.
extension Factoring {
    /// Keys that speak of one container, or whose place in a project says what they mean.
    private static let own: Set = [
        "ports", "profiles", "depends_on", "links", "external_links", "volumes_from", "hostname", "mac_address",
        "scale",
        "network_mode",
    ]
    /// Keys that name things of a project, or files in its folder.
    private static let ofProject: Set = [
        "networks", "secrets", "configs", "models", "env_file", "label_file", "develop", "credential_spec",
    ]
    /// Keys by which a project makes what it needs of an image that is nobody's.
    private static let purpose: Set = ["command", "entrypoint"]
    /// Mappings of which a part can be shared, because layers meet in them entry by entry.
    static let divisible: Set = ["environment", "labels", "annotations", "sysctls", "healthcheck"]

    /// What every service of several projects says, or every one of at least four, goes into `defaults.service`.
    mutating func shareDefaults() {
        let all = result.projects.indices.flatMap { index in
            result.projects[index].services.indices.map { (index, $0) }
        }
        guard all.count >= 4 || (result.projects.count > 1 && all.count >= 3), let first = all.first else { return }
        for entry in result.projects[first.0].services[first.1].entries {
            let key = tree.text(entry.key)
            guard !Self.own.contains(key), isShareable(entry.value), !isOfProject(entry) else { continue }
            let isEverywhere = all.allSatisfy { place in
                find(entry.key, in: result.projects[place.0].services[place.1].entries).map {
                    tree.isSame($0, entry.value)
                } ?? false
            }
            if isEverywhere {
                result.defaults.append(entry)
                for place in all { remove(entry.key, from: place) }
            } else if Self.divisible.contains(key), let shared = divide(entry, all) {
                result.defaults.append(shared)
            }
        }
    }

    /// What all containers of an image share goes to the image; an image with one container shares nothing.
    ///
    /// Nor does one that a service leaves or takes up in an environment: what lies under the service would change with it.
    mutating func shareBetweenContainers() {
        var places: [[(Int, Int)]] = Array(repeating: [], count: result.images.count)
        for (index, project) in result.projects.enumerated() {
            for (place, service) in project.services.enumerated() { places[service.image].append((index, place)) }
        }
        let changing = imagesThatChange()
        for image in places.indices where places[image].count > 1 && !changing.contains(image) {
            let all = places[image]
            let isOneProjects = result.images[image].owner == nil && Set(all.map(\.0)).count == 1
            for entry in result.projects[all[0].0].services[all[0].1].entries {
                let key = tree.text(entry.key)
                guard !Self.own.contains(key), !isOfProject(entry), !isOneProjects || !Self.purpose.contains(key) else {
                    continue
                }
                let values = all.map { find(entry.key, in: result.projects[$0.0].services[$0.1].entries) }
                let stated = values.compactMap { $0 }
                guard stated.count == all.count, stated.allSatisfy({ isShareable($0) }) else { continue }
                if stated.allSatisfy({ tree.isSame($0, entry.value) }) {
                    result.images[image].service.append(entry)
                    for place in all { remove(entry.key, from: place) }
                } else if Self.divisible.contains(key), let shared = divide(entry, all) {
                    result.images[image].service.append(shared)
                }
            }
        }
    }

    /// Takes the entries that all services share in a mapping out of them; nil where there are none.
    private mutating func divide(_ entry: Entry, _ places: [(Int, Int)]) -> Entry? {
        let values = places.compactMap { find(entry.key, in: result.projects[$0.0].services[$0.1].entries) }
        guard values.count == places.count, values.allSatisfy({ tree[$0].kind == .mapping && isShareable($0) }) else {
            return nil
        }
        let common = tree.entries(entry.value).filter { inner in
            isShareable(inner.value)
                && values.allSatisfy { value in
                    tree.value(tree[inner.key].symbol, in: value).map { tree.isSame($0, inner.value) } ?? false
                }
        }
        if common.isEmpty { return nil }
        let symbols = Set(common.map { tree[$0.key].symbol })
        let node = tree.addMapping(common, style: tree[entry.value].style, at: tree[entry.value].span)
        for (place, value) in zip(places, values) {
            let rest = tree.entries(value).filter { !symbols.contains(tree[$0.key].symbol) }
            if rest.isEmpty {
                remove(entry.key, from: place)
            } else {
                let left = tree.addMapping(rest, style: tree[value].style, at: tree[value].span)
                replace(entry.key, by: left, in: place)
            }
        }
        return (entry.key, node)
    }

    /// Whether a value still means the same when it lies under another: null does not, and nothing does with a tag.
    private func isShareable(_ value: NodeID) -> Bool {
        !tree.isNull(value) && tree[value].tag != .reset && tree[value].tag != .override
    }

    /// Whether a key's value is its project's own: named volumes, networks and the like, and files of its folder.
    private func isOfProject(_ entry: Entry) -> Bool {
        switch tree.text(entry.key) {
        case "volumes": !tree.items(entry.value).allSatisfy(isOfHost)
        case let key: Self.ofProject.contains(key)
        }
    }

    /// Whether a mount means the same in every project: a path of the machine, or no source at all.
    private func isOfHost(_ mount: NodeID) -> Bool {
        if tree[mount].kind == .mapping {
            guard let source = tree.value("source", in: mount) else {
                return tree.value("type", in: mount).map { tree.text($0) == "tmpfs" } ?? false
            }
            return tree.text(source).hasPrefix("/")
        }
        let text = tree.text(mount)
        return text.hasPrefix("/") && text.contains(":")
    }

    /// The images that a service runs in development or in an environment, and not in the other.
    private func imagesThatChange() -> Set<Int> {
        var found: Set<Int> = []
        for environment in result.environments where !environment.isComplete {
            for drafted in environment.projects {
                for case (let name, let override?) in drafted.services {
                    guard let other = override.image else { continue }
                    found.insert(other)
                    for service in result.projects[drafted.project].services where service.name == name {
                        found.insert(service.image)
                    }
                }
            }
        }
        return found
    }

    private func find(_ key: NodeID, in entries: [Entry]) -> NodeID? {
        entries.first { tree[$0.key].symbol == tree[key].symbol }?.value
    }

    private mutating func remove(_ key: NodeID, from place: (Int, Int)) {
        let symbol = tree[key].symbol
        let tree = tree
        result.projects[place.0].services[place.1].entries.removeAll { tree[$0.key].symbol == symbol }
    }

    private mutating func replace(_ key: NodeID, by value: NodeID, in place: (Int, Int)) {
        let symbol = tree[key].symbol
        for index in result.projects[place.0].services[place.1].entries.indices
        where tree[result.projects[place.0].services[place.1].entries[index].key].symbol == symbol {
            result.projects[place.0].services[place.1].entries[index].value = value
        }
    }

    // MARK: Profiles

    /// Where every service of a project has the same profiles, or each those of its image's owner, the project says so.
    mutating func shareProfiles() {
        for index in result.projects.indices {
            var stated: [[String]] = []
            for service in result.projects[index].services {
                let value = service.entries.first { tree.text($0.key) == "profiles" }?.value
                stated.append(value.map { tree.items($0).map { tree.text($0) } } ?? [])
            }
            guard stated.count > 1, stated.allSatisfy({ !$0.isEmpty }) else { continue }
            let owners = result.projects[index].services.map { service in
                [result.images[service.image].owner.map { projects[$0].name } ?? projects[index].name]
            }
            let constant = stated[0]
            let isPlain = !constant.contains { $0.contains("{") || $0.contains("}") || $0.contains("$") }
            let alike = isPlain ? stated.map { $0 == constant } : stated.map { _ in false }
            let owned = zip(stated, owners).map { $0 == $1 }
            let chosen: (profiles: [String], fits: [Bool])
            if alike.allSatisfy({ $0 }) {
                chosen = (constant, alike)
            } else if owned.count(where: { $0 }) * 2 > owned.count, owned.count(where: { $0 }) > 1 {
                chosen = (["{owner}"], owned)
            } else {
                continue
            }
            result.projects[index].profiles = chosen.profiles
            for (place, fits) in chosen.fits.enumerated() where fits {
                let tree = tree
                result.projects[index].services[place].entries.removeAll { tree.text($0.key) == "profiles" }
            }
        }
    }
}
