import Diagnostics
import SourceText
import YAMLSyntax

extension Tree {
    /// What an environment counts for by itself: its files, tables and findings cost about as much as forty services.
    private static let weightOfEnvironment = 40

    /// BP007 for a document that declares more images, projects and services than a limit, each counted once for
    /// development and once for every environment, which counts as forty more; nil for every other.
    ///
    /// For the document as it stands: what resolution and the rules cost grows with this count, and with it alone an
    /// environment of four bytes can cost as much as all projects together.
    package func excessOfDeclarations(over limit: Int) -> Diagnostic? {
        let images = entryCount(of: "images", in: root)
        var (projects, services) = (0, 0)
        if let node = value("projects", in: root), let key = symbols.find("services") {
            projects = entries(node).count
            for (_, project) in entries(node) {
                if let node = value(key, in: project) { services += entries(node).count }
            }
        }
        let environments = entryCount(of: "environments", in: root)
        let added = servicesOfEnvironments
        let declared = images + projects + services
        // No overflow: each factor is below the document's number of bytes.
        let all = declared + environments * (declared + Self.weightOfEnvironment) + added
        guard all > limit else { return nil }
        let isByEnvironments = environments > 0 && declared <= limit
        let largest = isByEnvironments ? "environments" : images > projects + services ? "images" : "projects"
        let key = entries(root).first { text($0.key) == largest }?.key
        return Diagnostic(
            .limitExceeded,
            isByEnvironments
                ? "\(declared) images, projects and services, in development and in every environment, come to "
                    + "\(all); the limit is \(limit)"
                : "\(declared) images, projects and services are declared; the limit is \(limit)",
            at: .init(
                location(key ?? root),
                isByEnvironments
                    ? "each environment has all of them, and counts as \(Self.weightOfEnvironment) more"
                    : "most stand here"),
            help: ["`--limit-declarations` raises the limit"])
    }

    /// The services that stand in environments: each may be one that the environment adds.
    private var servicesOfEnvironments: Int {
        guard let node = value("environments", in: root), let projects = symbols.find("projects"),
            let services = symbols.find("services")
        else { return 0 }
        var count = 0
        for (_, environment) in entries(node) {
            guard let node = value(projects, in: environment) else { continue }
            for (_, project) in entries(node) {
                if let node = value(services, in: project) { count += entries(node).count }
            }
        }
        return count
    }

    private func entryCount(of key: String, in mapping: NodeID) -> Int {
        value(key, in: mapping).map { entries($0).count } ?? 0
    }
}
