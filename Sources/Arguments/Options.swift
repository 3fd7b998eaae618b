/// What a command asks of its command line, one line for each thing that it takes; the answers are the values.
///
/// The same lines make the command's table: a command is asked twice, first to list what it takes, when every answer is
/// the default, and then with what was stated. So that both come to the same, nothing that is asked for may depend on an
/// answer:
///
///     let check = options.flag("check", "Write nothing; fail if anything on disk differs.")
///     let project = options.value("project", of: "name", "Only this project's Compose files.")
///     options.refuse(check && project != nil, "--check is for all projects")
package struct Options {
    private enum Purpose {
        case listing(isDescribed: Bool)
        case reading
    }

    private let purpose: Purpose
    /// What was asked for so far; only filled when listing.
    private(set) var table: [Declaration] = []
    /// For each entry of the table what was stated, in order; a flag has an empty text for each time.
    private var stated: [[String]] = []
    /// The entry that is asked for next.
    private var next = 0
    /// The first value that cannot be taken, which not even `--help` excuses.
    private(set) var badValue: WrongUsage?
    /// The first thing that does not go with another or is missing.
    private(set) var refusal: WrongUsage?

    init(listing isDescribed: Bool) {
        purpose = .listing(isDescribed: isDescribed)
        table.reserveCapacity(32)
    }

    init(stated: [[String]]) {
        purpose = .reading
        self.stated = stated
    }

    // What a command may ask for

    /// A word that stands alone.
    package mutating func operand(_ name: String, _ help: String, _ completion: Completion) -> String? {
        take(Declaration(kind: .operand, name: name, help: help, completion: completion)).last
    }

    /// Words that stand alone.
    package mutating func operands(
        _ name: String, _ help: String, _ completion: Completion, isRequired: Bool = false
    ) -> [String] {
        let words = take(
            Declaration(
                kind: .operand, name: name, help: help, completion: completion, isRepeating: true,
                isRequired: isRequired))
        refuse(isRequired && words.isEmpty, "a <\(name)> is missing")
        return words
    }

    package mutating func flag(
        _ name: String, short: Character? = nil, _ help: String, isHidden: Bool = false
    ) -> Bool {
        !take(Declaration(kind: .flag, name: name, short: short, help: help, isHidden: isHidden)).isEmpty
    }

    /// The text behind an option; the last one counts.
    package mutating func value(
        _ name: String, short: Character? = nil, of value: String, _ help: String,
        _ completion: Completion = .nothing
    ) -> String? {
        take(
            Declaration(
                kind: .option, name: name, short: short, value: value, help: help, completion: completion)
        ).last
    }

    /// All words behind an option, up to the next one.
    package mutating func values(
        _ name: String, of value: String, _ help: String, _ completion: Completion
    ) -> [String] {
        take(
            Declaration(
                kind: .option, name: name, value: value, help: help, completion: completion, isRepeating: true,
                takesSeveral: true))
    }

    /// One of the cases of a type; the last one counts.
    package mutating func choice<Case: RawRepresentable & CaseIterable>(
        _ name: String, _ help: String, default standard: Case
    ) -> Case where Case.RawValue == String {
        let texts = take(
            Declaration(kind: .option, name: name, value: name, help: help),
            values: { (Case.allCases.map(\.rawValue), standard.rawValue) })
        var result = standard
        for text in texts {
            if let value = Case(rawValue: text) {
                result = value
            } else {
                let values = Case.allCases.map(\.rawValue)
                reject(WrongUsage(text, isNoValueOf: "--" + name, which: values))
            }
        }
        return result
    }

    /// What a type reads from the text behind an option, each time that it is stated.
    package mutating func list<Value>(
        _ name: String, of value: String, _ help: String, values: @autoclosure () -> [String] = [],
        read: (String) throws(WrongUsage) -> Value
    ) -> [Value] {
        let texts = take(
            Declaration(kind: .option, name: name, value: value, help: help, isRepeating: true),
            values: { (values(), nil) })
        var result: [Value] = []
        for text in texts {
            do { result.append(try read(text)) } catch { reject(error) }
        }
        return result
    }

    /// A whole number of at least 1 for a rare need, of which help is silent; the last one counts.
    package mutating func limit(_ name: String, _ help: String, atMost most: Int = .max) -> Int? {
        let texts = take(Declaration(kind: .option, name: name, value: "number", help: help, isHidden: true))
        for text in texts where Int(text) == nil {
            reject(WrongUsage("\(quoted(text)) is no value of `--\(name)`, which takes a whole number"))
        }
        guard let number = texts.last.flatMap({ Int($0) }) else { return nil }
        refuse(number < 1, "`--\(name)` must be at least 1")
        refuse(number > most, "`--\(name)` may be at most \(most)")
        return number
    }

    /// Says that what was stated cannot be carried out together; the first that holds is told.
    package mutating func refuse(_ holds: Bool, _ message: @autoclosure () -> String) {
        if holds, refusal == nil, case .reading = purpose { refusal = WrongUsage(message()) }
    }

    private mutating func reject(_ fault: WrongUsage) { if badValue == nil { badValue = fault } }

    /// Lists what is asked for, or answers with what was stated.
    private mutating func take(
        _ declaration: @autoclosure () -> Declaration, values: () -> ([String], String?) = { ([], nil) }
    ) -> [String] {
        switch purpose {
        case .listing(let isDescribed):
            var declaration = declaration()
            if isDescribed { (declaration.values, declaration.standard) = values() }
            table.append(declaration)
            return []
        case .reading:
            defer { next += 1 }
            return next < stated.count ? stated[next] : []
        }
    }
}
