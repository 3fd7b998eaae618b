import ComposeSpec
import Dockerfiles

/// The values that Compose gives to the arguments of a build.
extension ArgumentValue {
    /// The value of an argument, its variables as they are written; nil is one that the environment gives.
    static func given(_ value: String?) -> ArgumentValue {
        guard let value else { return .environment }
        let known = settled(value)
        guard known == .later, let variables = VariableText(value) else { return known }
        return .variables(value, isNeverEmpty: variables.isNeverEmpty)
    }

    /// The value as Compose hands it on; a variable of the environment is not known here.
    static func settled(_ value: String) -> ArgumentValue {
        guard value.utf8.contains(UInt8(ascii: "$")) else { return .text(value) }
        let pieces = value.split(separator: "$$", omittingEmptySubsequences: false)
        return pieces.contains { $0.utf8.contains(UInt8(ascii: "$")) } ? .later : .text(pieces.joined(separator: "$"))
    }
}
