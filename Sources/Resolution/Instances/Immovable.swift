import SourceText
import YAMLSyntax

/// What is the same in every instance of a workspace: two that run at once meet there.
package struct Immovable: Sendable {
    package enum Kind: String, Sendable {
        /// Published ports whose number no variable can hold, or which variables of the manifest's own say.
        case range, variable
        /// The addresses of a network, and of one service in it.
        case subnet, address
        /// The host's own network.
        case host
        /// A network or volume that no project of the workspace creates.
        case external
        /// A folder of the host that a service writes to.
        case folder
        /// A container's name, or the host's port, inside another value.
        case value
    }

    package let kind: Kind
    /// The index of the project.
    package let project: Int
    /// The service; nil for what is the project's.
    package let service: Symbol?
    package let span: Span
    /// What stays, as it is written.
    package let text: String

    /// Whether the second of two instances cannot start.
    package var collides: Bool {
        switch kind {
        case .range, .subnet, .address, .host: true
        case .variable, .external, .folder, .value: false
        }
    }
}

extension Resolution {
    /// Whatever of a variant is the same in every instance, in the order of its projects and services.
    package func immovables(in variant: Int) -> [Immovable] {
        var search = ImmovableSearch(self, variants[variant])
        for project in variants[variant].projects { search.look(into: project) }
        return search.found
    }
}
