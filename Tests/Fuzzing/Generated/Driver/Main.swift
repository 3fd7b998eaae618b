import Compiler
import Emission
import Foundation
import GeneratedManifests
import SourceText
import YAMLSyntax

/// Generates manifests and writes the Compose files of those that validate, for the oracle to read.
///
///     generate SEED COUNT RELEASE [KEPT…]   files on standard output, then the counts on standard error
///     generate show SEED [KEPT…]            the manifest of one seed
///
/// `RELEASE` is the one of Docker Compose that the oracle is: a file with a key that is newer is counted and left out.
/// `KEPT` are the manifests that are changed.
@main
struct Main {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "show", arguments.count > 1, let seed = UInt64(arguments[1]) {
            print(GeneratingRun(kept: try texts(arguments.dropFirst(2))).manifest(seed).text)
            return
        }
        guard arguments.count > 2, let seed = UInt64(arguments[0]), let count = UInt64(arguments[1]),
            let newer = NewerKeys.than[arguments[2]]
        else {
            FileHandle.standardError.write(Data("usage: generate SEED COUNT RELEASE [KEPT…]\n".utf8))
            exit(2)
        }
        var run = GeneratingRun(kept: try texts(arguments.dropFirst(3)), release: arguments[2], newer: newer)
        for index in 0..<count { try run.generate(seed &+ index) }
        run.flush()
        FileHandle.standardError.write(Data(run.report.utf8))
    }

    private static func texts(_ paths: some Sequence<String>) throws -> [String] {
        // A kept manifest may be one that is no UTF-8.
        try paths.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
    }
}
