import Dockerfiles
import Emission
import Planning
import Workspace

/// The fingerprints of a plan's builds: what each would be built from, as one hash.
///
/// An equal fingerprint means equal inputs: the context as Docker sends it, the Dockerfile, the options of the `build`
/// with its variables' values, and the bases' fingerprints. Where inputs cannot be told there is none.
struct Fingerprints {
    private let plan: Plan
    private let layout: Layout
    private let root: RootFolder
    /// The value of an environment variable.
    private let variable: (String) -> String?
    /// What looks before have found of the files; set, a watch probes: it goes on beside what it cannot tell, and what is
    /// fetched from the network is not watched.
    var watched: KnownDigests?
    /// Is told how many files have been read.
    var progress: ((Progress) -> Void)?
    private var fileCount = 0
    /// What has been found, by build.
    private var results: [Int: Result<String, Unknowable>] = [:]
    /// The hashes of folders by what was walked: builds often share their context.
    private var folders: [String: [UInt8]] = [:]
    /// The ignore files that were read, by their paths: a large one serves many builds.
    private var ignoreFiles: [[String]: IgnoreFile?] = [:]
    /// The files that were read for builds, by their paths.
    private var texts: [[String]: (bytes: [UInt8]?, fetches: Bool)] = [:]
    /// How many bytes of Dockerfiles and `.env` files may still be hashed: each build hashes its own whole.
    private var room = 256 << 20

    private static let fileLimit = 64 << 20

    init(_ plan: Plan, _ layout: Layout, root: RootFolder, variable: @escaping (String) -> String?) {
        self.plan = plan
        self.layout = layout
        self.root = root
        self.variable = variable
    }

    /// The fingerprint of a build, after those of its bases.
    mutating func fingerprint(of build: Int) -> Result<String, Unknowable> {
        // Bases come before what stands on them: no recursion, whatever the depth. What has been found is not gone
        // through again, so that all builds together cost each of them once.
        var wanted: Set<Int> = results[build] == nil ? [build] : []
        var open = Array(wanted)
        while let index = open.popLast() {
            for base in plan.builds[index].bases where results[base] == nil && wanted.insert(base).inserted {
                open.append(base)
            }
        }
        for index in wanted.sorted() {
            do throws(Unknowable) {
                results[index] = .success(try compute(index))
            } catch {
                results[index] = .failure(error)
            }
        }
        return results[build] ?? .failure(Unknowable("it is not built"))
    }

    private mutating func compute(_ index: Int) throws(Unknowable) -> String {
        let build = plan.builds[index]
        var record = FingerprintRecord()
        record.append("bayplan fingerprint 1")
        record.append(plan.workspaceName)
        record.append(plan.imageName(build.images[0]))
        let inputs = BuildInputs(build, of: plan)
        record.append(inputs.canonical)
        let platforms = plan.manifest.images[build.images[0]].platforms.map(\.value).sorted()
        record.append(UInt64(platforms.count))
        for platform in platforms { record.append(platform) }
        let owner = layout.components(plan.manifest.projects[build.owner].path.value)
        try appendVariables(inputs, owner, to: &record)
        for base in build.bases {
            for image in plan.builds[base].images { record.append(plan.references[image]) }
            if case .success(let fingerprint)? = results[base] {
                record.append(fingerprint)
            } else if watched == nil {
                throw Unknowable("its base \(plan.imageName(plan.builds[base].images[0])) has none")
            }
        }
        let paths = try BuildPaths(inputs, owner: owner)
        var dockerfile: [UInt8] = []
        var fetches = false
        if let place = paths.dockerfile {
            (dockerfile, fetches) = try readDockerfile(place, paths.fallback)
        } else if let node = build.build.inlineDockerfile {
            dockerfile = Array(plan.tree.bytes(node))
            fetches = fetchesFromNetwork(dockerfile)
        }
        record.append(dockerfile)
        if fetches, watched == nil {
            throw Unknowable("its Dockerfile adds what it fetches, which can change unseen")
        }
        record.append(try hash(of: paths.context, ignoring: paths.ignoreFiles))
        for folder in paths.namedContexts {
            record.append(folder.name ?? "")
            record.append(try hash(of: folder, ignoring: [folder.path + [".dockerignore"]]))
        }
        return SHA256.hex(of: record.bytes)
    }

