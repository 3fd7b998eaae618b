import SourceText

/// What was found for the builds of a manifest.
package struct BuildSources: Sendable {
    package enum Found: Sendable {
        /// The project's folder is not there, or holds nothing but what Bayplan writes.
        case noProject
        case noContext
        case noDockerfile
        /// Something is there that is not read: what, such as `a symbolic link`, and where.
        case unreadable(String, [String])
        case dockerfile(SourceFile)
        /// The context is there, and the Dockerfile stands in the manifest.
        case context
    }

    /// What was asked.
    package let questions: BuildQuestions
    /// The answers in the order of `looks`; empty where nobody looked.
    package let found: [Found]

    /// - Parameter found: the answers in the order of `looks`, all of them or none.
    package init(_ questions: BuildQuestions, found: [Found] = []) {
        self.questions = questions
        self.found = found.count == questions.probes.count ? found : []
    }

    /// The answer to a question of `looks`.
    package subscript(probe: Int) -> Found? { found.isEmpty ? nil : found[probe] }
}
