import Testing

@testable import ComposeSpec

/// The numbers of a port in short form, and why a text is none.
struct PortNumbersTests {
    private static func told(_ text: String) -> String {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            switch PortNumbers.parse(bytes) {
            case .failure(let fault):
                return (fault.range.map { "\($0.lowerBound)-\($0.upperBound): " } ?? "") + fault.reason(in: bytes)
            case .success(let numbers):
                func range(_ ports: ClosedRange<Int>) -> String {
                    ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)-\(ports.upperBound)"
                }
                let address = numbers.address.map { $0.isAny ? "any" : $0.isVersion6 ? "six" : "four" } ?? "every"
                let published = numbers.published.map(range) ?? "chosen"
                return "\(address) \(published) \(range(numbers.container)) \(numbers.transport)"
            }
        }
    }

    @Test(
        arguments: [
            ("80", "every chosen 80 tcp"), ("1", "every chosen 1 tcp"), ("65535", "every chosen 65535 tcp"),
            ("8080:80", "every 8080 80 tcp"), ("0:80", "every 0 80 tcp"), (":80", "every chosen 80 tcp"),
            ("80/", "every chosen 80 tcp"), ("80/TCP", "every chosen 80 tcp"), ("53/Udp", "every chosen 53 udp"),
            ("9:9/sctp", "every 9 9 sctp"), ("80-80:81", "every 80 81 tcp"),
            ("80-82", "every chosen 80-82 tcp"), ("1-3:4-6", "every 1-3 4-6 tcp"),
            ("8000-8010:80", "every 8000-8010 80 tcp"),
            ("127.0.0.1:1:2", "four 1 2 tcp"), ("127.0.0.1::2", "four chosen 2 tcp"), ("0.0.0.0:1:2", "any 1 2 tcp"),
            ("[::1]:1:2", "six 1 2 tcp"), ("[::]:1:2", "any 1 2 tcp"), ("[]:1:2", "every 1 2 tcp"),
            ("::2", "every chosen 2 tcp"),
            ("[127.0.0.1]:1:2", "four 1 2 tcp"),
        ])
    func ports(_ text: String, _ expected: String) { #expect(Self.told(text) == expected) }

    @Test(
        arguments: [
            ("", "the port is missing"), ("/tcp", "the port is missing"), ("80:", "the container's port is missing"),
            ("1:2/ftp", "4-7: `ftp` is no protocol"), ("0", "0-1: `0` is no port of the container"),
            ("0-1", "0-3: `0-1` is no port of the container"), ("x", "0-1: `x` is no port of the container"),
            ("65536", "0-5: `65536` is no port of the container"), ("1:2-1", "2-5: `2-1` is no port of the container"),
            ("x:1", "0-1: `x` is no port of the host"), ("65536:1", "0-5: `65536` is no port of the host"),
            ("2-1:1", "0-3: `2-1` is no port of the host"),
            ("1:1-2", "0-5: 1 ports of the host cannot be 2 of the container"),
            ("1-3:1-2", "0-7: 3 ports of the host cannot be 2 of the container"),
            ("host:1:2", "0-4: `host` is no address"), ("::1:1:2", "0-3: an IPv6 address stands in brackets"),
            ("[::1:1:2", "0-4: the bracket is not closed"), ("[x]:1:2", "1-2: `x` is no address"),
        ])
    func faults(_ text: String, _ expected: String) { #expect(Self.told(text) == expected) }

    @Test(
        "What a port with variables says, part by part",
        arguments: [
            ("${P:-8080}:80", ["8080:80 while no variable is set"]),
            ("$A:${P:-x}:80", ["127.0.0.1:x:80 by its defaults"]),
            ("${P}:${C:-80}", [":80 by its defaults"]), ("$P:80", [":80 whatever its variables are"]),
            ("80/$T", ["80/tcp whatever its variables are"]), ("$C", ["1 whatever its variables are"]),
            ("${P:+1}${Q:-2}:80", ["2:80 while no variable is set", "12:80 while `P` is set"]),
        ])
    func readings(_ text: String, _ expected: [String]) {
        #expect(PortParts.readings(of: text).map { "\($0.text) \($0.condition.phrase)" } == expected)
    }

    @Test(
        "What a text says while some of its variables are set",
        arguments: [
            ("${A:+x}", [" while no variable is set", "x while `A` is set"]),
            ("${A:+x}${B:+y}${A:+z}", [" while no variable is set", "xyz while `A` and `B` is set"]),
            ("${A:+$B}", [" while no variable is set"]), ("${A:+x}${A:-y}", ["y while no variable is set"]),
            ("${A:+x}${B:-${A}}", []), ("${A:+x}$B", []), ("${A:-x}", ["x while no variable is set"]), ("$A", []),
            ("${A:?x}", []), ("${B:-${A:-y}}${A:+x}", ["y while no variable is set"]),
        ])
    func wordsOfSetVariables(_ text: String, _ expected: [String]) {
        #expect(VariableText(text)?.readings.map { "\($0.text) \($0.condition.phrase)" } == expected)
    }

    @Test(
        "Whether some variable must be set",
        arguments: [
            ("${A:?x}", true), ("${A?}", true), ("a${B:-${A?}}", true), ("${A:-x}", false), ("$A", false), ("a", false),
            ("${A:+x}${B:?}", true),
        ])
    func requirements(_ text: String, _ isRequired: Bool) {
        #expect(VariableText(text)?.requiresVariable == isRequired)
    }
}
