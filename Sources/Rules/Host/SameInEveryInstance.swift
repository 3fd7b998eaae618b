import Diagnostics
import Resolution
import SourceText
import YAMLSyntax

/// BP405: what two instances of a workspace share, because nothing moves it.
enum SameInEveryInstance: Rule {
    static let code = Code.sameInEveryInstance
    static let summary = """
        With `instances`: ranges of published ports, ports that only a variable says, fixed subnets and addresses, the \
        host's network, folders of the host that a service writes to, networks and volumes that nobody here creates, and \
        names of containers or the host's ports inside other values.
        """
    static let rationale = """
        Names and ports follow the instance, and these do not: the second instance cannot start, or it works on what the \
        first one has.
        """

    static func check(_ context: inout RuleContext) {
        guard context.manifest.instances != nil else { return }
        var told: Set<Span> = []
        for variant in context.resolution.variants.indices {
            for found in context.resolution.immovables(in: variant) where told.insert(found.span).inserted {
                report(found, &context)
            }
        }
    }

    private static func report(_ found: Immovable, _ context: inout RuleContext) {
        if context.countsOnly(code) { return }
        let project = context.manifest.text(context.manifest.projects[found.project].name)
        let place = "`" + (found.service.map { project + "/" + context.tree.text($0) } ?? project) + "`"
        let (message, label, help) = words(for: found, of: place)
        context.report(
            code, message, at: found.span, label,
            why: found.collides ? "a second instance of `\(project)` cannot start beside the first" : nil, help: [help])
    }

    private static func words(for found: Immovable, of place: String) -> (message: String, label: String, help: String)
    {
        let text = "`\(found.text)`"
        return switch found.kind {
        case .range:
            (
                "every instance of \(place) publishes the ports \(text)", "a range is not moved",
                "publish single ports, or none for use by containers"
            )
        case .variable:
            (
                "no instance moves the port \(text) of \(place)", "the manifest's own variable says it",
                "give the variable a default, as in `${NAME:-8100}`, or set it for each instance"
            )
        case .subnet:
            (
                "every instance of \(place) has the subnet \(text)", "the engine gives it to one network",
                "leave the subnet to the engine"
            )
        case .address:
            (
                "every instance of \(place) has the address \(text)", "one container has it",
                "leave the address to the engine, and use the service's name"
            )
        case .host:
            (
                "every instance of \(place) has the host's network", "its ports are the host's",
                "publish the ports that are needed instead"
            )
        case .external:
            (
                "every instance of \(place) has the same \(text)", "no project here creates it",
                "let a project of this workspace create it"
            )
        case .folder:
            (
                "every instance of \(place) writes to \(text)", "a folder of the host",
                "use a volume, or a folder of the project's own"
            )
        case .value:
            (
                "every instance of \(place) says \(text)", "an instance's own is called otherwise",
                "use the service's name and the container's port"
            )
        }
    }
}
