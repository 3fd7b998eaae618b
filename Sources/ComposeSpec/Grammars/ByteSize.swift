/// Amounts of memory: `64m`, `1.5GiB`, `1024` (docker/go-units, `RAMInBytes`); what only old or
/// only new releases of it read, such as `64mi`, is none.
package enum ByteSize {
    /// Why a text is no size, or nil.
    package static func fault(_ text: UnsafeBufferPointer<UInt8>) -> TextFault? {
        if case .failure(let fault) = parse(text) { return fault }
        return nil
    }

    /// The bytes that a text says, rounded down; nil for a text that is no size.
    package static func bytes(_ text: UnsafeBufferPointer<UInt8>) -> Double? { try? parse(text).get() }

    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Result<Double, TextFault> {
        var scan = TextScanner(text)
        if scan.isAtEnd { return .failure(TextFault("it is empty")) }
        if scan.next == UInt8(ascii: "-") { return .failure(TextFault("a size cannot be negative")) }
        guard scan.takeDigits() > 0 else {
            let number = scan.takeUntil(isDigit)
            return .failure(TextFault("a size begins with a digit, not with `\(scan.string(number))`", at: number))
        }
        if scan.take("."), scan.takeDigits() == 0 {
            return .failure(TextFault("a digit is missing behind the point", at: 0..<scan.index))
        }
        let number = Double(scan.string(0..<scan.index)) ?? .infinity
        _ = scan.take(" ")
        let suffix = scan.index..<text.count
        var factor = 1.0
        if let byte = scan.next, let power = Array("kmgtp".utf8).firstIndex(of: byte | 0x20) {
            for _ in 0...power { factor *= 1024 }
            _ = scan.take(Unicode.Scalar(byte))
            if scan.index + 1 < text.count, text[scan.index] | 0x20 == UInt8(ascii: "i") {
                _ = scan.take(Unicode.Scalar(text[scan.index]))
            }
        }
        if scan.next.map({ $0 | 0x20 }) == UInt8(ascii: "b") { _ = scan.take(Unicode.Scalar(text[scan.index])) }
        guard scan.isAtEnd else {
            return .failure(TextFault(quoting: suffix, "is no unit of memory"))
        }
        return .success((number * factor).rounded(.down))
    }
}
