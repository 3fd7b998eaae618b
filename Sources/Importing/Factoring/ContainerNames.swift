import SourceText
import YAMLSyntax

/// Container names: the template that most of a project's names follow, and what departs from it.
extension Factoring {
    static let usualTemplate = "{project}-{service}"

    /// The literal `container_name` of a service, if it states one.
    func statedName(_ body: NodeID) -> NodeID? {
        tree.value("container_name", in: body).flatMap { tree[$0].kind == .scalar && !tree.isNull($0) ? $0 : nil }
    }

    /// Whether a service runs another number of containers than one, so that Compose numbers them.
    func isScaled(_ body: NodeID) -> Bool {
        let replicas = tree.value("deploy", in: body).flatMap { tree.value("replicas", in: $0) }
        guard let count = replicas ?? tree.value("scale", in: body) else { return false }
        return tree.text(count) != "1"
    }

    /// What a template makes in a project; only `{project}` and `{service}` are used.
    static func expanded(_ template: String, project: String, service: String) -> String {
        var text = ""
        var rest = Substring(template)
        while let brace = rest.firstIndex(of: "{") {
            text += rest[..<brace]
            rest = rest[brace...]
            let isProject = rest.hasPrefix("{project}")
            text += isProject ? project : service
            rest = rest.dropFirst(9)
        }
        return text + rest
    }

    /// The template that most of these names follow, and how many do; nil without any.
    func commonTemplate(_ names: [(service: String, name: String)], project: String) -> (text: String, count: Int)? {
        var candidates = [Self.usualTemplate]
        for (service, name) in names.prefix(100) {
            guard !service.isEmpty, !name.contains("{"), !name.contains("}"), !name.contains("$"),
                let place = Self.range(of: service, in: name)
            else { continue }
            let (before, after) = (String(name[..<place.lowerBound]), String(name[place.upperBound...]))
            var template = before + "{service}" + after
            if let inner = Self.range(of: project, in: before) {
                template = before[..<inner.lowerBound] + "{project}" + before[inner.upperBound...] + "{service}" + after
            }
            if !candidates.contains(template) { candidates.append(template) }
        }
        var best: (text: String, count: Int)?
        for template in candidates {
            let count = names.count {
                Self.expanded(template, project: project, service: $0.service) == $0.name
            }
            if count > best?.count ?? 0 { best = (template, count) }
        }
        return best
    }

    /// The last place of a text in another, where the parts around it end at their edges or at a separator.
    private static func range(of part: String, in text: String) -> Range<String.Index>? {
        guard !part.isEmpty, text.utf8.count >= part.utf8.count else { return nil }
        var start = text.index(text.endIndex, offsetBy: -part.count, limitedBy: text.startIndex)
        while let place = start {
            let end = text.index(place, offsetBy: part.count)
            let isFree = { (character: Character) in "-_.".contains(character) }
            if text[place..<end] == part, place == text.startIndex || isFree(text[text.index(before: place)]),
                end == text.endIndex || isFree(text[end])
            {
                return place..<end
            }
            start = place == text.startIndex ? nil : text.index(before: place)
        }
        return nil
    }

    /// Decides the templates of all projects, and whether containers without a name are the rule.
    mutating func decideContainerNames() {
        var counts: [(template: String, projects: Int)] = []
        // Names that the templates make, and those that they do not.
        var (following, other) = (0, 0)
        for (index, project) in projects.enumerated() {
            var names: [(service: String, name: String)] = []
            for service in project.services {
                if let name = statedName(service.body) {
                    names.append((service.name, tree.text(name)))
                } else if !isScaled(service.body) {
                    other += 1
                }
            }
            // One name of many that looks like a template is a coincidence.
            guard let best = commonTemplate(names, project: project.name),
                best.text == Self.usualTemplate || best.count * 2 > names.count
            else {
                other += names.count
                continue
            }
            following += best.count
            other += names.count - best.count
            result.projects[index].template = best.text
            if let place = counts.firstIndex(where: { $0.template == best.text }) {
                counts[place].projects += 1
            } else {
                counts.append((best.text, 1))
            }
        }
        result.leavesNamesToCompose = other > following
        let most = counts.map(\.projects).max() ?? 0
        let common = counts.first { $0.projects == most }?.template
        let shared = result.leavesNamesToCompose || most < 2 ? Self.usualTemplate : common ?? Self.usualTemplate
        if shared != Self.usualTemplate { result.naming.container = shared }
        for index in result.projects.indices {
            if result.leavesNamesToCompose || result.projects[index].template == shared {
                result.projects[index].template = nil
            }
        }
    }

    /// The template that holds in a project.
    func template(of project: Int) -> String {
        result.projects[project].template ?? result.naming.container ?? Self.usualTemplate
    }

    /// What a service says of its container's name beside the template.
    func containerName(_ service: String, _ body: NodeID, template: String, project: Int) -> DraftContainerName {
        guard let name = statedName(body) else {
            return isScaled(body) || result.leavesNamesToCompose ? .template : .chosenByCompose
        }
        if result.leavesNamesToCompose { return .literal(name) }
        let expected = Self.expanded(template, project: projects[project].name, service: service)
        return tree.text(name) == expected ? .template : .literal(name)
    }

    /// Gives every service its name; a name that another container has is given up, unless the two are alternatives.
    mutating func applyContainerNames() {
        var taken: [String: [ContainerClaim]] = [:]
        for index in result.projects.indices {
            let bodies = Dictionary(
                projects[index].services.map { ($0.name, $0.body) }, uniquingKeysWith: { first, _ in first })
            for place in result.projects[index].services.indices {
                let service = result.projects[index].services[place]
                guard let body = bodies[service.name] else { continue }
                var name = containerName(service.name, body, template: template(of: index), project: index)
                if let stated = statedName(body) {
                    let profiles = tree.value("profiles", in: body).map { tree.items($0).map { tree.text($0) } } ?? []
                    let claim = ContainerClaim(
                        project: index, service: place, profiles: Set(profiles), span: tree[stated].span)
                    let text = tree.text(stated)
                    if let other = taken[text]?.first(where: { !$0.isAlternative(to: claim) }) {
                        findings.notCarried(
                            "the container name `\(text)`", at: claim.span, "Compose now chooses the name",
                            also: other.span == claim.span ? [] : [(other.span, "this container has it")],
                            why: "one Docker engine allows one container of a name",
                            help: ["name one of the two containers differently"])
                        name = .chosenByCompose
                    } else {
                        taken[text, default: []].append(claim)
                    }
                }
                result.projects[index].services[place].containerName = name
            }
        }
        for claim in taken.values.filter({ $0.count > 1 }).joined() {
            let service = result.projects[claim.project].services[claim.service]
            if case .literal(let name) = service.containerName {
                result.projects[claim.project].services[claim.service].containerName = .alternative(name)
            }
        }
    }
}

/// A container name that a service states.
private struct ContainerClaim {
    let project: Int
    /// Its place among the project's services.
    let service: Int
    let profiles: Set<String>
    let span: Span

    /// Whether no one profile runs both services of a project.
    func isAlternative(to other: ContainerClaim) -> Bool {
        project == other.project && !profiles.isEmpty && !other.profiles.isEmpty
            && profiles.isDisjoint(with: other.profiles)
    }
}
