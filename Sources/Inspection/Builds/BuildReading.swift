import ComposeSpec
import Dockerfiles
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// Reads the Dockerfiles of all images, each once, and holds what they name against the manifest.
struct BuildReading {
    private let resolution: Resolution
    private let references: KnownReferences
    private var builds: [CheckedBuild] = []
    /// The Dockerfiles that were read, by their questions.
    private var texts: [DockerfileText?] = []
    /// Those that stand in the manifest, by their scalars: an alias gives many images one.
    private var inlineTexts: [NodeID: DockerfileText] = [:]
    /// Those of texts, all of which `builds` or `texts` keep, whose stages no build changes.
    private var graphs: [ObjectIdentifier: StageGraph] = [:]
    private var contexts: [Int: NamedContexts] = [:]
    /// How many stages, and what they take and declare, may still be gone through for an image: each that is built from a
    /// Dockerfile goes through the whole of it, and through the ONBUILD instructions of its bases.
    private var room = 200_000

    private var tree: Tree { resolution.manifest.tree }

    /// The builds of development, and those of environments that differ from them.
    static func builds(
        _ resolution: Resolution, _ sources: BuildSources
    ) -> (development: [CheckedBuild], own: [CheckedBuild]) {
        var reading = BuildReading(resolution)
        reading.read(sources)
        let byImage = Dictionary(
            uniqueKeysWithValues: reading.builds.enumerated().map { ($0.element.image, $0.offset) })
        for index in reading.builds.indices { reading.resolveUses(of: index, byImage) }
        var own: [CheckedBuild] = []
        for (variant, builds) in Dictionary(grouping: sources.questions.own, by: \.variant).sorted(by: {
            $0.key < $1.key
        }) {
            own += reading.own(builds, resolution.seen(from: variant), byImage, sources)
        }
        return (reading.builds, own)
    }

    /// The builds of an environment, beside which its other ones are development's.
    private mutating func own(
        _ asked: [BuildQuestions.Own], _ seen: Resolution, _ byImage: [Int: Int], _ sources: BuildSources
    ) -> [CheckedBuild] {
        var reading = BuildReading(seen)
        (reading.builds, reading.contexts, reading.texts, reading.room) = (builds, contexts, texts, room)
        reading.inlineTexts = inlineTexts
        var places: [Int] = []
        var byImage = byImage
        for own in asked {
            guard let declared = seen.manifest.images[own.image].build else { continue }
            places.append(reading.builds.count)
            byImage[own.image] = reading.builds.count
            reading.contexts[own.image] = nil
            reading.read(declared, of: own.image, at: own.place, own.probe, sources)
        }
        for place in places { reading.resolveUses(of: place, byImage) }
        room = reading.room
        return places.map { reading.builds[$0] }
    }

    private init(_ resolution: Resolution) {
        self.resolution = resolution
        references = KnownReferences(resolution)
    }

    // MARK: Reading

    private mutating func read(_ sources: BuildSources) {
        let questions = sources.questions
        texts = [DockerfileText?](repeating: nil, count: questions.probes.count)
        for (index, image) in resolution.manifest.images.enumerated() {
            guard let declared = image.build, let place = questions.places[index] else { continue }
            read(declared, of: index, at: place, questions.probe(of: index), sources)
        }
    }

    private mutating func read(
        _ declared: ComposeBuild, of image: Int, at place: BuildPlace, _ probe: Int?, _ sources: BuildSources
    ) {
        let found = probe.flatMap { sources[$0] }
        let build = CheckedBuild(image: image, variant: resolution.home, build: declared, place: place, found: found)
        if case .inline(let scalar) = place.dockerfileLocation {
            if let known = inlineTexts[scalar] {
                build.text = known
            } else if ArgumentValue.settled(tree.text(scalar)) == .later {
                build.obstacle = (
                    "Compose replaces the variables in it first", resolution.manifest.location(tree[scalar].span)
                )
            } else if tree[scalar].kind == .scalar {
                build.text = DockerfileText(inline: scalar, of: tree)
                inlineTexts[scalar] = build.text
            }
        } else if let probe, case .dockerfile(let source) = found {
            let text = texts[probe] ?? DockerfileText(source)
            texts[probe] = text
            if text.file.beginsAsDockerfile { build.text = text } else { checkStranger(text, build) }
        } else if case .file(let path) = place.dockerfileLocation,
            path.contains(where: { WorkspacePath.isGitFolder($0) })
        {
            build.isNoDockerfile = (
                "lies in git's own folder, in which nothing is read", "name a Dockerfile outside of `.git`"
            )
        }
        check(build)
        builds.append(build)
    }

