import SourceText

/// `file:` addresses and the paths they name.
enum DocumentURI {
    /// The absolute path that an address names; nil for an address of another kind, as of a buffer without a file.
    static func path(_ uri: String) -> String? {
        guard uri.hasPrefix("file://") else { return nil }
        let rest = Array(uri.utf8.dropFirst("file://".utf8.count))
        // A host stands before the first slash; editors leave it empty or write localhost.
        guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        var bytes: [UInt8] = []
        var index = slash
        while index < rest.count {
            if rest[index] == UInt8(ascii: "%"), index + 2 < rest.count,
                let value = UInt8(String(decoding: rest[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                index += 3
            } else {
                bytes.append(rest[index])
                index += 1
            }
        }
        return bytes.contains(0) ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// The address of an absolute path, without `.` and `..`.
    static func uri(_ path: String) -> String {
        var uri = "file://"
        for byte in WorkspacePath.clean("/" + path).utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "/-._~".contains(character) {
                uri.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return uri
    }
}
