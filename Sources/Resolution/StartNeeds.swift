import SourceText
import YAMLSyntax

/// What must run before a project starts: another project, or one of its services.
package struct StartNeed: Sendable {
    package enum Origin: Sendable {
        /// The project says so under `after`.
        case stated
        /// The project takes a network or a volume that the other one creates: by the key of the section, `networks`.
        case taken(section: Symbol)
    }

    /// The index of the project that must run.
    package let project: Int
    /// The one service of it that must run, with what that depends on; nil for the whole project.
    package let service: Symbol?
    package let origin: Origin
    /// Where the manifest says so: an item of `after`, or the key of what is taken.
    package let span: Span
    /// Whether following needs leads back here: then what is taken gives no order.
    package fileprivate(set) var isInCycle = false

    /// Whether the project says so under `after`.
    package var isStated: Bool { if case .stated = origin { true } else { false } }
}

extension Resolution {
    /// Whatever must run before the projects, by variant and project; the projects of a variant without any are left out.
    func allStartNeeds() -> [[[StartNeed]]] {
        let changed = Set(changedSections.map(\.variant))
        let isStated = manifest.projects.contains { !$0.after.isEmpty }
        let taken = takenNeeds(in: variants[0])
        return variants.enumerated().map { index, variant in
            let taken = changed.contains(index) ? takenNeeds(in: variant) : taken
            if taken.isEmpty, !isStated { return [] }
            var names: [Int: Set<Symbol>] = [:]
            var needs = manifest.projects.indices.map { statedNeeds(of: $0, in: variant, &names) }
            var isStatedHere = needs.map { Set($0.map(\.project)) }
            for (project, need) in taken where isStatedHere[project].insert(need.project).inserted {
                needs[project].append(need)
            }
            markCycles(&needs)
            return needs.contains { !$0.isEmpty } ? needs : []
        }
    }

    /// What a project states, but for what this variant does not have.
    ///
    /// - Parameter names: by project, the names of its services, of those that were asked for so far.
    private func statedNeeds(
        of project: Int, in variant: Variant, _ names: inout [Int: Set<Symbol>]
    ) -> [StartNeed] {
        manifest.projects[project].after.compactMap { target in
            guard let other = manifest.projectIndex[target.project.symbol] else { return nil }
            let services = variant.projects[other].services
            if target.service != nil, names[other] == nil { names[other] = Set(services.map(\.name.symbol)) }
            let isThere = target.service.map { names[other]?.contains($0.symbol) ?? false }
            guard isThere ?? !services.isEmpty else { return nil }
            return StartNeed(
                project: other, service: target.service?.symbol, origin: .stated,
                span: target.service.map { Span(target.project.span.start, $0.span.end) } ?? target.project.span)
        }
    }

    /// The networks and volumes that a project takes from another one, each other one once.
    private func takenNeeds(in variant: Variant) -> [(project: Int, need: StartNeed)] {
        var wanted: [(project: Int, section: Symbol, resource: EngineResource)] = []
        for project in variant.projects {
            eachResource(of: project.sections) { section, resource in
                if resource.isExternal { wanted.append((project.project, section, resource)) }
            }
        }
        if wanted.isEmpty { return [] }
        let created = createdResources(in: variant)
        var known: Set<[Int]> = []
        return wanted.compactMap { project, section, resource in
            guard let creator = created.creator(of: resource.name(in: "", manifest.tree), section: section)?.project,
                creator != project, known.insert([project, creator]).inserted
            else { return nil }
            return (
                project,
                StartNeed(
                    project: creator, service: nil, origin: .taken(section: section),
                    span: manifest.tree[resource.key].span)
            )
        }
    }

    private func markCycles(_ needs: inout [[StartNeed]]) {
        let component = stronglyConnectedComponents(needs.map { $0.map(\.project) })
        for project in needs.indices {
            for index in needs[project].indices
            where component[needs[project][index].project] == component[project] {
                needs[project][index].isInCycle = true
            }
        }
    }
}
