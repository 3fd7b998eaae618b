/// What a build needs on disk: the question to whoever may read.
package struct BuildProbe: Equatable, Sendable {
    /// The components of the paths from the root.
    package let project: [String]
    package let context: [String]
    /// Nil where the Dockerfile stands in the manifest.
    package let dockerfile: [String]?
    /// Whether `dockerfile` in lower case will do, too.
    package let isDefaultName: Bool

    /// Nil where the context or the Dockerfile lies outside the root or cannot be told.
    package init?(_ place: BuildPlace) {
        guard case .folder(let context) = place.context else { return nil }
        project = place.project
        self.context = context
        isDefaultName = place.isDefaultName
        switch place.dockerfileLocation {
        case .file(let path): dockerfile = path
        case .inline: dockerfile = nil
        case .outside, .unsettled: return nil
        }
    }

    /// What tells it from other questions: no component holds a NUL or a slash.
    package var key: String {
        var key = isDefaultName ? "\0" : ""
        for path in [project, context, dockerfile ?? ["/"]] {
            for component in path {
                key += component
                key += "/"
            }
            key += "\0"
        }
        return key
    }
}
