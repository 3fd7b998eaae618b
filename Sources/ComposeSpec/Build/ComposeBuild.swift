import SourceText
import YAMLSyntax

/// How an image is built: the value of `build`, short (`build: ./app`) or long, read once for every later phase.
///
/// Only a file that repeats the value as it was written goes back to its node.
package struct ComposeBuild: Sendable {
    package let node: NodeID
    package let isShort: Bool
    package private(set) var context: Spanned<BuildContext>
    /// Whether the context is written out, and not Compose's default.
    package private(set) var statesContext: Bool
    /// The path of the Dockerfile as it is written, relative to the context.
    package private(set) var dockerfile: Spanned<String>?
    /// The scalar that holds the Dockerfile's text.
    package private(set) var inlineDockerfile: NodeID?
    /// The stage that is built.
    package private(set) var target: Spanned<String>?
    /// As they are written: the last of one name counts.
    package private(set) var arguments: [Assignment] = []
    /// As they are written: the last of one name counts.
    package private(set) var labels: [Assignment] = []
    /// One of each name.
    package private(set) var contexts: [NamedContext] = []
    /// Further references of the image.
    package private(set) var tags: [Spanned<String>] = []
    package private(set) var platforms: [Spanned<String>] = []
    /// The list of platforms.
    package private(set) var platformsSpan: Span?
    package private(set) var options = BuildOptions()

    /// An entry of `additional_contexts`: a name that takes the place of an image or a stage.
    package struct NamedContext: Sendable {
        package let assignment: Assignment
        package let context: BuildContext
        package var name: String { assignment.name }

        /// The place of the service in `service:S`, or of the whole value.
        package var serviceSpan: Span { assignment.valueSpan(behind: "service:") }
    }

    package init(_ node: NodeID, of tree: Tree) {
        self.node = node
        isShort = tree[node].kind == .scalar
        statesContext = isShort
        context = Spanned(BuildContext(isShort ? tree.text(node) : "."), at: tree[node].span)
        for (key, value) in tree.entries(node) { read(tree.text(key), value, tree) }
    }

    private mutating func read(_ key: String, _ value: NodeID, _ tree: Tree) {
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
                NamedContext(assignment: $0, context: BuildContext($0.value ?? ""))
            }
        case "tags": tags = tree.spannedTexts(value)
        case "platforms":
            platforms = tree.spannedTexts(value)
            platformsSpan = tree[value].span
        default: options.read(key, value, tree)
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
