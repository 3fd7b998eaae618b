/// Names that secrets have, and values that can be none.
package enum SecretNames {
    /// The last word of a name, in capitals.
    private static let words: [StaticString] = [
        "PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY", "CREDENTIALS", "PRIVATEKEY", "PASSPHRASE", "REQUIREPASS",
        "PASS", "PGPASSWORD",
    ]
    private static let endings: [StaticString] = ["API_KEY", "PRIVATE_KEY", "SECRET_KEY", "ACCESS_KEY"]

    /// Whether a name ends, in capitals or not, like that of a secret; underscores behind it do not count, and `-` and `.`
    /// part words as `_` does.
    package static func nameOne(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = name.lastIndex(where: { $0 != UInt8(ascii: "_") }) else { return false }
        // The last letters of the words and endings above: no other name is looked at.
        switch name[last] & 0xDF {
        case UInt8(ascii: "D"), UInt8(ascii: "T"), UInt8(ascii: "N"), UInt8(ascii: "Y"), UInt8(ascii: "S"),
            UInt8(ascii: "E"):
            break
        default: return false
        }
        let word = (name[...last].lastIndex(where: isSeparator) ?? -1) + 1
        return words.contains { $0.utf8CodeUnitCount == last + 1 - word && ends(name[...last], in: $0) }
            || endings.contains { ends(name[...last], in: $0) }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// Whether a value can be a secret: a literal, and neither empty nor a switch, a number, a time, a path or an address.
    package static func canBeOne(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = value.first, !value.contains(UInt8(ascii: "$")) else { return false }
        // Quotes without anything between them, and what stands for a value: `<your token>`.
        if value.count <= 2, value.allSatisfy({ $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }) { return false }
        if first == UInt8(ascii: "<"), value.last == UInt8(ascii: ">") { return false }
        return !isSwitch(value) && !isNumber(value) && !isPath(value) && !isAddress(value)
    }

    /// `yes`, `off`: what turns something on or off.
    private static func isSwitch(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let words: [StaticString] = [
            "YES", "NO", "TRUE", "FALSE", "ON", "OFF", "Y", "N", "NONE", "NULL", "ENABLED", "DISABLED",
        ]
        return words.contains { $0.utf8CodeUnitCount == value.count && ends(value[...], in: $0) }
    }

    /// `-1`, `0.5`, `3600`, `15m`, `7d12h`: what counts something.
    private static func isNumber(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        let digits =
            value.first == UInt8(ascii: "-") || value.first == UInt8(ascii: "+") ? value.dropFirst() : value[...]
        guard let first = digits.first, isDigit(first) || first == UInt8(ascii: ".") else { return false }
        if digits.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) { return true }
        guard digits.count <= 12 else { return false }
        // Numbers with units of time behind them.
        var isAfterDigit = false
        for byte in digits {
            if isDigit(byte) {
                isAfterDigit = true
            } else if !isAfterDigit || !"smhdwy".utf8.contains(byte) {
                return digits.suffix(2).elementsEqual("ms".utf8) && digits.dropLast(2).allSatisfy(isDigit)
            } else {
                isAfterDigit = false
            }
        }
        return true
    }

    /// `/run/secrets/key`, `./key.pem`: where a secret lies, and not what it is.
    private static func isPath(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let begins: [StaticString] = ["/", "./", "../", "~/", "file:"]
        guard begins.contains(where: { starts(value, with: $0) }) else { return false }
        // A path has words; what is made of all kinds of letters, and of signs, is no path that a person named.
        return !value.contains { "=+ ".utf8.contains($0) }
    }

    /// `https://login.example.com/token`: where a secret is had. One with a password is told by its look.
    private static func isAddress(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        starts(value, with: "http://") || starts(value, with: "https://")
    }

    private static func starts(_ value: UnsafeBufferPointer<UInt8>, with start: StaticString) -> Bool {
        value.starts(with: UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount))
    }

    private static func ends(_ name: Slice<UnsafeBufferPointer<UInt8>>, in ending: StaticString) -> Bool {
        let letters = UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
        guard letters.count <= name.count else { return false }
        return zip(name.suffix(letters.count), letters).allSatisfy { byte, letter in
            byte == letter || (0x61...0x7A).contains(byte) && byte & 0xDF == letter
                || letter == UInt8(ascii: "_") && isSeparator(byte)
        }
    }
}
