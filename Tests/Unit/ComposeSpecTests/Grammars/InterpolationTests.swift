import Testing

@testable import ComposeSpec

/// What Compose cannot interpolate is told with its place.
@Suite
struct InterpolationTests {
    @Test(
        "Why a text cannot be interpolated, and which of its bytes",
        arguments: [
            ("", nil), ("a}b\n", nil), ("$", nil), ("a$", nil), ("$$", nil), ("$${", nil), ("$1", nil), ("$A", nil),
            ("${A}", nil), ("${A1_}\n${b}", nil), ("${A:-${B:-c}}}\n", nil), ("${A-}${A:?x}${A?}${A:+$B}${A+}", nil),
            ("$\n{A", nil),
            ("x${", "1-3 the braces are not closed"),
            ("x${A", "1-4 the braces are not closed"),
            ("x${A:-b", "1-7 the braces are not closed"),
            ("x${A:-${B}", "1-10 the braces are not closed"),
            ("${A:-${B:-c}", "0-12 the braces are not closed"),
            ("x${1}", "1-4 a variable's name begins with a letter or `_`"),
            ("x${}", "1-4 a variable's name begins with a letter or `_`"),
            ("${A:-\n}", "0-5 a line ends inside the braces"),
            ("${A:-${B:-\n}}", "5-10 a line ends inside the braces"),
            ("${A:-${B}\n}", "0-9 a line ends inside the braces"),
            ("x${A.B}", "4-5 behind the name stands `}` or one of `-`, `:-`, `?`, `:?`, `+`, `:+`"),
            ("x${A:}", "4-6 behind the name stands `}` or one of `-`, `:-`, `?`, `:?`, `+`, `:+`"),
            ("x${A:", "4-5 behind the name stands `}` or one of `-`, `:-`, `?`, `:?`, `+`, `:+`"),
        ] as [(String, String?)])
    func faults(_ text: String, _ expected: String?) {
        var text = text
        let found = text.withUTF8 { bytes in
            Interpolation.fault(bytes).map { fault in
                (fault.range.map { "\($0.lowerBound)-\($0.upperBound) " } ?? "") + fault.reason(in: bytes)
            }
        }
        #expect(found == expected)
    }

    @Test("A name holds letters, digits behind the first, and `_`")
    func names() {
        for byte in UInt8.min...UInt8.max {
            let scalar = Unicode.Scalar(byte)
            let isLetter = scalar.isASCII && scalar.properties.isAlphabetic || byte == UInt8(ascii: "_")
            let isDigit = (0x30...0x39).contains(byte)
            #expect(Interpolation.isName(byte) == (isLetter || isDigit), "\(byte)")
            #expect(Interpolation.isName(byte, first: true) == isLetter, "\(byte)")
        }
    }
}
