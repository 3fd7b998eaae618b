import Foundation

/// What others published or were measured to do; `Tests/Support/Data/README.md` says where each file comes from.
package enum TestData {
    /// A file of the folder, as JSON.
    package static func json(_ name: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(contentsOf: file(name)))
    }

    /// A file of the folder, as text.
    package static func text(_ name: String) throws -> String {
        try String(decoding: Data(contentsOf: file(name)), as: UTF8.self)
    }

    private static func file(_ name: String) -> URL { Golden.repository.appending(path: "Tests/Support/Data/\(name)") }
}
