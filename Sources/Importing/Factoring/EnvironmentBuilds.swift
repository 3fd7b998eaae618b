import YAMLSyntax

/// Images that an environment builds otherwise.
extension Factoring {
    /// What an image is called where an environment builds it otherwise; nil where the two builds are two images.
    ///
    /// Two builds of one reference would replace one another, so that the environment has to call the image otherwise. A
    /// build without a name gets the environment's as its tag.
    ///
    /// - Parameters:
    ///   - here: the build of the service in development.
    ///   - name: what the environment calls it.
    func otherBuildName(
        _ image: Int, _ here: NodeID, _ index: Int, _ name: ImageName?, _ environment: String
    ) -> ImageName? {
        let draft = result.images[image]
        guard let own = draft.build, draft.owner == index, tree.isSame(own, here) else { return nil }
        guard let name else {
            return images.items[image].reference == nil
                ? ImageName(repository: draft.reference.repository, tag: environment) : nil
        }
        return isName(name, of: draft) && name != draft.reference ? name : nil
    }

    /// What must be merged over a build to make another one: of mappings in it only what differs.
    mutating func buildDifference(_ here: NodeID, _ there: NodeID) -> [Entry] {
        let weak = buildEntries(here)
        return difference(weak, buildEntries(there)).map { entry in
            guard tree[entry.value].tag == .override, tree[entry.value].kind == .mapping,
                let old = weak.first(where: { tree[$0.key].symbol == tree[entry.key].symbol })?.value,
                tree[old].kind == .mapping
            else { return entry }
            let inner = difference(Array(tree.entries(old)), Array(tree.entries(entry.value)))
            return (entry.key, tree.addMapping(inner, style: tree[entry.value].style, at: tree[entry.value].span))
        }
    }

    /// A build's keys, of the short form, too.
    private mutating func buildEntries(_ build: NodeID) -> [Entry] {
        guard tree[build].kind == .scalar else { return Array(tree.entries(build)) }
        return [(tree.addKey("context", at: tree[build].span), build)]
    }

    func isSameBuild(_ one: [Entry], _ other: [Entry]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy {
                tree[$0.key].symbol == tree[$1.key].symbol && tree.isSame($0.value, $1.value)
            }
    }
}
