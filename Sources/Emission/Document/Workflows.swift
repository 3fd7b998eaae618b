import Planning
import StrategyManifest

/// The commands of the document: what one does first, daily, after a change, and when something fails.
struct Workflows {
    private let plan: Plan
    private let scripts: String?
    /// The manifest as seen from the document, when that lies in another folder.
    private let distantManifest: String?

    init(_ plan: Plan, _ layout: Layout, path: [String]) {
        self.plan = plan
        let folder = Array(path.dropLast())
        distantManifest =
            folder == layout.folder
            ? nil : Layout.relative(from: folder, to: layout.folder + [layout.manifestName])
        scripts = plan.manifest.outputs.scripts.map {
            Layout.relative(from: layout.folder, to: layout.components($0.value))
        }
    }

    var text: String {
        guard let scripts, !plan.manifest.projects.isEmpty else { return "" }
        let project = plan.manifest.projects.indices.max { services($0) < services($1) }.map { plan.projectName($0) } ?? ""
        var sections: [(String, [(String, String)])] = []
        if !plan.builds.isEmpty {
            sections.append(
                (
                    "First set-up",
                    [
                        ("# Build every image, each one after its bases", "\(scripts)/build.sh"),
                        ("# See that all are there", "\(scripts)/verify.sh"),
                    ]
                ))
        }
        sections.append(
            (
                "Every day",
                [("# Start a project from the images that are there; nothing is rebuilt", "\(scripts)/up.sh \(project)")]
            ))
        if let image = plan.builds.first?.images.first.map({ plan.imageName($0) }) {
            sections.append(
                (
                    "After a code change",
                    [
                        (
                            "# Rebuild the image, and what is built from it",
                            "\(scripts)/build.sh --with-dependents \(image)"
                        ),
                        (
                            "# Recreate the containers that run it (a restart would keep the old image)",
                            "\(scripts)/up.sh \(project)"
                        ),
                    ]
                ))
            sections.append(
                (
                    "When something is missing",
                    [
                        ("# Which images are missing, and the command that makes each", "\(scripts)/verify.sh --quiet"),
                        ("# What is built when", "\(scripts)/build.sh --list"),
                    ]
                ))
        }
        var text = "\n## Workflows\n"
        if let distantManifest { text += "\nFrom the folder of `\(distantManifest)`:\n" }
        for (title, commands) in sections {
            text += "\n### \(title)\n\n```sh\n"
            text += commands.map { "\($0.0)\n\($0.1)\n" }.joined(separator: "\n")
            text += "```\n"
        }
        return text
    }

    private func services(_ project: Int) -> Int { plan.manifest.projects[project].services.count }
}
