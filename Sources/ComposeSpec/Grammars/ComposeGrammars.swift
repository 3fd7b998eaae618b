import Diagnostics
import SourceText

/// The texts that Compose takes apart, as grammars of the table.
extension Grammar {
    static let duration = Grammar(
        "a duration", code: .invalidDurationOrSize, help: "write a number with `h`, `m`, `s` or `ms`, such as `1m30s`",
        fault: Duration.fault)

    static let byteSize = Grammar(
        "a size", code: .invalidDurationOrSize, help: "write a number with `k`, `m` or `g`, such as `64m`",
        fault: ByteSize.fault)

    static let port = Grammar(
        "a port", code: .invalidPort,
        help: "write `[address:][host port:]container port[/protocol]`, such as `127.0.0.1:8000:80`",
        readings: PortParts.readings, fault: PortNumbers.fault)

    static let mount = Grammar(
        "a mount", code: .invalidMount, help: "write `source:target[:options]`, such as `data:/var/lib/data:ro`",
        fault: ShortMount.fault)

    /// A path as any system takes it. What it names is not looked at.
    static let path = Grammar(
        "a path that can be read", code: .invalidPath,
        help: "write a path of at most \(WorkspacePath.maximumBytes) bytes and \(WorkspacePath.maximumParts) parts",
        takesAnyText: true
    ) { text in WorkspacePath.excess(of: text).map { TextFault($0) } }

    static let commandLine = Grammar(
        "a command", code: .otherComposeRule, help: "quote it as a shell wants it, or write a list of words",
        fault: CommandLine.fault)

    /// `host=address`, or `host:address` as long ago.
    static let hostEntry = Grammar(
        "a host's address", code: .otherComposeRule, help: "write `host=address`"
    ) { text in
        let separator = text.firstIndex(of: UInt8(ascii: "=")) ?? text.firstIndex(of: UInt8(ascii: ":"))
        guard let separator else { return TextFault("the address is missing") }
        return separator == 0 ? TextFault("the host's name is missing") : nil
    }

    static let deviceEntry = Grammar(
        "a device", code: .otherComposeRule, help: "write `host device[:container device[:permissions]]`"
    ) { text in
        text.count { $0 == UInt8(ascii: ":") } > 2 ? TextFault("there are more than three parts") : nil
    }

    /// A key that is not empty.
    static let nonEmpty = Grammar("a name", pattern: "^.+$") { !$0.isEmpty }

    /// `KEY=value` or `KEY`. Compose takes an item without a key, but not when a layer meets it as a mapping, and Docker
    /// refuses the container. A variable that is empty by default, `- ${MORE:-}`, is a way to leave an item out.
    static let keyValue = Grammar(
        "a key with its value", code: .otherComposeRule, help: "write `KEY=value`", readings: { _ in [] }
    ) { text in
        text.isEmpty || text[0] == UInt8(ascii: "=") ? TextFault("the key is missing") : nil
    }

    /// `NAME=value` or `NAME`. Compose looks at the last byte of the name as if it were a character: one that ends in
    /// a byte of a blank, such as `à`, is refused like a blank.
    static let variable = Grammar(
        "a variable with its value", code: .otherComposeRule, help: "write `NAME=value`", readings: { _ in [] }
    ) { text in
        let end = text.firstIndex(of: UInt8(ascii: "=")) ?? text.count
        guard end > 0 else { return TextFault("the name is missing") }
        let isBlank = (0x09...0x0D).contains(text[end - 1]) || [0x20, 0x85, 0xA0].contains(text[end - 1])
        return isBlank ? TextFault("Compose takes the end of the name for a blank", at: 0..<end) : nil
    }

    /// What stands in a list where each item names what it gives.
    static let assignment = Grammar("an assignment", code: .otherComposeRule, help: "write `name=value`") { text in
        text.contains(UInt8(ascii: "=")) ? nil : TextFault("`=` and a value are missing")
    }

    /// An assignment of a path.
    static let pathAssignment = Grammar("an assignment", code: .otherComposeRule, help: "write `name=path`") { text in
        assignment.fault(text) ?? WorkspacePath.excess(of: text).map { TextFault($0) }
    }

    static let sshEntry = Grammar(
        "an SSH agent or key", code: .otherComposeRule, help: "write `default` or `name=path`"
    ) { text in
        text.elementsEqual("default".utf8) || text.contains(UInt8(ascii: "=")) ? nil : TextFault("its path is missing")
    }

    static let envFileFormat = Grammar(
        "a format of environment files", code: .otherComposeRule, help: "write `raw`, or remove the key"
    ) { text in
        text.isEmpty || text.elementsEqual("raw".utf8) ? nil : TextFault("Compose knows `raw` alone")
    }

    static let deviceCount = Grammar(
        "a number of devices", code: .otherComposeRule, help: "write a whole number or `all`"
    ) { text in
        text.elementsEqual("all".utf8) || isWhole(text) ? nil : TextFault("it is neither a whole number nor `all`")
    }

    /// When Docker starts a container again; Compose itself would take any text.
    static let restart = Grammar(
        "a restart policy", code: .otherComposeRule,
        help: "write `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`"
    ) { text in
        let words = ["", "no", "always", "unless-stopped", "on-failure"]
        if words.contains(where: { text.elementsEqual($0.utf8) }) { return nil }
        let limit = text.starts(with: "on-failure:".utf8) ? text.dropFirst(11) : text[0..<0]
        return !limit.isEmpty && limit.count < 10 && limit.allSatisfy(isDigit)
            ? nil : TextFault("Docker does not know this policy")
    }

    /// A whole number written as a text, as Go's `Atoi` reads it.
    static let wholeText = Grammar("a whole number", isWhole)

    /// A number written as a text, as Go's `ParseFloat` reads one in decimal.
    static let numberText = Grammar("a number") { text in
        var scan = TextScanner(text)
        if !scan.take("-") { _ = scan.take("+") }
        let whole = scan.takeDigits()
        let fraction = scan.take(".") ? scan.takeDigits() : 0
        guard whole + fraction > 0 else { return false }
        if scan.take("e") || scan.take("E") {
            if !scan.take("-") { _ = scan.take("+") }
            guard scan.takeDigits() > 0 else { return false }
        }
        return scan.isAtEnd
    }

    private static func isWhole(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scan = TextScanner(text)
        if !scan.take("-") { _ = scan.take("+") }
        return (1...18).contains(scan.takeDigits()) && scan.isAtEnd
    }
}
