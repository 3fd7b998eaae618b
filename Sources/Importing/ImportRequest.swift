import YAMLSyntax

/// Which Compose files make which projects, as the command line and the folders say.
package struct ImportRequest: Sendable {
    /// One project: the files that Compose would read together, and its environments.
    package struct Project: Sendable {
        /// The folder of the first file, which its relative paths start from.
        package var folder: FilePath
        /// In the order in which they override one another.
        package var files: [FilePath]
        /// How many of the files the environments override: Compose merges an override file only when it is left to
        /// find the files by itself.
        package var environmentBase: Int
        package var environments: [Environment] = []
        /// What Compose calls the project where the files do not say it: the folder as the user reached it.
        package var usualName: String?
        /// What the folder's `.env` calls the project, whatever the files say.
        package var statedName: String?

        package init(folder: FilePath, files: [FilePath]) {
            self.folder = folder
            self.files = files
            environmentBase = files.count
        }
    }

    /// A `compose.<name>.yaml` beside a project's file.
    package struct Environment: Sendable, Equatable {
        package var name: String
        package var file: FilePath
        /// Whether the file is a project by itself, and nothing that is merged over another one.
        package var isComplete = false

        package init(name: String, file: FilePath) {
            self.name = name
            self.file = file
        }
    }

    package var projects: [Project]
    /// The manifest's own folder, which the manifest's paths start from.
    package var manifestFolder: FilePath = []
    /// The workspace's name; nil leaves it to the language's default, which many workspaces of one engine may have.
    package var workspaceName: String?
    /// The name of a project whose folder is the root itself.
    package var rootName = "workspace"
    /// The name of the schema beside the manifest, which its first line names to editors; nil where there is none.
    package var schema: String?
    package var limits = Limits()

    package init(projects: [Project]) { self.projects = projects }
}

/// What a path held when it was asked for.
package enum FileContent: Sendable {
    case bytes([UInt8])
    case missing
    /// It is there, but is not read; why, in words: `a symbolic link`.
    case refused(String)
}
