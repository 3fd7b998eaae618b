/// What a shell offers where a value or an operand is typed.
package enum Completion: Sendable {
    /// Nothing: the value is nobody's to guess.
    case nothing
    /// Files, and the folders on the way to them; only those that end in one of these unless there is none.
    case files([String])
    case folders
    /// Words that are known without a look at the disk.
    case words(@Sendable () -> [String])
    /// Names that depend on what was typed before, the words behind the program's name.
    case names(@Sendable ([String]) -> [String])

    package static var anyFile: Completion { .files([]) }
}
