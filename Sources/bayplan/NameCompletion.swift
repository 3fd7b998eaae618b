import ArgumentParser
import Compiler

/// What a shell offers for the arguments that name something.
enum NameCompletion {
    /// Manifests, and the folders on the way to them.
    static var manifests: CompletionKind { .file(extensions: ["yaml", "yml"]) }
    static var builtImages: CompletionKind { .custom { words, _, _ in declared(words).builtImages } }
    static var projects: CompletionKind { .custom { words, _, _ in declared(words).projects } }
    static var environments: CompletionKind { .custom { words, _, _ in declared(words).environments } }

    /// The names in the manifest that a command line states, or else in the nearest one.
    private static func declared(_ words: [String]) -> DeclaredNames {
        var options = SessionOptions()
        options.root = Terminal.rootVariable
        if let index = words.firstIndex(of: "--root"), index + 1 < words.count { options.root = words[index + 1] }
        options.manifest = words.last { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        return DeclaredNames(options)
    }
}
