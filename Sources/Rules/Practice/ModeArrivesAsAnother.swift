import ComposeSpec
import Diagnostics
import Resolution
import SourceText
import YAMLSyntax

/// BP522: permissions that a file in the container does not have as they are written.
enum ModeArrivesAsAnother: Rule {
    static let code = Code.modeArrivesAsAnother
    static let summary = """
        `mode` of secrets, configs and tmpfs mounts written as a decimal number or in quotes, and `uid`, `gid` and \
        `mode` of a secret or config that comes from a file, which Compose ignores.
        """
    static let rationale = "Compose takes `400` for a decimal number: the file gets other permissions than it seems."

    static let fixDescription: String? = "Takes a mode that begins with `0` out of its quotes."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        var seen: Set<NodeID> = []
        for variant in context.resolution.variants {
            for project in variant.projects {
                let declarations = ["secrets", "configs"].map { section in
                    (section, project.sections.first { tree.text($0.key) == section }?.value)
                }
                for service in project.services {
                    for (section, declared) in declarations {
                        guard let uses = tree.value(section, in: service.body) else { continue }
                        for use in tree.items(uses) where tree[use].kind == .mapping {
                            check(use, of: declared, String(section.dropLast()), &seen, &context)
                        }
                    }
                    guard let mounts = tree.value("volumes", in: service.body) else { continue }
                    for mount in tree.items(mounts) where tree[mount].kind == .mapping {
                        // A text is refused here by its type.
                        guard let options = tree.value("tmpfs", in: mount), let mode = tree.value("mode", in: options),
                            tree[mode].style == .plain
                        else { continue }
                        checkMode(options, &seen, &context)
                    }
                }
            }
        }
    }

    private static func check(
        _ use: NodeID, of declared: NodeID?, _ noun: String, _ seen: inout Set<NodeID>, _ context: inout RuleContext
    ) {
        let tree = context.tree
        guard let source = tree.value("source", in: use) else { return checkMode(use, &seen, &context) }
        let declaration = declared.flatMap { tree.value(tree.text(source), in: $0) }
        guard let declaration, let file = tree.value("file", in: declaration) else {
            return checkMode(use, &seen, &context)
        }
        let ignored = tree.entries(use).filter { ["uid", "gid", "mode"].contains(tree.text($0.key)) }
        guard let first = ignored.first, seen.insert(first.key).inserted, !context.countsOnly(code) else { return }
        let names = ignored.map { "`\(tree.text($0.key))`" }.joined(separator: " and ")
        context.report(
            code, "Compose ignores \(names) of the \(noun) `\(tree.text(source))`, which is a file",
            at: tree[first.key].span, "the container sees the file with the permissions that it has on the host",
            also: [context.label(tree[file].span, "it comes from this file")],
            why:
                "a file is mounted as it is; only what comes from `environment` or `content` is written for the container",
            help: ["remove \(names), and give the file itself the permissions", "or let it come from `environment`"])
    }

    // MARK: Numbers

    private static func checkMode(_ mapping: NodeID, _ seen: inout Set<NodeID>, _ context: inout RuleContext) {
        let tree = context.tree
        guard let mode = tree.value("mode", in: mapping), tree[mode].kind == .scalar, !tree.holdsInterpolation(mode),
            seen.insert(mode).inserted
        else { return }
        let text = tree.text(mode)
        let isPlain = tree[mode].style == .plain
        let digits = text.hasPrefix("0o") ? text.dropFirst(2) : text.drop { $0 == "0" }
        // `0400` and `0o400` are octal to YAML, and arrive as they are written.
        if isPlain, text.hasPrefix("0"), !text.lowercased().hasPrefix("0x"), !text.lowercased().hasPrefix("0b") {
            return
        }
        let arriving = isPlain ? Int(tree.arrivingText(mode) ?? text) : Int(text)
        guard let arriving, arriving > 0, arriving <= 0o177777 else { return }
        let meant = Int(digits, radix: 8)
        // One digit is the same number either way.
        if meant == arriving { return }
        // 256 and 420 are 0400 and 0644, to those who count in tens: as octal digits they would make no sense.
        if !(meant.map(isSensible) ?? false), isSensible(arriving) { return }
        if context.countsOnly(code) { return }
        let octal = "0" + String(meant ?? arriving, radix: 8)
        let isHere = meant != nil && context.manifest.tree.source.text(tree[mode].span).contains(text)
        context.report(
            code, "the mode `\(text)` arrives as `0\(String(arriving, radix: 8))`", at: tree[mode].span,
            isPlain ? "to YAML this is a decimal number" : "Compose takes what stands in quotes for a decimal number",
            why: rationale, help: ["write `\(octal)`, without quotes"],
            fix: isHere
                ? Fix(
                    title: "write the mode `\(octal)`", edits: [.init(tree[mode].span, octal)],
                    applicability: text.hasPrefix("0") ? .safe : .suggestion)
                : nil)
    }

    /// Whether a person would give these permissions: none that the owner lacks.
    private static func isSensible(_ mode: Int) -> Bool {
        let (owner, group, other) = (mode >> 6 & 7, mode >> 3 & 7, mode & 7)
        return mode <= 0o7777 && owner > 0 && group & ~owner == 0 && other & ~group == 0
    }
}
