import Inspection
import Resolution
import Rules

/// What was found in the project folders for the builds of one text of a manifest, to be used again for the next.
struct KnownBuilds {
    private let probes: [BuildProbe]
    private let ownPaths: [[String]]
    private let found: [BuildSources.Found]
    private let nearFolders: [Int: [String]]

    init(_ sources: BuildSources, for probes: [BuildProbe], ownPaths: [[String]]) {
        self.probes = probes
        self.ownPaths = ownPaths
        found = sources.found
        nearFolders = sources.nearFolders
    }

    /// Whether every build has its folder and its Dockerfile, and no project's folder is misspelt.
    var isAllThere: Bool {
        nearFolders.isEmpty
            && found.allSatisfy {
                switch $0 {
                case .dockerfile, .context: true
                case .noProject, .noContext, .noDockerfile, .unreadable: false
                }
            }
    }

    /// The answers to these questions, if they are those that were answered.
    func answers(to questions: BuildQuestions, ownPaths: [[String]]) -> BuildSources? {
        guard probes == questions.probes, self.ownPaths == ownPaths else { return nil }
        return BuildSources(questions, found: found, nearFolders: nearFolders)
    }
}
