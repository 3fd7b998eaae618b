import ComposeSpec
import StrategyManifest

/// `bayplan schema`: the manifest's JSON Schema, from the table that the decoder checks with.
package struct SchemaRun {
    package init() {}

    package func run(_ console: Console) -> ExitStatus {
        console.output(
            JSONSchema.render(
                .object(ManifestSection.root.shape(.typed)), title: "Bayplan manifest (strategy.yaml), version 1")
        )
        return .clean
    }
}
