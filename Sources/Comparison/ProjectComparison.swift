import ComposeSpec
import Diagnostics
import Planning
import Resolution
import YAMLSyntax

/// Compares the projects of one variant.
struct ProjectComparison {
    let pair: VariantPair
    /// The images of the new plan that are built anew here, with the reason.
    let rebuilt: [Int: String]
    /// By name, the containers of the old plan that nobody has any more; each with what removes it.
    private let freed: Set<String>
    private let starts: StartComparison

    init(_ pair: VariantPair, rebuilt: [Int: String]) {
        self.pair = pair
        self.rebuilt = rebuilt
        freed = Self.namesThatGo(pair)
        starts = StartComparison(pair)
    }

    func changes() -> [ProjectChange] {
        let (before, after) = (pair.before, pair.after)
        var old: [String: PlannedProject] = [:]
        for project in before.variant.projects { old[before.plan.projectName(project.project)] = project }
        let new = Set(after.variant.projects.map { after.plan.projectName($0.project) })
        let renamed = renamedProjects(old, new)
        let volumes = VolumeUse(pair)
        var changes: [ProjectChange] = []
        var kept: Set<String> = []
        for project in after.variant.projects {
            let name = after.plan.projectName(project.project)
            if let former = old[name] {
                kept.insert(name)
                if let change = changed(former, project, name, volumes) { changes.append(change) }
            } else {
                var change = added(project, name)
                if let former = renamed[name] {
                    kept.insert(former.name)
                    change.kind = .renamed
                    change.formerName = former.name
                    change.evidence = former.evidence
                    change.consequence =
                        "Docker takes it for another project: the containers of \(former.name) keep their names and ports"
                    change.command = shellCommand("docker", "compose", "-p", former.name, "down")
                    if let project = old[former.name] {
                        change.resources = ResourceComparison.left(project, pair, volumes).map {
                            offered($0, to: name)
                        }
                    }
                }
                changes.append(change)
            }
        }
        for project in before.variant.projects {
            let name = before.plan.projectName(project.project)
            if !new.contains(name), !kept.contains(name) { changes.append(removed(project, name, volumes)) }
        }
        return changes
    }

    // MARK: Whole projects

    private func added(_ project: PlannedProject, _ name: String) -> ProjectChange {
        var change = ProjectChange(kind: .added, name: name, environments: [pair.environment])
        change.details = starts.details(of: name, former: nil)
        change.containers = project.services.map { added($0, project.project) }
        change.consequence =
            project.services.isEmpty ? "it runs nothing here" : "its containers are created when it is started"
        return change
    }

    /// A volume of the project's former name, of which up.sh takes a copy rather than begin with nothing.
    private func offered(_ volume: ResourceChange, to project: String) -> ResourceChange {
        guard let scripts = pair.after.plan.manifest.outputs[.scripts]?.value else { return volume }
        var change = volume
        change.consequence = "keeps the data; up.sh starts \(project) only when told to take a copy, or to begin empty"
        let environment = pair.environment.map { ["--environment", $0] } ?? []
        change.command = shellCommand([scripts + "/up.sh"] + environment + ["--take-data", project])
        return change
    }

    private func removed(_ project: PlannedProject, _ name: String, _ volumes: VolumeUse) -> ProjectChange {
        var change = ProjectChange(kind: .removed, name: name, environments: [pair.environment])
        change.containers = project.services.map { service in
            var container = self.removed(service, project.project)
            container.command = nil
            return container
        }
        change.resources = ResourceComparison.left(project, pair, volumes)
        change.consequence = "its containers, networks and volumes stay; the command removes all but volumes"
        change.command = shellCommand("docker", "compose", "-p", name, "down")
        return change
    }

