import SourceText
import YAMLSyntax

/// What Compose makes of a service, key by key.
extension MeaningReader {
    /// The meaning of the value of a service's key; nil where Compose takes it for absent.
    package func serviceKey(_ key: String, _ value: NodeID) -> Meaning? {
        let special: Meaning?
        switch key {
        case "command", "entrypoint": return command(value)
        case "ports": special = ports(value)
        case "volumes": special = mounts(value)
        case "networks": special = names(value, ComposeTable.attachment)
        case "models": special = names(value, ComposeTable.modelUse)
        case "depends_on": special = dependencies(value)
        case "env_file": special = environmentFiles(value)
        case "label_file": special = paths(value)
        case "secrets": special = grants(value, below: "/run/secrets/")
        case "configs": special = grants(value, below: nil)
        case "devices": special = devices(value)
        case "gpus": special = gpus(value)
        case "ulimits": special = limits(value)
        case "healthcheck": special = healthcheck(value)
        case "post_start", "pre_stop", "pre_start": special = hooks(value)
        case "develop": special = develop(value)
        default:
            special = listed(key, value)
        }
        guard let special, !isNothing(key, special) else { return nil }
        return special
    }

    /// The meaning of an entry of `networks`, `volumes`, `secrets` or `configs`, with the name that Compose gives it.
    ///
    /// - Parameters:
    ///   - value: nil where the entry is not declared, as that of the network `default` mostly is not.
    ///   - key: its key.
    ///   - project: the name of the Compose project.
    package func section(_ section: String, _ value: NodeID?, key: String, project: String) -> Meaning {
        let object =
            switch section {
            case "networks": ComposeTable.network
            case "volumes": ComposeTable.volume
            case "secrets": ComposeTable.secret
            case "configs": ComposeTable.config
            default: ComposeTable.model
            }
        var entries: [String: Meaning] = value.map { self.entries($0, of: object) } ?? [:]
        // `external: { name: n }`, of long ago.
        if case .map(let external)? = entries["external"] {
            if let name = external["name"] { entries["name"] = name }
            entries["external"] = .text("true")
        }
        if let file = entries["file"]?.text { entries["file"] = .text(path(file)) }
        if section != "models", entries["name"] == nil {
            entries["name"] = .text(entries["external"]?.text == "true" ? key : project + "_" + key)
        }
        return .map(entries)
    }

    /// The meaning of a `build`, short or long.
    package func build(_ value: NodeID) -> Meaning {
        var entries = tree[value].kind == .scalar ? [:] : entries(value, of: ComposeTable.build)
        if tree[value].kind == .scalar { entries["context"] = text(value) }
        let context = BuildContext(entries["context"]?.text ?? ".")
        entries["context"] = .text(context.kind == .folder ? path(context.text) : context.text)
        if entries["dockerfile_inline"] == nil {
            entries["dockerfile"] = .text(WorkspacePath.clean(entries["dockerfile"]?.text ?? "Dockerfile"))
        }
        if let named = entries["additional_contexts"]?.entries {
            entries["additional_contexts"] = .map(
                named.mapValues { value in
                    let context = BuildContext(value.text ?? "")
                    return .text(context.kind == .folder ? path(context.text) : context.text)
                })
        }
        if let secrets = tree.value("secrets", in: value) { entries["secrets"] = grants(secrets, below: nil) }
        return .map(entries)
    }

    private func isNothing(_ key: String, _ value: Meaning) -> Bool {
        guard case .text(let text) = value else { return false }
        if text.isEmpty { return true }
        return (text == "0" || text == "false") && Self.absentIfZero.contains(key)
    }

    private static let absentIfZero: Set<String> = [
        "privileged", "tty", "stdin_open", "read_only", "oom_kill_disable", "use_api_socket", "mem_limit",
        "mem_reservation", "mem_swappiness", "memswap_limit", "shm_size", "cpus", "cpu_count", "cpu_percent",
        "cpu_shares", "cpu_quota", "cpu_period", "cpu_rt_period", "cpu_rt_runtime", "oom_score_adj", "pids_limit",
    ]

    /// The keys whose lists hold each text once, at its first place.
    private static let unique: Set<String> = [
        "cap_add", "cap_drop", "device_cgroup_rules", "dns", "dns_opt", "dns_search", "expose", "external_links",
        "group_add", "links", "profiles", "security_opt", "tmpfs", "volumes_from",
    ]

    private func listed(_ key: String, _ value: NodeID) -> Meaning? {
        let shape = ComposeTable.service.keys.first { $0.name == key }?.shape ?? .anything
        let meaning = meaning(value, shape)
        guard Self.unique.contains(key), case .list(let items)? = meaning else { return meaning }
        return .list(Self.settled(items) { $0 })
    }

    /// Items of which those with one identity are one: the last, at the place of the first.
    static func settled(_ items: [Meaning], by identity: (Meaning) -> Meaning?) -> [Meaning] {
        var places: [Meaning: Int] = [:]
        var kept: [Meaning] = []
        for item in items {
            let key = identity(item) ?? item
            if let place = places[key] {
                kept[place] = item
            } else {
                places[key] = kept.count
                kept.append(item)
            }
        }
        return kept
    }

    func list(_ items: [Meaning]) -> Meaning? { items.isEmpty ? nil : .list(items) }

    // MARK: Commands

    /// The words of a command; an empty list says that there are none, null says nothing.
    private func command(_ value: NodeID) -> Meaning? {
        if tree.isNull(value) { return nil }
        guard tree[value].kind == .scalar else { return .list(tree.items(value).compactMap { text($0) }) }
        return .list(tree.withBytes(value) { CommandLine.words($0) }.map { .text(Self.spelled($0)) })
    }

