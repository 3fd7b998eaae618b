import Foundation
import TestSupport
import Testing

/// Compares a text with the file of the folder `Goldens` that holds it.
func expectGolden(_ text: String, _ name: String) throws {
    try Golden.expect(text, at: Golden.repository.appending(path: "Tests/Unit/DiagnosticsTests/Goldens/\(name)"))
}
