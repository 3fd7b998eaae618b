/// Something that takes any bytes, and what it promises about them.
///
/// A target is a reader and its promises: that it ends, that it does not trap, and what `run` checks. Adding one is a
/// value like those beside this and a line in `all`; the driver, the smoke run and the replay of kept inputs walk the
/// list.
package struct FuzzTarget: Sendable {
    package let name: String
    /// Whether manifests are good inputs to begin with.
    package let takesManifests: Bool
    /// Reads an input.
    package let run: @Sendable ([UInt8]) throws(BrokenPromise) -> Void

    init(
        _ name: String, takesManifests: Bool = false, _ run: @escaping @Sendable ([UInt8]) throws(BrokenPromise) -> Void
    ) {
        self.name = name
        self.takesManifests = takesManifests
        self.run = run
    }

    package static let all: [FuzzTarget] = [
        .yaml, .manifest, .compose, .dockerfile, .ignore, .scalars, .grammars, .interpolation, .patterns, .lock, .diff,
        .messages, .editing, .reparsing, .splitting,
    ]
}

/// What an input disproved.
package struct BrokenPromise: Error, CustomStringConvertible {
    package let description: String
}

/// Fails unless a promise holds.
func expect(_ holds: Bool, _ promise: @autoclosure () -> String) throws(BrokenPromise) {
    if !holds { throw BrokenPromise(description: promise()) }
}

/// The halves of an input on either side of its first NUL; the second is empty without one.
func halves(_ input: [UInt8]) -> ([UInt8], [UInt8]) {
    guard let cut = input.firstIndex(of: 0) else { return (input, []) }
    return (Array(input[..<cut]), Array(input[(cut + 1)...]))
}
