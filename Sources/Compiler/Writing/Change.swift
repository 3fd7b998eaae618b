import Emission
import Workspace

/// What a run would do to one artifact.
package struct Change: Sendable {
    package enum Kind: Sendable {
        /// It already is as it should be.
        case unchanged
        case create
        /// Bayplan wrote what is there; it is out of date.
        case update
        /// A script that is as it should be, but not executable.
        case makeExecutable
        /// It is Bayplan's, but its content was changed since.
        case edited
        /// Bayplan did not write what is there, or wrote it from another manifest, which is named.
        case foreign(String?)
        /// A file of Bayplan's that is no longer emitted.
        case delete
        /// Such a file, changed since.
        case editedLeftOver
        /// Something that is no plain file is in the way: what it is.
        case blocked(String)
        /// A folder on the way is none, or a link, which is not followed.
        case unreachable(Obstacle)
    }

    package let path: [String]
    /// The path as messages write it.
    package let shown: String
    package var kind: Kind
    /// What is there now; nil when nothing is.
    package let old: [UInt8]?
    /// Which file that is.
    package let identity: FileIdentity?
    /// What should be there; nil for a left-over.
    package let artifact: Artifact?
    /// Whether what is there begins with this manifest's header: only then is its text shown.
    package var isOurs = false
    /// Whether it seems to come out of a merge.
    package var isMerged = false
    /// The lock that should list it and does not, where this manifest's header stands in it.
    package var missingLock: String?
    /// Whether git left a conflict in it.
    package var isConflict = false

    init(
        path: [String], shown: String, kind: Kind, old: [UInt8]?, identity: FileIdentity?, artifact: Artifact?
    ) {
        self.path = path
        self.shown = shown
        self.kind = kind
        self.old = old
        self.identity = identity
        self.artifact = artifact
    }

    /// Whether a run must not touch this without being told to.
    package var isRefused: Bool {
        switch kind {
        case .edited, .foreign, .editedLeftOver, .blocked, .unreachable: true
        default: false
        }
    }

    /// Whether not even being told to makes a run touch this.
    package var isBlocked: Bool {
        switch kind {
        case .blocked, .unreachable: true
        default: false
        }
    }

    package var isDrift: Bool { if case .unchanged = kind { false } else { true } }

    /// Whether Bayplan wrote what is there, and would write something else now.
    var isOutOfDate: Bool { if case .update = kind { true } else { false } }

    /// What is there, as far as it may be shown; nil for what somebody else wrote.
    package var visibleOld: [UInt8]? {
        switch kind {
        case .unchanged, .makeExecutable: old
        default: isOurs || old?.isEmpty ?? true ? old ?? [] : nil
        }
    }
}
