import ComposeSpec
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// The profiles in which a service runs.
///
/// Compose starts a service without profiles always, and another one when any of its profiles is active.
package struct ServiceProfiles {
    /// Without repetition; empty where the service always runs.
    package let names: [String]
    /// Where they are stated; nil where the project's templates give them or there are none.
    package let span: Span?
    /// Whether an interpolation hides a name.
    package let isUnknown: Bool

    package init(of service: ResolvedService, in project: ResolvedProject, _ manifest: borrowing Manifest) {
        let tree = manifest.tree
        var names: [String] = []
        var isUnknown = false
        if let stated = service.profiles {
            for item in tree.items(stated) {
                if tree.holdsInterpolation(item) { isUnknown = true }
                let name = tree.text(item)
                if !names.contains(name) { names.append(name) }
            }
            span = tree[stated].span
        } else {
            let declared = manifest.projects[project.project]
            let projectName = manifest.text(declared.name)
            let owner = service.image.flatMap { manifest.images[$0].owner }.map { manifest.text($0) } ?? projectName
            for template in project.profiles ?? [] {
                let name = template.expanded(
                    project: projectName, service: manifest.text(service.name),
                    image: manifest.text(service.imageName), owner: owner)
                if !names.contains(name) { names.append(name) }
            }
            span = project.profiles?.first?.span
        }
        self.names = names
        self.isUnknown = isUnknown
    }

    /// Whether the service runs in every choice of profiles in which the other one runs.
    package func covers(_ other: ServiceProfiles) -> Bool {
        if names.isEmpty || isUnknown || other.isUnknown { return true }
        return !other.names.isEmpty && other.names.allSatisfy { names.contains($0) }
    }

    /// How few profiles must be active for both to run: 0 or 1, or 2 where no single profile runs both.
    package func activations(with other: ServiceProfiles) -> Int {
        if names.isEmpty && other.names.isEmpty { return 0 }
        if names.isEmpty || other.names.isEmpty { return 1 }
        return isUnknown || other.isUnknown || names.contains { other.names.contains($0) } ? 1 : 2
    }

    /// `` `a` and `b` ``, or that there are none.
    package var phrase: String {
        guard let last = names.last else { return "no profile" }
        let quoted = names.dropLast().map { "`\($0)`" }.joined(separator: ", ")
        return quoted.isEmpty ? "the profile `\(last)`" : "the profiles \(quoted) and `\(last)`"
    }
}
