import ComposeSpec
import Diagnostics
import Planning
import Resolution

/// Compares a service that is there before and after, and says what becomes of its container.
struct ContainerComparison {
    private let pair: VariantPair
    private let old: PlannedService
    private let oldProject: Int
    private let new: PlannedService
    private let newProject: Int
    /// Whether its image is built anew.
    private let isRebuilt: Bool

    init(
        _ pair: VariantPair, _ old: PlannedService, _ oldProject: Int, _ new: PlannedService, _ newProject: Int,
        isRebuilt: Bool
    ) {
        self.pair = pair
        self.old = old
        self.oldProject = oldProject
        self.new = new
        self.newProject = newProject
        self.isRebuilt = isRebuilt
    }

    /// The keys that do not count when Compose compares a container with its service (docker/compose, `ServiceHash`):
    /// each with the first version for which that holds; the empty text for all.
    private static let uncounted = ["pull_policy": "", "scale": "", "depends_on": "2.29.3", "profiles": "2.30.2"]

    /// Nil where nothing is another.
    func change(isWrittenSame: Bool) -> ContainerChange? {
        if isWrittenSame, !isRebuilt { return nil }
        let before = isWrittenSame ? [:] : pair.before.meaning(old, of: oldProject)
        let after = isWrittenSame ? [:] : pair.after.meaning(new, of: newProject)
        let keys = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
        if keys.isEmpty, !isRebuilt { return nil }
        let container = pair.after.container(new, of: newProject)
        var change = ContainerChange(
            kind: .changed, service: pair.after.tree.text(new.name), container: container, effect: .kept,
            consequence: "goes on as it is")
        let former = pair.before.container(old, of: oldProject)
        if former != container { change.formerContainer = former }
        change.keys = keys
        if !isWrittenSame { change.details = ServiceDetails(before: before, after: after).details }
        decideEffect(of: &change, before, after)
        return change
    }

    private func decideEffect(of change: inout ContainerChange, _ before: [String: Meaning], _ after: [String: Meaning])
    {
        let required = pair.after.plan.manifest.requires.compose?.value
        // The versions that keep the container, for each key that is another; nil for a key that counts.
        let keeping = change.keys.map { key -> String? in
            if key == "deploy" {
                let (old, new) = (before[key]?.without(["replicas"]), after[key]?.without(["replicas"]))
                return old == new ? "" : nil
            }
            return Self.uncounted[key]
        }
        if keeping.contains(nil) {
            change.effect = .recreated
        } else {
            let versions = keeping.compactMap { $0.flatMap { Version($0) } }
            if let newest = versions.max(), required.map({ $0 < newest }) ?? true {
                change.effect = .recreated
                change.recreatedBefore = newest.text
            }
        }
        change.isImageRebuilt = isRebuilt
        if isRebuilt, change.effect == .kept { change.effect = .rebuilt }
        change.consequence = consequence(of: change)
    }

    private func consequence(of change: ContainerChange) -> String {
        switch change.effect {
        case .recreated:
            let keys = change.keys.joined(separator: ", ")
            guard let version = change.recreatedBefore else { return "is recreated: \(keys)" }
            return "is recreated by Docker Compose before \(version), and goes on as it is with newer ones: \(keys)"
        case .rebuilt: return "is recreated once its image is built anew"
        default:
            if change.details.contains(where: { $0.topic == .replicas }) { return "containers are added or removed" }
            return "goes on as it is" + (change.keys.isEmpty ? "" : ": " + change.keys.joined(separator: ", "))
        }
    }
}
