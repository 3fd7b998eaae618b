/// Times as Go writes them: `1h30m`, `1.5s`, `-5ms`, `0` (Go, `time.ParseDuration`).
package enum Duration {
    /// Why a text is no duration, or nil.
    ///
    /// Days and weeks, which Compose reads since 2.30, are refused: 2.26 refuses them.
    package static func fault(_ text: UnsafeBufferPointer<UInt8>) -> TextFault? {
        if case .failure(let fault) = parse(text) { return fault }
        return nil
    }

    /// A time in one spelling, so that equal times are equal texts; nil for a text that is none.
    package static func nanoseconds(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        guard let hours = try? parse(text).get() else { return nil }
        // Times are multiples of nanoseconds, so that what a sum of fractions lacks is rounded away.
        return String(Int64((hours * 3.6e12).rounded()))
    }

    /// The hours that a text says.
    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Result<Double, TextFault> {
        var scan = TextScanner(text)
        let isNegative = scan.take("-")
        if !isNegative { _ = scan.take("+") }
        if scan.isAtEnd { return .failure(TextFault(text.isEmpty ? "it is empty" : "a number is missing")) }
        if scan.text.count - scan.index == 1, scan.next == UInt8(ascii: "0") { return .success(0) }
        var hours = 0.0
        while !scan.isAtEnd {
            let start = scan.index
            let whole = scan.takeDigits()
            let hasPoint = scan.take(".")
            let fraction = hasPoint ? scan.takeDigits() : 0
            if whole + fraction == 0 { return .failure(TextFault("a number is missing", at: start..<text.count)) }
            // Digits before and behind the point, so that `5.` and `.5` are numbers to Swift, too.
            let digits = "0" + scan.string(start..<scan.index) + (hasPoint ? "0" : "")
            let number = Double(digits) ?? .infinity
            let unit = scan.takeUntil { isDigit($0) || $0 == UInt8(ascii: ".") }
            guard !unit.isEmpty else {
                return .failure(TextFault(quoting: start..<scan.index, "has no unit"))
            }
            guard let scale = hoursIn[scan.string(unit)] else {
                let name = scan.string(unit)
                let isLong = name == "d" || name == "w"
                return .failure(
                    TextFault(
                        quoting: unit, isLong ? "is a unit only to newer versions of Compose" : "is no unit"))
            }
            hours += number * scale
        }
        return hours <= limit
            ? .success(isNegative ? -hours : hours) : .failure(TextFault("it is longer than 292 years"))
    }

    /// The largest number of nanoseconds that 64 bits hold, in hours of three decimal places.
    private static let limit = 2_562_047.788

    private static let hoursIn: [String: Double] = [
        "h": 1, "m": 1 / 60, "s": 1 / 3600, "ms": 1 / 3.6e6, "us": 1 / 3.6e9, "µs": 1 / 3.6e9, "μs": 1 / 3.6e9,
        "ns": 1 / 3.6e12,
    ]
}
