import ComposeSpec
import Dockerfiles
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// The `additional_contexts` of a build: names that take the place of images and stages.
struct NamedContexts {
    private var entries: [ImageReference: (value: String, span: Span)] = [:]
    /// The names that can be those of stages.
    private(set) var plainNames: Set<String> = []

    init(of build: NodeID, in tree: borrowing Tree) {
        guard tree[build].kind == .mapping, let node = tree.value("additional_contexts", in: build) else { return }
        for (name, value, span) in buildPairs(node, of: tree) {
            // Buildx compares the names as references; what is none, it refuses.
            guard let value, case .success(let reference) = ImageReference.parse(name) else { continue }
            entries[reference.normalized] = (value, span)
            plainNames.insert(name)
        }
    }

    func value(for reference: ImageReference) -> String? { entries[reference.normalized]?.value }
}

/// The entries of a mapping or of a list of `name=value`; a value that is not there is nil.
func buildPairs(_ node: NodeID, of tree: Tree) -> [(name: String, value: String?, span: Span)] {
    var pairs: [(String, String?, Span)] = tree.entries(node).map { key, value in
        (tree.text(key), tree.isNull(value) ? nil : tree.text(value), tree[key].span)
    }
    for item in tree.items(node) {
        let text = tree.text(item)
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            pairs.append((text, nil, tree[item].span))
            continue
        }
        let name = String(text[..<equals])
        let span = tree.span(of: 0..<name.utf8.count, in: item)
        pairs.append((name, String(text[text.utf8.index(after: equals)...]), span))
    }
    return pairs
}
