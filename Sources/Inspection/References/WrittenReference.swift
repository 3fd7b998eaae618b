/// A registry's reference where a manifest wants an image's name: what Compose would have there.
package struct WrittenReference {
    /// What an image would be called that stands for the reference.
    package let shortName: String

    /// Nil for what is no reference.
    package init?(_ text: String) {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }) else { return nil }
        let last = text.split(separator: "/").last ?? ""
        shortName = String(last.prefix { $0 != ":" && $0 != "@" }).lowercased()
        if shortName.isEmpty { return nil }
    }
}
