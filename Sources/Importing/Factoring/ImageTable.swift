import ComposeSpec
import SourceText
import YAMLSyntax

/// The distinct images that services run, while they are collected.
struct ImageTable {
    struct Item {
        /// What Compose calls the image; nil for a build that no service names.
        var reference: ImageName?
        /// Where the image is stated first.
        var span: Span
        var build: NodeID?
        var owner: Int?
        /// The project and the service that run it first.
        var first: (project: Int, service: Int)
        /// The services that run it, by the names that it may get from them.
        var runners: [Runner]

        /// A service that runs an image: its name, or one that it was given by its environment.
        struct Runner {
            let name: String
            let hasProfiles: Bool
        }

        /// The name of the service that lends its own to a build without one: the one named like its folder, else the
        /// first that runs without a profile, else the first.
        func namingService(_ folder: String) -> String {
            let namesake = runners.first { ImageName.generic($0.name) == folder }
            return (namesake ?? runners.first { !$0.hasProfiles } ?? runners[0]).name
        }
    }

    var items: [Item] = []
    /// By the reference as Docker compares it.
    var byReference: [ImageReference: Int] = [:]
    /// By the folder that is built.
    var byContext: [String: [Int]] = [:]
}

extension Factoring {
    /// Finds the image of every service; nil for a service that runs none.
    mutating func placeImages() -> [[Int?]] {
        var placed = projects.map { [Int?](repeating: nil, count: $0.services.count) }
        // Named builds first: what they are called decides what the others share.
        for pass in 0..<3 {
            for (index, project) in projects.enumerated() {
                for (place, service) in project.services.enumerated() where !service.name.hasPrefix("x-") {
                    guard placed[index][place] == nil else { continue }
                    let build = buildNode(service.body)
                    let hasImage = imageNode(service.body) != nil
                    guard pass == (build == nil ? 2 : hasImage ? 0 : 1) else { continue }
                    placed[index][place] = image(of: service, in: index, place, environment: nil)
                }
            }
        }
        return placed
    }

    func buildNode(_ body: NodeID) -> NodeID? {
        tree.value("build", in: body).flatMap { tree.isNull($0) ? nil : $0 }
    }

    func imageNode(_ body: NodeID) -> NodeID? {
        tree.value("image", in: body).flatMap { tree[$0].kind == .scalar && tree[$0].count > 0 ? $0 : nil }
    }

    /// The image that a service runs, found or added.
    ///
    /// - Parameter environment: where this is what a service runs in an environment, that one's name.
    mutating func image(
        of service: ComposeService, in project: Int, _ place: Int, environment: String?
    ) -> Int? {
        let stated = imageNode(service.body)
        let name = stated.flatMap { literalName($0) }
        let span = tree[stated ?? service.key].span
        guard let build = buildNode(service.body) else {
            guard let name else {
                reportWithoutImage(service)
                return nil
            }
            if let reference = name.normalized, let known = images.byReference[reference] { return known }
            return add(name, nil, at: span, service, project, place, environment)
        }
        let context = contextKey(build, in: projects[project].folder)
        if let reference = name?.normalized, let known = images.byReference[reference] {
            if let other = images.items[known].build, let owner = images.items[known].owner,
                isSameBuild(other, in: owner, build, in: project)
            {
                share(known, build, service, in: project, context)
                return known
            }
            if images.items[known].build == nil, environment == nil {
                images.items[known].build = build
                images.items[known].owner = project
                images.byContext[context, default: []].append(known)
                return known
            }
            reportTaken(name?.text ?? "", service, images.items[known].span)
            return add(nil, build, at: span, service, project, place, environment)
        }
        if name == nil, environment == nil {
            for known in images.byContext[context, default: []].prefix(64) {
                guard let other = images.items[known].build, let owner = images.items[known].owner,
                    isSameBuild(other, in: owner, build, in: project)
                else { continue }
                share(known, build, service, in: project, context)
                return known
            }
        }
        return add(name, build, at: span, service, project, place, environment)
    }

    private mutating func add(
        _ name: ImageName?, _ build: NodeID?, at span: Span, _ service: ComposeService, _ project: Int, _ place: Int,
        _ environment: String?
    ) -> Int {
        let index = images.items.count
        images.items.append(
            ImageTable.Item(
                reference: name, span: span, build: build, owner: build == nil ? nil : project,
                first: (project, place),
                runners: [
                    ImageTable.Item.Runner(
                        name: service.name + (environment.map { "-" + $0 } ?? ""), hasProfiles: hasProfiles(service))
                ]))
        if let reference = name?.normalized { images.byReference[reference] = index }
        if let build { images.byContext[contextKey(build, in: projects[project].folder), default: []].append(index) }
        return index
    }

