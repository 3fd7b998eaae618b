import Foundation

/// A manifest and the files that its builds look for.
struct Workspace {
    let manifest: String
    /// Dockerfiles by their paths below the workspace's folder.
    let dockerfiles: [(path: String, text: String)]
    /// The folders of the projects, which exist even where a project builds nothing.
    let folders: [String]

    /// Writes `strategy.yaml`, each project's folder and the Dockerfiles, making folders as needed.
    func write(to directory: String) throws {
        let root = URL(fileURLWithPath: directory, isDirectory: true)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try Data(manifest.utf8).write(to: root.appendingPathComponent("strategy.yaml"))
        for folder in folders {
            try FileManager.default.createDirectory(
                at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        for (path, text) in dockerfiles {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    /// The guide's own workspace.
    static let guide = Workspace(
        manifest: guideManifest,
        dockerfiles: [
            ("trading/Dockerfile.api", "FROM alpine:3.20 AS development\n"),
            ("zixly/services/webhook-receiver/Dockerfile", "FROM alpine:3.20\n"),
            ("zixly/services/pipeline-worker/Dockerfile", "FROM alpine:3.20\n"),
        ],
        folders: ["trading", "zixly"])

    private init(manifest: String, dockerfiles: [(path: String, text: String)], folders: [String]) {
        self.manifest = manifest
        self.dockerfiles = dockerfiles
        self.folders = folders
    }

    /// A workspace of many projects, in which each built image has a folder with a Dockerfile in its owner's.
    init(generatedFor size: Size) {
        let plan = Plan(size: size)
        self.init(
            manifest: GeneratedManifest(plan).text,
            dockerfiles: (0..<size.images).filter { !plan.isPulled($0) }.map { image in
                let base = plan.base(image).map { "\(plan.imageName($0)):latest" } ?? "alpine:3.20"
                let path = "\(plan.projectName(plan.owner(image)))/\(plan.imageName(image))/Dockerfile"
                return (path, "FROM \(base)\nCOPY . /srv\n")
            },
            folders: (0..<size.projects).map(plan.projectName))
    }
}
