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

    func run() -> Affected {
        var affected = Affected()
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
            for image in build.images { record.append(plan.variants[0].references[image]) }
            record.append("bases")
            for base in build.bases { record.append(plan.imageName(plan.builds[base].images[0])) }
            result[plan.imageName(build.images[0])] = record.bytes
        }
        return result
    }

    private func ownReason(_ build: Build) -> Affected.Reason? {
        let owner = layout.components(plan.manifest.projects[build.owner].path.value)
        let inputs = BuildInputs(build, of: plan)
        let paths: BuildPaths
        do throws(Unknowable) {
            paths = try BuildPaths(inputs, owner: owner)
        } catch {
            return .unknown(error.reason)
        }
        for path in changed {
            let shown = path.joined(separator: "/")
            if [paths.dockerfile, paths.fallback].contains(where: { $0.map { $0.starts(with: path) } ?? false }) {
                return .dockerfile(shown)
            }
            if paths.ignoreFiles.contains(path) { return .ignoreFile(shown) }
            // The variables of its build may come from here.
            if !inputs.variables.isEmpty, path == owner + [".env"] { return .manifest }
        }
        if let reason = reason(in: paths.context, ignoring: paths.ignoreFiles) { return reason }
        for folder in paths.namedContexts {
            if let reason = reason(in: folder, ignoring: [folder.path + [".dockerignore"]]) { return reason }
        }
        return nil
    }

    private func reason(in folder: BuildPaths.Folder, ignoring places: [[String]]) -> Affected.Reason? {
        let inside = changed.filter { $0.starts(with: folder.path) || folder.path.starts(with: $0) }
        guard !inside.isEmpty else { return nil }
        var rules = IgnoreFile.none
        for place in places {
            guard let bytes = try? root.contents(of: place, limit: 1 << 26) else { continue }
            guard case .success(let file) = IgnoreFile.parse(bytes) else {
                return .unknown("\(place.joined(separator: "/")) cannot be read")
            }
            rules = file
            break
        }
        for path in inside where isSent(path.dropFirst(folder.path.count), rules) {
            return .context(path.joined(separator: "/"))
        }
        return nil
    }

    /// Whether a path below a context is sent, or something below it can be.
    private func isSent(_ components: ArraySlice<String>, _ rules: IgnoreFile) -> Bool {
        var state = IgnoreState(rules)
        var path: [UInt8] = []
        for component in components {
            if !path.isEmpty { path.append(UInt8(ascii: "/")) }
            path += component.utf8
            state = state.entry(path)
            if state.isIgnored, !rules.mayBringBack(below: path) { return false }
        }
        return !state.isIgnored || rules.mayBringBack(below: path)
    }
}
