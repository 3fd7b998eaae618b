/// Cuts what a client sends into messages: headers, an empty line, and as many bytes as `Content-Length` says.
package struct MessageStream: Sendable {
    /// The bytes of the longest message: a manifest of the largest size, written as JSON.
    package static let longestMessage = 256 << 20
    /// The bytes of the longest header.
    static let longestHeader = 4096

    package enum Part: Sendable, Equatable {
        case message([UInt8])
        /// What was sent is no message, and where the next begins cannot be known.
        case broken
    }

    private var buffer: [UInt8] = []
    private var consumed = 0
    private var isBroken = false
    /// The bytes that the message which is arriving still needs, so that a long one is not searched again and again.
    private var awaited = 0

    package init() {}

    package mutating func append(_ bytes: [UInt8]) {
        if consumed > 0 {
            buffer.removeFirst(consumed)
            consumed = 0
        }
        buffer += bytes
    }

    /// The next message, or nil until more has come.
    package mutating func next() -> Part? {
        if isBroken { return .broken }
        guard buffer.count - consumed >= awaited else { return nil }
        let rest = buffer[consumed...]
        guard let end = Self.headerEnd(rest) else {
            guard rest.count > Self.longestHeader else { return nil }
            isBroken = true
            return .broken
        }
        guard let length = Self.length(rest[..<end.header]), length <= Self.longestMessage else {
            isBroken = true
            return .broken
        }
        guard buffer.count - end.body >= length else {
            awaited = end.body + length - consumed
            return nil
        }
        let body = Array(buffer[end.body..<end.body + length])
        consumed = end.body + length
        awaited = 0
        return .message(body)
    }

    /// Where the header ends and where the body begins.
    private static func headerEnd(_ bytes: ArraySlice<UInt8>) -> (header: Int, body: Int)? {
        var index = bytes.startIndex
        let end = min(bytes.endIndex, bytes.startIndex + longestHeader)
        while index + 4 <= end {
            if bytes[index] == 0x0D, bytes[index + 1] == 0x0A, bytes[index + 2] == 0x0D, bytes[index + 3] == 0x0A {
                return (index, index + 4)
            }
            index += 1
        }
        return nil
    }

    private static func length(_ header: ArraySlice<UInt8>) -> Int? {
        for line in String(decoding: header, as: UTF8.self).split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
            let digits = parts[1].filter { $0 != " " }
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return Int(digits)
        }
        return nil
    }

    /// A message with its header.
    package static func framed(_ body: [UInt8]) -> [UInt8] {
        Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
