import YAMLSyntax

/// The merge rules with their keys resolved for one tree: a rule is an index, a key's rule one array access.
struct MergePlan: Sendable {
    /// A rule by its index in `steps`.
    typealias Index = Int

    enum Step: Sendable {
        case deep, replaced, keyValues, hosts, pools, logging
        case items(ItemIdentity)
        case names(ListedName, Index)
        case each(Index)
        /// By key number: the rule of each key.
        case keys(NumberTable, short: String?)
    }

    private(set) var steps: [Step] = [.deep, .replaced]
    private var numbers = KeyNumbers()

    static let deep: Index = 0
    static let replaced: Index = 1

    init(_ rule: MergeRule, in tree: inout Tree) {
        root = 0
        root = add(rule, &tree)
    }

    /// The rule that the plan was made from.
    private(set) var root: Index

    /// The rule of a key below a rule.
    @inline(__always)
    func rule(of key: Symbol, below index: Index) -> Index {
        switch steps[index] {
        // A key without a rule has 0, which is `deep`.
        case .keys(let table, _): Int(table[numbers[key]])
        case .each(let inner), .names(_, let inner): inner
        default: Self.deep
        }
    }

    private mutating func set(_ rule: MergeRule, of key: String, in table: inout NumberTable, _ tree: inout Tree) {
        table[numbers.add(tree.symbols.intern(key))] = UInt16(add(rule, &tree))
    }

    private mutating func add(_ rule: MergeRule, _ tree: inout Tree) -> Index {
        let step: Step
        switch rule {
        case .deep: return Self.deep
        case .replaced: return Self.replaced
        case .keyValues: step = .keyValues
        case .hosts: step = .hosts
        case .pools: step = .pools
        case .logging: step = .logging
        case .items(let identity): step = .items(identity)
        case .names(let value, let inner): step = .names(value, add(inner, &tree))
        case .each(let inner): step = .each(add(inner, &tree))
        case .keys(let keys):
            var table = NumberTable()
            for (name, rule) in keys { set(rule, of: name, in: &table, &tree) }
            step = .keys(table, short: nil)
        case .table(let object, let short):
            var table = NumberTable()
            for key in object.keys {
                if case .deep = key.merge { continue }
                set(key.merge, of: key.name, in: &table, &tree)
            }
            step = .keys(table, short: short)
        }
        steps.append(step)
        return steps.count - 1
    }
}
