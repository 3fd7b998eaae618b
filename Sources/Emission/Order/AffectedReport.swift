import Diagnostics
import Planning
import SourceText

/// What a change reaches, for people and for programs: `bayplan order --affected-by` and `--since`.
package struct AffectedReport {
    private let plan: Plan
    private let affected: Affected

    package init(_ plan: Plan, _ affected: Affected) {
        self.plan = plan
        self.affected = affected
    }

    private struct Runner {
        let project: String
        let service: String
        let image: Int
        /// Whether its image is affected.
        let runsAffected: Bool
        /// What becomes of its container because it is another itself.
        let change: String?

        var name: String { "\(project)/\(service)" }
    }

    /// The services that run an affected image or are others themselves, in the manifest's order.
    private var runners: [Runner] {
        let images = Set(affected.builds.flatMap { plan.builds[$0.build].images })
        return plan.home.projects.flatMap { project in
            let name = plan.projectName(project.project)
            return project.services.compactMap { planned -> Runner? in
                let service = plan.tree.text(planned.name)
                let change = affected.services.isEmpty ? nil : affected.services["\(name)/\(service)"]
                let runsAffected = images.contains(planned.image)
                guard runsAffected || change != nil else { return nil }
                return Runner(
                    project: name, service: service, image: planned.image, runsAffected: runsAffected, change: change)
            }
        }
    }

    /// Why an image is affected, in words.
    package func words(_ reason: Affected.Reason) -> String {
        switch reason {
        case .context(let path): "\(path) is sent to its build"
        case .dockerfile(let path): "\(path) is its Dockerfile"
        case .ignoreFile(let path): "\(path) decides what is sent to its build"
        case .manifest: "its build in the manifest is another"
        case .base(let build): "is built from \(plan.imageName(plan.builds[build].images[0]))"
        case .unknown(let reason): "may be: \(reason)"
        }
    }

    private func kind(_ reason: Affected.Reason) -> (kind: String, key: String, value: String?) {
        switch reason {
        case .context(let path): ("context", "path", path)
        case .dockerfile(let path): ("dockerfile", "path", path)
        case .ignoreFile(let path): ("ignore-file", "path", path)
        case .manifest: ("manifest", "", nil)
        case .base(let build): ("base", "image", plan.imageName(plan.builds[build].images[0]))
        case .unknown(let reason): ("unknown", "detail", reason)
        }
    }

    /// Images in build order and services, each with the reason.
    package func text() -> [UInt8] {
        let runners = runners
        if affected.builds.isEmpty, runners.isEmpty { return Array("no image is affected\n".utf8) }
        var text = affected.builds.isEmpty ? "" : "images\n"
        let images = affected.builds.flatMap { item in
            plan.builds[item.build].images.map { (plan.imageName($0), item.reason) }
        }
        let services = runners.map { runner in
            let words = [runner.runsAffected ? "runs \(plan.imageName(runner.image))" : nil, runner.change]
            return (runner.name, words.compactMap { $0 }.joined(separator: "; "))
        }
        let width = alignedWidth((images.map(\.0) + services.map(\.0)).map(\.utf8.count))
        func line(_ name: String, _ reason: String) {
            text += "  " + name + blanks(width - name.utf8.count) + "  " + visible(reason) + "\n"
        }
        for (name, reason) in images { line(name, words(reason)) }
        if !services.isEmpty { text += "services\n" }
        for (name, reason) in services { line(name, reason) }
        return Array(text.utf8)
    }

    /// `{"schema": 1, "images": […], "services": […]}`.
    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("schema", 1)
            json.array("images", of: affected.builds) { json, item in
                let build = plan.builds[item.build]
                json.object { json in
                    json.array("images", of: build.images) { $0.string(plan.imageName($1)) }
                    json.member("owner", plan.projectName(build.owner))
                    json.member("stage", build.stage)
                    json.object("reason") { json in
                        let (kind, key, value) = kind(item.reason)
                        json.member("kind", kind)
                        if let value { json.member(key, value) }
                    }
                }
            }
            json.array("services", of: runners) { json, runner in
                json.object { json in
                    json.member("project", runner.project)
                    json.member("service", runner.service)
                    json.member("image", plan.imageName(runner.image))
                    if let change = runner.change { json.member("change", change) }
                }
            }
        }
        return json.finish()
    }
}
