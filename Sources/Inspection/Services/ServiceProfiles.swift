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
    package var names: [String] { distinct.values }
    private let distinct: Distinct<String>
    /// Where they are stated; nil where the project's templates give them or there are none.
    package let span: Span?
    /// Whether an interpolation hides a name, or an owner that is not told which.
    package let isUnknown: Bool

    package init(of service: ResolvedService, in project: ResolvedProject, _ manifest: borrowing Manifest) {
        let tree = manifest.tree
        var names = Distinct<String>()
        var isUnknown = false
        if let stated = service.profiles {
            for item in tree.items(stated) {
                if tree.holdsInterpolation(item) { isUnknown = true }
                names.add(tree.text(item))
            }
            span = tree[stated].span
        } else {
            let declared = manifest.projects[project.project]
            let projectName = manifest.text(declared.name)
            let image = service.image.map { manifest.images[$0] }
            let owner = image.flatMap(\.owner).map { manifest.text($0) } ?? projectName
            func name(_ template: Template, owner: String) -> String {
                template.expanded(
                    project: projectName, service: manifest.text(service.name),
                    image: manifest.text(service.imageName), owner: owner)
            }
            for template in project.profiles ?? [] {
                let made = name(template, owner: owner)
                names.add(made)
                // A missing or unknown owner is told by itself; what its name would be is not guessed.
                if !Self.isOwnerTold(image, manifest), name(template, owner: "") != made { isUnknown = true }
            }
            span = project.profiles?.first?.span
        }
        distinct = names
        self.isUnknown = isUnknown
    }

    /// Whether a project builds the image, or nobody does.
    private static func isOwnerTold(_ image: Image?, _ manifest: borrowing Manifest) -> Bool {
        guard let image else { return false }
        guard let owner = image.owner else { return image.pull != nil }
        return manifest.projectIndex[owner.symbol] != nil
    }

    /// Whether the service has a profile.
    package func holds(_ name: String) -> Bool { distinct.contains(name) }

    /// Whether the service runs in every choice of profiles in which the other one runs.
    package func covers(_ other: ServiceProfiles) -> Bool {
        if names.isEmpty || isUnknown || other.isUnknown { return true }
        return !other.names.isEmpty && other.names.allSatisfy(holds)
    }

    /// Whether both run with one profile or none; otherwise it takes two.
    package func meets(_ other: ServiceProfiles) -> Bool {
        if names.isEmpty || other.names.isEmpty || isUnknown || other.isUnknown { return true }
        let (fewer, more) = names.count < other.names.count ? (self, other) : (other, self)
        return fewer.names.contains(where: more.holds)
    }

    /// `` `a` and `b` ``, or that there are none.
    package var phrase: String {
        guard let last = names.last else { return "no profile" }
        let quoted = names.dropLast().map { "`\($0)`" }.joined(separator: ", ")
        return quoted.isEmpty ? "the profile `\(last)`" : "the profiles \(quoted) and `\(last)`"
    }
}
