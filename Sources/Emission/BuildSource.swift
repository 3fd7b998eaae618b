import ComposeSpec
import Planning
import SourceText
import StrategyManifest

/// Where an image is built from, as readers of the document and the map find it: the context, as a path from the manifest's
/// folder where it is a folder (`shop/api`), the Dockerfile, and the target.
struct BuildSource {
    let context: String?
    let dockerfile: String?
    let target: String?

    /// What is stated of an image that is built; nil for one that is pulled.
    ///
    /// - Parameter owner: the project that builds it.
    init?(_ image: Image, owner: Int?, _ plan: borrowing Plan, _ layout: Layout) {
        guard let build = image.build, let owner else { return nil }
        dockerfile = build.dockerfile?.value
        target = build.target?.value
        guard build.statesContext else {
            context = nil
            return
        }
        let stated = build.context.value
        let isRelative = stated.text.utf8.first.map { !"/~$".utf8.contains($0) } ?? false
        guard stated.kind == .folder, isRelative else {
            context = stated.text
            return
        }
        let folder = Layout.relative(
            from: layout.folder, to: layout.components(plan.projectPath(owner)))
        context = WorkspacePath.clean(folder + "/" + stated.text)
    }
}
