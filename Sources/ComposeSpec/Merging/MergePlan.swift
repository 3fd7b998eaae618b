import YAMLSyntax

/// The merge rules with their keys resolved for one tree: a rule is an index, a key's rule one array access.
struct MergePlan: Sendable {
    /// A rule by its index in `steps`.
    typealias Index = Int

    enum Step: Sendable {
        case deep, replaced, keyValues, hosts, logging
        case items(ItemIdentity)
        case names(ListedName, Index)
        case each(Index)
        /// By key number: the rule of each key.
        case keys([UInt16], short: String?)
    }

    private(set) var steps: [Step] = [.deep, .replaced]
    private let numbers: KeyNumbers

    static let deep: Index = 0
    static let replaced: Index = 1

    init(_ rule: MergeRule, in tree: inout Tree) {
        let names = rule.keyNames.sorted()
        numbers = KeyNumbers(names, in: &tree)
        var position: [String: Int] = [:]
        for (index, name) in names.enumerated() { position[name] = index + 1 }
        root = 0
        root = add(rule, position)
    }

    /// The rule that the plan was made from.
    private(set) var root: Index

    /// The rule of a key below a rule.
    @inline(__always)
    func rule(of key: Symbol, below index: Index) -> Index {
        switch steps[index] {
        case .keys(let table, _): Int(table[numbers[key]])
        case .each(let inner), .names(_, let inner): inner
        default: Self.deep
        }
    }

    private mutating func add(_ rule: MergeRule, _ position: [String: Int]) -> Index {
        let step: Step
        switch rule {
        case .deep: return Self.deep
        case .replaced: return Self.replaced
        case .keyValues: step = .keyValues
        case .hosts: step = .hosts
        case .logging: step = .logging
        case .items(let identity): step = .items(identity)
        case .names(let value, let inner): step = .names(value, add(inner, position))
        case .each(let inner): step = .each(add(inner, position))
        case .keys(let keys, let short):
            var table = [UInt16](repeating: 0, count: position.count + 1)
            for name in keys.keys.sorted() {
                if let rule = keys[name], let place = position[name] { table[place] = UInt16(add(rule, position)) }
            }
            step = .keys(table, short: short)
        }
        steps.append(step)
        return steps.count - 1
    }
}

extension MergeRule {
    /// Every key that this rule and those below it name.
    fileprivate var keyNames: Set<String> {
        switch self {
        case .keys(let keys, _): keys.values.reduce(into: Set(keys.keys)) { $0.formUnion($1.keyNames) }
        case .each(let inner), .names(_, let inner): inner.keyNames
        default: []
        }
    }
}
