/// A path as a URI reference: relative as it is, absolute with the scheme `file`.
func uri(ofPath path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    // A colon in the first segment would make a scheme of it.
    if let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/") { result = "./" }
    for byte in path.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E, 0x3A, 0x40, 0x2B, 0x2C, 0x3D:
            result.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
        }
    }
    return result
}
