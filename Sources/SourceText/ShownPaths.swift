/// How messages write paths below the root: as they lead there from the folder in which Bayplan runs, whatever the root
/// is. The manifest's own path begins so, too.
package struct ShownPaths: Sendable {
    /// The manifest's folder, from the root.
    private let home: WorkspacePath
    /// The manifest's folder as it was stated: `deploy`, `../deploy`, `.`.
    private let folder: String
    /// The same as what paths below it begin with.
    private let beginning: String

    package init(home: WorkspacePath, folder: String) {
        self.home = home
        self.folder = folder
        let clean = WorkspacePath.clean(folder)
        beginning = clean == "." ? "" : clean == "/" ? clean : clean + "/"
    }

    /// Paths as they lead from the root.
    package static let fromRoot = ShownPaths(home: WorkspacePath(), folder: ".")

    package func callAsFunction(_ path: [String]) -> String {
        let relative = WorkspacePath(path).relative(from: home)
        let isBelow = relative != "." && !relative.hasPrefix("..")
        return isBelow ? beginning + relative : WorkspacePath.clean(folder + "/" + relative)
    }
}
