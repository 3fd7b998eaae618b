import ComposeSpec
import Diagnostics
import Inspection

/// BP516: a pulled image whose tag is given to other images from time to time.
enum MovingTag: Rule {
    static let code = Code.movingTag
    static let summary = """
        Pulled images without a digest whose tag is given to every new build, such as `stable`, `edge`, `nightly` or `main`, \
        alone or with a variant: `stable-alpine`. `latest` is told by `floating-tag`.
        """
    static let rationale =
        "What such a tag names today is not what it named yesterday: no machine can be set up again as it was."

    static let options = ["tags"]
    static let configuring: String? =
        "`rules: {moving-tag: {tags: [stable, edge]}}` says which tags move. The list takes the place of Bayplan's own: "
        + words.map { "`\($0)`" }.joined(separator: ", ") + "."

    static let words = [
        "stable", "edge", "nightly", "main", "master", "dev", "develop", "devel", "development", "beta", "alpha",
        "canary",
        "lts", "test", "testing", "unstable", "snapshot", "rolling", "next", "current", "head", "trunk", "preview",
        "experimental", "staging", "insiders", "mainline", "release", "prod", "production", "daily", "weekly",
    ]

    static func check(_ context: inout RuleContext) {
        let stated = context.settings.values(of: "tags", for: code)
        let words = Set((stated ?? Self.words).map { $0.lowercased() })
        for pulled in context.pulledReferences() {
            let reference = pulled.settled
            // `latest` and no tag at all are told by BP502.
            guard reference.digest == nil, let tag = reference.tag, tag != "latest",
                moves(tag, words, isOwnList: stated == nil), !context.countsOnly(code)
            else { continue }
            context.report(
                code, "the tag of `\(pulled.written.text)` moves", at: pulled.span,
                pulled.written.hasVariables
                    ? "while no variable is set it is `\(reference.text)`"
                    : "`\(tag)` is whatever was pushed last under this name",
                why: "two machines that pulled on different days run different things under one name",
                help: [
                    "name a version, such as `\(reference.repository):<version>`, or a digest",
                    "which tags move, `rules: {\(code.name): {tags: […]}}` says",
                ])
        }
    }

    /// Whether a tag is one of the words, alone or with names of variants around it: `stable-alpine`, `lts-jdk17`, but
    /// neither `main-1f2e3d4` nor `1.2-beta`, which stay what they are.
    ///
    /// - Parameter words: in lower case.
    static func moves(_ tag: String, _ words: Set<String>, isOwnList: Bool) -> Bool {
        let tag = tag.lowercased()
        if words.contains(tag) { return true }
        let parts = tag.split { $0 == "-" || $0 == "_" }
        func isWord(_ part: Substring) -> Bool {
            words.contains(String(part)) || isOwnList && part == "latest"
        }
        guard parts.first.map(isWord) ?? false || parts.last.map(isWord) ?? false else { return false }
        return parts.allSatisfy { isWord($0) || isVariant($0) }
    }

    /// `alpine`, `bookworm`, `jdk17`, `alpine3.19`: what an image is built on, and not which version or commit of it.
    private static func isVariant(_ part: Substring) -> Bool {
        let bytes = Array(part.utf8)
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        guard bytes.contains(where: isDigit) else { return true }
        let letters = bytes.prefix { !isDigit($0) }.count
        let isCommit = bytes.count >= 7 && bytes.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
        return letters >= 3 && !isCommit && !part.hasPrefix("rev") && !part.hasPrefix("build")
            && !part.hasPrefix("sha")
    }
}
