import Diagnostics
import Inspection
import SourceText

/// BP304: a built image that a Dockerfile stands on and that `needs` does not name.
enum UndeclaredBase: Rule {
    static let code = Code.undeclaredBase
    static let summary =
        "`FROM`, `COPY --from` and `RUN --mount=from=` of an image of this manifest that `needs` lacks."
    static let rationale =
        "Without the need, the base may be built too late or not at all, and a change of it rebuilds nothing."
    static let fixDescription: String? = "Adds the images to `needs`."

    static func check(_ context: inout RuleContext) {
        context.eachBuild { build, context in
            let declared = Set(context.resolution.graph(of: build.variant).needs[build.image].map(\.base))
            var missing: [(base: Int, uses: [BaseUse])] = []
            var places: [Int: Int] = [:]
            for use in build.uses {
                guard case .built(let base) = use.meaning, !declared.contains(base) else { continue }
                if let place = places[base] {
                    missing[place].uses.append(use)
                } else {
                    places[base] = missing.count
                    missing.append((base, [use]))
                }
            }
            if missing.isEmpty { return }
            var fix = needsFix(
                adding: missing.map(\.base).filter { $0 != build.image }, to: build.image, context.manifest)
            for (base, uses) in missing {
                report(base, uses, build.image, fix, &context)
                // One edit declares them all.
                if base != build.image { fix = nil }
            }
        }
    }

    private static func report(
        _ base: Int, _ uses: [BaseUse], _ image: Int, _ fix: Fix?, _ context: inout RuleContext
    ) {
        let (tree, images) = (context.tree, context.manifest.images)
        let name = tree.text(images[image].name.symbol)
        let baseName = tree.text(images[base].name.symbol)
        let labels = uses.prefix(3).map { Diagnostic.Label($0.location, "\($0.shown) here") }
        let span = images[image].name.span
        if base == image {
            context.report(
                code, "`\(name)` is built from itself", at: span, "its Dockerfile needs the image it makes",
                also: labels,
                why: "an image that does not exist yet cannot be built on",
                help: [
                    "name another base in the Dockerfile",
                    "if the image of a registry is meant: give this one another name, such as "
                        + BaseTagDiffers.ownRepository(of: image, context),
                ])
            return
        }
        context.report(
            code, "`\(name)` is built from `\(baseName)`, which its `needs` lacks", at: span,
            "`needs` does not name `\(baseName)`", also: labels,
            why: "only what `needs` names is built first, and rebuilds this image when it changes",
            help: fix.map { [$0.title] } ?? ["add `\(baseName)` to the `needs` of `\(name)`"], fix: fix)
    }
}

extension BaseUse {
    /// The instruction in short: `FROM base`.
    var shown: String {
        let name = String(text.prefix(80))
        return switch kind {
        case .from: "`FROM \(name)`"
        case .copy: "`COPY --from=\(name)`"
        case .mount: "`RUN --mount` from `\(name)`"
        }
    }
}
