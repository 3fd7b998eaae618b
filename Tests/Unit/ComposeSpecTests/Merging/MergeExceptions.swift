import Foundation
import Testing
import YAMLSyntax

/// The cases that Docker Compose refuses to merge, and those where Bayplan's result differs on purpose.
struct MergeExceptions {
    struct Deviation {
        let reason: String
        /// The first minor version of Docker Compose 2 that agrees with Bayplan; nil when none does.
        let until: Int?

        func applies(to minor: Int) -> Bool { until.map { minor < $0 } ?? true }
    }

    /// Case name to the reason.
    private(set) var refused: [String: String] = [:]
    private(set) var deviations: [String: Deviation] = [:]

    /// - Parameter minor: the minor version of Docker Compose 2 whose exceptions are wanted.
    init(minor: Int) throws {
        let tree = try #require(try MergeCase.fixture("exceptions.yaml"))
        let known = Set(MergeCase.all.map(\.name))
        for part in ["refused", "deviations"] {
            guard let list = tree.value(part, in: tree.root) else { continue }
            for item in tree.items(list) {
                let reason = tree.value("reason", in: item).map { tree.text($0) } ?? ""
                #expect(!reason.isEmpty, "an exception needs a reason")
                let since = tree.value("since", in: item).flatMap { Int(tree.text($0).dropFirst(2)) } ?? 0
                let until = tree.value("until", in: item).flatMap { Int(tree.text($0).dropFirst(2)) }
                for name in tree.value("cases", in: item).map({ tree.items($0) }) ?? [] {
                    let name = tree.text(name)
                    #expect(known.contains(name), "no case is called \(name)")
                    if part == "refused" {
                        if minor >= since { refused[name] = reason }
                    } else {
                        deviations[name] = Deviation(reason: reason, until: until)
                    }
                }
            }
        }
    }
}
