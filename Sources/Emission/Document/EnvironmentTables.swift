import Planning
import Resolution
import StrategyManifest
import YAMLSyntax

/// The part of the document about what environments have for themselves: services that others lack, and builds that are
/// others; nothing where there is neither.
struct EnvironmentTables {
    private let plan: Plan
    private let buildSource: (Image, Int?) -> String

    /// - Parameter buildSource: context, Dockerfile and target of an image, as one cell.
    init(_ plan: Plan, buildSource: @escaping (Image, Int?) -> String) {
        self.plan = plan
        self.buildSource = buildSource
    }

    func write(to out: inout [UInt8]) {
        let (services, builds, settings) = (self.services, self.builds, self.settings)
        if services.isEmpty, builds.isEmpty, settings.isEmpty { return }
        out += "\n## Environments\n".utf8
        if !services.isEmpty {
            out += "\nServices that an environment adds or leaves out:\n\n".utf8
            services.write(to: &out)
        }
        if !builds.isEmpty {
            out += "\nImages that an environment builds otherwise:\n\n".utf8
            builds.write(to: &out)
        }
        if !settings.isEmpty {
            out += "\nWhere builds read their layers, and what is attested of releases:\n\n".utf8
            settings.write(to: &out)
        }
    }

    private var services: MarkdownTable {
        var table = MarkdownTable(["Environment", "Project", "Service", "Container", "Image"])
        let development = plan.variants[0].projects.map { Set($0.services.map(\.name)) }
        for variant in plan.variants {
            guard let environment = variant.environment else { continue }
            for (place, project) in variant.projects.enumerated() {
                let name = plan.projectName(project.project)
                var left = development[place]
                for service in project.services where left.remove(service.name) == nil {
                    table.add([
                        .text(environment), .text(name), .text(plan.tree.text(service.name)),
                        service.containerName.map { .code(plan.tree.text($0)) } ?? .text("chosen by Compose"),
                        .code(service.reference),
                    ])
                }
                if left.isEmpty { continue }
                for service in plan.variants[0].projects[place].services where left.contains(service.name) {
                    table.add([
                        .text(environment), .text(name), .text(plan.tree.text(service.name)), .text("left out"),
                        .text(""),
                    ])
                }
            }
        }
        return table
    }

    private var settings: MarkdownTable {
        var table = MarkdownTable(["Environment", "Layers", "Provenance", "Bill of materials"])
        for environment in plan.manifest.environments where environment.asksMoreOfBuilds {
            let (cache, attestations) = (environment.cache, environment.attestations)
            table.add([
                .text(plan.manifest.text(environment.name)),
                cache.map { .code(CacheRepository($0.value).reference(of: "IMAGE")) } ?? .text(""),
                attestations.provenance.map { .code($0.value) } ?? .text(""),
                attestations.sbom.map { .code($0.value) } ?? .text(""),
            ])
        }
        return table
    }

    private var builds: MarkdownTable {
        var table = MarkdownTable(["Environment", "Image", "Built from"])
        for variant in plan.variants {
            guard let environment = variant.environment, let own = plan.ownBuilds(in: variant.index) else { continue }
            for (build, equal) in zip(own.plan.builds, own.equals) where equal == nil {
                for image in build.images {
                    table.add([
                        .text(environment), .code(variant.references[image]),
                        .markdown(buildSource(own.plan.manifest.images[image], build.owner)),
                    ])
                }
            }
        }
        return table
    }
}
