import ComposeSpec
import StrategyManifest

/// `bayplan schema`: the manifest's JSON Schema, from the table that the decoder checks with.
package struct SchemaRun {
    package init() {}

    package func run(_ console: Console) -> ExitStatus {
        console.output(
            JSONSchema.render(.object(ManifestShape(.typed).root), title: "Bayplan manifest (strategy.yaml), version 1")
        )
        return .clean
    }
}
