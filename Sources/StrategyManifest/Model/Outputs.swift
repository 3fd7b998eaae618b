import SourceText

/// Which artifacts are emitted, and their names (specification 2, "Outputs"); nil switches one off.
package struct Outputs: Sendable {
    /// In each project's path.
    package var compose: Spanned<String>? = Spanned("docker-compose.yml", at: .beginning)
    /// A folder, relative to the manifest.
    package var scripts: Spanned<String>? = Spanned("scripts", at: .beginning)
    /// Relative to the manifest.
    package var bake: Spanned<String>? = Spanned("bake.json", at: .beginning)
    /// Relative to the manifest.
    package var document: Spanned<String>? = Spanned("IMAGES.md", at: .beginning)
    /// A `version:` for old docker-compose v1.
    package var composeVersion: Spanned<String>?

    package init() {}

    /// The Compose file's name for an environment: `docker-compose.yml` becomes `docker-compose.production.yml`.
    package static func composeFileName(_ name: String, environment: String?) -> String {
        guard let environment else { return name }
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name + "." + environment }
        return String(name[..<dot]) + "." + environment + String(name[dot...])
    }
}
