import ComposeSpec
import Diagnostics
import Planning
import Resolution
import StrategyManifest

/// Compares images: what each is called, how it is built, and what is built anew because of it.
struct ImageComparison {
    private let pairs: [VariantPair]
    private let inputs: [String: String]
    private let scripts: String?
    /// By the new name of an image, what it was called.
    let formerNames: [String: (name: String, evidence: String)]
    /// For each pair, the images of the new plan that are built anew, each with the reason.
    private(set) var rebuilt: [[Int: String]] = []

    init(pairs: [VariantPair], inputs: [String: String], scripts: String?) {
        self.pairs = pairs
        self.inputs = inputs
        self.scripts = scripts
        formerNames = pairs.first.map { Self.renamed($0) } ?? [:]
        for pair in pairs { rebuilt.append(causes(in: pair)) }
    }

    // MARK: What is built anew

    /// By the index of an image, why it is built anew.
    private func causes(in pair: VariantPair) -> [Int: String] {
        let (before, after) = (pair.before, pair.after)
        var causes: [Int: String] = [:]
        let variant = after.plan.resolution.variants[after.variant.index]
        let isOwn = variant.images != nil || variant.graph != nil
        let plan = isOwn ? after.plan.seen(from: after.variant.index) : after.plan
        for build in plan.builds {
            let base = build.bases.lazy.compactMap { base in
                plan.builds[base].images.first { causes[$0] != nil }
            }.first
            // What runs by a digest is what was released, whatever is built.
            for image in build.images where after.digest(of: image) == nil {
                let name = plan.imageName(image)
                guard let former = formerImage(name, before), before.resolution.manifest.images[former].isBuilt else {
                    continue
                }
                let keys = Self.buildKeys(former, before, image, after)
                if !keys.isEmpty {
                    causes[image] = "its build is another: " + keys.joined(separator: ", ")
                } else if let file = inputs[name] {
                    causes[image] = file
                } else if let base {
                    causes[image] = "\(plan.imageName(base)), which it is built from, is built anew"
                }
            }
        }
        return causes
    }

    /// The place of an image in the old plan, by its new name.
    private func formerImage(_ name: String, _ before: Side) -> Int? {
        let former = formerNames[name]?.name ?? name
        return before.tree.symbols.find(former).flatMap { before.plan.manifest.imageIndex[$0] }
    }

    /// The keys of a build that mean something else, and `bases`, `platforms` and `owner`.
    private static func buildKeys(_ old: Int, _ before: Side, _ new: Int, _ after: Side) -> [String] {
        let (one, other) = (before.resolution.manifest.images[old], after.resolution.manifest.images[new])
        guard let oldBuild = one.build, let newBuild = other.build,
            let oldOwner = before.resolution.owner(of: old), let newOwner = after.resolution.owner(of: new)
        else { return [] }
        var keys: [String] = []
        if before.folder(of: oldOwner) != after.folder(of: newOwner)
            || !before.plan.tree.isWrittenSame(oldBuild.node, as: newBuild.node, of: after.plan.tree)
        {
            let former = before.reader(oldOwner).build(oldBuild.node).entries
            let now = after.reader(newOwner).build(newBuild.node).entries
            keys = Set(former.keys).union(now.keys).filter { former[$0] != now[$0] }.sorted()
        }
        if bases(of: old, before) != bases(of: new, after) { keys.append("bases") }
        if one.platforms.map(\.value) != other.platforms.map(\.value) { keys.append("platforms") }
        return keys
    }

    private static func bases(of image: Int, _ side: Side) -> Set<String> {
        let needs = side.resolution.needs[image]
        return needs.isEmpty ? [] : Set(needs.map { side.plan.imageName($0.base) })
    }

    // MARK: Changes

    func changes() -> [ImageChange] {
        guard let first = pairs.first else { return [] }
        let (before, after) = (first.before.plan, first.after.plan)
        var changes: [ImageChange] = []
        var kept: Set<Int> = []
        for image in after.manifest.images.indices {
            let name = after.imageName(image)
            guard let former = formerImage(name, first.before) else {
                changes.append(added(image, after))
                continue
            }
            kept.insert(former)
            if let change = changed(former, image, name) { changes.append(change) }
        }
        for image in before.manifest.images.indices where !kept.contains(image) {
            changes.append(removed(image, first.before))
        }
        return changes
    }