    /// Checks a file that does not begin as a Dockerfile does: it may be anything, and nothing of it may be told.
    private func checkStranger(_ text: DockerfileText, _ build: CheckedBuild) {
        if text.otherFrontend(StageInputs(), tree) != nil {
            build.obstacle = (
                "another frontend reads its Dockerfile, which may give it any meaning",
                resolution.manifest.location(build.place.dockerfileSpan)
            )
            return
        }
        let bytes = text.file.source.bytes
        var reason = bytes.isEmpty ? "is empty" : "has no instruction"
        if let first = text.file.instructions.first {
            let line = bytes[..<Int(first.span.start)].count { $0 == 0x0A } + 1
            reason = "begins, in line \(line), with something else than `FROM` or `ARG`"
        }
        build.isNoDockerfile = (
            reason, "begin it with `FROM`, above which only `ARG` may stand, or name the right file"
        )
    }

    private mutating func check(_ build: CheckedBuild) {
        guard let text = build.text else { return }
        var inputs = StageInputs()
        for argument in build.build.arguments { inputs.arguments[argument.name] = ArgumentValue.given(argument.value) }
        if let obstacle = text.otherFrontend(inputs, tree) {
            build.obstacle = obstacle
            build.text = nil
            return
        }
        guard text.file.isWhole, !text.stages.stages.isEmpty else { return }
        guard takeRoom(text.stages.size, for: build) else { return }
        let named = NamedContexts(build.build.contexts)
        contexts[build.image] = named
        inputs.replacedStages = named.plainNames
        var target: String?
        if let stated = build.build.target {
            target = stated.value
            if stated.value.utf8.contains(UInt8(ascii: "$")) {
                build.obstacle = (
                    "the target is known only when it is built", resolution.manifest.location(stated.span)
                )
                return
            }
        }
        inputs.target = target
        let graph = graph(of: text, inputs)
        build.graph = graph
        build.target = graph.target(target)
    }

    /// Whether there is room to go through so much for a build, which is refused otherwise.
    private mutating func takeRoom(_ size: Int, for build: CheckedBuild) -> Bool {
        if size <= room {
            room -= size
            return true
        }
        build.obstacle = (
            "the Dockerfiles of all images together have too many stages to be gone through",
            resolution.manifest.location(build.place.dockerfileSpan)
        )
        build.text = nil
        return false
    }

    /// The stages of a Dockerfile for a build; all builds that change nothing of them share one.
    private mutating func graph(of text: DockerfileText, _ inputs: StageInputs) -> StageGraph {
        let changesNothing =
            inputs.arguments.isEmpty && inputs.target == nil
            && !text.stages.stages.contains { $0.name.map(inputs.replacedStages.contains) ?? false }
        if changesNothing, let graph = graphs[ObjectIdentifier(text)] { return graph }
        let graph = StageGraph(text.stages, inputs)
        if changesNothing { graphs[ObjectIdentifier(text)] = graph }
        return graph
    }

    // MARK: Resolving

