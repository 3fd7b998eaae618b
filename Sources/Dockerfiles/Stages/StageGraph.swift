import SourceText

/// What the stages of a Dockerfile stand on, for one build.
///
/// A class: thousands of builds of one Dockerfile may share it, and rules take each build in turn.
package final class StageGraph: Sendable {
    /// One thing that a stage stands on or takes files from.
    package struct Use: Sendable {
        package enum Kind: Sendable { case from, copy, mount }
        package enum Source: Sendable, Equatable {
            case stage(Int)
            case scratch
            /// A reference, as it is after expansion.
            case image(String)
            /// A reference with Compose's variables in it, and why it cannot be told what they are.
            case variables(String, String)
            /// It cannot be told, and why.
            case unknown(String)
        }

        package let kind: Kind
        package let source: Source
        package let span: Span
    }

    /// What each stage stands on, its `FROM` first.
    package let uses: [[Use]]
    package var stages: Stages { names.stages }
    private let names: StageNames

    package init(_ stages: Stages, _ inputs: StageInputs) {
        let names = StageNames(stages)
        var uses: [[Use]] = []
        var expander = Self.expander(stages, inputs)
        var earlier: [String: Int] = [:]
        // Many triggers in many stages would be more than the file itself could ever hold.
        var room = 10_000
        for (index, stage) in stages.stages.enumerated() {
            if let name = stage.name, inputs.replacedStages.contains(name) {
                uses.append([Use(kind: .from, source: .image(name), span: stage.span)])
            } else {
                var found = [Self.base(of: stage, in: stages, &expander, earlier)]
                // A trigger takes effect in what is built from its stage, and not in what is built from that.
                if case .stage(let base) = found[0].source, !stages.stages[base].triggers.isEmpty {
                    let triggers = stages.stages[base].triggers
                    room -= triggers.count
                    found +=
                        room < 0
                        ? [Use(kind: .copy, source: .unknown("its triggers are too many"), span: stage.span)]
                        : triggers.map { names.use($0) }
                }
                found += stage.sources.map { names.use($0) }
                uses.append(found)
            }
            if let name = stage.name { earlier[name] = index }
        }
        self.names = names
        self.uses = uses
    }

    /// The values of the global arguments: BuildKit's own, then each `ARG` with what the build says or its default.
    private static func expander(_ stages: Stages, _ inputs: StageInputs) -> Expander {
        var expander = Expander(escape: stages.file.escape)
        for name in StageInputs.platformArguments { expander.values[name] = inputs.arguments[name] ?? .later }
        let target = inputs.target ?? stages.stages.last?.name ?? "default"
        expander.values["TARGETSTAGE"] = inputs.arguments["TARGETSTAGE"] ?? .text(target)
        for argument in stages.globals {
            let given = inputs.arguments[argument.name]
            if let given, given != .environment {
                expander.values[argument.name] = given
                continue
            }
            let text = argument.value.map { expander.expand(stages.file.lines.bytes[$0]) }
            if given == .environment {
                expander.values[argument.name] = fromEnvironment(argument.name, or: text.map { expander.value(of: $0) })
            } else if let text {
                expander.values[argument.name] = expander.value(of: text)
            }
        }
        return expander
    }

    /// The environment's variable, and where it is unset what the Dockerfile says.
    private static func fromEnvironment(_ name: String, or value: ArgumentValue?) -> ArgumentValue {
        switch value {
        case nil: .variables("${\(name)}", isNeverEmpty: false)
        case .text(let text)? where !text.contains("$") && !text.contains("}"):
            .variables("${\(name)-\(text)}", isNeverEmpty: false)
        case .variables(let text, _)?: .variables("${\(name)-\(text)}", isNeverEmpty: false)
        default: .later
        }
    }

    private static func base(
        of stage: Stage, in stages: Stages, _ expander: inout Expander, _ earlier: [String: Int]
    ) -> Use {
        let text = expander.expand(stages.file.lines.bytes[stage.base])
        let span = stages.file.lines.span(of: stage.base)
        func use(_ source: Use.Source) -> Use { Use(kind: .from, source: source, span: span) }
        if let fault = text.fault { return use(.unknown(fault)) }
        if let name = text.later.first {
            let reason = "`\(name)` is known only when the image is built"
            guard text.isWritten else { return use(.unknown(reason)) }
            return use(.variables(String(decoding: text.bytes, as: UTF8.self), reason))
        }
        let name = String(decoding: text.bytes, as: UTF8.self)
        if name.isEmpty {
            return use(.unknown(text.unset.first.map { "`\($0)` has no value" } ?? "no image stands here"))
        }
        // Only an earlier stage can be built on, and its name must be written in lower case.
        if let index = earlier[name] { return use(.stage(index)) }
        return use(name == "scratch" ? .scratch : .image(name))
    }

    /// What `COPY --from=` or a mount names.
    package func use(_ source: StageSource) -> Use { names.use(source) }

    /// The stage that a target names; the last without one.
    package func target(_ name: String?) -> Int? { names.target(name) }

    /// Which stages a target needs, itself included.
    package func needed(by target: Int) -> [Bool] {
        var isNeeded = [Bool](repeating: false, count: uses.count)
        var pending = [target]
        isNeeded[target] = true
        while let stage = pending.popLast() {
            for use in uses[stage] {
                if case .stage(let other) = use.source, !isNeeded[other] {
                    isNeeded[other] = true
                    pending.append(other)
                }
            }
        }
        return isNeeded
    }
}

/// The stages of a Dockerfile by their numbers and names.
private struct StageNames: Sendable {
    let stages: Stages
    /// The stages' numbers by their names in lower case; of equal names the last.
    private var byName: [String: Int] = [:]

    init(_ stages: Stages) {
        self.stages = stages
        for (index, stage) in stages.stages.enumerated() { if let name = stage.name { byName[name] = index } }
    }

    /// What `COPY --from=` or a mount names.
    func use(_ source: StageSource) -> StageGraph.Use {
        typealias Use = StageGraph.Use
        let kind: Use.Kind = source.kind == .copy ? .copy : .mount
        func use(_ found: Use.Source) -> Use { Use(kind: kind, source: found, span: source.span) }
        if source.kind == .copy, let number = Int(source.name) {
            return use(
                stages.stages.indices.contains(number) ? .stage(number) : .unknown("there is no stage \(number)"))
        }
        if let index = byName[source.name.lowercased()] { return use(.stage(index)) }
        return use(source.name == "scratch" ? .scratch : .image(source.name))
    }

    /// The stage that a target names; the last without one.
    func target(_ name: String?) -> Int? {
        guard let name else { return stages.stages.indices.last }
        return byName[name.lowercased()]
    }
}
