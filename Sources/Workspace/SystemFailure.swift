import Diagnostics
import SourceText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the machine refused: the path, what was tried and the system's reason.
///
/// A fault of the machine is thrown; a fault of the user's is a diagnostic.
package struct SystemFailure: Error, Sendable {
    /// What a terminal can be shown: names of files may hold anything.
    package let message: String
    /// The same as a finding, where reports are to tell it as one.
    package private(set) var finding: Diagnostic?

    package init(_ message: String) { self.message = visible(message) }

    /// That a manifest is not there.
    ///
    /// - Parameter finding: the same in few words, as a finding's message.
    package init(_ message: String, noManifestAt path: String, finding text: String = "there is no manifest here") {
        self.init(message)
        finding = Diagnostic(
            .fileNotFound, text,
            at: .init(Location(SourceFile(path: path, bytes: []), .beginning), "no such file"),
            help: [
                "name the manifest that is meant",
                "`bayplan init` writes one to begin with, and `bayplan import` one from Compose files",
            ])
    }

    /// The failure of the last system call.
    init(_ action: String, _ path: String) {
        self.init("cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}
