import Emission
import Planning
import Workspace

/// The checkouts that a manifest and the folders of its owners lie in, with their submodules, each once, and what has
/// changed in them since a revision.
///
/// Each has its own history: a revision that one of them lacks is no fault of the others, but told.
struct Checkouts {
    private(set) var found: [GitCheckout] = []
    /// Why the past of some could not be compared, a line each.
    private(set) var notes: [String] = []

    private let root: String

    /// - Parameters:
    ///   - home: the manifest's.
    ///   - toleratesNone: whether an owner's folder that lies in no checkout is told, and no failure.
    init(_ plan: Plan, _ opened: Session, home: Home, toleratesNone: Bool = false) throws(SystemFailure) {
        root = opened.root
        let owners = plan.builds.map { opened.layout.components(plan.manifest.projects[$0.owner].path.value) }
        let own = home.checkout.place
        var places = [own.top: own]
        for folder in Set(owners) {
            let path = Discovery.canonical(([root] + folder).joined(separator: "/"))
            // A link may lead out of the root, where no checkout is asked.
            guard let path, Discovery.components(from: root, to: path) != nil else { continue }
            if let place = GitPlace(of: path) {
                places[place.top] = place
            } else if toleratesNone {
                notes.append("not compared: " + noCheckout(path).message)
            } else {
                throw noCheckout(path)
            }
        }
        // One that holds another comes first: the revision is its own, and says which commit of a submodule is meant.
        for top in places.keys.sorted() {
            guard let place = places[top], !found.contains(where: { $0.place.top == top }) else { continue }
            do throws(SystemFailure) {
                let checkout =
                    top == own.top
                    ? home.checkout
                    : try GitCheckout(place, revision: home.revision, fromMergeBase: home.fromMergeBase)
                let submodules = try checkout.submodules()
                found += [checkout] + submodules
            } catch {
                if top == own.top { throw error }
                notes.append("not compared: " + error.message)
            }
        }
        notes.sort()
    }

    /// What changed, as components from the root.
    func changedPaths() throws(SystemFailure) -> [[String]] {
        let tops = Set(found.map(\.place.top))
        var changed: [[String]] = []
        for checkout in found {
            for path in try checkout.changedPaths() {
                let whole = checkout.place.top + "/" + path
                // A checkout within another one tells its own changes.
                if tops.contains(path.hasSuffix("/") ? String(whole.dropLast()) : whole) { continue }
                if let place = Discovery.place(of: whole, below: root) { changed.append(place) }
            }
        }
        return changed
    }
}

extension Checkouts {
    /// The checkout that the manifest lies in.
    struct Home {
        let checkout: GitCheckout
        /// The manifest's folder, from the top of the checkout.
        let folder: [String]
        /// What changes are counted from, as it was stated.
        let revision: String
        let fromMergeBase: Bool

        /// - Parameter fromMergeBase: whether changes are counted from where the revision and HEAD parted.
        init(_ opened: Session, revision: String, fromMergeBase: Bool = false) throws(SystemFailure) {
            let own = ([opened.root] + opened.layout.folder).joined(separator: "/")
            let folder = Discovery.canonical(own) ?? own
            guard let place = GitPlace(of: folder) else { throw noCheckout(folder) }
            checkout = try GitCheckout(place, revision: revision, fromMergeBase: fromMergeBase)
            self.folder = Discovery.components(from: place.top, to: folder) ?? []
            self.revision = revision
            self.fromMergeBase = fromMergeBase
        }

        /// What the manifest, or another file beside it, held then; nil when it was not there.
        func formerContents(of name: String) throws(SystemFailure) -> [UInt8]? {
            try checkout.formerContents(of: (folder + [name]).joined(separator: "/"))
        }
    }
}

private func noCheckout(_ path: String) -> SystemFailure {
    SystemFailure("\(path) does not lie in a git checkout")
}
