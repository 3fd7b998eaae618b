import Dockerfiles
import Emission
import Planning
import Workspace

/// Finds what changed paths reach: the images that read them, and what is built from those.
struct AffectedSearch {
    let plan: Plan
    let layout: Layout
    let root: RootFolder
    /// Changed files and folders, as components from the root.
    let changed: [[String]]
    /// The builds that the manifest spelled otherwise, by their first image's name; nil when its past is not asked.
    let former: Plan?
    /// By path, where it stands first in `changed`.
    private var places: [[String]: Int] = [:]
    /// By folder that is sent to a build, the changes below it.
    private var below: [[String]: [Int]] = [:]
    /// By folder and ignore files, what was found there: builds often share their context.
    private var known: [[[String]]: Affected.Reason?] = [:]
    private var steps = IgnoreSteps()

    init(plan: Plan, layout: Layout, root: RootFolder, changed: [[String]], former: Plan?) {
        self.plan = plan
        self.layout = layout
        self.root = root
        self.changed = changed
        self.former = former
        for (index, path) in changed.enumerated() where places[path] == nil { places[path] = index }
    }

    mutating func run() -> Affected {
        var affected = Affected()
        findChangesInContexts()
        var reached: Set<Int> = []
        let before = former.map(Self.definitions) ?? [:]
        let now = former == nil ? [:] : Self.definitions(plan)
        for (index, build) in plan.builds.enumerated() {
            let name = plan.imageName(build.images[0])
            var reason: Affected.Reason?
            if former != nil, before[name] != now[name] { reason = .manifest }
            if reason == nil { reason = ownReason(build) }
            if reason == nil, let base = build.bases.first(where: reached.contains) { reason = .base(base) }
            guard let reason else { continue }
            affected.builds.append((index, reason))
            reached.insert(index)
        }
        return affected
    }

    /// For each build what the manifest says of it.
    private static func definitions(_ plan: Plan) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for build in plan.builds {
            var record = FingerprintRecord()
            record.append(BuildInputs(build, of: plan).canonical)
            record.append(plan.manifest.projects[build.owner].path.value)
            for image in build.images { record.append(plan.references[image]) }
            record.append("bases")
            for base in build.bases { record.append(plan.imageName(plan.builds[base].images[0])) }
            result[plan.imageName(build.images[0])] = record.bytes
        }
        return result
    }

    private func owner(of build: Build) -> [String] {
        layout.components(plan.manifest.projects[build.owner].path.value)
    }

    /// Finds, for each folder that is sent to a build, which changes lie in it: builds times changes would be too many
    /// to compare.
    private mutating func findChangesInContexts() {
        for build in plan.builds {
            guard let paths = try? BuildPaths(BuildInputs(build, of: plan), owner: owner(of: build)) else { continue }
            for folder in [paths.context] + paths.namedContexts { below[folder.path] = [] }
        }
        for (index, path) in changed.enumerated() {
            for depth in 0...path.count { below[Array(path[..<depth])]?.append(index) }
        }
    }

    private mutating func ownReason(_ build: Build) -> Affected.Reason? {
        let owner = owner(of: build)
        let inputs = BuildInputs(build, of: plan)
        let paths: BuildPaths
        do throws(Unknowable) {
            paths = try BuildPaths(inputs, owner: owner)
        } catch {
            return .unknown(error.reason)
        }
        // The first change that one of these files, or a folder above the Dockerfile, is.
        var first: (place: Int, reason: Affected.Reason)?
        func consider(_ path: [String], _ reason: (String) -> Affected.Reason) {
            guard let place = places[path], place < first?.place ?? .max else { return }
            first = (place, reason(root.shown(path)))
        }
        for file in [paths.dockerfile, paths.fallback] {
            guard let file else { continue }
            for depth in 0...file.count { consider(Array(file[..<depth])) { .dockerfile($0) } }
        }
        for file in paths.ignoreFiles { consider(file) { .ignoreFile($0) } }
        // The variables of its build may come from here.
        if !inputs.variables.isEmpty { consider(owner + [".env"]) { _ in .manifest } }
        if let first { return first.reason }
        if let reason = reason(in: paths.context, ignoring: paths.ignoreFiles) { return reason }
        for folder in paths.namedContexts {
            if let reason = reason(in: folder, ignoring: [folder.path + [".dockerignore"]]) { return reason }
        }
        return nil
    }

    private mutating func reason(in folder: BuildPaths.Folder, ignoring places: [[String]]) -> Affected.Reason? {
        let key = [folder.path] + places
        if let known = known[key] { return known }
        let reason = newReason(in: folder, ignoring: places)
        known[key] = .some(reason)
        return reason
    }

    private mutating func newReason(in folder: BuildPaths.Folder, ignoring places: [[String]]) -> Affected.Reason? {
        var inside = below[folder.path] ?? []
        // A folder above it that changed may have changed there.
        inside += (0..<folder.path.count).compactMap { self.places[Array(folder.path[..<$0])] }
        guard !inside.isEmpty else { return nil }
        var rules = IgnoreFile.none
        for place in places {
            guard let bytes = try? root.contents(of: place, limit: 1 << 26) else { continue }
            guard case .success(let file) = IgnoreFile.parse(bytes) else {
                return .unknown("\(root.shown(place)) cannot be read")
            }
            rules = file
            break
        }
        for index in inside.sorted() {
            let path = changed[index]
            let isSent = isSent(path.dropFirst(folder.path.count), rules)
            if steps.areExhausted { return .unknown("an ignore file has too many patterns for what changed") }
            if isSent { return .context(root.shown(path)) }
        }
        return nil
    }

    /// Whether a path below a context is sent, or something below it can be.
    private mutating func isSent(_ components: ArraySlice<String>, _ rules: IgnoreFile) -> Bool {
        var state = IgnoreState(rules)
        var path: [UInt8] = []
        for component in components {
            if !path.isEmpty { path.append(UInt8(ascii: "/")) }
            path += component.utf8
            state = state.entry(path, &steps)
            if state.isIgnored, !rules.mayBringBack(below: path) { return false }
        }
        return !state.isIgnored || rules.mayBringBack(below: path)
    }
}
