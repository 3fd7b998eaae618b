import ComposeSpec
import Diagnostics
import Inspection
import SourceText

/// BP310: bases that cannot be told.
enum CannotResolve: Rule {
    static let code = Code.cannotResolve
    static let summary =
        "Builds whose bases cannot be told: project folders that are not there, variables without a value, other frontends."
    static let rationale = "What cannot be read is not guessed; there `needs` is taken as it stands."
    static let fixDescription: String? =
        "Adds an image to `needs` whose repository the Dockerfile names with a tag of a variable."

    static func check(_ context: inout RuleContext) {
        guard context.hasLooked else { return }
        var absent: [Int] = []
        // Of an image that environments build otherwise, too, the first build is told that cannot be read.
        var told: Set<Int> = []
        for builds in [context.builds, context.ownBuilds] {
            for build in builds where !told.contains(build.image) && check(build, &absent, &context) {
                told.insert(build.image)
            }
        }
        reportAbsent(absent, &context)
    }

    /// - Returns: whether something is told of the build, but for a likely base.
    private static func check(_ build: CheckedBuild, _ absent: inout [Int], _ context: inout RuleContext) -> Bool {
        var isTold = false
        if case .noProject = build.found {
            absent.append(build.image)
            isTold = true
        }
        if let (reason, span) = unread(build, context) {
            context.report(code, message(build, context), at: span, reason, help: [Self.help])
            isTold = true
        }
        var reasons = build.obstacle.map { [$0] } ?? []
        var needs: Set<Int>?
        for use in build.uses {
            guard case .unknown(let reason) = use.meaning else { continue }
            let needed = needs ?? Set(context.resolution.graph(of: build.variant).needs[build.image].map(\.base))
            needs = needed
            if let likely = use.likely, likely != build.image, !needed.contains(likely) {
                reportLikely(likely, use, reason, build, &context)
            } else if use.likely == nil || VariableText(use.text)?.settled != nil {
                // A tag that only the environment knows is for `needs` to vouch for; a default is another tag.
                reasons.append((reason, use.location))
            }
        }
        if reasons.isEmpty { return isTold }
        context.report(
            code, message(build, context), at: context.manifest.images[build.image].name.span,
            "its Dockerfile says too little", also: reasons.prefix(4).map { .init($0.location, $0.reason) },
            help: [Self.help])
        return true
    }

    private static func message(_ build: CheckedBuild, _ context: RuleContext) -> String {
        let name = context.manifest.text(context.manifest.images[build.image].name)
        let environment = context.resolution.variants[build.variant].environment.map {
            context.manifest.environments[$0]
        }
        return "what `\(name)` is built from"
            + (environment.map { " in the environment `\(context.manifest.text($0.name))`" } ?? "") + " cannot be told"
    }

    /// A name that is an image of this manifest but for a tag that nobody knows yet: `FROM base:${TAG}`.
    private static func reportLikely(
        _ base: Int, _ use: BaseUse, _ reason: String, _ build: CheckedBuild, _ context: inout RuleContext
    ) {
        let manifest = context.manifest
        let (name, baseName) = (
            manifest.text(manifest.images[build.image].name), manifest.text(manifest.images[base].name)
        )
        let reference = context.resolution.variants[0].references[base]
        let fix = needsFix(adding: [base], to: build.image, manifest)
        var help = [fix?.title ?? "add `\(baseName)` to the `needs` of `\(name)`"]
        if let tag = reference.settled?.tag ?? reference.tag, !ImageReference.hasVariable(tag) {
            help.append("or give the variable the tag that it is built with as its default: `${NAME:-\(tag)}`")
        }
        context.report(
            code, "`\(name)` is built from an image of `\(baseName)`'s repository, and may be built before it",
            at: manifest.images[build.image].name.span, "`needs` does not name `\(baseName)`",
            also: [.init(use.location, "\(use.shown) here: \(reason)")], help: help,
            fix: fix, severity: .warning)
    }

    /// Why a build's files are not read, and where that is said; nil where they are. One from elsewhere is nothing to
    /// complain of.
    private static func unread(_ build: CheckedBuild, _ context: RuleContext) -> (reason: String, span: Span)? {
        let place = build.place
        switch build.found {
        case .noProject: return nil
        case .unreadable(let what, let path):
            if build.isNoDockerfile != nil { return nil }
            return ("`\(context.shown(path))` is \(what), which is not read", place.dockerfileSpan)
        default: break
        }
        if place.context == .outside
            || place.dockerfileLocation == .outside && place.context != .remote && place.context != .unsettled
        {
            let span = place.context == .outside ? place.contextSpan : place.dockerfileSpan
            return ("it lies outside the root, from which nothing is read", span)
        }
        if place.context == .unsettled || place.dockerfileLocation == .unsettled && place.context != .remote {
            let span = place.context == .unsettled ? place.contextSpan : place.dockerfileSpan
            return ("this path is known only when it is built", span)
        }
        return nil
    }

    private static let help = "say in `needs` which images of this manifest it stands on"

    /// One note for all project folders that are not there: sibling checkouts, for instance.
    private static func reportAbsent(_ images: [Int], _ context: inout RuleContext) {
        var owners: [Int] = []
        var isKnown: Set<Int> = []
        for image in images {
            if let owner = context.resolution.owner(of: image), isKnown.insert(owner).inserted { owners.append(owner) }
        }
        // A folder that is misspelt is told by itself.
        let near = context.nearFolders
        let images = images.filter { context.resolution.owner(of: $0).map { near[$0] == nil } ?? false }
        owners.removeAll { near[$0] != nil }
        guard let first = owners.first else { return }
        let manifest = context.manifest
        func span(_ owner: Int) -> Span {
            let path = manifest.projects[owner].path.span
            return path.count > 0 ? path : manifest.projects[owner].name.span
        }
        let count = images.count == 1 ? "1 build was" : "\(images.count) builds were"
        context.report(
            code, "\(count) not checked: the project folders are not there", at: span(first),
            "there is no folder `\(manifest.projects[first].path.value)`",
            also: owners.dropFirst().prefix(4).map {
                context.label(span($0), "there is no folder `\(manifest.projects[$0].path.value)`")
            },
            help: ["check the projects out where `path` says, or pass `--no-builds`"])
    }
}
