import Diagnostics
import Testing

@testable import YAMLSyntax

/// Anchors, aliases, merge keys and duplicate keys.
struct ReferenceTests {
    private func same(_ text: String, as expected: String) throws {
        let (left, right) = (try parse(text), try parse(expected))
        #expect(left.meaning(try left.node("r")) == right.meaning(try right.node("r")))
    }

    @Test func aliasesAreTheirValues() throws {
        try same("a: &x [1, {b: c}]\ns: &s on\nr: [*x, *s, *x]", as: "r: [[1, {b: c}], on, [1, {b: c}]]")
        try same("k: &k name\nr: {*k : v}", as: "r: {name: v}")
        try same("&k name: 1\nr: {*k : *k}", as: "r: {name: name}")
        try same("r: {&k name: *k, b: {*k : [*k]}}", as: "r: {name: name, b: {name: [name]}}")
        try same("a: &x 1\nb: &x 2\nr: *x", as: "r: 2")
    }

    @Test func mergeKeys() throws {
        try same("a: &a {x: 1, y: 2}\nr: {<<: *a, z: 3}", as: "r: {x: 1, y: 2, z: 3}")
        try same("a: &a {x: 1, y: 2}\nr: {<<: *a, x: 3}", as: "r: {y: 2, x: 3}")
        try same("a: &a {x: 1, y: 2}\nr: {x: 3, <<: *a}", as: "r: {x: 3, y: 2}")
        try same("a: &a {x: 1}\nb: &b {x: 2, y: 3}\nr: {<<: [*a, *b]}", as: "r: {x: 1, y: 3}")
        try same("a: &a {x: 1}\nb: &b {<<: *a, y: 3}\nr: {<<: *b}", as: "r: {x: 1, y: 3}")
        try same("r: {<<: {x: 1}}", as: "r: {x: 1}")
        try same("r: {'<<': 1}", as: "r: {\"<<\": 1}")
    }

    @Test func faultsOfReferences() {
        #expect(faults("a: *b") == [.undefinedAlias])
        #expect(faults("*b : a") == [.undefinedAlias])
        #expect(faults("? *b\n: a\n*c : d") == [.undefinedAlias, .undefinedAlias, .duplicateKey])
        #expect(faults("a: &a [*a]") == [.undefinedAlias])
        #expect(faults("a: {<<: 1}") == [.wrongType])
        #expect(faults("a: &a 1\nb: {<<: [*a]}") == [.wrongType])
        #expect(faults("a: &a {x: 1}\nb: {<<: *a, <<: *a}") == [.duplicateKey])
        #expect(faults("a: 1\nb: 2\na: 3\na: 4") == [.duplicateKey, .duplicateKey])
        #expect(faults("a: 1\n\"a\": 2") == [.duplicateKey])
        #expect(faults("[a]: 1") == [.wrongType])
        // The same to an eye and to Swift's strings, yet two keys.
        #expect(faults("é: 1\ne\u{301}: 2") == [])
    }

    @Test func duplicateKeysShowBothPlaces() throws {
        let found = Tree.read(file("a: 1\nb:\n  c: 1\n  c: 2\n")).diagnostics
        let duplicate = try #require(found.first)
        #expect(duplicate.primary.location.span.start == 17 && duplicate.secondary.map(\.location.span.start) == [10])
    }

    @Test func nearAliasesAreSuggested() throws {
        let found = Tree.read(file("a: &defaults {}\nb: *default")).diagnostics
        #expect(found.first?.help == ["did you mean `*defaults`?"])
    }
}
