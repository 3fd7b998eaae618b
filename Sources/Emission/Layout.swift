import SourceText

/// Where things lie: the manifest and every artifact, as components of their paths from the root.
package struct Layout: Sendable {
    /// The manifest's folder.
    package let folder: [String]
    /// The manifest's file name.
    package let manifestName: String

    package init(folder: [String], manifestName: String) {
        self.folder = folder
        self.manifestName = manifestName
    }

    /// The components of a path that the manifest states; checked paths stay below the root.
    package func components(_ path: String) -> [String] {
        WorkspacePath(folder).appending(path)?.parts ?? []
    }

    /// The path from one folder to another place, both below the root: `../zixly/strategy.yaml`, `.` for the same.
    package static func relative(from folder: [String], to place: [String]) -> String {
        WorkspacePath(place).relative(from: WorkspacePath(folder))
    }
}
