import Diagnostics
import YAMLSyntax

/// Services that a project has in an environment alone.
extension Factoring {
    /// The services that the environment adds, each whole, and the names of those that no manifest can add.
    mutating func addedServices(
        to index: Int, in environment: ComposeEnvironment, _ template: String?, _ uses: inout [ImageUse]
    ) -> (added: [(name: String, override: DraftOverride?)], absent: Set<String>) {
        let known = environment.isComplete ? [] : Set(result.projects[index].services.map(\.name))
        let told = Set(projects[index].services.map(\.name))
        // One that the environment calls so already is that image, whatever development calls it.
        let named = Dictionary(uses.map { ($0.name.text, $0.image) }, uniquingKeysWith: { first, _ in first })
        // What stands alone declares development's services anew, which run development's images by other names.
        let own = environment.isComplete ? result.projects[index].services : []
        let images = Dictionary(own.map { ($0.name, $0.image) }, uniquingKeysWith: { first, _ in first })
        func development(_ service: String, _ name: String) -> Int? {
            images[service].flatMap { image in
                result.images[image].build != nil && isName(ImageName(name), of: result.images[image]) ? image : nil
            }
        }
        var found: [(service: ComposeService, image: Int)] = []
        var absent: Set<String> = []
        for (offset, service) in environment.services.enumerated() where !known.contains(service.name) {
            let place = projects[index].services.count + offset
            let runsNothing = imageNode(service.body) == nil && buildNode(service.body) == nil
            if service.name.hasPrefix("x-") {
                reportReservedName(service)
            } else if !runsNothing || !told.contains(service.name) {
                let name = buildNode(service.body) == nil ? imageNode(service.body).map { tree.text($0) } : nil
                let image =
                    name.flatMap { named[ImageName($0).text] ?? development(service.name, $0) }
                    ?? self.image(of: service, in: index, place, environment: environment.name, isAdded: true)
                if let image {
                    found.append((service, image))
                    continue
                }
            }
            absent.insert(service.name)
        }
        if !found.isEmpty { nameImages() }
        var added: [(name: String, override: DraftOverride?)] = []
        for (service, image) in found {
            let stated = imageNode(service.body)
            uses.append(
                ImageUse(
                    image: image, name: stated.map { ImageName(tree.text($0)) } ?? result.images[image].reference,
                    isBuilt: buildNode(service.body) != nil, span: tree[stated ?? service.key].span))
            var override = DraftOverride(entries: carried(service.body).filter { !tree.isNull($0.value) })
            override.isAdded = true
            override.key = service.key
            override.image = image
            override.containerName = containerName(
                service.name, service.body, template: template ?? self.template(of: index), project: index)
            // Where Compose chooses all names, `defaults` say so, which hold in no complete environment.
            if environment.isComplete, result.leavesNamesToCompose, override.containerName.isTemplate {
                override.containerName = .chosenByCompose
            }
            added.append((service.name, override))
        }
        return (added, absent)
    }

    /// Lets services that environments add say what departs from the keys that lie under all services.
    mutating func departAdded() {
        for environment in result.environments.indices where !result.environments[environment].isComplete {
            for project in result.environments[environment].projects.indices {
                let drafted = result.environments[environment].projects[project]
                let profiles = result.projects[drafted.project].profiles
                for place in drafted.services.indices {
                    guard let override = drafted.services[place].override, override.isAdded else { continue }
                    var entries = difference(result.defaults, override.entries)
                    if !profiles.isEmpty, !entries.contains(where: { tree.text($0.key) == "profiles" }) {
                        let span = tree[override.key ?? tree.root].span
                        entries.append(
                            (tree.addKey("profiles", at: span), tree.addSequence([], style: .flow, at: span)))
                    }
                    result.environments[environment].projects[project].services[place].override?.entries = entries
                }
            }
        }
    }
}
