/// The shapes that many keys of Compose share.
extension Shape {
    /// A text.
    static var text: Shape { .string(nil) }
    /// A boolean, or a text that says one.
    static var flag: Shape { .anyOf([.boolean, .text]) }
    /// A number, or a text that says one, such as a size.
    static var amount: Shape { .anyOf([.number, .text]) }
    /// A whole number, or a text that says one.
    static var count: Shape { .anyOf([.integer(nil), .text]) }
    /// Texts of which no two are equal.
    static var uniqueTexts: Shape { .sequence(.text, unique: true) }
    static var texts: Shape { .sequence(.text, unique: false) }
    /// One text, or several of which no two are equal.
    static var textOrTexts: Shape { .anyOf([.text, .uniqueTexts]) }
    /// A scalar of any kind.
    static var scalar: Shape { .anyOf([.text, .number, .boolean, .null]) }
    /// `KEY: value`, or a list of `KEY=value`.
    static var keyValues: Shape { .anyOf([.mapping(.scalar, keys: nil), .uniqueTexts]) }
    /// `host: address`, `host: [address]`, or a list of `host=address`.
    static var hosts: Shape {
        .anyOf([.mapping(.anyOf([.text, .texts]), keys: nil), .uniqueTexts])
    }
    /// A command line, its words, or nothing.
    static var command: Shape { .anyOf([.null, .text, .texts]) }
    /// Options of a driver.
    static var driverOptions: Shape { .mapping(.anyOf([.text, .number]), keys: nil) }
    /// A network, volume, secret or config that exists outside the project.
    static func external(_ object: ObjectShape) -> Shape { .anyOf([.boolean, .text, .object(object)]) }
}

extension Grammar {
    /// The key of a service, network, volume, secret, configuration or model in a Compose file.
    static let composeName = Grammar(
        "a name of letters, digits, `.`, `_` and `-`", pattern: "^[a-zA-Z0-9._-]+$"
    ) { text in
        !text.isEmpty
            && text.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }
}
