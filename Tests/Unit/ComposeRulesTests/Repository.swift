import Foundation
import TestSupport

/// The repository's own files.
enum Repository {
    static func text(_ path: String) throws -> String {
        try String(contentsOf: Golden.repository.appendingPathComponent(path), encoding: .utf8)
    }
}
