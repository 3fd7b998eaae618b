/// How two values under one key of a service become one (Compose Specification, "Merge").
package indirect enum MergeRule: Sendable {
    /// By kind: mappings meet key by key, sequences are appended, anything else is replaced.
    case deep
    /// The stronger value alone counts, null included.
    case replaced
    /// A sequence, or a scalar that stands for a sequence of one, whose items have an identity.
    case items(ItemIdentity)
    /// `KEY: value` or `KEY=value`: one value for each key, whichever form.
    case keyValues
    /// `host: address` or `host=address`: a host may have several addresses, so that both layers' count.
    case hosts
    /// Names as a list, or as a mapping of names to more.
    case names(ListedName, MergeRule)
    /// A mapping of names that the author chooses.
    case each(MergeRule)
    /// A mapping of known keys; keys that are not listed meet by `deep`.
    case keys(KeyValuePairs<String, MergeRule>)
    /// A mapping of the keys of a table, each of which says how it merges. `short` is the key that a scalar stands for.
    case table(ObjectShape, short: String? = nil)
    /// The address pools of a network, each weaker one under all stronger ones (`AddressPools`).
    case pools
    /// Options meet only while both layers speak of the same driver.
    case logging
}

/// What makes two items of a sequence the same; the stronger then stands in the place of the weaker.
package enum ItemIdentity: Sendable {
    /// Every item stays.
    case none
    /// The item's text.
    case text
    /// The text before the first `=`.
    case beforeEquals
    /// Address, published port, container port and protocol.
    case port
    /// The path in the container.
    case volume
    /// The path in the container.
    case device
    /// The target, or this folder and the source.
    case mount(String)
    /// The path of a file.
    case path
}

/// The mapping that a listed name stands for where list and mapping meet.
package struct ListedName: Sendable {
    /// The entries that are always written.
    let stated: [(key: String, value: String)]
    /// The entries that hold unless stated: written only to take the place of a weaker layer's.
    let implied: [(key: String, value: String)]

    static let nothing = ListedName(stated: [], implied: [])
}
