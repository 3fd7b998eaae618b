import Planning
import StrategyManifest
import Threads

/// Which artifacts are wanted.
package struct EmissionOptions: Sendable {
    /// Only this project's Compose files, and nothing of the workspace's own; nil for all.
    package var project: String?
    /// Only this environment's Compose files, and nothing of the workspace's own; nil for all.
    package var environment: String?

    package init(project: String? = nil, environment: String? = nil) {
        self.project = project
        self.environment = environment
    }

    /// Whether everything is wanted.
    package var isComplete: Bool { project == nil && environment == nil }
}

/// Emits every artifact of a plan, in the order of their kinds.
package func emit(_ plan: Plan, layout: Layout, options: EmissionOptions = EmissionOptions()) -> [Artifact] {
    let named = plan.inInstances
    guard options.isComplete else { return emitComposeFiles(named, layout, options) }
    let outputs = plan.manifest.outputs
    let names = outputs[.bake] == nil && outputs[.scripts] == nil ? nil : BakeNames(named)
    let beside = Future(isLong: plan.tree.nodeCount >= parallelThreshold) {
        ArtifactKind.allCases.map { $0.isEmittedBeside ? emit($0, plan, named, names, layout) : [] }
    }
    let here = ArtifactKind.allCases.map { $0.isEmittedBeside ? [] : emit($0, plan, named, names, layout) }
    return zip(here, beside.value).flatMap { $0 + $1 }
}

extension ArtifactKind {
    /// Whether the second thread emits it: about half of the work.
    fileprivate var isEmittedBeside: Bool { self == .scripts || self == .document }
}

/// The artifacts of one kind; nothing where it is switched off.
///
/// - Parameters:
///   - named: the plan with names that carry the instance.
///   - names: those of its bake file's targets; nil where neither scripts nor bake file are wanted.
private func emit(
    _ kind: ArtifactKind, _ plan: Plan, _ named: Plan, _ names: BakeNames?, _ layout: Layout
) -> [Artifact] {
    switch kind {
    case .compose: emitComposeFiles(named, layout, EmissionOptions())
    case .scripts: names.map { Scripts(named, layout, $0).artifacts() } ?? []
    case .bake: names.map { emitBakeFile(named, $0, layout) } ?? []
    case .document: emitDocument(plan, named.instances, layout)
    }
}

/// The values in a manifest from which a thread is worth its making.
private let parallelThreshold = 5000

/// Nothing without a build: Buildx refuses a file without any target.
private func emitBakeFile(_ plan: Plan, _ names: BakeNames, _ layout: Layout) -> [Artifact] {
    guard let name = plan.manifest.outputs[.bake], !plan.builds.isEmpty else { return [] }
    let path = layout.components(name.value)
    return [Artifact(path: path, bytes: BakeFile(plan, names, layout, path: path).bytes())]
}

private func emitDocument(_ plan: Plan, _ instances: Instances?, _ layout: Layout) -> [Artifact] {
    guard let name = plan.manifest.outputs[.document] else { return [] }
    let path = layout.components(name.value)
    return [Artifact(path: path, bytes: Document(plan, instances, layout, path: path).bytes())]
}

private func emitComposeFiles(_ plan: Plan, _ layout: Layout, _ options: EmissionOptions) -> [Artifact] {
    guard let file = plan.manifest.outputs[.compose] else { return [] }
    let keys = ServiceKeyOrder(plan.tree.symbols)
    let header = Header(plan, layout)
    var artifacts: [Artifact] = []
    artifacts.reserveCapacity(plan.variants.count * plan.manifest.projects.count)
    for variant in plan.variants {
        if let wanted = options.environment, variant.environment != wanted { continue }
        let name = Outputs.fileName(file.value, environment: variant.environment)
        var emitter = ComposeFile(plan, variant, keys, cached: plan.cached(in: variant))
        for project in variant.projects {
            let projectName = plan.projectName(project.project)
            if let wanted = options.project, projectName != wanted { continue }
            let path = layout.components(plan.projectPath(project.project)) + [name]
            artifacts.append(
                Artifact(
                    path: path, bytes: emitter.bytes(of: project, header: header.lines(of: path)),
                    project: projectName, environment: variant.environment))
        }
    }
    return artifacts
}
