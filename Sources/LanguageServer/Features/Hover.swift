import ComposeSpec
import Diagnostics
import Emission
import Planning
import Resolution
import Rules
import SourceText
import StrategyManifest
import YAMLSyntax

/// What there is to say of what stands under the cursor, in Markdown.
struct Hover {
    private let document: Document
    private let offset: Int
    private let analysis: Analysis

    init(_ document: Document, at offset: Int, _ analysis: Analysis) {
        self.document = document
        self.offset = offset
        self.analysis = analysis
    }

    /// The answer to `textDocument/hover`; null where there is nothing to say.
    var answer: JSONValue {
        var parts: [String] = []
        var span: Span?
        if let manifest = analysis.manifest {
            let here = manifest.occurrences().filter { $0.span.holds(offset) }
            // A service without `image` is a service first, and its image below that.
            for occurrence in here {
                if let text = text(of: occurrence.thing, manifest), !parts.contains(text) { parts.append(text) }
                span = occurrence.span
            }
        }
        let context = CursorContext(document, at: offset)
        if parts.isEmpty, let (text, range) = key(context) {
            parts.append(text)
            span = Span(UInt32(range.lowerBound), UInt32(range.upperBound))
        }
        for found in analysis.diagnostics
        where found.primary.location.file.path == document.source.path && found.primary.location.span.holds(offset) {
            if let rule = Explanation.all.first(where: { $0.code == found.code }) {
                parts.append("**\(rule.code.label) \(rule.code.name)**: \(rule.summary) \(rule.rationale)")
            }
        }
        guard !parts.isEmpty else { return .null }
        var members: [JSONValue.Member] = [
            .init("contents", ["kind": "markdown", "value": .string(parts.joined(separator: "\n\n---\n\n"))])
        ]
        if let span { members.append(.init("range", document.range(span))) }
        return .object(members)
    }

    private func key(_ context: CursorContext) -> (String, Range<Int>)? {
        guard context.place == .key, context.hasColon else { return nil }
        let name = String(decoding: document.bytes[context.word], as: UTF8.self)
        if let text = rule(name, context) { return (text, context.word) }
        guard let key = ShapeSearch.key(name, at: context.path) else { return nil }
        var text = (["**\(key.name)**: \(key.shape.phrase)"] + key.description).joined(separator: "\n\n")
        if let example = key.example { text += "\n\nFor example: `\(key.name): \(example)`" }
        return (text, context.word)
    }

    /// What a rule finds, or the rules of a group, where one is named under `rules`.
    private func rule(_ name: String, _ context: CursorContext) -> String? {
        let path = ManifestPath(context.path.map { step in if case .key(let key) = step { key } else { "-" } })
        guard case .levels? = path.value, path.rest.isEmpty else { return nil }
        if let group = RuleGroup.named(name) {
            let rules = group.codes.map { "- \($0.label) \($0.name)" }.joined(separator: "\n")
            return "**\(group.name)**: the rules for \(group.meaning)\n\n" + rules
        }
        guard let rule = Explanation.all.first(where: { $0.code == Code.named(name) }) else { return nil }
        let configuring = rule.configuring.map { "\n\n" + $0 } ?? ""
        return "**\(rule.code.label) \(rule.code.name)**: \(rule.summary) \(rule.rationale)" + configuring
    }

    private func text(of thing: NamedThing, _ manifest: Manifest) -> String? {
        switch thing {
        case .image(let symbol):
            guard let index = manifest.imageIndex[symbol] else { return nil }
            return image(index, manifest)
        case .project(let symbol):
            guard let index = manifest.projectIndex[symbol] else { return nil }
            return project(manifest.projects[index], manifest)
        case .service(let project, let name): return service(name, project, manifest)
        case .resource(let project, let section, let name):
            return "**\(literal(name))**: of \(section) in \(literal(manifest.text(manifest.projects[project].name)))"
        }
    }

