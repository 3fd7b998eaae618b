/// Where a path of keys leads in the manifest's own language, by the key table: `environments`, `production`, `tag`.
package struct ManifestPath {
    /// What may stand behind the last key that the table knows; nil for an entry under a name of the author's.
    package let value: ManifestValue?
    /// The path behind that key: inside a list, or inside Compose's syntax.
    package let rest: ArraySlice<String>
    /// The project whose entry the path leads through.
    package let project: String?

    /// - Parameter path: keys and names, `-` for an item of a list.
    package init(_ path: [String]) {
        var (section, rest) = (ManifestSection.root, path[...])
        var (value, project): (ManifestValue?, String?)
        walk: while let name = rest.first, let key = section.keys.first(where: { $0.name == name }) {
            rest.removeFirst()
            value = key.value
            switch key.value {
            case .section(let inner): section = inner()
            case .entries(_, _, let inner):
                guard let entry = rest.popFirst() else { break walk }
                if name == "projects" { project = entry }
                value = nil
                section = inner()
            default: break walk
            }
        }
        (self.value, self.rest, self.project) = (value, rest, project)
    }
}
