import SourceText
import YAMLSyntax

/// How an image is built: the value of `build`, short (`build: ./app`) or long, read once for every later phase.
///
/// Only a file that repeats the value as it was written goes back to its node.
package struct ComposeBuild: Sendable {
    package var node: NodeID { stated.fields.node }
    package var isShort: Bool { stated.fields.isShort }
    package var context: Spanned<BuildContext> { stated.fields.context }
    /// Whether the context is written out, and not Compose's default.
    package var statesContext: Bool { stated.fields.statesContext }
    /// The path of the Dockerfile as it is written, relative to the context.
    package var dockerfile: Spanned<String>? { stated.fields.dockerfile }
    /// The scalar that holds the Dockerfile's text.
    package var inlineDockerfile: NodeID? { stated.fields.inlineDockerfile }
    /// The stage that is built.
    package var target: Spanned<String>? { stated.fields.target }
    /// As they are written: the last of one name counts.
    package var arguments: [Assignment] { stated.fields.arguments }
    /// As they are written: the last of one name counts.
    package var labels: [Assignment] { stated.fields.labels }
    /// One of each name.
    package var contexts: [NamedContext] { stated.fields.contexts }
    /// Further references of the image.
    package var tags: [Spanned<String>] { stated.fields.tags }
    package var platforms: [Spanned<String>] { stated.fields.platforms }
    /// The list of platforms.
    package var platformsSpan: Span? { stated.fields.platformsSpan }
    package var options: BuildOptions { stated.fields.options }

    // Shared, so that a copy counts one reference: builds are handed on by the thousand.
    private let stated: Stated

    private final class Stated: Sendable {
        let fields: Fields
        init(_ fields: Fields) { self.fields = fields }
    }

    /// An entry of `additional_contexts`: a name that takes the place of an image or a stage.
    package struct NamedContext: Sendable {
        package let assignment: Assignment
        package let context: BuildContext
        package var name: String { assignment.name }

        /// The place of the service in `service:S`, or of the whole value.
        package var serviceSpan: Span { assignment.valueSpan(behind: "service:") }
    }

    package init(_ node: NodeID, of tree: borrowing Tree) { stated = Stated(Fields(node, of: tree)) }
}

/// The keys of one `build`, while they are read.
private struct Fields: Sendable {
    let node: NodeID
    let isShort: Bool
    var context: Spanned<BuildContext>
    var statesContext: Bool
    var dockerfile: Spanned<String>?
    var inlineDockerfile: NodeID?
    var target: Spanned<String>?
    var arguments: [Assignment] = []
    var labels: [Assignment] = []
    var contexts: [ComposeBuild.NamedContext] = []
    var tags: [Spanned<String>] = []
    var platforms: [Spanned<String>] = []
    var platformsSpan: Span?
    var options = BuildOptions.none

    init(_ node: NodeID, of tree: borrowing Tree) {
        self.node = node
        isShort = tree[node].kind == .scalar
        statesContext = isShort
        context = Spanned(BuildContext(isShort ? tree.text(node) : "."), at: tree[node].span)
        for (key, value) in tree.entries(node) { read(tree.text(key), value, tree) }
    }

    private mutating func read(_ key: String, _ value: NodeID, _ tree: borrowing Tree) {
        switch key {
        case "context":
            context = Spanned(BuildContext(tree.text(value)), at: tree[value].span)
            statesContext = true
        case "dockerfile": dockerfile = tree.spannedText(value)
        case "dockerfile_inline": inlineDockerfile = value
        case "target": target = tree.spannedText(value)
        case "args": arguments = tree.assignments(value)
        case "labels": labels = tree.assignments(value)
        case "additional_contexts":
            contexts = tree.assignments(value).settled.map {
                ComposeBuild.NamedContext(assignment: $0, context: BuildContext($0.value ?? ""))
            }
        case "tags": tags = tree.spannedTexts(value)
        case "platforms":
            platforms = tree.spannedTexts(value)
            platformsSpan = tree[value].span
        default:
            if options === BuildOptions.none { options = BuildOptions() }
            options.read(key, value, tree)
        }
    }
}

extension Tree {
    /// A text and its place.
    func spannedText(_ node: NodeID) -> Spanned<String> { Spanned(text(node), at: self[node].span) }

    /// A list of texts, or a single one that stands for a list.
    func spannedTexts(_ node: NodeID) -> [Spanned<String>] {
        self[node].kind == .scalar ? [spannedText(node)] : items(node).map { spannedText($0) }
    }
}
