/// An address of version 4 or 6, as numbers that compare.
package struct IPAddress: Hashable, Sendable {
    package let isVersion6: Bool
    /// The first eight bytes; 0 for version 4.
    package let high: UInt64
    /// The last eight bytes, or the four of version 4.
    package let low: UInt64

    /// An address as Go's `net.ParseIP` reads it: no leading zeros, no zone.
    package init?(_ text: some Collection<UInt8>) {
        guard text.contains(UInt8(ascii: ":")) else {
            guard let value = Self.version4(text) else { return nil }
            (isVersion6, high, low) = (false, 0, UInt64(value))
            return
        }
        let bytes = Array(text)
        var groups: [UInt16] = []
        var gap: Int?
        var index = 0
        if bytes.starts(with: "::".utf8) {
            gap = 0
            index = 2
        }
        while index < bytes.count {
            let start = index
            var value = 0
            while index < bytes.count, let digit = Self.hexadecimal(bytes[index]), index - start < 5 {
                value = value * 16 + digit
                index += 1
            }
            if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
                guard let last = Self.version4(bytes[start...]) else { return nil }
                groups += [UInt16(last >> 16), UInt16(last & 0xFFFF)]
                index = bytes.count
                break
            }
            guard index > start, index - start <= 4 else { return nil }
            groups.append(UInt16(value))
            if index == bytes.count { break }
            guard bytes[index] == UInt8(ascii: ":"), index + 1 < bytes.count else { return nil }
            index += 1
            if bytes[index] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups.count
                index += 1
            }
        }
        // `::` stands for one group at least.
        guard gap == nil ? groups.count == 8 : groups.count < 8 else { return nil }
        if let gap { groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap) }
        isVersion6 = true
        high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
        low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
    }

    init(isVersion6: Bool, high: UInt64, low: UInt64) {
        (self.isVersion6, self.high, self.low) = (isVersion6, high, low)
    }

    /// Whether it stands for every address of its version.
    package var isAny: Bool { high == 0 && low == 0 }

    /// Four numbers of one to three digits, none above 255 and none with a leading zero, joined by dots.
    private static func version4(_ text: some Collection<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        var (number, digits, dots): (UInt32, Int, Int) = (0, 0, 0)
        for byte in text {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, dots < 3 else { return nil }
                value = value << 8 | number
                (number, digits, dots) = (0, 0, dots + 1)
            } else {
                guard isDigit(byte), digits == 0 || number > 0 else { return nil }
                number = number * 10 + UInt32(byte & 0xF)
                digits += 1
                if number > 255 { return nil }
            }
        }
        return dots == 3 && digits > 0 ? value << 8 | number : nil
    }

    private static func hexadecimal(_ byte: UInt8) -> Int? {
        if isDigit(byte) { return Int(byte & 0xF) }
        return (0x61...0x66).contains(byte | 0x20) ? Int(byte | 0x20) - 0x57 : nil
    }
}

/// A network in CIDR form: the addresses from `first` to `last`.
package struct Subnet: Sendable {
    package let first: IPAddress
    package let last: IPAddress

    /// `10.0.0.0/8` or `fd00::/64`.
    package init?(_ text: some Collection<UInt8>) {
        let parts = Array(text).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), (1...3).contains(parts[1].count),
            parts[1].allSatisfy(isDigit)
        else { return nil }
        let length = parts[1].reduce(0) { $0 * 10 + Int($1 & 0xF) }
        guard length <= (address.isVersion6 ? 128 : 32) else { return nil }
        let free = (address.isVersion6 ? 128 : 32) - length
        let lowMask: UInt64 = free >= 64 ? .max : (1 << UInt64(free)) - 1
        let highMask: UInt64 = free <= 64 ? 0 : free == 128 ? .max : (1 << UInt64(free - 64)) - 1
        first = IPAddress(
            isVersion6: address.isVersion6, high: address.high & ~highMask, low: address.low & ~lowMask)
        last = IPAddress(isVersion6: address.isVersion6, high: first.high | highMask, low: first.low | lowMask)
    }
}

extension IPAddress: Comparable {
    package static func < (one: IPAddress, other: IPAddress) -> Bool {
        if one.isVersion6 != other.isVersion6 { return !one.isVersion6 }
        return one.high == other.high ? one.low < other.low : one.high < other.high
    }
}
