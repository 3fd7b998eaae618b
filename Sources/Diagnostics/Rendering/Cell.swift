import SourceText

/// One character of a source line as a terminal shows it, and where it came from.
struct Cell {
    /// The offset of the character's first byte.
    let offset: Int
    /// What is shown.
    let text: String
    /// The first column, zero-based, counted from the first cell.
    let column: Int
    /// The number of columns; 0 for a combining mark.
    let width: Int

    /// The column after the last.
    var endColumn: Int { column + width }
}

/// The number of columns a tab is shown as, wherever it stands, so that a window into a line needs no more of it.
private let tabWidth = 4

/// The characters of a range of bytes; bytes that are no UTF-8 become U+FFFD.
func cells(of bytes: [UInt8], in range: Range<Int>) -> [Cell] {
    var result: [Cell] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    var column = 0
    var hashes = 0
    while index < range.upperBound {
        let (scalar, length) = decodeScalar(bytes, at: index, limit: range.upperBound)
        let text: String
        if scalar == "\t" {
            text = blanks(tabWidth)
        } else {
            text = visibleForm(of: scalar, afterHashes: hashes) ?? String(scalar)
        }
        let width = scalar.value >= 0x20 && scalar.value < 0x7F ? text.utf8.count : displayWidth(of: text)
        result.append(Cell(offset: index, text: text, column: column, width: width))
        hashes = scalar == "#" ? hashes + 1 : 0
        column += width
        index += length
    }
    return result
}

/// The character at an offset and the number of its bytes; a byte that begins none is U+FFFD, alone.
func decodeScalar(_ bytes: [UInt8], at index: Int, limit: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= limit else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for next in bytes[(index + 1)..<(index + length)] {
        guard next & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
        value = value << 6 | UInt32(next & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
    return (scalar, length)
}
