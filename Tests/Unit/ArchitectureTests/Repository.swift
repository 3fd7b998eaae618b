import Foundation
import TestSupport

/// The repository that holds this file.
enum Repository {
    static func text(_ path: String) throws -> String {
        try String(contentsOf: Golden.repository.appending(path: path), encoding: .utf8)
    }

    /// The Swift files below a folder, sorted, as paths from the root.
    static func swiftFiles(below folder: String) throws -> [String] {
        let base = Golden.repository.appending(path: folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path)
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { folder + "/" + $0 }
    }

    /// The names of what lies in a folder, sorted.
    static func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Golden.repository.appending(path: folder).path).sorted()
    }

    /// The parts of the emitted scripts.
    static func scripts() throws -> [String] {
        let folder = "Sources/Emission/Scripts"
        return try files(in: folder).filter { $0.hasSuffix(".sh") }.map { folder + "/" + $0 }
    }

    /// The names of the folders directly below a folder.
    static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: Golden.repository.appending(path: folder), includingPropertiesForKeys: [.isDirectoryKey]
        ).filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent).sorted()
    }

    /// The modules that a file imports.
    static func imports(of path: String) throws -> Set<String> {
        var found: Set<String> = []
        for line in try text(path).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count, index <= 1 else { continue }
            if index == 1, !words[0].hasPrefix("@") && !["package", "public"].contains(words[0]) { continue }
            found.insert(String(words[index + 1]))
        }
        return found
    }
}
