import ComposeSpec
import StrategyManifest
import Testing
import YAMLSyntax

/// What holds of every declaration of a key, found by walking the key table.
struct KeyTests {
    /// A key and the path of names to the mapping that it stands in.
    struct Site: Sendable, CustomTestStringConvertible {
        let path: [String]
        let key: ManifestKey
        var testDescription: String { (path + [key.name]).joined(separator: ".") }

        static let all = sites(of: .root, at: [])

        private static func sites(of section: ManifestSection, at path: [String]) -> [Site] {
            section.keys.flatMap { key in
                let inner =
                    switch key.value {
                    case .section(let inner): sites(of: inner(), at: path + [key.name])
                    case .entries(_, _, let inner): sites(of: inner(), at: path + [key.name, "one"])
                    default: [Site]()
                    }
                return [Site(path: path, key: key)] + inner
            }
        }

        /// A manifest that has this key and nothing else.
        func manifest(_ value: String) -> String {
            path.reversed().reduce("{\(key.name): \(value)}") { "{\($1): \($0)}" }
        }

        /// Another value than the example that the decoder accepts.
        var otherValue: String {
            switch key.value {
            case .text, .textOrNumber, .project, .template, .fileOrOff: "other"
            case .version: "'9.9'"
            case .boolean: key.example == "true" ? "false" : "true"
            case .texts, .images, .startTargets, .templates: "[other]"
            case .section, .entries, .service, .services, .levels: "{}"
            case .shape: key.name == "version" ? "2" : "{}"
            }
        }
    }

    @Test("Another value of a key is another manifest", arguments: Site.all)
    func keyIsDecoded(_ site: Site) throws {
        let example = try Decoded(site.manifest(site.key.example))
        let other = try Decoded(site.manifest(site.otherValue))
        // What is obsolete changes nothing any more.
        #expect((example.text != other.text) == (site.key.obsolete == nil))
    }

    @Test("Whatever the manifest holds is set by a key")
    func propertyIsDeclared() throws {
        // Names are the keys of their mappings, and the rest says what could not be read.
        let own = ["Manifest.tree", "Manifest.unreadable"]
        let names = ["Image", "Project", "Environment", "ImageOverride", "ProjectOverride"].map { $0 + ".name" }
        var (known, set): (Set<String>, Set<String>) = ([], [])
        for site in Site.all {
            let example = try Decoded(site.manifest(site.key.example)).properties
            let other = try Decoded(site.manifest(site.otherValue)).properties
            let absent = try Decoded(site.manifest("")).properties
            known.formUnion(example.keys)
            for less in [other, absent] {
                set.formUnion(less.keys.filter { name in example[name].map { $0 != less[name] } ?? false })
            }
        }
        #expect(known.subtracting(set).subtracting(own + names) == [])
        #expect(set.count > 30)
    }

    @Test("An example is of the shape that it is an example of", arguments: Site.all)
    func exampleFits(_ site: Site) throws {
        let tree = try Decoded.tree(site.manifest(site.key.example))
        var check = StructureCheck()
        let manifest = Shape.object(ManifestSection.root.shape(.typed))
        check.check(tree.root, is: manifest, named: "manifest", codes: .manifest, partial: true, in: tree)
        let told = check.diagnostics.items.map(\.message)
        #expect(told == (site.key.obsolete == nil ? [] : ["`\(site.key.name)` does nothing any more"]))
    }

    @Test("The names of a mapping's keys differ", arguments: Site.all)
    func namesDiffer(_ site: Site) {
        #expect(Site.all.count { $0.path == site.path && $0.key.name == site.key.name } == 1)
    }

    @Test("A path leads to what stands at its end")
    func paths() {
        func value(_ path: String...) -> String { ManifestPath(path).value.map { "\($0)" } ?? "nil" }
        #expect(value("environments", "e", "tag") == "textOrNumber")
        #expect(value("environments", "e") == "nil" && value("images", "api", "needs", "-") == "images")
        #expect(value("bogus") == "nil" && value("naming", "container") == "template")
        let service = ManifestPath(["environments", "e", "projects", "shop", "services", "api", "ports", "-"])
        #expect(service.project == "shop" && service.rest == ["api", "ports", "-"])
    }
}
