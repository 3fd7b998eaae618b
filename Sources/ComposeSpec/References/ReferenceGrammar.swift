/// The grammar of the parts of an image reference (distribution/reference, `regexp.go`).
extension ImageReference {
    /// Why a text is no registry prefix such as `ghcr.io/acme`, or nil: a domain, then optionally path components.
    package static func registryFault(_ text: String) -> Fault? {
        let bytes = Array(text.utf8)[...]
        guard !bytes.isEmpty else { return Fault("it is empty") }
        let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
        let domain = bytes[..<slash]
        if slash == bytes.endIndex { return isDomain(domain) ? domainFault(domain) : pathFault(domain) }
        if isDomain(domain) { return domainFault(domain) ?? pathFault(bytes[(slash + 1)...]) }
        return pathFault(bytes)
    }

    /// Whether Docker takes a first segment for a registry: `localhost`, or it has a dot, a colon or a capital.
    static func isDomain(_ segment: ArraySlice<UInt8>) -> Bool {
        if segment.elementsEqual("localhost".utf8) { return true }
        return segment.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || isUpper($0) }
            && domainFault(segment) == nil
    }

    private static func domainFault(_ segment: ArraySlice<UInt8>) -> Fault? {
        var host = segment
        if segment.first == UInt8(ascii: "[") {
            guard let close = segment.firstIndex(of: UInt8(ascii: "]")),
                segment[(segment.startIndex + 1)..<close].allSatisfy({ isHex($0) || $0 == UInt8(ascii: ":") })
            else { return Fault("the registry's IPv6 address is not closed by `]`") }
            host = segment[(close + 1)...]
            if host.isEmpty { return nil }
            guard host.first == UInt8(ascii: ":"), host.count > 1, host.dropFirst().allSatisfy(isDigit) else {
                return Fault("the registry's port is not a number")
            }
            return nil
        }
        if let colon = segment.firstIndex(of: UInt8(ascii: ":")) {
            let port = segment[(colon + 1)...]
            guard !port.isEmpty, port.allSatisfy(isDigit) else { return Fault("the registry's port is not a number") }
            host = segment[..<colon]
        }
        for label in host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard let first = label.first, let last = label.last, isAlphanumeric(first), isAlphanumeric(last),
                label.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
            else {
                return Fault("the registry's name has a part that is empty or has other than letters, digits and `-`")
            }
        }
        return nil
    }

    /// Why bytes are no repository path, or nil: at most 255 bytes of lower-case components.
    ///
    /// - Parameter isOnHub: whether no registry of its own stands before it; Docker then writes `library/` before a
    ///   single component, which counts (`distribution/reference`, `ParseNormalizedNamed`).
    package static func pathFault(_ path: ArraySlice<UInt8>, isOnHub: Bool = true) -> Fault? {
        if path.isEmpty { return Fault("the repository name is empty") }
        let limit = isOnHub && path.count > 247 && !path.contains(UInt8(ascii: "/")) ? 247 : 255
        if path.count > limit { return Fault("the repository name has \(path.count) bytes, and \(limit) is the limit") }
        if let capital = path.first(where: isUpper) {
            return Fault("`\(Character(Unicode.Scalar(capital)))` is a capital letter; only lower case may stand here")
        }
        if path.count == 64, path.allSatisfy(isHex) {
            return Fault("64 hexadecimal digits would be read as an image id")
        }
        for component in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if let fault = componentFault(component) { return fault }
        }
        return nil
    }

    private static func componentFault(_ component: ArraySlice<UInt8>) -> Fault? {
        guard let first = component.first, let last = component.last else {
            return Fault("a part between slashes is empty")
        }
        let isWord = { (byte: UInt8) in isLower(byte) || isDigit(byte) }
        if let other = component.first(where: { !isWord($0) && !"._-".utf8.contains($0) }) {
            let shown = other < 0x80 ? "`\(Character(Unicode.Scalar(other)))`" : "a character outside ASCII"
            return Fault("\(shown) may not stand in it; only `a-z`, `0-9`, `.`, `_` and `-` may")
        }
        if !isWord(first) { return Fault("it must begin with a letter or digit") }
        if !isWord(last) { return Fault("it must end with a letter or digit") }
        var separator: [UInt8] = []
        for byte in component {
            if !isWord(byte) {
                separator.append(byte)
                continue
            }
            let isAllowed =
                separator.isEmpty || separator == [UInt8(ascii: ".")]
                || separator.allSatisfy { $0 == UInt8(ascii: "-") }
                || separator == [UInt8(ascii: "_")] || separator == [UInt8(ascii: "_"), UInt8(ascii: "_")]
            if !isAllowed {
                return Fault(
                    "`\(String(decoding: separator, as: UTF8.self))` is no separator; one `.`, one or two `_`, or hyphens are"
                )
            }
            separator.removeAll()
        }
        return nil
    }

    /// Why bytes are no tag, or nil: `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`.
    package static func tagFault(_ tag: ArraySlice<UInt8>) -> Fault? {
        guard let first = tag.first else { return Fault("the tag is empty") }
        if tag.count > 128 { return Fault("the tag has \(tag.count) bytes, and 128 is the limit") }
        let isWord = { (byte: UInt8) in isAlphanumeric(byte) || byte == UInt8(ascii: "_") }
        if !isWord(first) { return Fault("a tag must begin with a letter, a digit or `_`") }
        if let other = tag.first(where: { !isWord($0) && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }) {
            let shown = other < 0x80 ? "`\(Character(Unicode.Scalar(other)))`" : "a character outside ASCII"
            let hint = other == UInt8(ascii: "+") ? "; write `_` or `-` for the `+` of a version" : ""
            return Fault("\(shown) may not stand in a tag; only letters, digits, `.`, `_` and `-` may\(hint)")
        }
        return nil
    }

    /// Why bytes are no digest, or nil. Registered algorithms have their own length: sha256 64, sha512 128 digits.
    package static func digestFault(_ digest: ArraySlice<UInt8>) -> Fault? {
        guard let colon = digest.firstIndex(of: UInt8(ascii: ":")) else {
            return Fault("a digest is written `sha256:` and 64 hexadecimal digits")
        }
        let algorithm = String(decoding: digest[..<colon], as: UTF8.self)
        let digits = digest[(colon + 1)...]
        let length = ["sha256": 64, "sha384": 96, "sha512": 128][algorithm]
        guard let length else { return Fault("`\(algorithm)` is no digest algorithm; sha256, sha384 and sha512 are") }
        guard digits.count == length, digits.allSatisfy({ isDigit($0) || ($0 >= 0x61 && $0 <= 0x66) }) else {
            return Fault("a \(algorithm) digest has \(length) lower-case hexadecimal digits; this has \(digits.count)")
        }
        return nil
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLower(byte) || isUpper(byte) }
func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66) }
