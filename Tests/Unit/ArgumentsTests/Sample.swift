import Arguments

/// A program with one command of each kind of option, and what a command line comes to in it.
enum Sample {
    enum Colour: String, CaseIterable { case red, green }

    struct Cook: Equatable {
        var dishes: [String] = []
        var isHot = false
        var isQuiet = false
        var pot: String?
        var colour = Colour.red
        var spices: [String] = []
        var sizes: [Int] = []
        var limit: Int?
    }

    static func cook(_ options: inout Options) -> Cook {
        var cook = Cook()
        cook.dishes = options.operands("dish", "What is cooked.", .files(["dish"]))
        cook.isHot = options.flag("hot", "Serve it hot.")
        cook.pot = options.value("pot", short: "p", of: "name", "Which pot.", .words { ["big", "small"] })
        cook.colour = options.choice("colour", "Of the plate.", default: .red)
        cook.spices = options.values("spice", of: "name", "What goes in.", .names { $0.map { "spice-" + $0 } })
        cook.sizes = options.list("size", of: "size", "How much.", values: ["1", "2"]) { text throws(WrongUsage) in
            guard let size = Int(text) else { throw WrongUsage("\(quoted(text)) is no size") }
            return size
        }
        cook.limit = options.limit("limit-fire", "How hot at most.", atMost: 9)
        cook.isQuiet = options.flag("quiet", short: "q", "Say nothing.")
        options.refuse(cook.isHot && cook.pot == "small", "--hot bursts the small pot")
        return cook
    }

    static let commands = [
        Command("cook", "Cook dishes.", discussion: "Slowly.") { _ = cook(&$0) },
        Command("wash", "Wash up.") { _ = $0.flag("dry", "Dry, too.") },
        Command("serve", "Serve one dish.") { options in
            _ = options.operand("dish", "What is served.", .anyFile)
            _ = options.value("table", of: "folder", "Where.", .folders)
        },
        Command("buy", "Buy things.") { _ = $0.operands("thing", "What is bought.", .nothing, isRequired: true) },
    ]
    static let program = Program("kitchen", "Cooks.", discussion: "At home.", commands: commands)

    static func reading(_ line: String, of name: String = "cook") -> Reading {
        let words = line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
        return Reading(words[...], of: commands.first { $0.name == name } ?? commands[0], in: program)
    }

    /// What a command line says; throws what is wrong with it.
    static func read(_ line: String) throws -> Cook {
        let reading = reading(line)
        var options = reading.options
        let cook = cook(&options)
        _ = try reading.request(options)
        return cook
    }

    static func fault(_ line: String, of name: String = "cook") -> String? {
        let reading = reading(line, of: name)
        var options = reading.options
        switch name {
        case "cook": _ = cook(&options)
        case "buy": _ = options.operands("thing", "", .nothing, isRequired: true)
        default: break
        }
        do {
            _ = try reading.request(options)
            return nil
        } catch {
            return error.message
        }
    }

    static func request(_ line: String) throws -> Reading.Request? {
        let reading = reading(line)
        var options = reading.options
        _ = cook(&options)
        return try reading.request(options)
    }
}
