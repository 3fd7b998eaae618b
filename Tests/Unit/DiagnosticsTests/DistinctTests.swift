import SourceText
import Testing

@Suite("Values each once")
struct DistinctTests {
    @Test(
        "Values keep the order in which they first came",
        arguments: [
            [], [1], [1, 1], [2, 1, 2], Array(0..<8), Array(0..<9), Array(0..<8) + [7, 8, 0, 8],
            (0..<500).map { ($0 * 7919) % 61 },
        ])
    func order(values: [Int]) {
        var distinct = Distinct<Int>()
        var expected: [Int] = []
        for value in values {
            #expect(distinct.contains(value) == expected.contains(value))
            #expect(distinct.add(value) == !expected.contains(value))
            if !expected.contains(value) { expected.append(value) }
        }
        #expect(distinct.values == expected)
        #expect(!distinct.contains(1000))
    }
}
