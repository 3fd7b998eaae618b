import ComposeSpec
import Diagnostics

/// What may stand behind a key of the manifest's own language.
package enum ManifestValue: Sendable {
    case text
    case textOrNumber
    case boolean
    /// Texts of which no two are equal.
    case texts
    /// A name, or `false` to emit nothing.
    case fileOrOff
    /// A version of a program: `2.24`.
    case version
    /// The name of a project.
    case project
    /// Names of images, of which no two are equal.
    case images
    /// Names of projects, and of their services as `project/service`, of which no two are equal.
    case startTargets
    /// A text with placeholders: `{project}-{service}`.
    case template
    case templates
    /// A mapping of the manifest's own.
    case section(@Sendable () -> ManifestSection)
    /// Mappings of the manifest's own, each under a name.
    case entries(Names, canBeNull: Bool = false, @Sendable () -> ManifestSection)
    /// A Compose service as a layer under or over others.
    case service
    /// The bodies of services, each under its service's name.
    case services(isOverride: Bool = false)
    /// Levels and options of rules, each under the rule's code or name, and levels of groups.
    case levels
    /// Anything else, such as Compose's own syntax.
    case shape(@Sendable (ComposeFragments) -> Shape)

    /// Whose names the keys of a mapping are.
    package enum Names: Sendable {
        /// The mapping declares them.
        case declared
        case images, projects
    }

    func shape(_ fragments: ComposeFragments) -> Shape {
        switch self {
        case .text, .project, .template: .string(nil)
        case .textOrNumber: .anyOf([.string(nil), .number])
        case .boolean: .boolean
        case .version: .version
        case .texts, .images, .startTargets, .templates: .sequence(.string(nil), unique: true)
        case .fileOrOff: .anyOf([.string(nil), .boolean])
        case .section(let section): .object(section().shape(fragments))
        case .entries(_, let canBeNull, let section):
            .declarations(
                canBeNull
                    ? .anyOf([.object(section().shape(fragments)), .null]) : .object(section().shape(fragments)))
        case .service: fragments.service
        case .services(let isOverride): .declarations(isOverride ? fragments.override : fragments.manifestService)
        case .levels:
            .mapping(
                .anyOf([.oneOf(RuleLevel.words), .object(ManifestSection.rule.shape(fragments))]), keys: nil)
        case .shape(let make): make(fragments)
        }
    }
}
