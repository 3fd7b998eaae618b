/// The grammars of the names that Docker and Compose give to things.
package enum Names {
    /// `[a-zA-Z0-9][a-zA-Z0-9_.-]+`: two bytes or more (moby, `daemon/names`).
    package static func isContainerName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 2, let first = text.first, isAlphanumeric(first) else { return false }
        return text.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") || isDotOrHyphen($0) }
    }

    /// `[a-z0-9][a-z0-9_-]*` (compose-go, `loader.go`). Compose silently normalises others in `name:`, which would
    /// make containers carry a name that nobody wrote.
    package static func isProjectName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, isLower(first) || isDigit(first) else { return false }
        return text.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    /// `[a-zA-Z0-9._-]+` (Compose schema, `services`).
    package static func isServiceName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") || isDotOrHyphen($0) }
    }

    /// `os/arch[/variant]` as BuildKit takes it; the operating system and architecture must be ones that exist.
    package static func isPlatform(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), platforms[parts[0]]?.contains(parts[1]) == true else { return false }
        return parts.count == 2 || (!parts[2].isEmpty && parts[2].utf8.allSatisfy { isLower($0) || isDigit($0) })
    }

    private static let platforms: [String: [String]] = [
        "linux": [
            "amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "mips64le", "mips64", "loong64", "mips",
            "mipsle", "ppc64",
        ],
        "windows": ["amd64", "arm64", "386", "arm"],
        "darwin": ["amd64", "arm64"],
        "freebsd": ["amd64", "arm64", "386", "arm"],
        "wasi": ["wasm"],
    ]

    private static func isDotOrHyphen(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") }
}
