import Foundation
import FuzzTargets
import TestSupport
import Testing

/// Every input that fuzzing kept is read again: those that once broke a promise, and those that reach far.
struct KeptInputTests {
    @Test(arguments: FuzzTarget.all)
    func replay(_ target: FuzzTarget) throws {
        var count = 0
        for folder in ["Tests/Fixtures/fuzz-findings", "Tests/Fuzzing/Corpus"] {
            let place = Golden.repository.appending(path: folder).appending(path: target.name)
            for name in (try? FileManager.default.contentsOfDirectory(atPath: place.path).sorted()) ?? [] {
                let input = try Array(Data(contentsOf: place.appending(path: name)))
                count += 1
                do {
                    try target.run(input)
                } catch {
                    Issue.record("\(folder)/\(target.name)/\(name): \(error)")
                }
            }
        }
        #expect(count > 0, "nothing is kept for \(target.name)")
    }

    @Test("Each kept input belongs to a target")
    func owners() throws {
        let names = Set(FuzzTarget.all.map(\.name))
        for folder in ["Tests/Fixtures/fuzz-findings", "Tests/Fuzzing/Corpus"] {
            let place = Golden.repository.appending(path: folder)
            #expect(Set(try FileManager.default.contentsOfDirectory(atPath: place.path)).isSubset(of: names))
        }
    }
}
