import Diagnostics
import Resolution

/// A resolved manifest in which the rules found no error: what planning takes.
///
/// Only `check` makes one, so that nothing is ever planned from a manifest that was not checked.
package struct CheckedManifest: Sendable {
    package let resolution: Resolution

    fileprivate init(_ resolution: Resolution) { self.resolution = resolution }
}

/// Checks a resolved manifest with every rule.
///
/// - Parameter earlier: what reading and decoding found; an error there, too, keeps the manifest from being planned.
/// - Returns: the checked manifest, or nil when there are errors, all diagnostics, and whether the structure of every
///   Compose fragment is sound.
package func check(
    _ resolution: consuming Resolution, earlier: DiagnosticList, options: CheckOptions
) -> (checked: CheckedManifest?, diagnostics: DiagnosticList, isStructureSound: Bool) {
    var context = RuleContext(resolution, options)
    context.diagnostics = earlier
    for rule in Registry.rules where !rule.runsLast && context.asks(rule) { rule.check(&context) }
    for rule in Registry.rules where rule.runsLast && context.asks(rule) { rule.check(&context) }
    let diagnostics = settled(&context)
    let isSound = context.checkedStructure?.isSound ?? false
    return (diagnostics.hasErrors ? nil : CheckedManifest(context.resolution), diagnostics, isSound)
}
