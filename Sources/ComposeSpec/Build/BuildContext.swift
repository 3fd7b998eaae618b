/// Where a build takes files from: the value of `context`, or one of `additional_contexts`.
///
/// A text is a path unless it has a scheme, names a service or begins as Compose's remote contexts do (compose-go,
/// `paths/context.go`): `./tool.git`, `-` and `target:x` are folders.
package struct BuildContext: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// A folder relative to the project's: `./app`; the empty text is the project's own.
        case folder
        /// A folder that does not depend on the project's: `/srv/app`, `~/app`.
        case outside
        /// A Git repository, an archive or what else a scheme names: `git@host:app.git`, `oci-layout://app`.
        case remote
        /// `docker-image://R`: the reference R.
        case image(String)
        /// `service:S`: what the service S of the same project builds.
        case service(String)
        /// It begins with a variable, which may hold any of these.
        case variable
    }

    /// As it is written.
    package let text: String
    package let kind: Kind
    /// Whether no variable is in it, so that it is known before it is built.
    package let isSettled: Bool

    package init(_ text: String) {
        self.text = text
        isSettled = !text.utf8.contains(UInt8(ascii: "$"))
        kind = Self.kind(of: text)
    }

    private static let imageScheme = "docker-image://"
    private static let servicePrefix = "service:"

    private static func kind(of text: String) -> Kind {
        guard let first = text.utf8.first else { return .folder }
        switch first {
        case UInt8(ascii: "."): break
        case UInt8(ascii: "$"): return .variable
        case UInt8(ascii: "/"), UInt8(ascii: "~"): return hasScheme(text) ? .remote : .outside
        default:
            if text.hasPrefix(imageScheme) { return .image(String(text.dropFirst(imageScheme.count))) }
            if hasScheme(text) { return .remote }
            if text.hasPrefix(servicePrefix) { return .service(String(text.dropFirst(servicePrefix.count))) }
            return text.hasPrefix("github.com/") || text.hasPrefix("git@") ? .remote : .folder
        }
        return hasScheme(text) ? .remote : .folder
    }

    /// Whether `://` stands in a text.
    private static func hasScheme(_ text: String) -> Bool {
        var matched = 0
        for byte in text.utf8 {
            switch (matched, byte) {
            case (_, UInt8(ascii: ":")): matched = 1
            case (1, UInt8(ascii: "/")): matched = 2
            case (2, UInt8(ascii: "/")): return true
            default: matched = 0
            }
        }
        return false
    }
}
