/// The manifest that a new workspace begins with.
package enum Starter {
    /// The manifest for a folder.
    ///
    /// - Parameter hasDockerfile: whether there is something to build; without, what is built stands in comments.
    package static func manifest(hasDockerfile: Bool) -> [UInt8] {
        hasDockerfile ? PackageResources.built_yaml : PackageResources.pulled_yaml
    }
}
