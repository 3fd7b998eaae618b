import Planning
import Testing

/// What the build order promises, on random graphs.
struct BuildOrderTests {
    @Test("Builds are two where what one says behind a list the other says in it")
    func lists() throws {
        func builds(_ one: String, _ other: String) throws -> Int {
            let images = [one, other].enumerated().map { "i\($0): { owner: p, build: { context: ., \($1) } }" }
            let services = "projects: { p: { services: { i0: , i1: } } }"
            return try planned("version: 1\nimages: { \(images.joined(separator: ", ")) }\n\(services)\n").builds.count
        }
        #expect(try builds("labels: [A], network: host", "labels: [A, network, host]") == 2)
        #expect(try builds("labels: [A], network: host", "network: host, labels: [A]") == 1)
    }

    /// A small generator with a seed, so that a failure can be repeated.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// A workspace: who owns each image, what it needs, and what each project runs. Every build is distinct.
    private struct Graph {
        var owners: [Int] = []
        var needs: [Set<Int>] = []
        var runs: [Set<Int>] = []

        init(seed: UInt64) {
            var random = Generator(state: seed)
            let projects = Int.random(in: 1...6, using: &random)
            let images = Int.random(in: 1...20, using: &random)
            // Bases are chosen along a hidden order, so that there is no cycle but the manifest's order is any.
            let hidden = Array(0..<images).shuffled(using: &random)
            needs = Array(repeating: [], count: images)
            for place in hidden.indices where place > 0 {
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    needs[hidden[place]].insert(hidden[Int.random(in: 0..<place, using: &random)])
                }
            }
            owners = (0..<images).map { _ in Int.random(in: 0..<projects, using: &random) }
            runs = (0..<projects).map { _ in
                Set((0..<Int.random(in: 0...5, using: &random)).map { _ in Int.random(in: 0..<images, using: &random) })
            }
        }

        var manifest: String {
            var text = "version: 1\nimages:\n"
            for image in owners.indices {
                text += "  i\(image):\n    owner: p\(owners[image])\n    build: ./i\(image)\n"
                let bases = needs[image].sorted().map { "i\($0)" }.joined(separator: ", ")
                if !bases.isEmpty { text += "    needs: [\(bases)]\n" }
            }
            text += "projects:\n"
            for project in runs.indices {
                text += "  p\(project):\n    services:" + (runs[project].isEmpty ? " {}\n" : "\n")
                for image in runs[project].sorted() { text += "      i\(image):\n" }
            }
            return text
        }

        /// For each image what its owner runs of other projects' images.
        func soft(_ image: Int) -> Set<Int> { runs[owners[image]].filter { owners[$0] != owners[image] } }

        /// What can be reached from an image along bases and consumption.
        func reachable(from image: Int) -> Set<Int> {
            var found: Set<Int> = []
            var waiting = [image]
            while let next = waiting.popLast() {
                for target in needs[next].union(soft(next)) where found.insert(target).inserted {
                    waiting.append(target)
                }
            }
            return found
        }
    }

    @Test func randomGraphs() throws {
        for seed in UInt64(0)..<400 {
            let graph = Graph(seed: seed)
            let plan = try planned(graph.manifest)
            let order = plan.builds.map { $0.images[0] }
            #expect(order.sorted() == Array(graph.owners.indices), "seed \(seed): each image once")
            var place = [Int](repeating: 0, count: order.count)
            for (index, image) in order.enumerated() { place[image] = index }
            let reachable = graph.owners.indices.map { graph.reachable(from: $0) }
            for image in graph.owners.indices {
                let build = plan.builds[place[image]]
                #expect(Set(build.bases.map { order[$0] }) == graph.needs[image], "seed \(seed): i\(image)")
                for base in graph.needs[image] {
                    #expect(place[base] < place[image], "seed \(seed): i\(base) before i\(image), which stands on it")
                }
                for consumed in graph.soft(image) where !reachable[consumed].contains(image) {
                    #expect(
                        place[consumed] < place[image],
                        "seed \(seed): i\(consumed) before i\(image), whose owner runs it")
                }
                let least = 1 + (graph.needs[image].map { plan.builds[place[$0]].stage }.max() ?? 0)
                #expect(build.stage == least, "seed \(seed): the stage of i\(image)")
                #expect(plan.buildOfImage[image] == place[image])
            }
            expectManifestOrder(graph, order, reachable, seed)
            #expect(try planned(graph.manifest).builds.map(\.images) == plan.builds.map(\.images), "seed \(seed)")
        }
    }

    /// Among those that nothing keeps waiting the first in the manifest comes first.
    private func expectManifestOrder(_ graph: Graph, _ order: [Int], _ reachable: [Set<Int>], _ seed: UInt64) {
        var done: Set<Int> = []
        for image in order {
            let ready = graph.owners.indices.filter { candidate in
                let soft = graph.soft(candidate).filter { !reachable[$0].contains(candidate) }
                return !done.contains(candidate) && graph.needs[candidate].union(soft).isSubset(of: done)
            }
            #expect(ready.min() == image, "seed \(seed)")
            done.insert(image)
        }
    }

    @Test("Builds are one when owner, bases, platforms and build are, however the build is spelled")
    func identicalBuilds() throws {
        let plan = try planned(
            """
            version: 1
            images:
              base: { owner: p, build: ./base }
              a: { owner: p, build: ./x }
              b: { owner: p, build: { context: ./x } }
              c: { owner: p, build: { context: ./x, target: t } }
              d: { owner: p, build: { target: t, context: "./x" } }
              e: { owner: p, build: ./x, needs: [base] }
              f: { owner: q, build: ./x }
              g: { owner: p, build: ./x, platforms: [linux/arm64] }
              h: { owner: p, build: { context: ./x, args: { target: t } } }
            projects:
              p: { services: {} }
              q: { services: {} }
            """)
        let groups = plan.builds.map { $0.images.map { plan.imageName($0) } }
        #expect(groups == [["base"], ["a", "b"], ["c", "d"], ["e"], ["f"], ["g"], ["h"]])
    }
}
