/// References with Compose's variables: `${REGISTRY:-ghcr.io/acme}/api:${TAG:-1.2}`.
///
/// The text stays what it is: each part of such a reference is its piece of the text, braces and all. Separators inside of
/// braces part nothing, so that `${IMAGE:-redis:7}` is a repository as far as anyone can tell.
extension ImageReference {
    /// Whether a variable, or a dollar sign, is in a text.
    package static func hasVariable(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "$")) }

    /// What it is while no variable is set; itself without variables, nil where one has no default.
    package var settled: ImageReference? {
        guard hasVariables else { return self }
        guard let text = VariableText(text)?.settled, !Self.hasVariable(text),
            case .success(let reference) = Self.parse(text)
        else { return nil }
        return reference
    }

    /// What it is compared by: its normal form as it is written, and that of what its defaults make of it.
    package var comparisons: [ImageReference] {
        guard hasVariables else { return [normalized] }
        let written = normalized
        guard let settled = settled?.normalized else { return [written] }
        return [written, settled]
    }

    /// The normal form of a text with variables, as far as it is known.
    var normalizedAsWritten: ImageReference {
        guard domain.map(Self.hasVariable) != true, !Self.hasVariable(path) else { return self }
        let full = ImageReference(domain: domain, path: path).normalized
        return ImageReference(domain: full.domain, path: full.path, tag: tag, digest: digest)
    }

    /// Takes a text with variables apart. Whether it can be a reference is another question (`referenceFault`).
    static func parse(withVariables text: String) -> Result<ImageReference, Fault> {
        if let fault = fault(ofVariablesIn: text) { return .failure(fault) }
        return .success(parted(text))
    }

    /// The reference of a built image, whose repository may hold variables, and with them its registry and tag.
    ///
    /// - Parameter tag: nil for the tag that Docker takes where there is none.
    package init(registry: String?, repository text: String, tag: String?) {
        if registry != nil || !Self.hasVariable(text) {
            self.init(domain: registry, path: text, tag: tag)
        } else if tag == nil {
            self = Self.parted(text)
        } else {
            let (domain, path) = Self.partedRepository(Array(text.utf8)[...])
            self.init(domain: domain, path: path, tag: tag)
        }
    }

    /// Why a text with variables can be nothing that a check takes, or nil.
    ///
    /// With every default in its place, and once more with every `${NAME:+word}`, the text must pass. A variable without a
    /// default may be anything: the text passes if some likely value makes it pass.
    package static func fault(in text: String, _ check: (String) -> Fault?) -> Fault? {
        guard hasVariable(text) else { return check(text) }
        if let fault = fault(ofVariablesIn: text) { return fault }
        guard let variables = VariableText(text) else { return nil }
        for putsIn in variables.hasAlternatives ? [false, true] : [false] {
            let holes = variables.holed(putsIn: putsIn)
            // A dollar sign of the text's own: read once more, it would begin a variable.
            if holes.contains(where: { $0.hasDollar }) {
                return Fault("`$$` is a dollar sign, which may not stand in it")
            }
            let places = holes.indices.filter { holes[$0] == .hole }
            let plain = filled(holes, places.map { _ in values[0] })
            guard let fault = check(plain) else { continue }
            if places.isEmpty {
                let condition = putsIn ? "with each variable set" : "while no variable is set"
                return Fault(
                    plain.isEmpty ? "\(condition) it is empty" : "\(condition) it is `\(plain)`: \(fault.reason)")
            }
            if !tries(places.count).contains(where: { check(filled(holes, $0)) == nil }) { return fault }
        }
        return nil
    }

    /// Why a text can be no image reference, or nil.
    package static func referenceFault(of text: String) -> Fault? { fault(in: text) { parse($0).fault } }

    /// Why a tag can be none, or nil.
    package static func tagFault(of text: String) -> Fault? { fault(in: text) { tagFault(Array($0.utf8)[...]) } }

    /// Why a digest can be none, or nil.
    package static func digestFault(of text: String) -> Fault? { fault(in: text) { digestFault(Array($0.utf8)[...]) } }

    /// Why a registry prefix can be none, or nil.
    package static func registryFault(of text: String) -> Fault? { fault(in: text) { registryFault($0) } }

    /// Why the repository of a built image can be none, or nil; one with variables may name its registry and tag, too.
    package static func repositoryFault(of text: String) -> Fault? {
        guard hasVariable(text) else { return pathFault(Array(text.utf8)[...]) }
        return referenceFault(of: text)
    }

    /// Whether a text ends in a variable, which may hold a tag already: `${IMAGE}`, `ghcr.io/acme/api${SUFFIX}`.
    package static func endsInVariable(_ text: String) -> Bool {
        guard hasVariable(text), case .variable = VariableText(text)?.pieces.last else { return false }
        return true
    }

    /// Why Compose, or anyone in bounded time, cannot read the variables in a text.
    private static func fault(ofVariablesIn text: String) -> Fault? {
        if text.utf8.count > longest { return Fault("it has \(text.utf8.count) bytes, and \(longest) is the limit") }
        if VariableText(text) != nil { return nil }
        var text = text
        let fault = text.withUTF8 { bytes in Interpolation.fault(bytes).map { $0.reason(in: bytes) } }
        return Fault(fault ?? "its variables stand in one another more than 50 deep")
    }

    private static let longest = 1024

    /// What a variable without a default may hold, likeliest first. None brings a slash, which would make any text in front
    /// of it a registry: `Redis:${TAG}` is wrong, although `Redis:5000/app` is not.
    private static let values = ["1", "", "sha256:" + hex, hex]
    private static let hex = String(repeating: "0", count: 64)

    /// The values to try in some holes: one in all of them, and one in the first or last beside the likeliest.
    private static func tries(_ count: Int) -> [[String]] {
        // A text of many variables is tried with short values alone, so that its length bounds the work.
        let values = count > 8 ? Array(values.prefix(2)) : values
        let usual = [String](repeating: values[0], count: count)
        var tries: [[String]] = []
        for value in values.dropFirst() {
            tries.append(usual.map { _ in value })
            guard count > 1 else { continue }
            for place in [0, count - 1] {
                var some = usual
                some[place] = value
                tries.append(some)
            }
        }
        return tries
    }

    private static func filled(_ holes: [VariableText.Hole], _ values: [String]) -> String {
        var text = ""
        var next = 0
        for hole in holes {
            switch hole {
            case .text(let literal): text += literal
            case .hole:
                text += values[next]
                next += 1
            }
        }
        return text
    }

    // MARK: Parts

    private static func parted(_ text: String) -> ImageReference {
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        var digest: String?
        if let at = outside(rest).first(where: { bytes[$0] == UInt8(ascii: "@") }) {
            digest = String(decoding: rest[(at + 1)...], as: UTF8.self)
            rest = rest[..<at]
        }
        var tag: String?
        let places = outside(rest)
        let slash = places.last { bytes[$0] == UInt8(ascii: "/") } ?? -1
        if let colon = places.first(where: { $0 > slash && bytes[$0] == UInt8(ascii: ":") }) {
            tag = String(decoding: rest[(colon + 1)...], as: UTF8.self)
            rest = rest[..<colon]
        }
        let (domain, path) = partedRepository(rest)
        return ImageReference(domain: domain, path: path, tag: tag, digest: digest)
    }

    /// A first segment whose variables have no default is taken for a registry: what it is cannot be told.
    private static func partedRepository(_ text: ArraySlice<UInt8>) -> (domain: String?, path: String) {
        let whole = String(decoding: text, as: UTF8.self)
        guard let slash = outside(text).first(where: { text[$0] == UInt8(ascii: "/") }) else { return (nil, whole) }
        let first = String(decoding: text[..<slash], as: UTF8.self)
        if let settled = hasVariable(first) ? VariableText(first)?.settled : first {
            let bytes = Array(settled.utf8)
            guard isDomain(bytes[..<(bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex)]) else {
                return (nil, whole)
            }
        }
        return (first, String(decoding: text[(slash + 1)...], as: UTF8.self))
    }

    /// The separators that stand in no braces.
    private static func outside(_ text: ArraySlice<UInt8>) -> [Int] {
        var places: [Int] = []
        var depth = 0
        var before: UInt8 = 0
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: "{"), before == UInt8(ascii: "$") { depth += 1 }
            if byte == UInt8(ascii: "}"), depth > 0 { depth -= 1 }
            if depth == 0, byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@") {
                places.append(index)
            }
            before = byte
        }
        return places
    }
}

extension Result where Success == ImageReference, Failure == ImageReference.Fault {
    /// Why there is no reference.
    fileprivate var fault: ImageReference.Fault? {
        if case .failure(let fault) = self { return fault }
        return nil
    }
}
