import SourceText
import Testing
import YAMLSyntax

@testable import ComposeSpec

/// An item of `ports` is read in one way, short or long.
struct PortMappingTests {
    /// An item, and what a table of ports shows of it; nil where the engine chooses the host's port.
    private static let items: [(item: String, host: String?, container: String)] = [
        ("80", nil, "80"),
        ("\"80\"", nil, "80"),
        ("\"127.0.0.1::80\"", nil, "80"),
        ("\":80\"", nil, "80"),
        ("\"[::1]::80\"", nil, "80"),
        ("\"8080:80\"", "8080", "80"),
        ("\"127.0.0.1:8080:80/udp\"", "127.0.0.1:8080", "80/udp"),
        ("\"[::1]:8080:80\"", "[::1]:8080", "80"),
        ("\"[]:8080:80\"", "[]:8080", "80"),
        ("\"${PORT:-8080}:80\"", "${PORT:-8080}", "80"),
        ("\"${IP:-127.0.0.1}:${PORT:-8080}:${IN:-80/tcp}\"", "${IP:-127.0.0.1}:${PORT:-8080}", "${IN:-80/tcp}"),
        ("\"8080-8081:80-81\"", "8080-8081", "80-81"),
        ("{ target: 80 }", nil, "80"),
        ("{ target: 80, published: \"\" }", nil, "80"),
        ("{ target: 80, published: 8080 }", "8080", "80"),
        ("{ target: 80, published: 8080, host_ip: \"::1\", protocol: udp }", "[::1]:8080", "80/udp"),
        ("{ target: 80, published: 8080, host_ip: \"\" }", "8080", "80"),
    ]

    @Test(arguments: items)
    func reading(_ expected: (item: String, host: String?, container: String)) throws {
        var tree = try #require(
            Tree.read(SourceFile(path: "ports.yaml", bytes: Array("- \(expected.item)\n".utf8))).tree)
        let keys = PortMapping.Keys(&tree.symbols)
        let item = try #require(tree.items(tree.root).first)
        let port = try #require(PortMapping(item, keys, of: tree))
        #expect((port.isPublished ? port.hostText : nil) == expected.host)
        #expect(port.containerText == expected.container)
    }

    /// An item, and the host's address and port while no variable is set; nil where they cannot be told.
    private static let defaults: [(item: String, told: String?)] = [
        ("\"${IP:-127.0.0.1}:${PORT:-8080}:80\"", "127.0.0.1 8080"),
        ("{ target: 80, published: \"${PORT:-8080}\", host_ip: \"${IP:-127.0.0.1}\" }", "127.0.0.1 8080"),
        ("{ target: \"${IN:-80}\", published: \"${PORT:-8080}\", protocol: \"${HOW:-tcp}\" }", "8080"),
        ("{ target: 80, published: \"${PORT:-8080}\", host_ip: \"${IP}\" }", nil),
        ("{ target: 80, published: \"${PORT:-8080}\", protocol: \"${HOW}\" }", nil),
        ("{ target: 80, published: \"${PORT:-no}\" }", nil),
    ]

    @Test("Both forms are read by the defaults of all their variables", arguments: defaults)
    func byDefault(_ expected: (item: String, told: String?)) throws {
        var tree = try #require(
            Tree.read(SourceFile(path: "ports.yaml", bytes: Array("- \(expected.item)\n".utf8))).tree)
        let keys = PortMapping.Keys(&tree.symbols)
        let item = try #require(tree.items(tree.root).first)
        let numbers = PortMapping.numbers(of: item, keys, tree)?.numbers
        let port = numbers?.published.map { String($0.lowerBound) }
        let isLocal = numbers?.address == IPAddress("127.0.0.1".utf8) && numbers != nil
        #expect(port.map { (isLocal ? "127.0.0.1 " : "") + $0 } == expected.told)
    }
}
