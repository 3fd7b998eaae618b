/// An instruction that BuildKit knows.
package enum Keyword: String, CaseIterable, Sendable {
    case add = "ADD"
    case arg = "ARG"
    case cmd = "CMD"
    case copy = "COPY"
    case entrypoint = "ENTRYPOINT"
    case env = "ENV"
    case expose = "EXPOSE"
    case from = "FROM"
    case healthcheck = "HEALTHCHECK"
    case label = "LABEL"
    case maintainer = "MAINTAINER"
    case onbuild = "ONBUILD"
    case run = "RUN"
    case shell = "SHELL"
    case stopsignal = "STOPSIGNAL"
    case user = "USER"
    case volume = "VOLUME"
    case workdir = "WORKDIR"

    /// The flags it takes, those of the frontend's `labs` channel included.
    var flags: [String] {
        switch self {
        case .from: ["platform"]
        case .copy: ["from", "chown", "chmod", "link", "parents", "exclude"]
        case .add: ["chown", "chmod", "link", "keep-git-dir", "checksum", "exclude", "unpack"]
        case .run: ["mount", "network", "security", "device"]
        case .healthcheck: ["interval", "timeout", "start-period", "start-interval", "retries"]
        default: []
        }
    }

    /// Whether a here-document may follow it.
    var takesHeredoc: Bool { self == .add || self == .copy || self == .run }

    /// Whether it means nothing without an argument.
    var needsArguments: Bool { ![.cmd, .entrypoint, .run, .shell, .healthcheck].contains(self) }

    /// The instruction with a name in any case.
    init?(_ name: ArraySlice<UInt8>) {
        if name.count > 11 { return nil }
        self.init(rawValue: String(decoding: name.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }, as: UTF8.self))
    }
}
