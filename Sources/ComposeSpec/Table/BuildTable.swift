/// How an image is built.
extension ComposeTable {
    /// The long form of `build`.
    package static let build = ObjectShape(
        "build",
        [
            KeyShape("context", .path, "Names the folder or the Git repository that is built"),
            KeyShape("dockerfile", .path, "Names the Dockerfile, relative to the context"),
            KeyShape("dockerfile_inline", .text, "Holds the Dockerfile itself", since: "2.17.0"),
            KeyShape("target", .text, "Names the stage to build"),
            KeyShape("args", .settledVariables, "Sets the arguments that `ARG` declares", merge: .keyValues),
            KeyShape(
                "additional_contexts",
                .anyOf([.mapping(.path, keys: nil), .sequence(.string(.pathAssignment), unique: false)]),
                "Names further contexts, which `FROM` and `COPY --from` may use", since: "2.17.0",
                newer: [.init(.beginning("service:"), in: .assignment, since: "2.33.0")], merge: .keyValues),
            KeyShape(
                "tags", .texts, "Gives the image further references", since: "2.5.1", merge: .items(.beforeEquals)),
            KeyShape("platforms", .texts, "Lists the platforms to build for", since: "2.10.0"),
            KeyShape("labels", .settledKeyValues, "Labels the image", merge: .keyValues),
            KeyShape("cache_from", .texts, "Lists the sources of the build cache"),
            KeyShape("cache_to", .texts, "Lists where the build cache is exported to", since: "2.4.0"),
            KeyShape(
                "no_cache", .flag, "Builds every stage anew", since: "2.4.0", newer: [.init(.text, since: "2.29.0")]),
            KeyShape(
                "no_cache_filter", .textOrTexts, "Lists the stages that are built anew", since: "5.0.0",
                merge: .items(.text)),
            KeyShape(
                "pull", .flag, "Fetches the bases even where they are present", since: "2.4.0",
                newer: [.init(.text, since: "2.29.0")]),
            KeyShape(
                "ssh", .anyOf([.mapping(.scalar, keys: nil), .sequence(.string(.sshEntry), unique: true)]),
                "Lends the build SSH agents or keys", since: "2.4.0", merge: .keyValues),
            KeyShape(
                "secrets", .sequence(.anyOf([.text, .object(fileGrant)]), unique: false), "Lends the build secrets",
                since: "2.5.0"),
            KeyShape("network", .text, "Names the network of `RUN`"),
            KeyShape(
                "extra_hosts", .hosts, "Adds host names while building",
                newer: [.init(.list, in: .entry, since: "2.29.3")], merge: .hosts),
            KeyShape("shm_size", .bytes, "Sizes the shared memory of the build's containers"),
            KeyShape("ulimits", buildUlimits, "Sets limits while building", since: "2.23.1", merge: .each(.deep)),
            KeyShape("isolation", .text, "Names how the build's containers are isolated"),
            KeyShape(
                "privileged", .flag, "Builds with extended privileges", since: "2.15.0",
                newer: [.init(.text, since: "2.29.0")]),
            KeyShape("entitlements", .texts, "Allows the build privileged abilities", since: "2.27.0"),
            KeyShape(
                "provenance", .anyOf([.text, .boolean]), "Says whether a provenance attestation is made, and how",
                since: "2.39.0"),
            KeyShape(
                "sbom", .anyOf([.text, .boolean]), "Says whether a bill of materials is made, and how", since: "2.39.0"),
        ])

    /// The long form of a secret or a configuration that a service or a build is granted.
    static let fileGrant = ObjectShape(
        "granted file",
        [
            KeyShape("source", .text, "Names what is granted"),
            KeyShape("target", .text, "Names the file in the container"),
            KeyShape("uid", .text, "Gives the file's owner"),
            KeyShape("gid", .text, "Gives the file's group"),
            KeyShape("mode", .permissions, "Gives the file's permissions, in octal"),
        ])

    static let ulimits = Shape.mapping(
        .anyOf([.exact(), .string(.wholeText), .object(ulimit)]), keys: nil)

    static let ulimit = ObjectShape("ulimit", ulimitKeys(.anyOf([.exact(), .string(.wholeText)])))

    /// Compose converts no text here, not even what a variable holds.
    static let buildUlimits = Shape.mapping(.anyOf([.exact(), .object(buildUlimit)]), keys: nil)

    static let buildUlimit = ObjectShape("build ulimit", ulimitKeys(.exact()))

    private static func ulimitKeys(_ limit: Shape) -> [KeyShape] {
        [
            KeyShape("soft", limit, required: true, "Gives the limit that holds"),
            KeyShape("hard", limit, required: true, "Gives the limit up to which the container may raise it"),
        ]
    }
}
