import Diagnostics
import SourceText
import YAMLSyntax

/// BP506: a container that commands the engine.
enum DockerSocket: Rule {
    static let code = Code.dockerSocket
    static let finds = "Services that mount the engine's socket."
    static let matters = "Whoever can write to the socket can start a privileged container: it is root on the host."

    /// Whether a mount's source, up to its first colon, is the socket.
    private static func isSocket(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let name = "/docker.sock".utf8
        guard text.count >= name.count else { return false }
        return text.prefix { $0 != UInt8(ascii: ":") }.suffix(name.count).elementsEqual(name)
    }

    static func check(_ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        for fragment in context.fragments {
            guard let volumes = tree.value(keys.volumes, in: fragment.body) else { continue }
            for item in tree.items(volumes) {
                let source = tree.value(keys.source, in: item) ?? item
                guard tree.withBytes(source, isSocket) else { continue }
                context.report(
                    code, "this container commands the Docker engine", at: tree[source].span, "the engine's socket",
                    why: "whoever can write to it can start a privileged container, and so is root on the host",
                    help: [
                        "put a socket proxy between that allows only what is needed",
                        "if it is a tool that must: `# bayplan: allow(\(code.name)) <reason>` on this line",
                    ])
            }
        }
    }
}
