import SourceText
import YAMLSyntax

/// One Compose project with its files merged: what `docker compose config` would show, as written.
struct ComposeProject {
    var folder: FilePath
    var name: String
    /// Where the name is stated; the beginning of the first file where it is not.
    var nameSpan: Span
    var services: [ComposeService]
    /// `networks`, `volumes`, `configs`, `secrets`, `models` and `x-` keys, in their order.
    var sections: [(key: NodeID, value: NodeID)]
    var environments: [ComposeEnvironment] = []
    /// The name of the first file.
    var fileName: String
    /// The names of the files that it was read from, but for those that they include or extend.
    var files: [String] = []
    /// Whether other files are merged over the first one.
    var hasSeveralFiles = false
    /// The first file.
    var source: SourceFile
}

/// One service, merged, without `extends`.
struct ComposeService {
    let name: String
    /// Where the service is first declared.
    let key: NodeID
    /// A mapping.
    var body: NodeID
}

/// What a project is in one environment.
struct ComposeEnvironment {
    let name: String
    /// Whether nothing of development's services, networks and volumes holds there.
    var isComplete = false
    /// The whole services there.
    var services: [ComposeService]
    /// By service: what the environment's own file says of it; nil where that cannot be written as it is, because the
    /// environment stands on other files than development.
    var overrides: [String: NodeID]?
    var sections: [(key: NodeID, value: NodeID)]
    /// By service: its key in the environment's own file.
    var keys: [String: NodeID] = [:]
    /// The beginning of the environment's file.
    let span: Span
}

/// The content of one file, or of several merged ones, while a project is put together.
struct ComposeDocument {
    var services: [(key: NodeID, body: NodeID)] = []
    /// Sections whose entries have names: `networks` and its kin.
    var sections: [(key: NodeID, entries: [(key: NodeID, value: NodeID)])] = []
    var extensions: [(key: NodeID, value: NodeID)] = []
    var name: NodeID?
    /// Sections that stand alone, whatever other documents say: `!reset` and `!override` of the whole.
    var replaced: Set<String> = []
}
