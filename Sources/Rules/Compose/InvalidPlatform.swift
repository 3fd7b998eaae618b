import ComposeSpec
import Diagnostics
import StrategyManifest

/// BP228: a platform that BuildKit does not know.
enum InvalidPlatform: Rule {
    static let code = Code.invalidPlatform
    static let summary = "Platforms of images other than `os/arch` or `os/arch/variant` with names that exist."
    static let rationale = "A release for a platform that does not exist fails after everything else was built."

    static func check(_ context: inout RuleContext) {
        var stated = context.manifest.images.map(\.platforms)
        for environment in context.manifest.environments {
            for image in environment.images { if let platforms = image.platforms { stated.append(platforms) } }
        }
        for platforms in stated {
            for platform in platforms where !Names.isPlatform(platform.value) && !context.countsOnly(code) {
                let match = closestMatch(
                    to: platform.value,
                    among: ["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386", "windows/amd64"])
                context.report(
                    .invalidPlatform, "`\(platform.value)` is no platform", at: platform.span,
                    "an operating system and an architecture were expected",
                    help: [match.map { "did you mean `\($0)`?" } ?? "write one such as `linux/amd64` or `linux/arm64`"])
            }
        }
    }
}