    /// Projects that came in the place of others: by their new name the old one, and what shows it.
    private func renamedProjects(
        _ old: [String: PlannedProject], _ new: Set<String>
    ) -> [String: (name: String, evidence: String)] {
        let gone = old.filter { !new.contains($0.key) }
        if gone.isEmpty { return [:] }
        let (before, after) = (pair.before, pair.after)
        let come = after.variant.projects.filter { old[after.plan.projectName($0.project)] == nil }
        var result: [String: (name: String, evidence: String)] = [:]
        func names(_ project: PlannedProject, _ side: Side) -> Set<String> {
            Set(project.services.map { side.tree.text($0.name) })
        }
        let byFolder = Dictionary(grouping: gone.keys) { gone[$0].map { before.folder(of: $0.project) } }
        let byServices = Dictionary(grouping: gone.keys) { gone[$0].map { names($0, before) } }
        let services = come.map { names($0, after) }
        var rivals: [Set<String>: Int] = [:]
        for services in services { rivals[services, default: 0] += 1 }
        for (project, services) in zip(come, services) {
            let same = byFolder[after.folder(of: project.project)] ?? []
            let alike = services.isEmpty ? [] : byServices[services] ?? []
            if same.count == 1 {
                result[after.plan.projectName(project.project)] = (same[0], "the same folder")
            } else if alike.count == 1, rivals[services] == 1 {
                result[after.plan.projectName(project.project)] = (alike[0], "the same services")
            }
        }
        return result
    }

    // MARK: One project

    private func changed(
        _ former: PlannedProject, _ project: PlannedProject, _ name: String, _ volumes: VolumeUse
    ) -> ProjectChange? {
        let (before, after) = (pair.before, pair.after)
        var change = ProjectChange(kind: .changed, name: name, environments: [pair.environment])
        let (oldFolder, newFolder) = (before.folder(of: former.project), after.folder(of: project.project))
        let isMoved = oldFolder != newFolder
        if isMoved { change.details.append(Detail(.path, .moved, "", oldFolder, newFolder)) }
        change.details += starts.details(of: name, former: name)
        let isSameSections =
            former.sections.count == project.sections.count
            && zip(former.sections, project.sections).allSatisfy {
                before.plan.tree.isWrittenSame($0.key, as: $1.key, of: after.plan.tree)
                    && before.plan.tree.isWrittenSame($0.value, as: $1.value, of: after.plan.tree)
            }
        let isSameServices = !isMoved && isSame(former, project)
        if !isSameServices || !rebuilt.isEmpty { change.containers = containers(former, project, isMoved: isMoved) }
        if !isSameServices || !isSameSections || isMoved {
            change.resources = ResourceComparison(pair, former, project, volumes).changes()
        } else {
            change.resources = volumes.newlyShared(in: name)
        }
        return change.details.isEmpty && change.containers.isEmpty && change.resources.isEmpty ? nil : change
    }

    /// Whether all services are written as they were, in their order.
    private func isSame(_ former: PlannedProject, _ project: PlannedProject) -> Bool {
        former.services.count == project.services.count
            && zip(former.services, project.services).allSatisfy { one, other in
                pair.before.tree.text(one.name) == pair.after.tree.text(other.name)
                    && isWrittenSame(one, pair.before, other, pair.after)
            }
    }

    private func containers(
        _ former: PlannedProject, _ project: PlannedProject, isMoved: Bool
    ) -> [ContainerChange] {
        let (before, after) = (pair.before, pair.after)
        var old: [String: PlannedService] = [:]
        for service in former.services { old[before.tree.text(service.name)] = service }
        let new = Set(project.services.map { after.tree.text($0.name) })
        let renamed = renamedServices(former, project)
        var changes: [ContainerChange] = []
        var kept: Set<String> = []
        for service in project.services {
            let name = after.tree.text(service.name)
            if let other = old[name] {
                let isSame = !isMoved && isWrittenSame(other, before, service, after)
                let comparison = ContainerComparison(
                    pair, other, former.project, service, project.project, isRebuilt: rebuilt[service.image] != nil)
                if let change = comparison.change(isWrittenSame: isSame) { changes.append(change) }
                continue
            }
            var change = added(service, project.project)
            if let former = renamed[name] {
                kept.insert(former.name)
                change.kind = .renamed
                change.formerService = former.name
                change.formerContainer = former.container
                change.evidence = former.evidence
                let isSameName = former.container == change.container
                change.consequence =
                    isSameName
                    ? "Compose cannot create it while the container of \(former.name) has its name"
                    : "is created; the container of \(former.name) stays until it is removed"
                change.effect = isSameName ? .blocked : .created
                change.command = shellCommand("docker", "rm", "-f", former.container)
            }
            changes.append(change)
        }
        for service in former.services {
            let name = before.tree.text(service.name)
            if !new.contains(name), !kept.contains(name) { changes.append(removed(service, former.project)) }
        }
        return changes
    }

