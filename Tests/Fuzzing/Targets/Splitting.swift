import SourceText
import TestSupport
import YAMLSyntax

extension FuzzTarget {
    /// Cuts a text at several places; what is read of both parts is what is read of the whole.
    static let splitting = FuzzTarget("splitting", takesManifests: true) { input throws(BrokenPromise) in
        let source = SourceFile(path: "input.yaml", bytes: input)
        let (whole, faults) = Tree.read(source)
        for part in 0..<6 {
            guard let tree = Tree.parseInParallel(source, at: input.count * part / 6) else { continue }
            try expect(faults.isEmpty, "a fault was not seen: \(faults.map(\.message))")
            guard let whole else { throw BrokenPromise(description: "nothing is read of the whole") }
            try expect(
                tree.outline == whole.outline,
                "another tree, cut from \(input.count * part / 6), of:\n\(String(decoding: input, as: UTF8.self))")
        }
    }
}
