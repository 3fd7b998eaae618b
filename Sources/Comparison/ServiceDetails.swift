import ComposeSpec

/// What of a service is another, part by part: what people look for in a review.
///
/// Values of variables and labels are compared, and never told; keys without a part of their own, such as `command`, are
/// named only.
struct ServiceDetails {
    private(set) var details: [Detail] = []

    /// - Parameters:
    ///   - before: nil for a service that comes.
    ///   - after: nil for a service that goes.
    init(before: [String: Meaning]?, after: [String: Meaning]?) {
        let (old, new) = (before ?? [:], after ?? [:])
        image(old["image"]?.text, new["image"]?.text)
        ports(old["ports"]?.items ?? [], new["ports"]?.items ?? [])
        // What a service that goes had mounted is told by what becomes of its volumes.
        if after != nil { mounts(old["volumes"]?.items ?? [], new["volumes"]?.items ?? []) }
        // Of one that comes or goes, what others see is enough.
        guard before != nil, after != nil else {
            if before == nil { texts(.profile, nil, new["profiles"]) }
            return
        }
        details += assigned(.variable, old["environment"]?.entries ?? [:], new["environment"]?.entries ?? [:])
        details += assigned(.label, old["labels"]?.entries ?? [:], new["labels"]?.entries ?? [:])
        details += assigned(.network, old["networks"]?.entries ?? [:], new["networks"]?.entries ?? [:])
        for (topic, key) in [(Detail.Topic.secret, "secrets"), (.config, "configs")] {
            details += assigned(topic, Self.grants(old[key]), Self.grants(new[key]))
        }
        details += assigned(.dependency, old["depends_on"]?.entries ?? [:], new["depends_on"]?.entries ?? [:])
        texts(.profile, old["profiles"], new["profiles"])
        replicas(old, new)
    }

    private mutating func image(_ old: String?, _ new: String?) {
        if old == new { return }
        details.append(
            Detail(.image, old == nil ? .added : new == nil ? .removed : .changed, "", old.map(shown), new.map(shown)))
    }

    private static func grants(_ meaning: Meaning?) -> [String: Meaning] {
        Dictionary(
            (meaning?.items ?? []).map { ($0["source"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func texts(_ topic: Detail.Topic, _ old: Meaning?, _ new: Meaning?) {
        func names(_ meaning: Meaning?) -> Set<String> { Set((meaning?.items ?? []).compactMap(\.text)) }
        details += named(topic, names(old), names(new))
    }

    private mutating func replicas(_ old: [String: Meaning], _ new: [String: Meaning]) {
        func count(_ keys: [String: Meaning]) -> String { (keys["scale"] ?? keys["deploy"]?["replicas"])?.text ?? "1" }
        if count(old) != count(new) { details.append(Detail(.replicas, .changed, "", count(old), count(new))) }
    }

    // MARK: Ports

    private mutating func ports(_ old: [Meaning], _ new: [Meaning]) {
        let (before, after) = (Set(old), Set(new))
        var gone = GonePorts(old.filter { !after.contains($0) }.map(PortText.init))
        let open = Set(old.filter(after.contains).map(PortText.init).filter(\.isOpen).map(\.container))
        for port in new where !before.contains(port) {
            let port = PortText(port)
            var detail: Detail
            var wasOpen = open.contains(port.container)
            if let former = gone.takePartner(of: port) {
                wasOpen = wasOpen || former.isOpen
                detail =
                    former.container == port.container
                    ? Detail(.port, .moved, port.container, former.host, port.host)
                    : Detail(
                        .port, .changed, port.container, former.host + " to " + former.container,
                        port.host + " to " + port.container)
            } else {
                detail = Detail(.port, .opened, port.container, nil, port.host)
            }
            if port.isOpen, !wasOpen { detail.warning = .allInterfaces }
            details.append(detail)
        }
        for port in gone.rest { details.append(Detail(.port, .closed, port.container, port.host)) }
    }

    /// The ports that went, each of which is the partner of one that came: the first of its container's port, or else of
    /// its host's.
    private struct GonePorts {
        private var ports: [PortText?]
        /// The places in `ports`, last first; some may be taken.
        private var byContainer: [String: [Int]]
        private var byHost: [String: [Int]]

        init(_ ports: [PortText]) {
            self.ports = ports
            byContainer = Dictionary(grouping: ports.indices.reversed()) { ports[$0].container }
            byHost = Dictionary(grouping: ports.indices.reversed()) { ports[$0].host }
        }

        mutating func takePartner(of port: PortText) -> PortText? {
            Self.take(from: &ports, at: &byContainer[port.container])
                ?? Self.take(from: &ports, at: &byHost[port.host])
        }

        private static func take(from ports: inout [PortText?], at places: inout [Int]?) -> PortText? {
            while let place = places?.popLast() {
                defer { ports[place] = nil }
                if let port = ports[place] { return port }
            }
            return nil
        }

        /// Those that nobody took, in their order.
        var rest: [PortText] { ports.compactMap { $0 } }
    }

    /// A port as a person writes it.
    private struct PortText {
        let container: String
        let host: String
        /// Whether every network of the host reaches it.
        let isOpen: Bool

        init(_ port: Meaning) {
            let transport = port["protocol"]?.text ?? "tcp"
            container = shown(port["target"]?.text ?? "") + (transport == "tcp" ? "" : "/" + shown(transport))
            let address = port["host_ip"]?.text
            let published = port["published"]?.text ?? "a free port"
            host = shown(address.map { ($0.contains(":") ? "[\($0)]" : $0) + ":" + published } ?? published)
            isOpen = address == nil || address == "0.0.0.0" || address == "::"
        }
    }

    // MARK: Mounts

    private mutating func mounts(_ old: [Meaning], _ new: [Meaning]) {
        func byTarget(_ items: [Meaning]) -> [String: Meaning] {
            Dictionary(items.map { ($0["target"]?.text ?? "", $0) }, uniquingKeysWith: { $1 })
        }
        let (before, after) = (byTarget(old), byTarget(new))
        for target in Set(before.keys).union(after.keys).sorted() where before[target] != after[target] {
            let (one, other) = (before[target], after[target])
            var detail = Detail(
                .mount, one == nil ? .added : other == nil ? .removed : .changed, shown(target), one.map(Self.text),
                other.map(Self.text))
            let isAnotherVolume = one?["type"]?.text == "volume" && one?["source"] != other?["source"]
            if isAnotherVolume, one?["source"] != nil { detail.warning = .dataLeft }
            details.append(detail)
        }
    }

    /// What is mounted: `volume data`, `./conf (read-only)`.
    private static func text(_ mount: Meaning) -> String {
        var source = mount["source"]?.text ?? (mount["type"]?.text == "tmpfs" ? "memory" : "a volume without a name")
        if mount["type"]?.text == "volume", mount["source"] != nil { source = "volume " + source }
        var options: [String] = []
        if mount["read_only"]?.text == "true" { options.append("read-only") }
        for key in ["bind", "volume", "tmpfs", "image"] {
            for (name, value) in (mount[key]?.entries ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard name != "create_host_path", name != "labels" else { continue }
                options.append(value.text == "true" ? name : name + " " + shown(value.text ?? ""))
            }
        }
        return shown(source) + (options.isEmpty ? "" : " (" + options.joined(separator: ", ") + ")")
    }
}
