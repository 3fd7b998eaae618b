import Planning

extension Plan {
    /// Some builds by their stages, in order, and within a stage as they are given: gone through once, since there can
    /// be as many stages as builds.
    func byStage(_ builds: [Int]) -> [(stage: Int, builds: [Int])] {
        let grouped = Dictionary(grouping: builds) { self.builds[$0].stage }
        return grouped.keys.sorted().map { ($0, grouped[$0] ?? []) }
    }
}

/// The width that a column of some widths is filled up to: that of the widest that a screen shows.
///
/// One that is wider stands out: rows times the widest is no bound that a manifest's length gives.
func alignedWidth(_ widths: [Int]) -> Int { widths.filter { $0 <= 100 }.max() ?? 0 }
