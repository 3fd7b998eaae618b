import Diagnostics
import SourceText
import StrategyManifest

/// BP215: two artifacts in one place.
enum PathShared: Rule {
    static let code = Code.pathShared
    static let finds = "Projects of one folder, and artifacts that would be the same file."
    static let matters = "The second file written would replace the first."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        var claims: [(path: String, span: Span, what: String)] = []
        func place(_ path: String) -> String? {
            RelativePath.fault(path) == nil
                ? RelativePath.components(path, from: context.options.folderInRoot)?.joined(separator: "/") : nil
        }
        for file in manifest.outputs.at(.projects) {
            let noun = file.kind.facts.noun
            for project in manifest.projects {
                guard let folder = place(project.path.value) else { continue }
                let name = manifest.text(project.name)
                claims.append((folder + "/" + file.name.value, project.path.span, "the \(noun) of `\(name)`"))
            }
        }
        for output in manifest.outputs.at(.file) + manifest.outputs.at(.folder) {
            guard let path = place(output.name.value) else { continue }
            claims.append((path, output.name.span, "the " + output.kind.facts.noun))
        }
        if let lock = place("bayplan.lock") { claims.append((lock, .beginning, "Bayplan's lock")) }
        var first: [String: Int] = [:]
        for (index, claim) in claims.enumerated() {
            // Two paths that differ in case alone are one file on macOS and Windows.
            let key = claim.path.lowercased()
            guard let other = first[key] else {
                first[key] = index
                continue
            }
            let (one, two) = claim.span.count > 0 ? (claim, claims[other]) : (claims[other], claim)
            context.report(
                .pathShared, "\(two.what) and \(one.what) would be one file", at: one.span,
                "this is `\(one.path)`",
                also: two.span.count > 0 ? [context.label(two.span, "and so is this")] : [],
                help: ["give each project a folder of its own, and each artifact a name of its own"])
        }
    }
}
