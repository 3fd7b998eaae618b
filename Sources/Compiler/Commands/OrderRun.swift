import Diagnostics
import Emission
import Planning
import SourceText
import Workspace

/// `bayplan order`: the build order and its stages, or what a change reaches.
package struct OrderRun {
    package enum Format: String, CaseIterable, Sendable {
        case text, json, mermaid, dot
        case githubMatrix = "github-matrix"
    }

    package var session: SessionOptions
    /// The images asked for; empty for all.
    package var images: [String] = []
    package var format = Format.text
    /// The environment whose builds are meant; nil for development.
    package var environment: String?
    /// Paths that changed, as the user names them; nil when they are not asked for.
    package var affectedBy: [String]?
    /// The revision that changes are counted from.
    package var since: String?

    package init(session: SessionOptions) { self.session = session }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        console.progress?(.began)
        console.progress?(.doing("checking the manifest"))
        let opened = try Session(session)
        guard let development = try opened.plan(session, telling: console) else { return .findings }
        let plan = try development.seen(fromEnvironment: environment)
        let indices = images.isEmpty ? [] : try plan.builtImages(named: images)
        guard affectedBy != nil || since != nil else {
            let report = OrderReport(plan, images: indices)
            switch format {
            case .text: console.output(report.text())
            case .json: console.output(report.json())
            case .mermaid, .dot, .githubMatrix: draw(plan, report.builds, console)
            }
            return .clean
        }
        console.progress?(.doing("looking for what changed"))
        var affected = try affected(plan, opened)
        if !indices.isEmpty {
            let asked = Set(indices.compactMap { plan.buildOfImage[$0] })
            affected.builds.removeAll { !asked.contains($0.build) }
        }
        switch format {
        case .text: console.output(AffectedReport(plan, affected).text())
        case .json: console.output(AffectedReport(plan, affected).json())
        case .mermaid, .dot, .githubMatrix: draw(plan, affected.builds.map(\.build), console)
        }
        return .clean
    }

    private func draw(_ plan: Plan, _ builds: [Int], _ console: Console) {
        let graphs = BuildGraphs(plan, builds: builds)
        switch format {
        case .dot: console.result(VisibleText(lines: graphs.dot()))
        case .githubMatrix: console.output(graphs.githubMatrix())
        default: console.result(VisibleText(lines: MermaidGraph(plan, builds: builds).text))
        }
    }

    private func affected(_ plan: Plan, _ opened: Session) throws(SystemFailure) -> Affected {
        var changed: [[String]] = []
        for path in affectedBy ?? [] {
            try Discovery.expectReadable(path, "what changed")
            guard let place = Discovery.place(of: path, below: opened.root) else {
                throw SystemFailure("\(visible(path)) does not lie below the root \(opened.root)")
            }
            changed.append(place)
        }
        var former: Plan?
        if let since {
            let checkouts = try checkouts(plan, opened, since)
            let home = opened.layout.folder
            let tops = Set(checkouts.map(\.place.top))
            for checkout in checkouts {
                for path in try checkout.changedPaths() {
                    let whole = checkout.place.top + "/" + path
                    // A checkout within another one tells its own changes.
                    if tops.contains(path.hasSuffix("/") ? String(whole.dropLast()) : whole) { continue }
                    if let place = Discovery.place(of: whole, below: opened.root) { changed.append(place) }
                }
            }
            if changed.contains(home + [opened.layout.manifestName]) {
                let then = try formerPlan(checkouts, opened)
                // Before there was such an environment, it built nothing.
                let variant = then?.variants.first { $0.environment == environment }
                former = variant.flatMap { then?.seen(from: $0.index) } ?? opened.plan(of: Self.nothing, session).plan
            }
        }
        var search = AffectedSearch(
            plan: plan, layout: opened.layout, root: try opened.rootFolder(), changed: changed, former: former)
        return search.run()
    }

    /// The checkouts that the manifest and the owners' folders lie in, with their submodules, each once.
    private func checkouts(_ plan: Plan, _ opened: Session, _ revision: String) throws(SystemFailure) -> [GitCheckout] {
        let owners = plan.builds.map { opened.layout.components(plan.manifest.projects[$0.owner].path.value) }
        var places: [String: GitPlace] = [:]
        for folder in Set([opened.layout.folder] + owners) {
            let path = Discovery.canonical(([opened.root] + folder).joined(separator: "/"))
            // A link may lead out of the root, where no checkout is asked.
            guard let path, Discovery.components(from: opened.root, to: path) != nil else { continue }
            guard let place = GitPlace(of: path) else {
                throw SystemFailure("\(path) does not lie in a git checkout")
            }
            places[place.top] = place
        }
        var found: [GitCheckout] = []
        // One that holds another comes first: the revision is its own, and says which commit of a submodule is meant.
        for top in places.keys.sorted() {
            guard let place = places[top], !found.contains(where: { $0.place.top == top }) else { continue }
            let checkout = try GitCheckout(place, revision: revision)
            found.append(checkout)
            found += try checkout.submodules()
        }
        return found
    }

    /// The plan of the manifest as it was; one without builds when it was not there or had errors.
    private func formerPlan(_ checkouts: [GitCheckout], _ opened: Session) throws(SystemFailure) -> Plan? {
        let folder = ([opened.root] + opened.layout.folder).joined(separator: "/")
        let home = Discovery.canonical(folder).flatMap { GitPlace(of: $0) }
        guard let checkout = checkouts.first(where: { $0.place.top == home?.top }),
            let place = Discovery.components(from: checkout.place.top, to: folder),
            let bytes = try checkout.formerContents(
                of: (place + [opened.layout.manifestName]).joined(separator: "/"))
        else { return opened.plan(of: Self.nothing, session).plan }
        return opened.plan(of: SourceFile(path: opened.source.path, bytes: bytes), session).plan
            ?? opened.plan(of: Self.nothing, session).plan
    }

    /// A manifest that builds nothing.
    private static let nothing = SourceFile(
        path: "", bytes: Array("version: 1\nimages: {x: {pull: x:1}}\nprojects: {x: {services: {x: {}}}}\n".utf8))
}