    private mutating func resolveUses(of index: Int, _ byImage: [Int: Int]) {
        let build = builds[index]
        guard let graph = build.graph, let text = build.text, let target = build.target else { return }
        var isNeeded = graph.needed(by: target)
        var uses: [BaseUse] = []
        // A base's ONBUILD instructions take effect here, and may need further stages and images.
        var pending = isNeeded.indices.filter { isNeeded[$0] }
        var next = 0
        var fired: Set<Int> = []
        while next < pending.count {
            let stage = pending[next]
            next += 1
            for use in graph.uses[stage] {
                guard let base = baseUse(use, text, build.image) else { continue }
                uses.append(base)
                guard use.kind == .from, case .built(let image) = base.meaning, image != build.image,
                    let other = byImage[image].map({ builds[$0] }), let otherText = other.text,
                    let otherTarget = other.target, fired.insert(image).inserted
                else { continue }
                let triggers = otherText.stages.stages[otherTarget].triggers
                guard takeRoom(triggers.count, for: build) else { return }
                for trigger in triggers {
                    let use = graph.use(trigger)
                    if let base = baseUse(use, otherText, build.image) { uses.append(base) }
                    guard case .stage(let further) = use.source, !isNeeded[further] else { continue }
                    for (stage, isNew) in graph.needed(by: further).enumerated() where isNew && !isNeeded[stage] {
                        isNeeded[stage] = true
                        pending.append(stage)
                    }
                }
            }
        }
        builds[index].uses = uses
        for (stage, needed) in isNeeded.enumerated() where !needed {
            builds[index].unneeded += graph.uses[stage].compactMap { baseUse($0, text, build.image) }
        }
    }

    private func baseUse(_ use: StageGraph.Use, _ text: DockerfileText, _ image: Int) -> BaseUse? {
        let location = text.location(use.span, tree)
        switch use.source {
        case .stage, .scratch: return nil
        case .unknown(let reason):
            return BaseUse(kind: use.kind, text: "", meaning: .unknown(reason), location: location)
        case .image(let name):
            return BaseUse(kind: use.kind, text: name, meaning: meaning(of: name, in: image), location: location)
        case .variables(let name, let reason):
            let known = meaning(ofVariables: name, in: image)
            return BaseUse(
                kind: use.kind, text: name, meaning: known ?? .unknown(reason),
                likely: known == nil ? references.likelyBase(name) : nil, location: location)
        }
    }

    private func meaning(of name: String, in image: Int) -> BaseUse.Meaning {
        // A dollar sign of its own, which begins no variable of Compose's.
        if ImageReference.hasVariable(name) {
            return .unknown("`\(name.prefix(80))` is no image: `$` may not stand in it")
        }
        switch ImageReference.parse(name) {
        case .failure(let fault): return .unknown("`\(name.prefix(80))` is no image: \(fault.reason)")
        case .success(let reference):
            if let place = contexts[image]?.place(of: reference) { return meaning(ofContext: place, in: image) }
            return references.meaning(of: reference)
        }
    }

    /// What a name with Compose's variables means: an image that the manifest calls the same, as a text or by what its
    /// defaults make of it. Nil for every other, since it may turn out to be anything.
    private func meaning(ofVariables name: String, in image: Int?) -> BaseUse.Meaning? {
        guard case .success(let reference) = ImageReference.parse(name) else { return nil }
        for reference in reference.comparisons {
            if let image, let place = contexts[image]?.place(of: reference) {
                return meaning(ofContext: place, in: image)
            }
            if reference.digest != nil { continue }
            if let built = references.built[reference.text] { return .built(built) }
            if references.pulled.contains(reference.text) { return .foreign }
        }
        return nil
    }

    /// What a context of an image's build stands for: an image, what another build makes, or a folder.
    private func meaning(ofContext place: Int, in image: Int) -> BaseUse.Meaning {
        guard let context = resolution.manifest.images[image].build?.contexts[place].context else { return .foreign }
        if case .image(let text) = context.kind, !context.isSettled {
            // What a context leads to is no further context.
            return meaning(ofVariables: text, in: nil) ?? .unknown("the context is known only when it is built")
        }
        guard context.isSettled else { return .unknown("the context is known only when it is built") }
        switch context.kind {
        case .image(let text):
            guard case .success(let reference) = ImageReference.parse(text) else {
                return .unknown("`\(text.prefix(80))` is no image")
            }
            return references.meaning(of: reference)
        case .service(let name):
            return resolution.contextImages[image][place].map { .built($0) }
                ?? .unknown("the project builds no service `\(name.prefix(80))`")
        case .folder, .outside, .remote, .variable: return .foreign
        }
    }
}
