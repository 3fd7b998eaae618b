import Diagnostics
import Planning
import SourceText

/// The build order for people and for programs: `bayplan order`.
package struct OrderReport {
    private let plan: Plan
    /// The builds to show, in order.
    package let builds: [Int]

    /// - Parameter images: the images asked for, with all that they stand on; empty for all.
    package init(_ plan: Plan, images: [Int] = []) {
        self.plan = plan
        guard !images.isEmpty else {
            builds = Array(plan.builds.indices)
            return
        }
        var chosen = Set(images.compactMap { plan.buildOfImage[$0] })
        // Bases come before what stands on them, so one pass from the end finds them all.
        for index in plan.builds.indices.reversed() where chosen.contains(index) {
            chosen.formUnion(plan.builds[index].bases)
        }
        builds = chosen.sorted()
    }

    /// A line a stage and, indented, a line a build: its images, owner and bases.
    package func text() -> [UInt8] {
        var text = ""
        func row(_ index: Int) -> (names: String, owner: String, bases: String) {
            let build = plan.builds[index]
            let names = build.images.map { plan.imageName($0) }.joined(separator: ", ")
            let bases = build.bases.flatMap { plan.builds[$0].images.prefix(1) }.map { plan.imageName($0) }
            return (names, plan.projectName(build.owner), bases.joined(separator: ", "))
        }
        let stages = plan.byStage(builds).map { ($0.stage, $0.builds.map(row)) }
        let rows = stages.flatMap(\.1)
        let nameWidth = alignedWidth(rows.map(\.names.utf8.count))
        let ownerWidth = alignedWidth(rows.map(\.owner.utf8.count))
        for (stage, rows) in stages {
            text += "stage \(stage)\n"
            for row in rows {
                var line = "  " + row.names + blanks(nameWidth - row.names.utf8.count)
                line += "  by " + row.owner
                if !row.bases.isEmpty {
                    line += blanks(ownerWidth - row.owner.utf8.count) + "  on " + row.bases
                }
                text += line + "\n"
            }
        }
        if rows.isEmpty { text = "this workspace builds no images\n" }
        return Array(text.utf8)
    }

    /// `{"schema": 1, "order": [{images, references, owner, stage, needs}]}`.
    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("schema", 1)
            json.array("order", of: builds) { json, index in
                let build = plan.builds[index]
                json.object { json in
                    json.array("images", of: build.images) { $0.string(plan.imageName($1)) }
                    json.array("references", of: build.images) { $0.string(plan.references[$1]) }
                    json.member("owner", plan.projectName(build.owner))
                    json.member("stage", build.stage)
                    json.array("needs", of: build.bases.flatMap { plan.builds[$0].images }) {
                        $0.string(plan.imageName($1))
                    }
                }
            }
        }
        return json.finish()
    }
}
