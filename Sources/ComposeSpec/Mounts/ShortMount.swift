/// A mount in short form taken apart: `[SOURCE:]TARGET[:OPTIONS]` (compose-go, `format/volume.go`).
package struct ShortMount: Sendable {
    /// The bytes of the source; nil for an anonymous volume.
    package let source: Range<Int>?
    package let target: Range<Int>
    package let isReadOnly: Bool
    /// Whether the source is a folder of the host and not the name of a volume.
    package let isBind: Bool

    /// Why a text is no mount, or nil.
    package static func fault(_ text: UnsafeBufferPointer<UInt8>) -> TextFault? {
        if case .failure(let fault) = parse(text) { return fault }
        return nil
    }

    /// The mount that a text says; colons inside `${…}` and behind a Windows drive separate nothing.
    package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Result<ShortMount, TextFault> {
        if text.isEmpty { return .failure(TextFault("it is empty")) }
        if text.count < 3 {
            return .success(ShortMount(source: nil, target: 0..<text.count, isReadOnly: false, isBind: false))
        }
        var parts: (Range<Int>, Range<Int>, Range<Int>) = (0..<0, 0..<0, 0..<0)
        var count = 0
        var start = 0
        var nesting = 0
        for index in 0...text.count {
            let isEnd = index == text.count
            if !isEnd {
                let byte = text[index]
                if byte == UInt8(ascii: "$"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "{") {
                    nesting += 1
                    continue
                }
                if byte == UInt8(ascii: "}"), nesting > 0 {
                    nesting -= 1
                    continue
                }
                guard byte == UInt8(ascii: ":"), nesting == 0 else { continue }
                if index - start == 1, (0x61...0x7A).contains(text[start] | 0x20) { continue }
            }
            if start == index {
                let place = max(0, start - 1)..<min(text.count, index + 1)
                return .failure(TextFault("nothing stands between the colons", at: place))
            }
            if count == 3 {
                return .failure(TextFault("there are more than three parts", at: start..<text.count))
            }
            switch count {
            case 0: parts.0 = start..<index
            case 1: parts.1 = start..<index
            default: parts.2 = start..<index
            }
            count += 1
            start = index + 1
        }
        if count == 1 {
            return .success(ShortMount(source: nil, target: parts.0, isReadOnly: false, isBind: false))
        }
        var isReadOnly = false
        if count == 3 {
            for option in text[parts.2].split(separator: UInt8(ascii: ",")) {
                if option.elementsEqual("ro".utf8) { isReadOnly = true }
                if option.elementsEqual("rw".utf8) { isReadOnly = false }
            }
        }
        return .success(
            ShortMount(source: parts.0, target: parts.1, isReadOnly: isReadOnly, isBind: isPath(text, parts.0)))
    }

    private static func isPath(_ text: UnsafeBufferPointer<UInt8>, _ source: Range<Int>) -> Bool {
        let first = text[source.lowerBound]
        if first == UInt8(ascii: ".") || first == UInt8(ascii: "/") || first == UInt8(ascii: "~") { return true }
        // A colon stands behind the source, and behind no letter alone.
        let second = text[source.lowerBound + 1]
        if first == UInt8(ascii: "\\"), second == first { return true }
        return (0x61...0x7A).contains(first | 0x20) && second == UInt8(ascii: ":")
    }
}
