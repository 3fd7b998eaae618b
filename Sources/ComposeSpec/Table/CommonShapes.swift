import YAMLSyntax

/// The shapes that many keys of Compose share.
extension Shape {
    /// A text.
    static var text: Shape { .string(nil) }
    /// A text that names a file or a folder.
    package static var path: Shape { .string(.path) }
    /// A boolean, or a text that says one.
    static var flag: Shape { .anyOf([.boolean, .string(.booleanWord)]) }
    /// A number, or a text that says one, such as a size.
    static var amount: Shape { .anyOf([.number, .text]) }
    /// A number, or a text that Compose turns into one.
    static var numeric: Shape { .anyOf([.number, .string(.numberText)]) }
    /// A number, or a text that Compose turns into a whole one.
    static var wholeNumeric: Shape { .anyOf([.number, .string(.wholeText)]) }
    /// A whole number within bounds, or a text that Compose turns into one.
    static func whole(_ bounds: ClosedRange<Int>? = nil) -> Shape { .anyOf([.integer(bounds), .string(.wholeText)]) }
    /// A whole number, or a text that says one.
    static var count: Shape { .anyOf([.integer(nil), .string(.wholeText)]) }
    /// A whole number that is written as one, without a point or an exponent.
    static func exact(_ bounds: ClosedRange<Int> = Int.min...Int.max) -> Shape { .integer(bounds) }
    /// Permissions: a whole number, or a text that says one.
    static var permissions: Shape { .anyOf([exact(0...Int.max), .string(.wholeText)]) }
    /// A whole number of bytes, or a text with a unit.
    static var bytes: Shape { .anyOf([.integer(nil), .string(.byteSize)]) }
    /// A time.
    static var duration: Shape { .string(.duration) }
    /// Texts of which no two are equal.
    static var uniqueTexts: Shape { .sequence(.text, unique: true) }
    static var texts: Shape { .sequence(.text, unique: false) }
    /// One text, or several of which no two are equal.
    static var textOrTexts: Shape { .anyOf([.text, .uniqueTexts]) }
    /// One path, or several of which no two are equal.
    static var pathOrPaths: Shape { .anyOf([.path, .sequence(.path, unique: true)]) }
    /// A scalar of any kind.
    static var scalar: Shape { .anyOf([.text, .number, .boolean, .null]) }
    /// `KEY: value`, or a list of `KEY=value` of which no two are equal.
    static var keyValues: Shape {
        .anyOf([.mapping(.scalar, keys: .nonEmpty), .sequence(.string(.keyValue), unique: true)])
    }
    /// The same where Compose keeps the last value for a key instead of refusing equal items.
    static var settledKeyValues: Shape {
        .anyOf([.mapping(.scalar, keys: .nonEmpty), .sequence(.string(.keyValue), unique: false)])
    }
    /// Variables of a process: like key and value, but for a blank before `=`.
    static var variables: Shape {
        .anyOf([.mapping(.scalar, keys: .nonEmpty), .sequence(.string(.variable), unique: true)])
    }
    static var settledVariables: Shape {
        .anyOf([.mapping(.scalar, keys: .nonEmpty), .sequence(.string(.variable), unique: false)])
    }
    /// One text, or several of which Compose keeps one of equal ones.
    static var textOrSettledTexts: Shape { .anyOf([.text, .texts]) }
    /// `host: address`, `host: [address]`, or a list of `host=address`.
    static var hosts: Shape {
        .anyOf([.mapping(.anyOf([.text, .texts]), keys: .nonEmpty), .sequence(.string(.hostEntry), unique: true)])
    }
    /// A command line, its words, or nothing.
    static var command: Shape { .anyOf([.null, .string(.commandLine), .texts]) }
    /// Options of a driver.
    static var driverOptions: Shape { .mapping(.anyOf([.text, .number]), keys: nil) }
    /// A network, volume, secret or config that exists outside the project.
    static func external(_ object: ObjectShape) -> Shape {
        .anyOf([.boolean, .string(.booleanWord), .object(object)])
    }
}

extension Grammar {
    /// A boolean written as a text, as Compose converts one (measured with 2.40.3).
    static let booleanWord = Grammar("a boolean") { text in
        let word = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return ["true", "false", "y", "yes", "on", "n", "no", "off"].contains { word.elementsEqual($0.utf8) }
    }

    /// When an image is pulled.
    static let pullPolicy = Grammar(
        "`always`, `never`, `missing`, `build`, `daily`, `weekly` or a time such as `every_12h`",
        pattern: "^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+|.*\\$.*)$"
    ) { text in
        let words = ["always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"]
        if words.contains(where: { text.elementsEqual($0.utf8) }) { return true }
        guard text.starts(with: "every_".utf8) else { return false }
        var digits = 0
        for byte in text.dropFirst(6) {
            if (0x30...0x39).contains(byte) {
                digits += 1
            } else {
                guard digits > 0, "wdhms".utf8.contains(byte) else { return false }
                digits = 0
            }
        }
        return digits == 0 && text.count > 6
    }

    /// The key of a service, network, volume, secret, configuration or model in a Compose file.
    package static let composeName = Grammar(
        "a name of letters, digits, `.`, `_` and `-`", pattern: "^[a-zA-Z0-9._-]+$"
    ) { text in
        !text.isEmpty
            && text.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }
}
