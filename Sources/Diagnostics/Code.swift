/// The stable identity of one kind of diagnostic: `BP107`, `container-name-taken`.
///
/// A code and its name state the bad pattern; neither is ever reused or derived from a symbol of the program.
package struct Code: Hashable, Sendable {
    /// The number after `BP`: 1 to 999.
    package let number: UInt16
    /// The name in lower-case words joined by hyphens.
    package let name: String
    /// The severity unless the manifest or the command line sets another.
    package let severity: Severity
    /// Whether the rule finds nothing unless the manifest or the command line sets a level: it is a team's own taste.
    package let isOff: Bool

    package init(_ number: UInt16, _ name: String, _ severity: Severity, isOff: Bool = false) {
        self.number = number
        self.name = name
        self.severity = severity
        self.isOff = isOff
    }

    /// The code as it is printed: `BP` and three digits.
    package var label: String {
        let digits = String(number)
        return "BP" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// Whether a finding may be silenced or lowered: an error would make what is emitted wrong, unless it only holds
    /// the workspace to a policy of its own, or Compose accepts what it finds.
    package var canBeSilenced: Bool {
        severity != .error
            || [.imageNameNotGeneric, .containerNameTaken, .portTaken, .inactiveDependency, .registryNotAllowed]
                .contains(self)
    }

    package static func == (left: Code, right: Code) -> Bool { left.number == right.number }
    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