    private func added(_ service: PlannedService, _ project: Int) -> ContainerChange {
        let after = pair.after
        let container = after.container(service, of: project)
        var change = ContainerChange(
            kind: .added, service: after.tree.text(service.name), container: container, effect: .created,
            consequence: "is created")
        change.details = ServiceDetails(before: nil, after: after.meaning(service, of: project)).details
        if freed.contains(container) {
            change.effect = .blocked
            change.consequence = "Compose cannot create it while a container that is left over has its name"
            change.command = shellCommand("docker", "rm", "-f", container)
        }
        return change
    }

    private func removed(_ service: PlannedService, _ project: Int) -> ContainerChange {
        let before = pair.before
        let container = before.container(service, of: project)
        var change = ContainerChange(
            kind: .removed, service: before.tree.text(service.name), container: container, effect: .left,
            consequence: "its container stays, and runs on, until it is removed")
        change.details = ServiceDetails(before: before.meaning(service, of: project), after: nil).details
        change.command = shellCommand("docker", "rm", "-f", container)
        return change
    }

    /// Services that came in the place of others: by their new name the old one.
    private func renamedServices(
        _ former: PlannedProject, _ project: PlannedProject
    ) -> [String: (name: String, container: String, evidence: String)] {
        let (before, after) = (pair.before, pair.after)
        let old = Set(former.services.map { before.tree.text($0.name) })
        let new = Set(project.services.map { after.tree.text($0.name) })
        let gone = former.services.filter { !new.contains(before.tree.text($0.name)) }
        let come = project.services.filter { !old.contains(after.tree.text($0.name)) }
        if gone.isEmpty || come.isEmpty { return [:] }
        var byContainer: [String: PlannedService] = [:]
        var byMeaning: [Meaning: [PlannedService]] = [:]
        func essence(_ service: PlannedService, _ side: Side, _ project: Int) -> Meaning {
            Meaning.map(side.meaning(service, of: project)).without(["container_name", "hostname", "profiles"])
        }
        for service in gone {
            if let name = service.containerName { byContainer[before.tree.text(name)] = service }
            byMeaning[essence(service, before, former.project), default: []].append(service)
        }
        let meanings = come.map { essence($0, after, project.project) }
        var claims: [Meaning: Int] = [:]
        for meaning in meanings { claims[meaning, default: 0] += 1 }
        var result: [String: (name: String, container: String, evidence: String)] = [:]
        for (service, meaning) in zip(come, meanings) {
            func found(_ other: PlannedService, _ evidence: String) {
                result[after.tree.text(service.name)] = (
                    before.tree.text(other.name), before.container(other, of: former.project), evidence
                )
            }
            if let name = service.containerName, let other = byContainer[after.tree.text(name)] {
                found(other, "the same container name")
            } else if claims[meaning] == 1, let others = byMeaning[meaning], others.count == 1 {
                found(others[0], "the same image and settings")
            }
        }
        return result
    }

    /// The containers of services and projects that went.
    private static func namesThatGo(_ pair: VariantPair) -> Set<String> {
        var kept: Set<String> = []
        for project in pair.after.variant.projects {
            let name = pair.after.plan.projectName(project.project)
            for service in project.services { kept.insert(name + "/" + pair.after.tree.text(service.name)) }
        }
        var names: Set<String> = []
        for project in pair.before.variant.projects {
            let name = pair.before.plan.projectName(project.project)
            for service in project.services where !kept.contains(name + "/" + pair.before.tree.text(service.name)) {
                if let container = service.containerName { names.insert(pair.before.tree.text(container)) }
            }
        }
        return names
    }
}
