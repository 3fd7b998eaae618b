import Inspection
import Testing

/// What looking for a path that was probably meant may cost.
struct NearPathTests {
    @Test("Where thousands of names lie, looking at them ends with the steps, and then nothing is listed any more")
    func bounded() {
        let names = (0..<1_000).map { "folder\($0)x" } + ["services"]
        var lists = 0
        let search = NearPath(
            names: { _ in
                lists += 1
                return names
            }, isMissing: { $0 != ["services"] }, isWanted: { $0 == ["services"] })
        var enough = 1_000_000
        #expect(search.closest(to: ["servces"], within: &enough) == ["services"])
        #expect(enough < 1_000_000 - names.count)
        var few = 5_000
        for _ in 0..<100 { #expect(search.closest(to: ["servces"], within: &few) == nil) }
        #expect(lists == 2)
    }
}
