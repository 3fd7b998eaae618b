/// What each byte means inside and at the beginning of a plain scalar, for every reader at once.
///
/// One lookup per byte decides the common text; only the bytes that are not `ordinary` are looked at twice.
enum CharacterClasses {
    // Inside a text.
    static let ordinary: UInt8 = 0
    static let space: UInt8 = 1
    static let colon: UInt8 = 2
    static let hash: UInt8 = 3
    /// `,` `?` and the brackets: harmless in block context alone.
    static let flowIndicator: UInt8 = 4
    static let tab: UInt8 = 5
    static let newline: UInt8 = 6
    /// Control characters of ASCII, carriage return among them: only an escape carries them.
    static let control: UInt8 = 7
    /// 0xC2, 0xE2, 0xEF: they begin the characters beyond ASCII that need an escape, among many that do not.
    static let lead: UInt8 = 8

    // At the beginning of a text.
    static let free: UInt8 = 0
    /// May begin something that a reader takes for a number, a boolean, null or a time.
    static let mayResolve: UInt8 = 1
    /// `-`: an indicator before a blank, and the sign of a number.
    static let dash: UInt8 = 2
    /// `?` and `:`: an indicator before a blank, and always in flow context.
    static let mark: UInt8 = 3
    /// Never begins a plain scalar.
    static let forbidden: UInt8 = 4

    static let inside: [UInt8] = table { byte in
        switch byte {
        case 0x20: space
        case UInt8(ascii: ":"): colon
        case UInt8(ascii: "#"): hash
        case 0x09: tab
        case 0x0A: newline
        case 0x00..<0x20, 0x7F: control
        case 0xC2, 0xE2, 0xEF: lead
        default: isOne(of: ",?[]{}", byte) ? flowIndicator : ordinary
        }
    }

    static let first: [UInt8] = table { byte in
        switch byte {
        case UInt8(ascii: "-"): dash
        case UInt8(ascii: "?"), UInt8(ascii: ":"): mark
        case 0x00...0x20, 0x7F: forbidden
        case UInt8(ascii: "0")...UInt8(ascii: "9"): mayResolve
        default:
            isOne(of: ",[]{}#&*!|>'\"%@`", byte)
                ? forbidden : isOne(of: "+.~=<nNtTfFyYoO", byte) ? mayResolve : free
        }
    }

    private static func table(_ classify: (UInt8) -> UInt8) -> [UInt8] { (0...255).map { classify(UInt8($0)) } }

    private static func isOne(of set: StaticString, _ byte: UInt8) -> Bool {
        UnsafeBufferPointer(start: set.utf8Start, count: set.utf8CodeUnitCount).contains(byte)
    }
}
