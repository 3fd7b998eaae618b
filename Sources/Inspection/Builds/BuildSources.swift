import SourceText

/// What was found for the builds of a manifest.
package struct BuildSources: Sendable {
    package enum Found: Sendable {
        /// The project's folder is not there, or holds nothing but what Bayplan writes.
        case noProject
        /// The path from the root of the folder that was probably meant, if one is near.
        case noContext(near: [String]?)
        /// The path from the root of the file that was probably meant, if one is near.
        case noDockerfile(near: [String]?)
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
    /// Of projects whose folder is not there, or holds nothing but what Bayplan writes: the path from the root of the
    /// folder beside it that was probably meant, by the project's index.
    package let nearFolders: [Int: [String]]

    /// - Parameter found: the answers in the order of `looks`, all of them or none.
    package init(_ questions: BuildQuestions, found: [Found] = [], nearFolders: [Int: [String]] = [:]) {
        self.questions = questions
        self.nearFolders = nearFolders
        self.found = found.count == questions.probes.count ? found : []
    }

    /// The answer to a question of `looks`.
    package subscript(probe: Int) -> Found? { found.isEmpty ? nil : found[probe] }
}
