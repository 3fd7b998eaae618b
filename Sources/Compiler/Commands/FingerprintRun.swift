import Diagnostics
import Emission
import Planning
import SourceText
import Workspace

/// `bayplan fingerprint`: what each image would be built from, as a hash.
package struct FingerprintRun {
    package enum Format: String, CaseIterable, Sendable { case text, json }

    package var session: SessionOptions
    /// The images asked for; empty for all.
    package var images: [String] = []
    package var format = Format.text
    /// The environment whose builds are meant; nil for development.
    package var environment: String?
    /// The tables of a script that must say what the manifest says; nil when no script asks.
    package var scriptTables: [UInt8]?
    /// The value of an environment variable.
    package var variable: (String) -> String? = { _ in nil }

    package init(session: SessionOptions) { self.session = session }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        guard let (opened, development) = try Session.planned(session, console) else { return .findings }
        let plan = try development.seen(fromEnvironment: environment)
        if isOutdated(plan, opened.layout, console) { return .findings }
        let chosen = try plan.builtImages(named: images)
        var fingerprints = Fingerprints(
            plan, opened.layout, root: try opened.rootFolder(), variable: variable)
        fingerprints.progress = console.progress
        var rows: [(image: String, result: Result<String, Unknowable>)] = []
        for image in chosen {
            guard let build = plan.buildOfImage[image] else { continue }
            rows.append((plan.imageName(image), fingerprints.fingerprint(of: build)))
        }
        write(rows, console)
        var status = ExitStatus.clean
        for (image, result) in rows {
            guard case .failure(let fault) = result else { continue }
            console.fail("\(image) has no fingerprint: \(visible(fault.reason))")
            status = .findings
        }
        return status
    }

    /// Whether the script that asks is older than the manifest, which is then told.
    func isOutdated(_ plan: Plan, _ layout: Layout, _ console: Console) -> Bool {
        guard let scriptTables, !areBuildTables(scriptTables, of: plan, layout) else { return false }
        console.fail("the scripts are not what the manifest says; run: bayplan compile")
        return true
    }

    private func write(_ rows: [(image: String, result: Result<String, Unknowable>)], _ console: Console) {
        switch format {
        case .text:
            let width = rows.map(\.image.utf8.count).max() ?? 0
            var text = ""
            for (image, result) in rows {
                guard case .success(let fingerprint) = result else { continue }
                text += image + blanks(width - image.utf8.count + 2) + fingerprint + "\n"
            }
            console.result(VisibleText(lines: text))
        case .json:
            var json = JSONWriter()
            json.object { json in
                json.member("schema", 1)
                json.array("fingerprints", of: rows) { json, row in
                    json.object { json in
                        json.member("image", row.image)
                        switch row.result {
                        case .success(let fingerprint): json.member("fingerprint", fingerprint)
                        case .failure(let fault):
                            json.member("fingerprint", orNull: nil)
                            json.member("reason", fault.reason)
                        }
                    }
                }
            }
            console.output(json.finish())
        }
    }
}

extension Plan {
    /// The plan with the builds of an environment; with those of development for nil.
    ///
    /// - Throws: when there is no environment of this name.
    func seen(fromEnvironment name: String?) throws(SystemFailure) -> Plan {
        name == nil ? self : seen(from: try variant(ofEnvironment: name).index)
    }

    /// The variant of an environment; development's for nil.
    ///
    /// - Throws: when there is no environment of this name.
    func variant(ofEnvironment name: String?) throws(SystemFailure) -> PlannedVariant {
        guard let name else { return variants[0] }
        guard let variant = variants.first(where: { $0.environment == name }) else {
            let names = variants.compactMap(\.environment)
            let match = namesInstead(of: name, among: names)
            throw SystemFailure("this workspace has no environment `\(visible(name))`\(match)")
        }
        return variant
    }

    /// The built images that a command line names, or all in build order.
    ///
    /// - Throws: when a name is no built image's.
    func builtImages(named names: [String]) throws(SystemFailure) -> [Int] {
        let built = builds.flatMap(\.images)
        guard !names.isEmpty else { return built }
        var indices: [Int] = []
        for name in names {
            guard let index = built.first(where: { imageName($0) == name }) else {
                let match = namesInstead(of: name, among: built.map { imageName($0) })
                throw SystemFailure("this workspace builds no image `\(visible(name))`\(match)")
            }
            indices.append(index)
        }
        return indices
    }
}

/// That neither of the manifests that a command looks at has an environment of a name.
func noEnvironment(_ name: String, among names: [String]) -> SystemFailure {
    SystemFailure("there is no environment `\(visible(name))`" + namesInstead(of: name, among: names))
}
