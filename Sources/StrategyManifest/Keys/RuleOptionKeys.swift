import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestSection {
    /// An entry of `rules` that says more than a level.
    static let rule = ManifestSection(
        "rule",
        [
            ManifestKey(
                "level", .shape { _ in .oneOf(RuleLevel.words) }, "How much the findings of the rule weigh",
                example: "warning"
            ) { $0.setLevel($1.value) },
            option("tags", "The tags that move, instead of Bayplan's own list", example: "[stable, edge]"),
            option("registries", "Further registries that images may come from", example: "[ghcr.io/team]"),
            option(
                "paths", "The folders of the host that no container is to see, instead of Bayplan's own list",
                example: "[/etc, /srv/keys]"),
        ])

    private static func option(_ name: String, _ meaning: String, example: String) -> ManifestKey {
        ManifestKey(name, .texts, meaning, example: example) { $0.addOption($1.key, $1.value) }
    }
}

extension ManifestDecoder {
    /// The entries of `rules` that are read. No two are alike, so that more of them than there are rules name none, and the
    /// manifest has errors whatever the others say.
    private static let mostLevels = 100_000

    mutating func decodeLevels(_ node: NodeID) {
        let entries = manifest.tree.entries(node).prefix(Self.mostLevels)
        manifest.levels.reserveCapacity(entries.count)
        for (key, value) in entries {
            let rule = Spanned(manifest.tree.text(key), at: manifest.tree[key].span)
            var stated = StatedLevel(rule: rule)
            if manifest.tree[value].kind == .mapping {
                manifest.levels.append(stated)
                decode(.rule, value)
            } else {
                stated.level = level(value)
                manifest.levels.append(stated)
            }
        }
    }

    fileprivate mutating func setLevel(_ node: NodeID) {
        manifest.levels[manifest.levels.count - 1].level = level(node)
    }

    private func level(_ node: NodeID) -> Spanned<RuleLevel?> {
        Spanned(RuleLevel(word: manifest.tree.text(node)), at: manifest.tree[node].span)
    }

    fileprivate mutating func addOption(_ key: NodeID, _ node: NodeID) {
        let tree = manifest.tree
        let option = StatedLevel.Option(
            key: Spanned(tree.text(key), at: tree[key].span), values: tree.items(node).compactMap(text))
        manifest.levels[manifest.levels.count - 1].options.append(option)
    }
}
