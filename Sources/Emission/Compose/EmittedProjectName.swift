/// The name of the project that an emitted Compose file is of; nil where no name stands first in it.
///
/// What follows the name in a variable is no part of it.
package func projectName(ofComposeFile bytes: [UInt8]) -> String? {
    let key = Array("name: ".utf8)
    var line = bytes[...]
    while let first = line.first {
        let end = line.firstIndex(of: 0x0A) ?? line.endIndex
        if first == UInt8(ascii: "#") || first == 0x0A {
            line = line[end...].dropFirst()
            continue
        }
        guard line.starts(with: key) else { return nil }
        let value = line[..<end].dropFirst(key.count).prefix { $0 != UInt8(ascii: "$") }
        let name = value.drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }.prefix {
            $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != 0x20
        }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }
    return nil
}
