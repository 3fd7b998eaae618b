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
        /// The services that run it in development, and the one that runs it first.
        var users: [ImageUser]
        /// The environment that alone runs it.
        var environment: String?

        var first: ImageUser { users[0] }
    }

    var items: [Item] = []
    /// By the reference as it is compared.
    var byReference: [ImageKey: Int] = [:]
    /// What the references of all call their repositories.
    var repositories: Set<String> = []
    /// By the folder that is built.
    var byContext: [String: [Int]] = [:]
    /// What builds say beside their context: each is compared with several.
    var besides: [NodeID: [Entry]] = [:]
}

/// A service that runs an image.
struct ImageUser {
    let project: Int
    /// The position in the project.
    let service: Int
    let name: String
    let builds: Bool
    let hasProfiles: Bool
}

/// What tells one image from another: the reference as Docker compares it, or as it is written where it holds variables,
/// because two texts of one default are two images as soon as a variable is set.
enum ImageKey: Hashable {
    case reference(ImageReference)
    case text(String)

    init?(_ name: ImageName, as written: String) {
        if written.contains("$") {
            self = .text(written)
        } else if let reference = name.normalized {
            self = .reference(reference)
        } else {
            return nil
        }
    }
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
    /// - Parameters:
    ///   - environment: where this is what a service runs in an environment, that one's name.
    ///   - isAdded: whether that service is the environment's alone, so that nothing else is called like it.
    mutating func image(
        of service: ComposeService, in project: Int, _ place: Int, environment: String?, isAdded: Bool = false
    ) -> Int? {
        let stated = imageNode(service.body)
        let name = stated.map { ImageName(tree.text($0)) }
        let key = stated.flatMap { node in name.flatMap { ImageKey($0, as: tree.text(node)) } }
        let span = tree[stated ?? service.key].span
        let build = buildNode(service.body)
        let user = ImageUser(
            project: project, service: place, name: service.name, builds: build != nil,
            hasProfiles: tree.value("profiles", in: service.body).map { tree[$0].count > 0 } ?? false)
        func use(_ known: Int) -> Int {
            if environment == nil { images.items[known].users.append(user) }
            return known
        }
        guard let build else {
            guard let name else {
                reportWithoutImage(service)
                return nil
            }
            if let known = key.flatMap({ images.byReference[$0] }) { return use(known) }
            return add(name, key, nil, at: span, user, environment)
        }
        let context = contextKey(build, in: projects[project].folder)
        if let known = key.flatMap({ images.byReference[$0] }) {
            if let other = images.items[known].build, let owner = images.items[known].owner,
                isSameBuild(other, in: owner, build, in: project)
            {
                share(known, build, service, in: project, context)
                return use(known)
            }
            if images.items[known].build == nil, environment == nil {
                images.items[known].build = build
                images.items[known].owner = project
                images.byContext[context, default: []].append(known)
                return use(known)
            }
            reportTaken(name?.text ?? "", service, images.items[known].span)
            return add(nil, nil, build, at: span, user, environment)
        }
        if name == nil, environment == nil || isAdded {
            for known in images.byContext[context, default: []].prefix(32) {
                guard let other = images.items[known].build, let owner = images.items[known].owner,
                    isSameBeside(other, in: owner, build, in: project)
                else { continue }
                share(known, build, service, in: project, context)
                return use(known)
            }
        }
        return add(name, key, build, at: span, user, isAdded ? nil : environment)
    }

    private mutating func add(
        _ name: ImageName?, _ key: ImageKey?, _ build: NodeID?, at span: Span, _ user: ImageUser, _ environment: String?
    ) -> Int {
        let index = images.items.count
        images.items.append(
            ImageTable.Item(
                reference: name, span: span, build: build, owner: build == nil ? nil : user.project, users: [user],
                environment: environment))
        if let key { images.byReference[key] = index }
        if let name = name?.familiarRepository { images.repositories.insert(name) }
        if let build {
            images.byContext[contextKey(build, in: projects[user.project].folder), default: []].append(index)
        }
        return index
    }

    /// Lets a service run an image that another one builds, too; the project in whose folder the build lies owns it.
    private mutating func share(
        _ image: Int, _ build: NodeID, _ service: ComposeService, in project: Int, _ context: String
    ) {
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

    // MARK: What is the same

    /// The folder that a build reads, seen from the root, or the text that says it otherwise.
    private func contextKey(_ build: NodeID, in folder: FilePath) -> String {
        let context = ComposeBuild(build, of: tree).context.value
        guard context.kind == .folder else { return context.text }
        return Paths.resolve(context.text, in: folder).map { Paths.text($0) } ?? context.text
    }

    private mutating func isSameBuild(_ one: NodeID, in owner: Int, _ other: NodeID, in project: Int) -> Bool {
        contextKey(one, in: projects[owner].folder) == contextKey(other, in: projects[project].folder)
            && isSameBeside(one, in: owner, other, in: project)
    }

    /// Whether two builds of one context say the same beside it.
    private mutating func isSameBeside(_ one: NodeID, in owner: Int, _ other: NodeID, in project: Int) -> Bool {
        let (left, right) = (beside(one), beside(other))
        guard left.count == right.count else { return false }
        return left.allSatisfy { entry in
            // Further contexts are paths, too, and mean other folders elsewhere.
            if owner != project, tree.text(entry.key) == "additional_contexts" { return false }
            return right.contains {
                tree[$0.key].symbol == tree[entry.key].symbol && tree.isSame($0.value, entry.value)
            }
        }
    }

    /// What a build says beside its context and the usual name of its Dockerfile.
    private mutating func beside(_ build: NodeID) -> [Entry] {
        if let known = images.besides[build] { return known }
        let found = tree.entries(build).filter { entry in
            let key = tree.text(entry.key)
            if key == "dockerfile" { return tree.text(entry.value) != "Dockerfile" }
            return key != "context"
        }
        images.besides[build] = found
        return found
    }

    // MARK: Names

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
