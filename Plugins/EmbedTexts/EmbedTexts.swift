import Foundation
import PackagePlugin

/// Puts the texts of a module's folders into its code: `PackageResources.build_sh` has the bytes of `build.sh`.
///
/// SwiftPM's own rule for that, `.embedInCode`, writes an array of numbers, on which the optimizer spends twelve seconds;
/// a string costs it nothing.
@main
struct EmbedTexts: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let kinds = ["sh", "css", "js", "yaml", "txt"]
        let texts = (target.sourceModule?.sourceFiles.map(\.url) ?? []).filter { kinds.contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
        let script = context.package.directoryURL.appending(path: "Plugins/EmbedTexts/embed.awk")
        let code = context.pluginWorkDirectoryURL.appending(path: "PackageResources.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(texts.count) texts of \(target.name)",
                executable: URL(filePath: "/usr/bin/env"),
                arguments: ["LC_ALL=C", "awk", "-v", "code=\(code.path)", "-f", script.path] + texts.map(\.path),
                inputFiles: texts + [script], outputFiles: [code])
        ]
    }
}
