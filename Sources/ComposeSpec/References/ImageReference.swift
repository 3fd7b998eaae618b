/// An image reference taken apart: `[domain/]path[:tag][@digest]`.
///
/// The grammar is that of distribution/reference (`regexp.go`, `normalize.go`), which Docker and Compose parse with. A part
/// may hold Compose's variables (`VariableReference.swift`).
package struct ImageReference: Hashable, Sendable {
    private var parts: Parts

    package init(domain: String? = nil, path: String, tag: String? = nil, digest: String? = nil) {
        parts = Parts(domain: domain, path: path, tag: tag, digest: digest)
    }

    /// The registry with its port, as written; nil where Docker would take Docker Hub.
    package var domain: String? {
        get { parts.domain }
        set { parts = Parts(domain: newValue, path: path, tag: tag, digest: digest) }
    }
    /// The repository within the registry.
    package var path: String {
        get { parts.path }
        set { parts = Parts(domain: domain, path: newValue, tag: tag, digest: digest) }
    }
    package var tag: String? {
        get { parts.tag }
        set { parts = Parts(domain: domain, path: path, tag: newValue, digest: digest) }
    }
    /// `algorithm:hex`.
    package var digest: String? {
        get { parts.digest }
        set { if newValue != digest { parts = Parts(domain: domain, path: path, tag: tag, digest: newValue) } }
    }
    /// The reference as it is written.
    package var text: String { parts.text }
    /// Whether a variable is in it.
    package var hasVariables: Bool { parts.hasVariables }

    /// What a reference consists of, and what follows from it: one object, as references are copied and asked often.
    private final class Parts: Hashable, Sendable {
        let domain: String?
        let path: String
        let tag: String?
        let digest: String?
        let text: String
        let hasVariables: Bool

        init(domain: String?, path: String, tag: String?, digest: String?) {
            self.domain = domain
            self.path = path
            self.tag = tag
            self.digest = digest
            var text = domain.map { $0 + "/" + path } ?? path
            if let tag { text += ":" + tag }
            if let digest { text += "@" + digest }
            self.text = text
            hasVariables = ImageReference.hasVariable(text)
        }

        static func == (left: Parts, right: Parts) -> Bool {
            left === right
                || left.path == right.path && left.tag == right.tag && left.domain == right.domain
                    && left.digest == right.digest
        }

        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    /// The reference without tag and digest.
    package var repository: String {
        if tag == nil, digest == nil { return text }
        return domain.map { $0 + "/" + path } ?? path
    }

    /// The repository as people say it: `redis` for `docker.io/library/redis`.
    package var familiarName: String {
        // Most are: without a copy of all parts.
        if domain == nil, !hasVariables { return Self.withoutLibrary(path) }
        let full = normalized
        guard full.domain == "docker.io" else { return full.repository }
        return Self.withoutLibrary(full.path)
    }

    private static func withoutLibrary(_ path: String) -> String {
        path.hasPrefix("library/") ? String(path.dropFirst("library/".count)) : path
    }

    /// The name by which BuildKit looks for a context that takes the image's place: `base` for `base:latest` and for
    /// `docker.io/library/base`, `base:2` with a tag (Dockerfile frontend, `dockerui/namedcontext.go`). A context of any
    /// other spelling is passed over in silence.
    package var contextName: String {
        guard let tag, tag != "latest" else { return familiarName }
        return familiarName + ":" + tag
    }

    /// The names of contexts that take the image's place whatever its variables are: the tag of `base:${TAG:-latest}` can be
    /// one that stands in no name.
    package var contextNames: [String] {
        guard hasVariables, tag != nil, settled?.tag == "latest" else { return [contextName] }
        return [contextName, familiarName]
    }

    /// The reference as Docker compares it: with registry, `library/` and tag filled in.
    package var normalized: ImageReference {
        if hasVariables { return normalizedAsWritten }
        let domain = domain.map { $0 == "index.docker.io" ? "docker.io" : $0 } ?? "docker.io"
        let isOfLibrary = domain == "docker.io" && !path.utf8.contains(UInt8(ascii: "/"))
        return ImageReference(
            domain: domain, path: isOfLibrary ? "library/" + path : path,
            tag: tag ?? (digest == nil ? "latest" : nil), digest: digest)
    }

    /// Why a text is no image reference, or the reference.
    package static func parse(_ text: String) -> Result<ImageReference, Fault> {
        var rest = Array(text.utf8)[...]
        guard !rest.isEmpty else { return .failure(Fault("it is empty")) }
        if rest.contains(UInt8(ascii: "$")) { return parse(withVariables: text) }
        var (domain, tag, digest): (String?, String?, String?)
        if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
            let written = rest[(at + 1)...]
            if let fault = digestFault(written) { return .failure(fault) }
            digest = String(decoding: written, as: UTF8.self)
            rest = rest[..<at]
        }
        // A colon behind the last slash begins a tag; before it, a port.
        let lastSlash = rest.lastIndex(of: UInt8(ascii: "/")) ?? rest.startIndex - 1
        if let colon = rest[(lastSlash + 1)...].firstIndex(of: UInt8(ascii: ":")) {
            let written = rest[(colon + 1)...]
            if let fault = tagFault(written) { return .failure(fault) }
            tag = String(decoding: written, as: UTF8.self)
            rest = rest[..<colon]
        }
        if let slash = rest.firstIndex(of: UInt8(ascii: "/")), isDomain(rest[..<slash]) {
            domain = String(decoding: rest[..<slash], as: UTF8.self)
            rest = rest[(slash + 1)...]
        }
        let isOnHub = domain.map { $0 == "docker.io" || $0 == "index.docker.io" } ?? true
        if let fault = pathFault(rest, isOnHub: isOnHub) { return .failure(fault) }
        let path = String(decoding: rest, as: UTF8.self)
        return .success(ImageReference(domain: domain, path: path, tag: tag, digest: digest))
    }

    /// Why a text does not fit a grammar, as the end of a sentence about it.
    package struct Fault: Error, Sendable {
        package let reason: String
        init(_ reason: String) { self.reason = reason }
    }
}