    private func image(_ index: Int, _ manifest: Manifest) -> String {
        let image = manifest.images[index]
        var lines = ["**image \(literal(manifest.text(image.name)))**"]
        if let description = image.description { lines.append(MarkdownText.line(description.value)) }
        if let variants = analysis.resolution?.variants {
            for variant in variants where variant.references.indices.contains(index) {
                let name = variant.environment.map { manifest.text(manifest.environments[$0].name) } ?? "development"
                lines.append("- \(literal(name)): \(literal(variant.references[index].text))")
            }
        }
        if let owner = image.owner { lines.append("- owner: \(literal(manifest.text(owner)))") }
        if !image.needs.isEmpty {
            lines.append("- needs: " + image.needs.map { literal(manifest.text($0)) }.joined(separator: ", "))
        }
        let users = manifest.projects.flatMap { project in
            project.services.filter { $0.image.symbol == image.name.symbol }
                .map { literal(manifest.text(project.name) + "/" + manifest.text($0.name)) }
        }
        // A popover has room for so many.
        let shown = users.prefix(20).joined(separator: ", ") + (users.count > 20 ? " and \(users.count - 20) more" : "")
        let added = manifest.addedServices.filter { added in
            let stated = manifest.tree.value("image", in: added.body).map { manifest.tree.text($0) }
            return stated.map { $0 == manifest.text(image.name) } ?? (added.name.symbol == image.name.symbol)
        }
        for service in added.prefix(20) {
            let environment = manifest.text(manifest.environments[service.environment].name)
            let name = manifest.text(manifest.projects[service.project].name) + "/" + manifest.text(service.name)
            lines.append("- run in \(literal(environment)) alone: \(literal(name))")
        }
        lines.append("- run by: " + (users.isEmpty ? "nobody" : shown))
        return lines.joined(separator: "\n")
    }

    private func project(_ project: Project, _ manifest: Manifest) -> String {
        var lines = ["**project \(literal(manifest.text(project.name)))**"]
        if let description = project.description { lines.append(MarkdownText.line(description.value)) }
        lines.append("- path: \(literal(project.path.value))")
        lines.append("- services: \(project.services.count)")
        if !project.after.isEmpty {
            let targets = project.after.map { target in
                literal(
                    manifest.text(target.project) + (target.service.map { "/" + manifest.text($0) } ?? ""))
            }
            lines.append("- starts after: " + targets.prefix(20).joined(separator: ", "))
        }
        let owned = manifest.images.filter { $0.owner?.symbol == project.name.symbol }
        if !owned.isEmpty {
            lines.append("- owns: " + owned.prefix(20).map { literal(manifest.text($0.name)) }.joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    private func service(_ name: String, _ project: Int, _ manifest: Manifest) -> String? {
        guard let plan = analysis.plan, let symbol = plan.tree.symbols.find(name) else {
            let names = manifest.projects[project].services.map(\.name) + manifest.addedNames
            let isDeclared = names.contains { manifest.text($0) == name }
            return isDeclared ? "**service \(literal(name))**\n\nWhat it becomes shows once no error is left." : nil
        }
        var lines = ["**service \(literal(name))**"]
        var isShown = false
        for (index, variant) in plan.variants.enumerated() {
            let title = literal(variant.environment ?? "development")
            guard let planned = variant.projects.first(where: { $0.project == project }),
                let service = planned.services.first(where: { $0.name == symbol })
            else {
                lines.append("\(title): not there")
                continue
            }
            let container = service.containerName.map { literal(plan.tree.text($0)) } ?? "named by Compose"
            let profiles = service.profiles.map { ", profiles " + $0.map(literal).joined(separator: ", ") } ?? ""
            lines.append("\(title): container \(container), image \(literal(service.reference))\(profiles)")
            // Shown once: as development runs it, or the first environment that does.
            if index == 0 || !isShown {
                isShown = true
                lines.append(MarkdownText.fenced(emittedService(service, in: variant, of: plan), as: "yaml"))
            }
        }
        return lines.count > 1 ? lines.joined(separator: "\n\n") : nil
    }

    private func literal(_ text: String) -> String { MarkdownText.code(text) }
}

extension Span {
    /// Whether a cursor at an offset touches the span.
    func holds(_ offset: Int) -> Bool { Int(start) <= offset && offset <= Int(end) }
}
