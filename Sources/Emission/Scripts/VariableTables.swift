import ComposeSpec
import Planning

/// References that hold variables: a table shows each as one word, and one table more has them as they are written.
extension ScriptTables {
    /// The texts that hold variables, each once, a line each.
    var variables: ScriptTable {
        var texts: [String] = []
        var known: Set<String> = []
        for (index, variant) in plan.resolution.variants.enumerated() {
            for (image, reference) in variant.references.enumerated() where reference.hasVariables {
                var tagged = reference
                tagged.digest = nil
                let carries = plan.resolution.carriesInstance(image, in: index)
                let suffix = carries ? plan.instances?.suffix ?? "" : ""
                for text in [reference.text + suffix, tagged.text + suffix, reference.repository, reference.path]
                where ImageReference.hasVariable(text) && known.insert(text).inserted {
                    texts.append(text)
                }
            }
        }
        return ScriptTable(
            name: "variables",
            comments: [
                "The references that hold variables, and their repositories. In the tables below a blank in one is _.",
                "Compose is asked what they are, by the environment and by the .env of the project's folder.",
            ], texts: texts)
    }

    /// The variables in the references of what is built, which the bake file names.
    var variableNames: ScriptTable {
        var names: [String] = []
        var known: Set<String> = []
        for image in plan.builds.flatMap(\.images) {
            for name in VariableText(plan.references[image])?.names ?? [] where known.insert(name).inserted {
                names.append(name)
            }
        }
        return ScriptTable(
            name: "variable_names", comments: ["The variables in the references of the images that are built."],
            texts: names)
    }

    /// A reference as a column of a table: without blanks, which part columns, whatever its variables' texts are.
    func shown(_ reference: String) -> String {
        guard hasVariables, ImageReference.hasVariable(reference) else { return reference }
        return String(
            decoding: reference.utf8.map { $0 <= 0x20 || $0 == 0x7F ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }
}
