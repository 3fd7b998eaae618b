/// What Docker refuses in a `.dockerignore`, and with it the build.
package struct IgnoreFault: Error, Sendable, Equatable {
    /// Counted from 1.
    package let line: Int
    /// What is wrong, as the end of a sentence that begins with the file's name.
    package let message: String
}
