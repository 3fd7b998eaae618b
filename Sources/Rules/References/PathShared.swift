import Diagnostics
import Inspection
import SourceText
import StrategyManifest

/// BP215: artifacts in one place, or one in the way of another.
enum PathShared: Rule {
    static let code = Code.pathShared
    static let summary = "Projects of one folder, and artifacts of which one would be the other or stand in its way."
    static let rationale = "The second file written would replace the first, or could not be written at all."

    static func check(_ context: inout RuleContext) {
        checkNames(&context)
        let folders = ProjectPlaces(of: context.manifest, in: context.options.folderInRoot)
        let claims = folders.claims(of: context.manifest, named: context.options.manifestName)
        var places = ArtifactPlaces(folders)
        // All that would be one file is told at once.
        var groups: [[String]: [ArtifactPlaces.Clash]] = [:]
        for clash in places.shared { groups[clash.other.path, default: []].append(clash) }
        for clash in places.shared {
            guard let group = groups.removeValue(forKey: clash.other.path) else { continue }
            report(clash, further: group.dropFirst().map(\.claim), &context)
        }
        for claim in claims { if let clash = places.add(claim) { report(clash, &context) } }
        for claim in claims + folders.temporaryFiles(of: claims) {
            if let clash = places.temporary(claim) { report(clash, &context) }
        }
    }

    /// Environments whose Compose files have one name on a file system that tells no case apart.
    private static func checkNames(_ context: inout RuleContext) {
        var first: [String: Int] = [:]
        for file in context.manifest.projectFiles {
            guard let index = file.environment,
                let other = first.updateValue(index, forKey: WorkspacePath.folded(file.name))
            else { continue }
            let names = [other, index].map { context.manifest.environments[$0].name }
            context.report(
                code,
                "the \(file.kind.facts.noun)s of `\(context.manifest.text(names[0]))` and "
                    + "`\(context.manifest.text(names[1]))` would be one file",
                at: names[1].span, "this leads to `\(file.name)`",
                also: [context.label(names[0].span, "and so does this, where case is not told apart")],
                help: ["give each environment a name of its own"])
        }
    }

    private static func report(
        _ clash: ArtifactPlaces.Clash, further: [PlaceClaim] = [], _ context: inout RuleContext
    ) {
        let message: String
        var help = "give each project a folder of its own, and each artifact a name of its own"
        switch clash.kind {
        case .same where further.isEmpty: message = "\(clash.other.what) and \(clash.claim.what) would be one file"
        case .same:
            message = "\(clash.other.what), \(clash.claim.what) and \(further.count) more would be one file"
        case .inTheWay: message = "\(clash.claim.what) would be a file where \(clash.other.what) needs a folder"
        case .temporary:
            message = "\(clash.claim.what) would have the name that \(clash.other.what) has until it is whole"
            help = "choose a name that does not end in `\(OwnFiles.temporaryEnding)`"
        }
        // The place that the manifest states; what has a name by default has none.
        let isStated = clash.claim.span.count > 0
        let (one, two) = isStated ? (clash.claim, clash.other) : (clash.other, clash.claim)
        let label = clash.kind == .same ? "and so is this" : "this is `\(context.shown(two.path))`"
        context.report(
            code, message, at: one.span, "this is `\(context.shown(one.path))`",
            also: (two.span.count > 0 && two.span != one.span ? [context.label(two.span, label)] : [])
                + further.prefix(20).map { context.label($0.span, label) }, help: [help])
    }
}
