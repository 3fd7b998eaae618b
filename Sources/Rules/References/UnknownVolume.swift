import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP208: a named volume that the project does not declare.
enum UnknownVolume: Rule {
    static let code = Code.unknownVolume
    static let summary = "Named volumes that a service mounts and the project's `volumes` do not have."
    static let rationale = "Compose refuses a project with a service on an undefined volume."

    static func check(_ context: inout RuleContext) {
        let (keys, mountKeys) = (context.compose, context.resolution.mountKeys)
        checkUses(code, keys.volumes, &context) { value, tree in
            tree.items(value).compactMap { VolumeUse($0, mountKeys, tree)?.resource }
        }
    }
}
