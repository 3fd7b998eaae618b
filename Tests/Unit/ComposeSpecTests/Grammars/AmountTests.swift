import Testing

@testable import ComposeSpec

/// Amounts, numbers, names and versions at the bounds of their grammars.
struct AmountTests {
    private static func bytes(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBufferPointer { ByteSize.bytes($0) }
    }

    @Test(
        "Memory as go-units reads it, in powers of 1024",
        arguments: [
            ("0", 0), ("1024", 1024), ("1k", 1024), ("1K", 1024), ("1kb", 1024), ("1KiB", 1024), ("1 k", 1024),
            ("1 b", 1), ("7B", 7), ("2m", 2 << 20), ("1.5GiB", 3 << 29), ("1t", 1 << 40), ("1p", 1 << 50), ("0.5", 0),
            ("1.9k", 1945), ("", nil), ("-1", nil), ("k", nil), (".5", nil), ("1.", nil), ("1.k", nil), ("1x", nil),
            ("1  k", nil), ("1mi", nil), ("1mxb", nil), ("1mibs", nil), ("1bb", nil), ("1ib", nil), ("1 kb ", nil),
            ("1e", nil),
        ] as [(String, Int?)])
    func memory(_ text: String, _ expected: Int?) { #expect(Self.bytes(text) == expected.map(Double.init)) }

    @Test("What is no memory is told by its place")
    func memoryFault() {
        let text = Array("kilo 5".utf8)
        let reason = text.withUnsafeBufferPointer { bytes in ByteSize.fault(bytes)?.reason(in: bytes) }
        #expect(reason == "a size begins with a digit, not with `kilo `")
    }

    private static func isTaken(_ text: String, _ grammar: Grammar) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { grammar.accepts($0) }
    }

    @Test(
        "Times as Go's ParseDuration reads them, up to 292 years",
        arguments: [
            ("0", true), ("-0", true), ("+0", true), ("5", false), ("1h30m", true), ("1.h", true), (".5s", true),
            (".s", false), ("1d", false), ("-", false), ("", false), ("2562047.788h", true), ("-2562047.788h", true),
            ("2562047.789h", false), ("-2562047.789h", false),
        ])
    func times(_ text: String, _ isTime: Bool) {
        let fault = Array(text.utf8).withUnsafeBufferPointer { bytes in Duration.fault(bytes) }
        #expect((fault == nil) == isTime)
    }

    @Test(
        "Numbers as Go's ParseFloat reads them in decimal",
        arguments: [
            ("1", true), ("-1", true), ("+1", true), ("1.5", true), (".5", true), ("1.", true), ("1e5", true),
            ("1E-5", true), ("1e+5", true), ("", false), (".", false), ("-", false), ("e5", false), ("1e", false),
            ("1e-", false), ("--1", false), ("+-1", false), ("1e--5", false), ("1x", false), ("1.5.2", false),
        ])
    func numbers(_ text: String, _ isNumber: Bool) { #expect(Self.isTaken(text, .numberText) == isNumber) }

    @Test(
        "Whole numbers of up to eighteen digits",
        arguments: [
            ("0", true), ("-12", true), ("+12", true), (String(repeating: "9", count: 18), true),
            (String(repeating: "9", count: 19), false), ("", false), ("-", false), ("--1", false), ("1.0", false),
        ])
    func wholeNumbers(_ text: String, _ isWhole: Bool) { #expect(Self.isTaken(text, .wholeText) == isWhole) }

    @Test(
        "Restart policies that Docker knows",
        arguments: [
            ("", true), ("no", true), ("always", true), ("unless-stopped", true), ("on-failure", true),
            ("on-failure:3", true), ("on-failure:123456789", true), ("on-failure:1234567890", false),
            ("on-failure:", false), ("on-failure:x", false), ("never", false), ("always:3", false),
        ])
    func restarts(_ text: String, _ isPolicy: Bool) { #expect(Self.isTaken(text, .restart) == isPolicy) }

    @Test(
        "A container's name has two signs or more, and begins with a letter or digit",
        arguments: [
            ("ab", true), ("0-", true), ("A_.", true), ("a", false), ("", false), ("-a", false), ("_a", false),
            (".a", false), ("a b", false), ("a/b", false),
        ])
    func containers(_ name: String, _ isName: Bool) {
        #expect(Array(name.utf8).withUnsafeBufferPointer { Names.isContainerName($0) } == isName)
    }

    @Test(
        "Platforms that exist",
        arguments: [
            ("linux/amd64", true), ("linux/arm/v7", true), ("windows/arm64", true), ("linux", false),
            ("linux/amd65", false), ("linux/arm/", false), ("linux/arm/V7", false), ("linux/arm/v7/x", false),
            ("darwin/386", false), ("plan9/386", false), ("linux/arm/v-7", false),
        ])
    func platforms(_ text: String, _ isPlatform: Bool) { #expect(Names.isPlatform(text) == isPlatform) }

    @Test("Versions are compared by their numbers, absent ones as 0")
    func versions() {
        #expect(
            Version("1") == Version("1.0.0") && Version("1.0.1") != Version("1.0") && Version("1.2") != Version("1.3"))
        #expect([Version("2.9"), Version("2.10")].compactMap { $0 }.max()?.text == "2.10")
        #expect(Version("2.24.0-desktop.1") == nil && Version("2.24.0+x", ignoringSuffix: true) == Version("2.24"))
        for text in ["", "1.", ".1", "1.2.3.4", "1.a", "1234567890", "-1"] { #expect(Version(text) == nil) }
        #expect(Version("123456789") != nil)
    }

    @Test("What a shape is called")
    func phrases() {
        #expect(Shape.integer(nil).phrase == "a whole number")
        #expect(Shape.integer(Int.min...3).phrase == "a whole number")
        #expect(Shape.integer(0...Int.max).phrase == "a whole number from 0")
        #expect(Shape.integer(1...5).phrase == "a whole number from 1 to 5")
        #expect(Shape.string(nil).phrase == "a string" && Shape.string(.numberText).phrase == "a number")
        #expect(
            Shape.anyOf([.string(nil), .number, .string(nil), .boolean]).phrase == "a string, a number or a boolean")
        #expect(Shape.oneOf(["a", "b"]).phrase == "`a` or `b`" && Shape.null.phrase == "nothing")
    }
}
