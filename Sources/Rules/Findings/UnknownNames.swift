import Diagnostics
import StrategyManifest
import YAMLSyntax

/// The places that name something unknown, gathered by name: a name misspelt where it is declared is one fault,
/// however many use it.
struct UnknownNames<Place> {
    private var places: [Symbol: [(name: Name, place: Place)]] = [:]
    private var order: [Name] = []
    /// The names beyond those that a list of diagnostics can hold.
    private(set) var furtherNames = 0

    var isEmpty: Bool { order.isEmpty }

    mutating func note(_ name: Name, _ place: Place) {
        if places[name.symbol] == nil {
            guard order.count < DiagnosticList.capacity else {
                furtherNames += 1
                return
            }
            order.append(name)
        }
        places[name.symbol, default: []].append((name, place))
    }

    /// By name, in the order in which the names were first noted.
    var inOrder: [(name: Name, places: [(name: Name, place: Place)])] {
        order.map { ($0, places[$0.symbol] ?? []) }
    }
}

extension UnknownNames {
    /// Labels for the places after the first: three at most, the last of them saying how many more there are.
    static func further(_ names: [Name], _ text: String, _ context: RuleContext) -> [Diagnostic.Label] {
        let shown = names.dropFirst().prefix(3)
        let hidden = names.count - 1 - shown.count
        return shown.enumerated().map { index, name in
            let isLast = index == shown.count - 1
            return context.label(name.span, isLast && hidden > 0 ? "\(text), and in \(hidden) more places" : text)
        }
    }
}