    private func added(_ image: Int, _ plan: Plan) -> ImageChange {
        let name = plan.imageName(image)
        var change = ImageChange(kind: .added, name: name)
        let declared = plan.manifest.images[image]
        if declared.isBuilt, let owner = declared.owner {
            change.consequence = "\(plan.manifest.text(owner)) builds it"
            change.command = scripts.map { shellCommand($0 + "/build.sh", name) }
        } else {
            change.details = [Detail(.reference, .added, "", nil, shown(plan.variants[0].references[image]))]
            change.consequence = "it is pulled when a container of it is started"
        }
        return change
    }

    private func removed(_ image: Int, _ side: Side) -> ImageChange {
        var change = ImageChange(kind: .removed, name: side.plan.imageName(image))
        let reference = side.plan.variants[0].references[image]
        change.consequence = "what was built or pulled stays on the machines"
        if !reference.utf8.contains(UInt8(ascii: "$")) { change.command = shellCommand("docker", "rmi", reference) }
        return change
    }

    private func changed(_ former: Int, _ image: Int, _ name: String) -> ImageChange? {
        let first = pairs[0]
        let (before, after) = (first.before.plan, first.after.plan)
        var change = ImageChange(kind: .changed, name: name)
        if let renamed = formerNames[name] {
            change.kind = .renamed
            change.formerName = renamed.name
            change.evidence = renamed.evidence
        }
        let (one, other) = (before.manifest.images[former], after.manifest.images[image])
        change.details = references(former, image)
        if one.isBuilt, other.isBuilt {
            let owners = [before.resolution.owner(of: former), after.resolution.owner(of: image)]
            if let old = owners[0].map({ before.projectName($0) }), let new = owners[1].map({ after.projectName($0) }),
                old != new
            {
                change.details.append(Detail(.owner, .changed, "", old, new))
            }
            change.details += buildDetails(former, image)
        }
        var causes: Set<String> = []
        change.causes = pairs.indices.compactMap { rebuilt[$0][image] }.filter { causes.insert($0).inserted }
        let tellsNothing = change.details.isEmpty && change.causes.isEmpty && change.kind == .changed
        if one.isBuilt == other.isBuilt, tellsNothing { return nil }
        conclude(&change, former, image, wasBuilt: one.isBuilt, isBuilt: other.isBuilt)
        return change
    }

    private func conclude(_ change: inout ImageChange, _ former: Int, _ image: Int, wasBuilt: Bool, isBuilt: Bool) {
        let kept = pairs.filter { keepsDigest(former, image, in: $0) }
        change.keptDigests = kept.filter { isOther(former, image, in: $0) }.map { $0.environment ?? "development" }
        if wasBuilt != isBuilt {
            change.consequence = isBuilt ? "it was pulled, and is built now" : "it was built, and is pulled now"
            if isBuilt { change.command = scripts.map { shellCommand($0 + "/build.sh", change.name) } }
        } else if !change.causes.isEmpty {
            let names = kept.compactMap(\.environment)
            change.consequence =
                "it must be built anew, and its containers are recreated then"
                + (names.isEmpty
                    ? ""
                    : "; \(names.joined(separator: ", ")) \(names.count == 1 ? "keeps" : "keep") the former digest "
                        + "until it is released and pinned again")
            let affected = pairs.indices.filter { rebuilt[$0][image] != nil }.map { pairs[$0] }
            // What runs has the former reference, and refresh.sh leaves it as it is.
            let isRenamed = affected.first.map { isOther(former, image, in: $0) } ?? false
            change.command = command(isRenamed ? "build.sh" : "refresh.sh", change.name, in: affected)
        } else if change.details.contains(where: { $0.topic == .reference }) {
            concludeReference(&change, former, image, isBuilt: isBuilt)
        } else {
            change.consequence = change.kind == .renamed ? "nothing else changes" : "nothing is built anew"
        }
    }