    /// Lets a service run an image that another one builds, too; the project in whose folder the build lies owns it.
    private mutating func share(
        _ image: Int, _ build: NodeID, _ service: ComposeService, in project: Int, _ context: String
    ) {
        images.items[image].runners.append(
            ImageTable.Item.Runner(name: service.name, hasProfiles: hasProfiles(service)))
        let item = images.items[image]
        func holds(_ owner: Int) -> Bool { context.hasPrefix(Paths.text(projects[owner].folder)) }
        if let owner = item.owner, owner != project, !holds(owner), holds(project) {
            images.items[image].owner = project
            images.items[image].build = build
        }
        findings.report(
            .changedByImport, "the build of `\(service.name)` is said once", at: tree[build].span,
            "the same image is built elsewhere", also: [(item.span, "here")],
            why: "two services that build one image race, and one of them is enough")
    }

    private func hasProfiles(_ service: ComposeService) -> Bool {
        tree.value("profiles", in: service.body).map { !tree.items($0).isEmpty } ?? false
    }

    // MARK: What is the same

    /// The folder that a build reads, seen from the root, or the text that says it otherwise.
    func contextKey(_ build: NodeID, in folder: FilePath) -> String {
        let context = ComposeBuild(build, of: tree).context.value
        guard context.kind == .folder else { return context.text }
        return Paths.resolve(context.text, in: folder).map { Paths.text($0) } ?? context.text
    }

    private func isSameBuild(_ one: NodeID, in owner: Int, _ other: NodeID, in project: Int) -> Bool {
        guard contextKey(one, in: projects[owner].folder) == contextKey(other, in: projects[project].folder) else {
            return false
        }
        func rest(_ build: NodeID) -> [Entry] {
            tree.entries(build).filter { entry in
                let key = tree.text(entry.key)
                if key == "dockerfile" { return tree.text(entry.value) != "Dockerfile" }
                return key != "context"
            }
        }
        let (left, right) = (rest(one), rest(other))
        guard left.count == right.count else { return false }
        return left.allSatisfy { entry in
            // Further contexts are paths, too, and mean other folders elsewhere.
            if owner != project, tree.text(entry.key) == "additional_contexts" { return false }
            return right.contains {
                tree[$0.key].symbol == tree[entry.key].symbol && tree.isSame($0.value, entry.value)
            }
        }
    }

    // MARK: Names

    /// What `image` says without its variables; reports those that there are.
    mutating func literalName(_ node: NodeID) -> ImageName? {
        let written = tree.text(node)
        let (text, variables) = Literal.resolved(written)
        if variables.isEmpty { return ImageName(written) }
        var name = ImageName(text)
        if name.tag?.isEmpty == true { name.tag = nil }
        if name.digest?.isEmpty == true { name.digest = nil }
        name.repository = String(name.repository.drop { $0 == "/" })
        let isUsable = name.normalized != nil
        findings.report(
            .variableResolved, "the image depends on \(variables.map { "`\($0)`" }.joined(separator: ", "))",
            at: tree[node].span,
            isUsable ? "without variables this is `\(name.text)`" : "nothing is left without the variables",
            why:
                "references in a manifest are literal, so that they can be checked; only an environment's tag may vary",
            help: ["correct it in the manifest if the variables say something else"])
        return isUsable ? name : ImageName(ImageName.generic(name.repository))
    }

    private mutating func reportTaken(_ text: String, _ service: ComposeService, _ other: Span) {
        findings.report(
            .notCarried, "the image name `\(text)` of `\(service.name)` is not carried over",
            at: tree[service.key].span, "it builds another image under that name",
            also: [(other, "this one has it already")],
            why: "whichever is built last would replace the other", help: ["give one of the images another name"])
    }

    private mutating func reportWithoutImage(_ service: ComposeService) {
        let provider = tree.value("provider", in: service.body)
        findings.notCarried(
            "the service `\(service.name)`", at: tree[service.key].span,
            provider == nil ? "it neither builds nor names an image" : "a provider runs it, and no image",
            why: "every service of a manifest runs an image",
            help: ["keep it in a Compose file of its own"])
    }
}
