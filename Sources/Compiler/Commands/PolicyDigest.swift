import Workspace

/// What a content security policy calls some content: `sha256-` and the digest in Base64.
func policyDigest(of content: [UInt8]) -> String {
    let digest = SHA256.hex(of: content).utf8.map { $0 < 0x61 ? $0 - 0x30 : $0 - 0x57 }
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text = Array("sha256-".utf8)
    // Three hexadecimal digits are twelve bits, which are two digits of Base64.
    for start in stride(from: 0, to: digest.count, by: 3) {
        var bits = 0
        for place in start..<(start + 3) { bits = bits << 4 | (place < digest.count ? Int(digest[place]) : 0) }
        text.append(alphabet[bits >> 6])
        text.append(alphabet[bits & 63])
    }
    // 64 digits leave one over: its group of four is filled up.
    text.removeLast()
    text.append(UInt8(ascii: "="))
    return String(decoding: text, as: UTF8.self)
}
