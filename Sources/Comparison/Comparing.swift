import Diagnostics
import Planning

/// Compares plans.
package struct Comparing {
    let before: Plan
    let after: Plan
    /// For each image of the new plan, by its name, the file that changed among what it is built from.
    let inputs: [String: String]
    /// Only this environment; nil for all. The empty text is development.
    let environment: String?

    package init(_ before: Plan, _ after: Plan, inputs: [String: String] = [:], environment: String? = nil) {
        self.before = before
        self.after = after
        self.inputs = inputs
        self.environment = environment
    }

    package func changes() -> WorkspaceChanges {
        var changes = WorkspaceChanges()
        let former = Dictionary(before.variants.map { ($0.environment, $0) }) { first, _ in first }
        let pairs = after.variants.compactMap { variant -> VariantPair? in
            guard isWanted(variant), let other = former[variant.environment] else { return nil }
            return VariantPair(Side(before, other), Side(after, variant))
        }
        let images = ImageComparison(pairs: pairs, inputs: inputs, scripts: scripts)
        changes.images = images.changes()
        // The places of what was said: another environment may say the same.
        var places: [ProjectChange: Int] = [:]
        for (pair, rebuilt) in zip(pairs, images.rebuilt) {
            for change in ProjectComparison(pair, rebuilt: rebuilt).changes() {
                if let known = places[change.anywhere] {
                    changes.projects[known].environments += change.environments
                } else {
                    places[change.anywhere] = changes.projects.count
                    changes.projects.append(change)
                }
            }
        }
        let order = Dictionary(
            after.manifest.projects.indices.map { (after.projectName($0), $0) }, uniquingKeysWith: { first, _ in first }
        )
        changes.projects = changes.projects.enumerated().sorted { one, other in
            (order[one.element.name] ?? .max, one.offset) < (order[other.element.name] ?? .max, other.offset)
        }.map(\.element)
        changes.environments = environmentChanges()
        changes.workspace = workspaceChange()
        changes.instances = instancesChange()
        return changes
    }

    private func workspaceChange() -> WorkspaceNameChange? {
        let (old, new) = (before.workspaceName, after.workspaceName)
        if old == new { return nil }
        guard !before.builds.isEmpty, !after.builds.isEmpty else {
            return WorkspaceNameChange(
                name: new, formerName: old, consequence: "what Bayplan writes is called otherwise", command: nil)
        }
        return WorkspaceNameChange(
            name: new, formerName: old,
            consequence: "images carry the former name until they are built anew, and scripts take them for another "
                + "workspace's until then",
            command: scripts.map { shellCommand($0 + "/build.sh", "--take-over") })
    }

    private func isWanted(_ variant: PlannedVariant) -> Bool {
        environment == nil || (variant.environment ?? "") == environment
    }

    private func instancesChange() -> InstancesChange? {
        let (old, new) = (before.manifest.instances?.value, after.manifest.instances?.value)
        if old == new { return nil }
        guard let new else {
            return old.map {
                InstancesChange(
                    kind: .removed, variable: $0,
                    consequence:
                        "every container is recreated under its own name; those of instances stay until a person "
                        + "removes them")
            }
        }
        guard let old else {
            return InstancesChange(
                kind: .added, variable: new,
                consequence: "every container is recreated, with labels that tell its instance; while the variable is "
                    + "unset every name and port is as before")
        }
        return InstancesChange(
            kind: .changed, variable: new, formerVariable: old,
            consequence: "where \(old) is set today, \(new) must be, or other containers are started beside them")
    }

    private func environmentChanges() -> [EnvironmentChange] {
        func counts(_ variant: PlannedVariant) -> (containers: Int, projects: Int) {
            let projects = variant.projects.filter { !$0.services.isEmpty }
            return (projects.reduce(0) { $0 + $1.services.count }, projects.count)
        }
        func names(_ plan: Plan) -> Set<String> { Set(plan.variants.compactMap(\.environment)) }
        let (old, new) = (names(before), names(after))
        var result: [EnvironmentChange] = []
        for variant in after.variants where isWanted(variant) {
            guard let name = variant.environment, !old.contains(name) else { continue }
            let (containers, projects) = counts(variant)
            result.append(
                EnvironmentChange(
                    kind: .added, name: name, containers: containers, projects: projects,
                    consequence: "nothing of it runs before a project is started there",
                    command: scripts.map { shellCommand($0 + "/up.sh", "--environment", name, "PROJECT") }))
        }
        result += settingChanges()
        for variant in before.variants where isWanted(variant) {
            guard let name = variant.environment, !new.contains(name) else { continue }
            let (containers, projects) = counts(variant)
            result.append(
                EnvironmentChange(
                    kind: .removed, name: name, containers: containers, projects: projects,
                    consequence: "its Compose files go; containers that were started from them stay until a person "
                        + "removes them", command: nil))
        }
        return result
    }

    /// The environments that keep their layers elsewhere, or attest something else.
    private func settingChanges() -> [EnvironmentChange] {
        let former = Dictionary(
            before.manifest.environments.map { (before.manifest.text($0.name), $0) }, uniquingKeysWith: { $1 })
        return after.variants.compactMap { variant in
            guard isWanted(variant), let name = variant.environment, let old = former[name],
                let index = after.resolution.variants[variant.index].environment
            else { return nil }
            let new = after.manifest.environments[index]
            var consequences: [String] = []
            if old.cache?.value != new.cache?.value {
                consequences.append(
                    new.cache.map { "its builds keep their layers in \($0.value)" } ?? "its builds read no cache")
            }
            for (what, one, other) in [
                ("provenance", old.attestations.provenance, new.attestations.provenance),
                ("sbom", old.attestations.sbom, new.attestations.sbom),
            ] where one?.value != other?.value {
                consequences.append(
                    other.map { "its releases have \(what) \($0.value)" } ?? "its releases have no \(what) of their own"
                )
            }
            if old.isSwarm != new.isSwarm {
                consequences.append(new.isSwarm ? "Swarm runs it, not Compose" : "Compose runs it, not Swarm")
            }
            guard !consequences.isEmpty else { return nil }
            return EnvironmentChange(
                kind: .changed, name: name, containers: 0, projects: 0,
                consequence: consequences.joined(separator: "; "), command: nil)
        }
    }

    /// The folder of the scripts, from the manifest's; nil where none are written.
    private var scripts: String? { after.manifest.outputs[.scripts]?.value }
}

/// The same variant of two plans.
struct VariantPair {
    let before: Side
    let after: Side

    init(_ before: Side, _ after: Side) {
        self.before = before
        self.after = after
    }

    /// Nil is development.
    var environment: String? { after.variant.environment }
}

/// A command line as a shell reads it.
func shellCommand(_ words: String...) -> String { shellCommand(words) }

func shellCommand(_ words: [String]) -> String { words.map(quotedForShell).joined(separator: " ") }
