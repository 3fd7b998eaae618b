import ComposeSpec
import Dockerfiles
import SourceText
import StrategyManifest
import YAMLSyntax

/// A Dockerfile with its places: in a file of its own, or in the manifest.
package final class DockerfileText: Sendable {
    package let stages: Stages
    /// The scalar of the manifest that holds it.
    package let inline: NodeID?
    /// Where its parts stand in that scalar.
    private let places: InlinePlaces?

    package var file: Dockerfile { stages.file }

    package init(_ source: SourceFile) {
        stages = Stages(Dockerfile(source))
        inline = nil
        places = nil
    }

    package init(inline node: NodeID, of tree: borrowing Tree) {
        let source = SourceFile(path: tree.source.path, bytes: Self.withSingleDollars(tree.bytes(node)))
        stages = Stages(Dockerfile(source))
        inline = node
        places = InlinePlaces(of: source.bytes, in: node, of: tree)
    }

    /// Compose makes `$$` one `$`, wherever it stands.
    private static func withSingleDollars(_ text: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.underestimatedCount)
        // Whether a dollar sign would be the second of two.
        var isSecond = false
        for byte in text {
            let isDollar = byte == UInt8(ascii: "$")
            if isDollar, isSecond {
                isSecond = false
            } else {
                bytes.append(byte)
                isSecond = isDollar
            }
        }
        return bytes
    }

    /// Where some bytes of it stand.
    package func location(_ span: Span, _ tree: Tree) -> Location {
        guard let places else { return Location(file.source, span) }
        return Location(tree.source, places.place(of: span))
    }

    /// Why a file is not read as a Dockerfile: another frontend may give it any meaning.
    func otherFrontend(_ inputs: StageInputs, _ tree: Tree) -> (String, Location)? {
        let stated = file.syntax
        var name = stated?.value
        if let given = inputs.arguments["BUILDKIT_SYNTAX"] {
            guard case .text(let value) = given else {
                return ("`BUILDKIT_SYNTAX` is known only when it is built", location(.beginning, tree))
            }
            name = value
        }
        guard let name else { return nil }
        // The first word is the image; the rest are options of it.
        let word = String(name.split(separator: " ").first ?? "")
        if case .success(let reference) = ImageReference.parse(word), reference.normalized.domain == "docker.io",
            ["docker/dockerfile", "docker/dockerfile-upstream"].contains(reference.path)
        {
            return nil
        }
        return ("`\(word)` reads it, which may give it any meaning", location(stated?.span ?? .beginning, tree))
    }
}
