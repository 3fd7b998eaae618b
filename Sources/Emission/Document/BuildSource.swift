import YAMLSyntax

/// Where an image is built from: the context, Dockerfile and target that a `build` states, short or long.
struct BuildSource {
    let context: String?
    let dockerfile: String?
    let target: String?

    init(_ build: NodeID, of tree: borrowing Tree) {
        if tree[build].kind == .scalar {
            (context, dockerfile, target) = (tree.text(build), nil, nil)
            return
        }
        func value(_ key: String) -> String? { tree.value(key, in: build).map { tree.text($0) } }
        (context, dockerfile, target) = (value("context"), value("dockerfile"), value("target"))
    }

    /// What is stated, in that order.
    var parts: [String] { [context, dockerfile, target.map { "target \($0)" }].compactMap { $0 } }
}
