import Foundation
import SourceText
import YAMLSyntax

/// A Compose file of the recorded verdicts as a manifest that says the same.
///
/// Services become services of the project `p`, and what they run images of their own: a `build` a built image that
/// `p` owns, an `image` without one a pulled image. The other sections are copied.
struct CarriedCase {
    let manifest: String

    /// Nil where the file says something that a manifest has no place for; `reason` tells what.
    static func carry(_ text: String) -> (carried: CarriedCase?, reason: String) {
        let read = Tree.read(SourceFile(path: "compose.yaml", bytes: Array(text.utf8)))
        // What cannot be read is carried as it is: the manifest's reader must refuse it, too.
        guard let tree = read.tree, read.diagnostics.allSatisfy({ $0.severity != .error }) else {
            return (CarriedCase(manifest: text), "")
        }
        guard tree[tree.root].kind == .mapping, let services = tree.value("services", in: tree.root) else {
            return (CarriedCase(manifest: text), "")
        }
        var images = YAMLWriter()
        var bodies = YAMLWriter()
        var project = "p"
        var sections = YAMLWriter()
        for (key, value) in tree.entries(tree.root) {
            switch tree.text(key) {
            case "services": continue
            case "version": return (nil, "a manifest has no `version` of Compose")
            case "include": return (nil, "a manifest includes no Compose files")
            case "models": return (nil, "a manifest has no `models`")
            case "name": project = tree.text(value)
            default: sections.writeEntry(key, value, of: tree, indent: 4)
            }
        }
        if tree[services].kind != .mapping {
            bodies.key("services", indent: 4)
            bodies.writeValue(services, of: tree, indent: 4)
        } else {
            bodies.key("services", indent: 4)
            if tree.entries(services).isEmpty { bodies.raw(" {}") }
            bodies.endLine()
        }
        for (position, (key, body)) in tree.entries(services).enumerated() {
            let name = "image-\(position)"
            if tree[body].kind != .mapping {
                // Nothing at all is a service of the manifest, and only there.
                if tree.isNull(body) { return (nil, "a service of the manifest may be empty") }
                bodies.writeEntry(key, body, of: tree, indent: 6)
                continue
            }
            bodies.raw("      ")
            bodies.raw(String(decoding: tree.source.bytes[tree[key].span.range], as: UTF8.self) + ":")
            bodies.endLine()
            bodies.entry("image", name, indent: 8)
            let build = tree.value("build", in: body)
            let image = tree.value("image", in: body)
            for (key, value) in tree.entries(body) where !["image", "build"].contains(tree.text(key)) {
                bodies.writeEntry(key, value, of: tree, indent: 8)
            }
            guard build != nil || image != nil else { continue }
            images.key(name, indent: 2)
            images.endLine()
            if let build {
                images.entry("owner", project, indent: 4)
                images.key("build", indent: 4)
                images.writeValue(build, of: tree, indent: 4)
            } else if let image {
                images.key("pull", indent: 4)
                images.writeValue(image, of: tree, indent: 4)
            }
        }
        var manifest = "version: 1\nnaming: {service: \"[A-Za-z0-9._-]+\", project: \"[A-Za-z0-9._-]+\"}\nimages:"
        manifest += images.bytes.isEmpty ? " {}\n" : "\n" + String(decoding: images.bytes, as: UTF8.self)
        manifest += "projects:\n  \"\(project)\":\n    path: p\n"
        manifest += String(decoding: bodies.bytes, as: UTF8.self) + String(decoding: sections.bytes, as: UTF8.self)
        return (CarriedCase(manifest: manifest), "")
    }
}
