import SourceText
import Testing
import YAMLSyntax

@testable import ComposeSpec

/// Where a value has a form that Docker Compose understands later than its key.
struct NewerFormTests {
    @Test(
        "A form fits its own values alone",
        arguments: [
            (NewerForm.Form.boolean, ["true", "False"], ["text", "1", "", "'true'", "[true]", "{a: true}"]),
            (.text, ["text", "'1'", "''"], ["true", "1", "", "[text]", "{a: text}"]),
            (.nothing, ["", "null"], ["text", "0", "[]", "{}"]), (.list, ["[]", "[a]"], ["a", "{}", ""]),
            (.mapping, ["{}", "{a: b}"], ["a", "[]", ""]),
            (.words(["a", "b"]), ["a", "'b'"], ["ab", "[a]", "{a: b}"]),
            (.beginning("a"), ["a", "ab"], ["ba", ""]),
        ])
    func fits(_ form: NewerForm.Form, _ fitting: [String], _ others: [String]) throws {
        for (texts, isExpected) in [(fitting, true), (others, false)] {
            for text in texts {
                let read = Tree.read(SourceFile(path: "a.yaml", bytes: Array("a: \(text)\n".utf8)))
                let tree = try #require(read.tree)
                let value = try #require(tree.value("a", in: tree.root))
                let found = NewerForm(form, since: "2.30.0").nodes(of: value, in: tree)
                #expect(found == (isExpected ? [value] : []), "\(form): \(text)")
            }
        }
    }

    @Test("An item, an entry, and what is assigned, are looked for where they stand")
    func places() throws {
        let text = "list: [A=x, B=xy, x]\nmap: {A: x, B: y}\n"
        let tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8))).tree)
        func found(_ key: String, _ place: NewerForm.Place) throws -> [String] {
            let value = try #require(tree.value(key, in: tree.root))
            return NewerForm(.beginning("x"), in: place, since: "2.30.0").nodes(of: value, in: tree).map {
                tree.text($0)
            }
        }
        #expect(try found("list", .item) == ["x"])
        #expect(try found("list", .assignment) == ["A=x", "B=xy"])
        #expect(try found("list", .entry) == [])
        #expect(try found("map", .entry) == ["x"])
        #expect(try found("map", .assignment) == ["x"])
        #expect(try found("map", .item) == [])
    }
}
