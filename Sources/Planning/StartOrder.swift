import Resolution
import YAMLSyntax

/// What must run before a project starts, decided.
package struct PlannedStart: Sendable {
    /// The index of the project that is to start.
    package let project: Int
    /// The index of the project that must run before.
    package let needed: Int
    /// The one service of it that must; nil for the whole project.
    package let service: Symbol?
}

extension PlannedVariant {
    /// What must run before what, every project after all those that it needs.
    ///
    /// What a project takes from another one gives no order in a cycle: none of them could be the first.
    static func starts(_ needs: [[StartNeed]]) -> [PlannedStart] {
        let kept = needs.map { $0.filter { $0.isStated || !$0.isInCycle } }
        let order = stableOrder(kept.map { $0.map(\.project) }, soft: needs.map { _ in [] })
        return order.flatMap { project in
            kept[project].map { PlannedStart(project: project, needed: $0.project, service: $0.service) }
        }
    }
}
