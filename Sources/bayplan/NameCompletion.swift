import Arguments
import Compiler

/// What a shell offers for the words that name something.
extension Completion {
    /// Manifests, and the folders on the way to them.
    static var manifests: Completion { .files(["yaml", "yml"]) }
    static var builtImages: Completion { .names { declared($0).builtImages } }
    static var projects: Completion { .names { declared($0).projects } }
    static var environments: Completion { .names { declared($0).environments } }

    /// The names in the manifest that a command line states, or else in the nearest one.
    private static func declared(_ words: [String]) -> DeclaredNames {
        var options = SessionOptions()
        options.root = Terminal.rootVariable
        if let index = words.firstIndex(of: "--root"), index + 1 < words.count { options.root = words[index + 1] }
        options.manifest = words.last { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        return DeclaredNames(options)
    }
}
