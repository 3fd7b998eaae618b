import Diagnostics
import Testing

/// What a Dockerfile stands on; `Tests/Tools/Engine/bases.py` asks an engine the same.
struct BaseTests {
    @Test("The bases that a Dockerfile names are those that are undeclared", arguments: try BaseFixture.all)
    func bases(_ fixture: BaseFixture) {
        let found = fixture.diagnostics()
        // A context that names a built image is a need that is declared by it.
        let declared = fixture.entries.contains { $0.contains("docker-image://") }
        let undeclared = found.filter { $0.code == .undeclaredBase }.compactMap { diagnostic in
            ["base-a", "base-b", "base-c"].first { diagnostic.message.contains("`\($0)`") }
        }
        if declared {
            #expect(
                undeclared == fixture.bases.filter { base in !fixture.entries.contains { $0.contains("//\(base)") } })
        } else {
            #expect(undeclared == fixture.bases, "\(found.map(\.message))")
        }
        #expect(found.contains { $0.code == .cannotResolve } == fixture.isUnknown, "\(found.map(\.message))")
        #expect(found.allSatisfy { $0.code == .undeclaredBase || $0.code == .cannotResolve }, "\(found.map(\.message))")
    }

    @Test("There are enough of them")
    func count() throws {
        #expect(try BaseFixture.all.count >= 60)
        #expect(try BaseFixture.all.count { $0.isUnknown } >= 5)
    }
}
