import Foundation

/// The program `bayplan` as it was built beside the tests.
package enum Program {
    /// `BAYPLAN`, or the executable in the folder of the test bundle.
    package static let path: String = {
        if let stated = ProcessInfo.processInfo.environment["BAYPLAN"] { return stated }
        #if os(macOS)
            let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
        #else
            let bundle = Bundle.main
        #endif
        return bundle.bundleURL.appending(path: "bayplan").path
    }()

    /// Runs the program in a folder.
    package static func run(
        _ arguments: [String], in folder: URL, input: String? = nil, environment: [String: String] = [:]
    ) throws -> Tool.Result {
        try Tool.run(
            [path] + arguments, in: folder, input: input.map { Array($0.utf8) },
            environment: ["BAYPLAN_ROOT": ""].merging(environment) { _, new in new })
    }
}