    private func healthcheck(_ value: NodeID) -> Meaning? {
        if tree.isNull(value) { return nil }
        var entries = entries(value, of: ComposeTable.healthcheck)
        if let test = tree.value("test", in: value), tree[test].kind == .scalar, let line = text(test) {
            entries["test"] = .list([.text("CMD-SHELL"), line])
        }
        return .map(entries)
    }

    private func develop(_ value: NodeID) -> Meaning? {
        guard case .map(var entries)? = listed("develop", value) else { return nil }
        if let watched = entries["watch"]?.items {
            entries["watch"] = .list(
                watched.map { item in
                    guard case .map(var one) = item, let path = one["path"]?.text else { return item }
                    one["path"] = .text(self.path(path))
                    return .map(one)
                })
        }
        return .map(entries)
    }

    private func hooks(_ value: NodeID) -> Meaning? {
        list(
            tree.items(value).map { item in
                var entries = entries(item, of: ComposeTable.hook)
                if let line = tree.value("command", in: item) { entries["command"] = command(line) }
                return .map(entries)
            })
    }

    // MARK: Names

    /// Names as a list, or as a mapping to more.
    private func names(_ value: NodeID, _ object: ObjectShape) -> Meaning? {
        var entries: [String: Meaning] = [:]
        for item in tree.items(value) { entries[tree.text(item)] = .null }
        for (key, value) in tree.entries(value) {
            entries[tree.text(key)] = tree.isNull(value) ? .null : .map(self.entries(value, of: object))
        }
        return entries.isEmpty ? nil : .map(entries)
    }

    private func dependencies(_ value: NodeID) -> Meaning? {
        let implied: [String: Meaning] = ["condition": .text("service_started"), "required": .text("true")]
        var entries: [String: Meaning] = [:]
        for item in tree.items(value) { entries[tree.text(item)] = .map(implied) }
        for (key, value) in tree.entries(value) {
            var stated = self.entries(value, of: ComposeTable.dependency)
            for (key, value) in implied where stated[key] == nil { stated[key] = value }
            entries[tree.text(key)] = .map(stated)
        }
        return entries.isEmpty ? nil : .map(entries)
    }

    private func grants(_ value: NodeID, below folder: String?) -> Meaning? {
        let items = tree.items(value).map { item -> Meaning in
            var entries: [String: Meaning]
            if tree[item].kind == .scalar {
                entries = ["source": text(item) ?? .null]
            } else {
                entries = self.entries(item, of: ComposeTable.fileGrant)
            }
            if entries["target"] == nil, let folder, let source = entries["source"]?.text {
                entries["target"] = .text(folder + source)
            }
            return .map(entries)
        }
        return list(Self.settled(items) { $0["target"] ?? $0["source"] })
    }

    // MARK: Ports

    private func ports(_ value: NodeID) -> Meaning? {
        let items = tree.items(value).flatMap { item -> [Meaning] in
            if let number = tree.wholeNumber(item) { return [PortMeaning.exposed(number)] }
            guard let port = PortMapping(item, portKeys, of: tree) else { return [] }
            return PortMeaning(port, item, self).meanings
        }
        return list(Self.settled(items) { $0 })
    }

    // MARK: Files, devices, limits

    private func paths(_ value: NodeID) -> Meaning? {
        let nodes = tree[value].kind == .scalar ? [value] : Array(tree.items(value))
        return list(Self.settled(nodes.compactMap { text($0)?.text.map { .text(path($0)) } }) { $0 })
    }

    private func environmentFiles(_ value: NodeID) -> Meaning? {
        let nodes = tree[value].kind == .sequence ? Array(tree.items(value)) : [value]
        let items = nodes.compactMap { node -> Meaning? in
            if tree.isNull(node) { return nil }
            var entries = tree[node].kind == .scalar ? [:] : self.entries(node, of: ComposeTable.envFile)
            if let path = tree[node].kind == .scalar ? text(node) : entries["path"] {
                entries["path"] = .text(self.path(path.text ?? ""))
            }
            if entries["required"] == nil { entries["required"] = .text("true") }
            return .map(entries)
        }
        return list(Self.settled(items) { $0["path"] })
    }

    private func devices(_ value: NodeID) -> Meaning? {
        let items = tree.items(value).map { item -> Meaning in
            if tree[item].kind == .mapping { return .map(entries(item, of: ComposeTable.device)) }
            let parts = (text(item)?.text ?? "").split(separator: ":", omittingEmptySubsequences: false).map(
                String.init)
            return .map([
                "source": .text(parts[0]), "target": .text(parts.count > 1 ? parts[1] : parts[0]),
                "permissions": .text(parts.count > 2 ? parts[2] : "rwm"),
            ])
        }
        return list(Self.settled(items) { $0["target"] })
    }

    private func gpus(_ value: NodeID) -> Meaning? {
        if tree[value].kind == .scalar { return text(value).map { _ in .list([.map(["count": .text("-1")])]) } }
        return list(
            tree.items(value).map { item in
                var entries = entries(item, of: ComposeTable.gpu)
                if entries["count"]?.text == "all" { entries["count"] = .text("-1") }
                return .map(entries)
            })
    }

    private func limits(_ value: NodeID) -> Meaning? {
        var limits: [String: Meaning] = [:]
        for (key, value) in tree.entries(value) {
            limits[tree.text(key)] =
                tree[value].kind == .mapping ? .map(entries(value, of: ComposeTable.ulimit)) : text(value)
        }
        return limits.isEmpty ? nil : .map(limits)
    }
}
