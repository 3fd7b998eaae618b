import Planning

/// The tables of environments: those of development's kinds, each under a name that ends in the environment's number.
extension ScriptTables {
    /// The environments by their numbers.
    var environments: ScriptTable {
        ScriptTable(
            name: "environments",
            comments: ["The environments and their numbers; tables whose names end in one are of that environment."],
            lines: ScriptTable.aligned(numbered.map { [String($0.number), $0.name] }))
    }

    /// Those of the environments that build some image otherwise than development.
    var ownBuilds: ScriptTable {
        ScriptTable(
            name: "own_builds",
            comments: ["The environments that build some image otherwise than development, and their numbers."],
            lines: ScriptTable.aligned(buildingOtherwise.map { [String($0.number), $0.name] }))
    }

    /// A kind of table as each environment has it.
    func ofEnvironments(_ kind: (ScriptTables) -> ScriptTable) -> [ScriptTable] {
        numbered.map { kind($0.tables).numbered($0.number, of: $0.name) }
    }

    /// The same of the environments that build some image otherwise than development.
    func ofOwnBuilds(_ kind: (ScriptTables) -> ScriptTable) -> [ScriptTable] {
        buildingOtherwise.map { kind($0.tables).numbered($0.number, of: $0.name) }
    }

    private typealias Numbered = (number: Int, name: String, tables: ScriptTables)

    private var buildingOtherwise: [Numbered] { numbered.filter(\.tables.buildsOtherwise) }

    private var numbered: [Numbered] {
        zip(plan.variants.dropFirst(), seenFromEnvironments).map { variant, tables in
            (variant.index, variant.environment ?? "", tables)
        }
    }
}

extension ScriptTable {
    fileprivate func numbered(_ number: Int, of environment: String) -> ScriptTable {
        ScriptTable(
            name: "\(name)_\(number)", comments: ["In \(environment):"] + comments, lines: lines, reader: reader)
    }
}
