import Foundation
import Testing

@testable import Emission

/// What the picture's layout promises, on random graphs.
struct LayeredLayoutTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) &* 0x9E37_79B9_7F4A_7C15 ^ state
        }
    }

    private struct Graph {
        var boxes: [LayeredLayout.Box] = []
        var links: [LayeredLayout.Link] = []
        let columns: Int

        init(seed: UInt64, boxes count: Int, links wanted: Int) {
            var random = Generator(state: seed)
            let columns = Int.random(in: 1...7, using: &random)
            self.columns = columns
            boxes = (0..<count).map { _ in
                LayeredLayout.Box(
                    column: Int.random(in: 0..<columns, using: &random),
                    height: Double(Int.random(in: 20...200, using: &random)),
                    rank: Int.random(in: 0...1, using: &random))
            }
            for _ in 0..<wanted {
                let (from, to) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
                guard boxes[from].column < boxes[to].column else { continue }
                links.append(LayeredLayout.Link(from: from, to: to, arrival: boxes[to].height / 3))
            }
        }

        var layout: LayeredLayout { LayeredLayout(boxes, links, columns: columns, headingHeight: 30) }
    }

    @Test("Boxes lie apart and inside, lower ranks above higher ones, and no line passes under a box")
    func places() {
        var crossings = 0
        for seed in UInt64(0)..<60 {
            let graph = Graph(seed: seed, boxes: 30, links: 40)
            let layout = graph.layout
            #expect(layout.tops.allSatisfy { $0 >= 0 })
            for (one, box) in graph.boxes.enumerated() {
                #expect(layout.tops[one] + box.height <= layout.height + 0.001)
                for other in graph.boxes.indices where other != one && graph.boxes[other].column == box.column {
                    guard layout.tops[one] <= layout.tops[other] else { continue }
                    #expect(layout.tops[one] + box.height + 13.999 <= layout.tops[other], "seed \(seed)")
                    #expect(box.rank <= graph.boxes[other].rank, "seed \(seed)")
                }
            }
            for (link, route) in zip(graph.links, layout.routes) {
                let (first, last) = (graph.boxes[link.from].column, graph.boxes[link.to].column)
                #expect(route.count == last - first - 1)
                for (step, height) in route.enumerated() {
                    crossings += 1
                    for (index, box) in graph.boxes.enumerated() where box.column == first + 1 + step {
                        #expect(height < layout.tops[index] || height > layout.tops[index] + box.height)
                    }
                }
            }
        }
        #expect(crossings > 100)
    }

    @Test("A chain is drawn straight")
    func chain() {
        let boxes = (0..<5).map { LayeredLayout.Box(column: $0, height: 40) }
        let links = (0..<4).map { LayeredLayout.Link(from: $0, to: $0 + 1, arrival: 20) }
        let layout = LayeredLayout(boxes, links, columns: 5, headingHeight: 30)
        #expect(layout.tops == [0, 0, 0, 0, 0])
    }

    @Test("Two boxes are placed so that their lines do not cross")
    func untangled() {
        let boxes = [0, 0, 1, 1].map { LayeredLayout.Box(column: $0, height: 40) }
        let links = [(0, 3), (1, 2)].map { LayeredLayout.Link(from: $0.0, to: $0.1, arrival: 20) }
        let tops = LayeredLayout(boxes, links, columns: 2, headingHeight: 30).tops
        #expect((tops[0] < tops[1]) == (tops[3] < tops[2]))
    }

    @Test("Time grows with the size, not with its square")
    func time() {
        /// Processor time of this thread, in seconds: other work on the machine must not count.
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        func measure(_ count: Int) -> Double {
            let graph = Graph(seed: 3, boxes: count, links: count)
            let spent = (0..<3).map { _ in
                let start = now()
                _ = graph.layout
                return now() - start
            }
            return spent.min() ?? 0
        }
        _ = measure(500)
        // Ten times as much takes ten times as long; a hundred times would be the square.
        #expect(measure(5000) < measure(500) * 40)
    }
}
