import Emission
import Planning
import SourceText

/// The files that a build reads, as components of their paths from the root.
struct BuildPaths {
    /// A folder that is sent, and the ignore file at its top.
    struct Folder {
        /// Nil for the context itself.
        let name: String?
        let path: [String]
    }

    let context: Folder
    /// Nil when the Dockerfile's text stands in the manifest.
    let dockerfile: [String]?
    /// The name that BuildKit tries when `Dockerfile` is missing.
    let fallback: [String]?
    let namedContexts: [Folder]

    /// The ignore files that can decide what of the context is sent: the first that is there does.
    var ignoreFiles: [[String]] {
        var files = [context.path + [".dockerignore"]]
        if let dockerfile, let name = dockerfile.last {
            files.insert(Array(dockerfile.dropLast()) + [name + ".dockerignore"], at: 0)
        }
        return files
    }

    /// - Throws: why what the build reads cannot be told.
    init(_ inputs: BuildInputs, owner: [String]) throws(Unknowable) {
        let root = try Self.resolve(inputs.context, from: owner, "its context")
        context = Folder(name: nil, path: root)
        if inputs.isInline {
            dockerfile = nil
            fallback = nil
        } else if let stated = inputs.dockerfile {
            dockerfile = try Self.resolve(stated, from: root, "its Dockerfile")
            fallback = nil
        } else {
            dockerfile = root + ["Dockerfile"]
            fallback = root + ["dockerfile"]
        }
        var folders: [Folder] = []
        for (name, place) in inputs.namedContexts where place != .image {
            folders.append(Folder(name: name, path: try Self.resolve(place, from: owner, "its context `\(name)`")))
        }
        namedContexts = folders
    }

    private static func resolve(
        _ place: BuildInputs.Place, from folder: [String], _ what: String
    ) throws(Unknowable) -> [String] {
        let text: String
        switch place {
        case .path(let path): text = path
        case .elsewhere(let reason): throw Unknowable("\(what) \(reason)")
        case .image: throw Unknowable("\(what) is an image")
        }
        guard let found = WorkspacePath(folder).appending(text) else {
            throw Unknowable("\(what) \(text) does not lie below the root; `--root` widens it")
        }
        return found.parts
    }
}

/// Why an image's inputs cannot be told, as a sentence about it.
struct Unknowable: Error, Equatable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
