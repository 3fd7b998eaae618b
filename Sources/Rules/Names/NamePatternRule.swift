import ComposeSpec
import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP103: a name outside the workspace's own pattern.
enum NamePatternRule: Rule {
    static let code = Code.namePattern
    static let summary = "Image, service and project names that do not fit the patterns of `naming`."
    static let rationale =
        "Names of one shape can be guessed, searched and typed; the patterns say which shape is yours."
    static let configuring: String? =
        "`naming.image`, `naming.service` and `naming.project` are patterns for whole names."

    static func check(_ context: inout RuleContext) {
        let naming = context.manifest.naming
        checkAll(context.manifest.images.map(\.name), "image", naming.image, &context)
        checkAll(context.manifest.projects.map(\.name), "project", naming.project, &context)
        let services = context.manifest.projects.flatMap { $0.services.map(\.name) }
        checkAll(services + context.manifest.addedNames, "service", naming.service, &context)
    }

    private static func checkAll(
        _ names: [Name], _ noun: String, _ pattern: Spanned<NamePattern>?, _ context: inout RuleContext
    ) {
        guard let pattern else {
            for name in names { check(name, noun, nil, &context) }
            return
        }
        // About half a second: a pattern that needs more is none that somebody wrote by hand.
        var steps = 50_000_000
        guard let fits = fits(names, pattern, &steps, context) else {
            context.report(
                .namePattern, "this name pattern takes too long", at: pattern.span,
                "the \(names.count) \(noun) names were not all compared with it",
                help: ["write it with fewer repetitions inside repetitions"])
            return
        }
        if names.count > 1, !fits.contains(true) {
            context.report(
                .namePattern, "no \(noun) has a name that fits `naming.\(noun)`", at: pattern.span,
                "not one of \(names.count) names matches this",
                also: [context.label(names[0].span, "`\(context.manifest.text(names[0]))`, for one, does not")],
                help: ["correct the pattern: it is compared with the whole name"])
            return
        }
        for (name, fits) in zip(names, fits) { check(name, noun, (pattern, fits), &context) }
    }

    /// Whether a pattern fits each of the names; nil where that takes too many steps. One that fits none of several is itself
    /// what is wrong.
    private static func fits(
        _ names: [Name], _ pattern: Spanned<NamePattern>, _ steps: inout Int, _ context: RuleContext
    ) -> [Bool]? {
        var result: [Bool] = []
        for name in names {
            guard let fits = pattern.value.matches(context.tree.symbols.bytes(name.symbol), within: &steps) else {
                return nil
            }
            result.append(fits)
        }
        return result
    }

    private static func check(
        _ name: Name, _ noun: String, _ compared: (pattern: Spanned<NamePattern>, fits: Bool)?,
        _ context: inout RuleContext
    ) {
        let bytes = context.tree.symbols.bytes(name.symbol)
        // A service name that Compose itself refuses is refused whatever the pattern says.
        if noun == "service", !bytes.withUnsafeBufferPointer({ Names.isServiceName($0) }) {
            context.report(
                .namePattern, "`\(context.manifest.text(name))` cannot be a service's name", at: name.span,
                "Compose allows letters, digits, `.`, `_` and `-`", help: ["rename the service"])
            return
        }
        if let (pattern, fits) = compared {
            if fits || context.countsOnly(code) { return }
            context.report(
                .namePattern, "the \(noun) name `\(context.manifest.text(name))` does not fit `naming.\(noun)`",
                at: name.span, "does not match `\(pattern.value.text)`",
                also: [context.label(pattern.span, "the pattern is set here")],
                help: ["rename the \(noun), or widen the pattern"])
        } else if !fitsDefault(bytes) {
            // The formats' own grammars tell what they refuse more exactly.
            if noun == "image", ImageReference.pathFault(bytes) != nil { return }
            if noun == "project", !bytes.withUnsafeBufferPointer({ Names.isProjectName($0) }) { return }
            context.report(
                .namePattern, "the \(noun) name `\(context.manifest.text(name))` does not fit the default pattern",
                at: name.span, "does not match `\(Naming.defaultPattern)`",
                why: "names of one shape, lower-case words joined by single hyphens, can be guessed and searched",
                help: ["rename the \(noun), or set `naming.\(noun)` to a pattern of your own"])
        }
    }

    /// `[a-z0-9]+(-[a-z0-9]+)*`, written out.
    private static func fitsDefault(_ bytes: ArraySlice<UInt8>) -> Bool {
        var afterHyphen = true
        for byte in bytes {
            if byte == UInt8(ascii: "-") {
                if afterHyphen { return false }
                afterHyphen = true
            } else if (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) {
                afterHyphen = false
            } else {
                return false
            }
        }
        return !afterHyphen
    }
}
