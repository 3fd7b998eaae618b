import ComposeSpec

/// The parts of the manifest that are Compose's own syntax, as shapes.
package struct ComposeFragments: Sendable {
    let build: Shape
    let service: Shape
    /// A service of the manifest: Compose's service without `build` and `extends`, or nothing.
    let manifestService: Shape
    /// An environment's override of a service; nothing removes the service.
    let override: Shape
    let networks: Shape
    let volumes: Shape
    let configs: Shape
    let secrets: Shape
    let models: Shape
    /// What an environment lays over these: nothing stands for what lies under it.
    let networksOver: Shape
    let volumesOver: Shape
    let configsOver: Shape
    let secretsOver: Shape
    let modelsOver: Shape

    /// Whatever stands there: Compose's own rules check it, under Compose's own codes.
    package static let opaque = ComposeFragments(
        build: .anything, service: .mapping(.anything, keys: nil), manifestService: .anything,
        override: .anyOf([.mapping(.anything, keys: nil), .null]), networks: .anything, volumes: .anything,
        configs: .anything, secrets: .anything, models: .anything, networksOver: .anything, volumesOver: .anything,
        configsOver: .anything, secretsOver: .anything, modelsOver: .anything)

    /// Compose's syntax written out, for the JSON Schema.
    package static let typed = ComposeFragments(
        build: .anyOf([.string(nil), .object(ComposeTable.build)]), service: .object(service("service fragment")),
        manifestService: .anyOf([.object(service("manifest service")), .null]),
        override: .anyOf([.object(service("manifest service")), .null]),
        networks: .mapping(.anyOf([.object(ComposeTable.network), .null]), keys: nil),
        volumes: .mapping(.anyOf([.object(ComposeTable.volume), .null]), keys: .composeName),
        configs: .mapping(.object(ComposeTable.config), keys: .composeName),
        secrets: .mapping(.object(ComposeTable.secret), keys: .composeName),
        models: .mapping(.object(ComposeTable.model), keys: .composeName),
        networksOver: over(ComposeTable.network, keys: nil), volumesOver: over(ComposeTable.volume),
        configsOver: over(ComposeTable.config), secretsOver: over(ComposeTable.secret),
        modelsOver: over(ComposeTable.model))

    private static func over(_ entry: ObjectShape, keys: Grammar? = .composeName) -> Shape {
        .anyOf([.mapping(.anyOf([.object(entry), .null]), keys: keys), .null])
    }

    /// Compose's service with the four keys that differ in the manifest.
    private static func service(_ name: String) -> ObjectShape {
        ObjectShape(
            name,
            ComposeTable.service.keys.compactMap { key in
                switch key.name {
                case "build", "extends": nil
                case "image": KeyShape("image", .string(nil), "The image that it runs, by its name under `images`")
                case "container_name":
                    KeyShape(
                        "container_name", .anyOf([.string(nil), .null]),
                        "A literal name instead of the template's; null lets Compose choose")
                default: key
                }
            })
    }
}
