import GeneratedManifests
import SourceText
import TestSupport
import Testing

@testable import YAMLSyntax

/// The symbols of keys.
struct InterningTests {
    @Test("Each of very many keys has a symbol of its own, the same in every mapping")
    func manyKeys() throws {
        let names = (0..<5000).map { "k\($0)" }
        let line = names.map { "\($0): 1" }.joined(separator: ", ")
        let tree = try parse("a: {\(line)}\nb: {k4999: 1, k0: 1}\nc: {\(line), d: 1}\n")
        let symbols = tree.entries(try tree.node("a")).map { tree[$0.key].symbol }
        #expect(Set(symbols).count == 5000)
        #expect(symbols.map { tree.text($0) } == names)
        #expect(tree.entries(try tree.node("c")).dropLast().map { tree[$0.key].symbol } == symbols)
        #expect(tree.entries(try tree.node("b")).map { tree[$0.key].symbol } == [symbols[4999], symbols[0]])
        #expect(tree.symbols.find("k5000") == nil)
    }

    @Test("A key is found in every mapping that has it and in no other, grafted or merged", arguments: 1...10)
    func lookups(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func mapping(_ depth: Int) -> String {
            let keys = Set(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in Int.random(in: 0..<80, using: &random) })
            return "{" + keys.sorted().map { "k\($0): \(depth > 0 ? mapping(depth - 1) : "1")" }.joined(separator: ", ")
                + "}"
        }
        let names = (0..<80).map { "k\($0)" }
        let text = (0..<20).map { "t\($0): \(mapping(2))\n" }.joined()
        let other = try parse("\(names.reversed().map { "\($0): 1\n" }.joined())")
        var tree = try parse(text)
        var joined = Tree(overParts: file(other.source.text(Span(0, UInt32(other.source.bytes.count))) + text))
        _ = joined.graft(other, at: 0)
        _ = joined.graft(tree, at: UInt32(other.source.bytes.count))
        let merged = tree.addMapping(tree.entries(tree.root).map { ($0.key, $0.value) }, at: .beginning)
        #expect(tree.value("t19", in: merged) == tree.value("t19", in: tree.root))
        for tree in [tree, joined] {
            for index in 0..<UInt32(tree.nodeCount) where tree[NodeID(index: index)].kind == .mapping {
                let id = NodeID(index: index)
                for name in names {
                    let found = tree.value(name, in: id)
                    #expect(found == tree.entries(id).first { tree.text($0.key) == name }?.value)
                }
            }
        }
    }

    @Test("No value has a symbol, not even the alias of a key")
    func values() throws {
        let tree = try parse("&k name: *k\nb: [*k, c]\nd: e\n")
        let values = tree.entries(tree.root).map(\.value) + tree.items(try tree.node("b"))
        #expect(values.allSatisfy { tree[$0].symbol == .none })
        #expect(tree.entries(tree.root).allSatisfy { tree.bytes(tree[$0.key].symbol) == tree.bytes($0.key) })
    }

    @Test("The texts of another table come into one, each once", arguments: 1...20)
    func tables(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func name() -> String { "n\(Int.random(in: 0..<4000, using: &random))" }
        var (one, other) = (SymbolTable(), SymbolTable())
        let (first, second) = ((0..<2000).map { _ in name() }, (0..<3000).map { _ in name() })
        for text in first { _ = one.intern(text) }
        for text in second { _ = other.intern(text) }
        #expect(one.count == Set(first).count && other.count == Set(second).count)
        let symbols = one.internAll(of: other)
        #expect(symbols.count == other.count && one.count == Set(first + second).count)
        for (index, symbol) in symbols.enumerated() {
            #expect(one.text(symbol) == other.text(Symbol(index: UInt32(index))))
        }
        #expect(second.allSatisfy { one.find($0).map { one.text($0) } == $0 })
    }
}

extension Tree {
    fileprivate func bytes(_ symbol: Symbol) -> ArraySlice<UInt8> { symbols.bytes(symbol) }
}
