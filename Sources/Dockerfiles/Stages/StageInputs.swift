/// What is known of the value of an argument or a variable.
package enum ArgumentValue: Sendable, Equatable {
    case text(String)
    /// A text with Compose's variables in it: `${TAG:-1}`; what they are is known only when the image is built.
    case variables(String, isNeverEmpty: Bool)
    /// The environment's variable of the argument's name, and where it is unset the Dockerfile's default.
    case environment
    /// It has one, which is known only when the image is built.
    case later
}

/// What `FROM` is to be resolved with.
package struct StageInputs: Sendable {
    /// The arguments of the build by their name.
    package var arguments: [String: ArgumentValue] = [:]
    /// The stage to build; nil for the last.
    package var target: String?
    /// The names of further contexts that are those of stages, in lower case: they take the stages' place.
    package var replacedStages: Set<String> = []

    package init() {}

    /// The arguments that BuildKit sets by itself; all but the last depend on the machine or on `--platform`.
    package static let platformArguments = [
        "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS",
        "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
    ]

    /// The arguments that mean something to BuildKit although no `ARG` declares them.
    package static func isPredefined(_ name: String) -> Bool {
        if name.hasPrefix("BUILDKIT_") || platformArguments.contains(name) { return true }
        let proxies = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"]
        return name == "SOURCE_DATE_EPOCH" || proxies.contains(name) || proxies.contains { $0.lowercased() == name }
    }
}