    /// What Compose and the engine take from the environment and from the owner's `.env`.
    private mutating func appendVariables(
        _ inputs: BuildInputs, _ owner: [String], to record: inout FingerprintRecord
    ) throws(Unknowable) {
        for name in inputs.variables + ["DOCKER_DEFAULT_PLATFORM", "SOURCE_DATE_EPOCH"] {
            record.append(name)
            record.append(variable(name).map { "=" + $0 } ?? "")
        }
        guard !inputs.variables.isEmpty else { return }
        if let files = variable("COMPOSE_ENV_FILES"), !files.isEmpty {
            throw Unknowable("its variables come from the files that COMPOSE_ENV_FILES names")
        }
        // Which of its lines count is Compose's to say: all of them do.
        record.append(try text(at: owner + [".env"]).bytes.map { [1] + $0 } ?? [])
    }

    private mutating func readDockerfile(
        _ place: [String], _ fallback: [String]?
    ) throws(Unknowable) -> (bytes: [UInt8], fetches: Bool) {
        for path in [place] + (fallback.map { [$0] } ?? []) {
            let (bytes, fetches) = try text(at: path)
            if let bytes { return (bytes, fetches) }
        }
        throw Unknowable("its Dockerfile \(root.shown(place)) is missing")
    }

    /// A file that is hashed with a build, and whether it fetches something if it is a Dockerfile.
    private mutating func text(at path: [String]) throws(Unknowable) -> (bytes: [UInt8]?, fetches: Bool) {
        let text: (bytes: [UInt8]?, fetches: Bool)
        if let known = texts[path] {
            text = known
        } else {
            let bytes = try read(path)
            text = (bytes, bytes.map { fetchesFromNetwork($0) } ?? false)
            texts[path] = text
        }
        room -= text.bytes?.count ?? 0
        if room < 0 {
            throw Unknowable("the Dockerfiles and .env files of the images asked for hold more than 256 MiB together")
        }
        return text
    }

    private func read(_ path: [String]) throws(Unknowable) -> [UInt8]? {
        do throws(SystemFailure) {
            return try root.contents(of: path, limit: Self.fileLimit)
        } catch {
            throw Unknowable(error.message)
        }
    }

    /// The hash of what is sent of a folder.
    private mutating func hash(
        of folder: BuildPaths.Folder, ignoring places: [[String]]
    ) throws(Unknowable) -> [UInt8] {
        let (rules, place) = try ignoreFile(places)
        let key = "\(folder.path.count) \((folder.path + (place ?? [])).joined(separator: "/"))"
        if let known = folders[key] { return known }
        var walk = ContextHash(rules)
        var isThere = false
        do throws(SystemFailure) {
            if fileCount == 0 { progress?(.doing("reading build contexts")) }
            isThere = try walk.run(folder.path, in: root, digests: watched) {
                fileCount += 1
                progress?(.done("reading build contexts: file", fileCount, of: nil))
            }
        } catch {
            throw Unknowable(error.message)
        }
        guard isThere else {
            let what = folder.name.map { "its context `\($0)`" } ?? "its context"
            throw Unknowable("\(what) \(root.shown(folder.path)) is missing")
        }
        if walk.steps.areExhausted, let place {
            throw Unknowable(
                "\(root.shown(place)) has too many patterns for the files of its context; "
                    + "let one pattern say what many do")
        }
        let hash = walk.digest()
        folders[key] = hash
        return hash
    }

    /// The first ignore file that is there.
    private mutating func ignoreFile(_ places: [[String]]) throws(Unknowable) -> (IgnoreFile, [String]?) {
        for place in places {
            if let known = ignoreFiles[place] {
                if let known { return (known, place) }
                continue
            }
            guard let bytes = try read(place) else {
                ignoreFiles[place] = .some(nil)
                continue
            }
            switch IgnoreFile.parse(bytes) {
            case .success(let file):
                ignoreFiles[place] = file
                return (file, place)
            case .failure(let fault):
                throw Unknowable("\(root.shown(place)):\(fault.line) \(fault.message)")
            }
        }
        return (.none, nil)
    }
}
