import ComposeSpec

/// The claims that a sweep over ascending ports has passed and not left behind, by address.
///
/// A claim of one address meets only those of that address and those of all, so that many projects with an address each
/// cost no more than their ports.
package struct OpenClaims {
    private let claims: [PortClaim]
    /// For each claim the number of its address; 0 for claims of every address, of one version or both.
    private var groups: [Int]
    /// For each number the open claims.
    private var open: [[Int]]
    /// The numbers that have open claims, and perhaps some that have none any more.
    private var active: [Int] = []
    private var isActive: [Bool]

    package init(_ claims: [PortClaim]) {
        self.claims = claims
        groups = Array(repeating: 0, count: claims.count)
        let single = claims.indices.filter { !claims[$0].isForAll }
        var last: IPAddress?
        var count = 0
        for index in single.sorted(by: { Self.precedes(claims[$0].address, claims[$1].address) }) {
            if count == 0 || Self.precedes(last, claims[index].address) { count += 1 }
            last = claims[index].address
            groups[index] = count
        }
        open = Array(repeating: [], count: count + 1)
        isActive = Array(repeating: false, count: count + 1)
    }

    /// The open claims that meet one whose first port the sweep has reached.
    package mutating func meeting(_ index: Int) -> [Int] {
        let claim = claims[index]
        var found: [Int] = []
        func collect(_ group: Int) {
            open[group].removeAll { claims[$0].ports.upperBound < claim.ports.lowerBound }
            for other in open[group] where claims[other].meets(claim) { found.append(other) }
        }
        if claim.isForAll {
            for group in active { collect(group) }
            for group in active { isActive[group] = !open[group].isEmpty }
            active.removeAll { !isActive[$0] }
        } else {
            collect(0)
            collect(groups[index])
        }
        return found
    }

    package mutating func add(_ index: Int) {
        let group = groups[index]
        // What meets the later of two such claims meets the earlier, too, which counts before it.
        if let last = open[group].last, last < index, isCovered(claims[index], by: claims[last]) { return }
        if !isActive[group] {
            isActive[group] = true
            active.append(group)
        }
        open[group].append(index)
    }

    private func isCovered(_ claim: PortClaim, by other: PortClaim) -> Bool {
        other.transport == claim.transport && other.address == claim.address
            && other.ports.upperBound >= claim.ports.upperBound
    }

    private static func precedes(_ one: IPAddress?, _ other: IPAddress?) -> Bool {
        guard let one, let other else { return one == nil && other != nil }
        return one < other
    }
}
