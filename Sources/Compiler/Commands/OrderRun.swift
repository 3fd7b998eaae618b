import Comparison
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
        guard let (opened, development) = try Session.planned(session, console) else { return .findings }
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
        var affected = try affected(plan, opened, console)
        if !indices.isEmpty {
            let asked = Set(indices.compactMap { plan.buildOfImage[$0] })
            affected.builds.removeAll { !asked.contains($0.build) }
            affected.keepServices(running: Set(indices), of: plan)
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

    private func affected(_ plan: Plan, _ opened: Session, _ console: Console) throws(SystemFailure) -> Affected {
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
            let home = try Checkouts.Home(opened, revision: since)
            let checkouts = try Checkouts(plan, opened, home: home)
            for note in checkouts.notes { console.note(note) }
            changed += try checkouts.changedPaths()
            if changed.contains(opened.layout.folder + [opened.layout.manifestName]) {
                let then = try formerPlan(home, opened)
                // Before there was such an environment, it built nothing.
                let variant = then?.variants.first { $0.environment == environment }
                former = variant.flatMap { then?.seen(from: $0.index) } ?? opened.plan(of: Self.nothing, session).plan
            }
        }
        var search = AffectedSearch(
            plan: plan, layout: opened.layout, root: try opened.rootFolder(), changed: changed, former: former)
        var affected = search.run()
        if affected.builds.isEmpty {
            let folders = Set(plan.manifest.projects.map { opened.layout.components($0.path.value) })
            let stray = zip(affectedBy ?? [], changed).first { _, place in
                !(0...place.count).contains { folders.contains(Array(place.prefix($0))) }
            }
            if let stray {
                console.note("\(visible(stray.0)) lies in no project's folder, and no build reads it")
            }
        }
        if let former { affected.services = services(former, plan) }
        return affected
    }

    /// The services whose containers become others because the manifest says so, by `project/service`.
    private func services(_ former: Plan, _ plan: Plan) -> [String: String] {
        var services: [String: String] = [:]
        for project in Comparing(former, plan, environment: environment ?? "").changes().projects {
            for container in project.containers where !container.isOnlyRebuilt && container.kind != .removed {
                services["\(project.name)/\(container.service)"] = container.consequence
            }
        }
        return services
    }

    /// The plan of the manifest as it was; one without builds when it was not there or had errors.
    private func formerPlan(_ home: Checkouts.Home, _ opened: Session) throws(SystemFailure) -> Plan? {
        guard let bytes = try home.formerContents(of: opened.layout.manifestName) else {
            return opened.plan(of: Self.nothing, session).plan
        }
        return opened.plan(of: SourceFile(path: opened.source.path, bytes: bytes), session).plan
            ?? opened.plan(of: Self.nothing, session).plan
    }

    /// A manifest that builds nothing.
    private static let nothing = SourceFile(
        path: "", bytes: Array("version: 1\nimages: {x: {pull: x:1}}\nprojects: {x: {services: {x: {}}}}\n".utf8))
}