    /// What follows where nothing but the reference is another.
    private func concludeReference(_ change: inout ImageChange, _ former: Int, _ image: Int, isBuilt: Bool) {
        let affected = pairs.filter { isOther(former, image, in: $0) }
        let built = affected.filter { $0.after.digest(of: image) == nil }
        let stale = affected.filter { keepsDigest(former, image, in: $0) }
        if !stale.isEmpty {
            change.consequence =
                "its digest is still the former one, and so is what runs: pin it again"
                + (isBuilt ? " once it is released" : "")
            change.command = command(
                "pin.sh", change.name, in: stale, options: (isBuilt ? ["--built"] : []) + ["--write"])
        } else if !isBuilt {
            change.consequence = "it is pulled, and its containers are recreated"
        } else if built.isEmpty {
            change.consequence = "what was released is pulled, and its containers are recreated"
        } else {
            change.consequence = "nothing has its new reference before it is built or pulled"
            change.command = command("build.sh", change.name, in: built)
        }
    }

    /// Whether an image has another reference.
    private func isOther(_ former: Int, _ image: Int, in pair: VariantPair) -> Bool {
        pair.before.variant.references[former] != pair.after.variant.references[image]
    }

    /// Whether an image is the one of a digest, before and after.
    private func keepsDigest(_ former: Int, _ image: Int, in pair: VariantPair) -> Bool {
        let digest = pair.after.digest(of: image)
        return digest != nil && digest == pair.before.digest(of: former)
    }

    /// A script for an image: in development, or in the first environment where it is needed.
    private func command(
        _ script: String, _ image: String, in affected: [VariantPair], options: [String] = []
    ) -> String? {
        guard let scripts, let first = affected.first else { return nil }
        let environment = first.environment.map { ["--environment", $0] } ?? []
        return shellCommand([scripts + "/" + script] + environment + options + [image])
    }

    /// The references that are others, those alike as one.
    private func references(_ former: Int, _ image: Int) -> [Detail] {
        var found: [(before: String, after: String, environments: [String])] = []
        var places: [[String]: Int] = [:]
        for pair in pairs {
            let (old, new) = (pair.before.variant.references[former], pair.after.variant.references[image])
            if old == new { continue }
            let name = pair.environment ?? "development"
            if let known = places[[old, new]] {
                found[known].environments.append(name)
            } else {
                places[[old, new]] = found.count
                found.append((old, new, [name]))
            }
        }
        return found.map { item in
            let isEverywhere = item.environments.count == pairs.count
            return Detail(
                .reference, .changed, isEverywhere ? "" : item.environments.joined(separator: ", "), shown(item.before),
                shown(item.after))
        }
    }

    /// The bases, platforms and arguments that are others.
    private func buildDetails(_ former: Int, _ image: Int) -> [Detail] {
        var details: [Detail] = []
        for pair in pairs where details.isEmpty {
            let (before, after) = (pair.before, pair.after)
            details += named(.base, Self.bases(of: former, before), Self.bases(of: image, after))
            func platforms(_ side: Side, _ image: Int) -> Set<String> {
                Set(side.resolution.manifest.images[image].platforms.map(\.value))
            }
            details += named(.platform, platforms(before, former), platforms(after, image))
            guard let old = before.resolution.manifest.images[former].build,
                let new = after.resolution.manifest.images[image].build
            else { continue }
            func arguments(_ side: Side, _ build: ComposeBuild) -> [String: String?] {
                Dictionary(build.arguments.settled.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            }
            let (one, other) = (arguments(before, old), arguments(after, new))
            details += assigned(.argument, one, other)
        }
        return details
    }
}

/// Names that came and went.
func named(_ topic: Detail.Topic, _ before: Set<String>, _ after: Set<String>) -> [Detail] {
    after.subtracting(before).sorted().map { Detail(topic, .added, $0) }
        + before.subtracting(after).sorted().map { Detail(topic, .removed, $0) }
}

/// Names whose values came, went or are others; the values are not told.
func assigned<Value: Equatable>(_ topic: Detail.Topic, _ before: [String: Value], _ after: [String: Value]) -> [Detail]
{
    let names = Set(before.keys).union(after.keys).sorted()
    return names.compactMap { name in
        switch (before[name], after[name]) {
        case (nil, _): Detail(topic, .added, name)
        case (_, nil): Detail(topic, .removed, name)
        case (let one?, let other?): one == other ? nil : Detail(topic, .changed, name)
        }
    }
}
