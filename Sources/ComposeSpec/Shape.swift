/// What a value may be, as data.
///
/// One table of shapes describes Compose and another the manifest; validation, the JSON Schema, completion and the
/// reference pages all read them, so that they cannot disagree. Shapes say what stands in a file; what it means
/// belongs to the rules.
package indirect enum Shape: Sendable {
    /// Nothing at all: `key:`, `null` or `~`.
    case null
    case boolean
    /// A whole number within bounds.
    case integer(ClosedRange<Int>?)
    case number
    /// A text, optionally of a grammar that has a name.
    case string(Grammar?)
    /// One of these texts.
    case oneOf([String])
    /// A sequence; `unique` where Compose refuses equal items.
    case sequence(Shape, unique: Bool)
    /// A mapping with keys that the author chooses.
    case mapping(Shape, keys: Grammar?)
    /// A mapping with names that the author declares; keys that begin with `x-` are extensions of any value.
    case declarations(Shape)
    /// A mapping with known keys.
    case object(ObjectShape)
    /// Any of several shapes, none of which is a choice itself; the first that fits the value's kind is the one that
    /// faults are told against.
    case anyOf([Shape])
    /// Any value (the content of `x-` keys).
    case anything
}

/// A mapping with known keys.
package final class ObjectShape: Sendable {
    /// What people call this mapping: `service`, `healthcheck`.
    package let name: String
    package let keys: [KeyShape]
    /// How many of the keys must be there.
    let requiredCount: Int
    /// Whether keys that begin with `x-` may stand here.
    package let allowsExtensions: Bool
    /// Whether a variable may stand for a word that a key takes, as in all that Compose reads.
    package let takesVariables: Bool

    package init(
        _ name: String, extensions allowsExtensions: Bool = true, variables takesVariables: Bool = true,
        _ keys: [KeyShape]
    ) {
        self.name = name
        self.takesVariables = takesVariables
        self.keys = keys
        requiredCount = keys.count { $0.isRequired }
        self.allowsExtensions = allowsExtensions
    }
}

/// One key of an object.
package struct KeyShape: Sendable {
    package let name: String
    package let shape: Shape
    package let isRequired: Bool
    /// What the key does, in one sentence without a full stop; shown by editors and in the reference.
    package let meaning: String
    /// What to use instead of a key that is obsolete; nil for a current key.
    package let obsolete: String?
    /// A value as YAML in one line, shown by editors and in the reference; nil where there is none.
    package let example: String?
    /// The first Docker Compose that knows the key, where its object is older; nil for 2.0.0.
    package let since: String?
    /// The forms of its value that came later than the key.
    package let newer: [NewerForm]
    /// How a stronger layer's value meets a weaker one's.
    package let merge: MergeRule

    package init(
        _ name: String, _ shape: Shape, required isRequired: Bool = false, _ meaning: String, obsolete: String? = nil,
        example: String? = nil, since: String? = nil, newer: [NewerForm] = [],
        merge: MergeRule = .deep
    ) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.meaning = meaning
        self.obsolete = obsolete
        self.example = example
        self.since = since
        self.newer = newer
        self.merge = merge
    }
}
