import Foundation
import TestSupport
import Testing

/// `fingerprint --watch` as a script reads it.
@Suite(.serialized)
struct ImageWatchTests {
    private static let manifest = """
        version: 1
        name: watched
        images:
          base: {owner: core, build: ./base}
          api: {owner: core, build: ./api, needs: [base]}
          web: {owner: core, build: ./web}
          far: {owner: core, build: 'https://git.example.com/far.git'}
          near: {owner: core, build: ./near, needs: [far]}
        projects:
          core: {services: {api: {image: api}, web: {image: web}, near: {image: near}}}

        """

    private func checkout() throws -> Checkout {
        let checkout = try Checkout()
        try checkout.folder.write("strategy.yaml", Self.manifest)
        for (name, text) in [
            ("base", "FROM scratch\n"), ("api", "FROM base\n"), ("near", "FROM far\n"),
            ("web", "FROM scratch\nADD https://files.example.com/a /a\n"),
        ] {
            try checkout.folder.write("core/\(name)/Dockerfile", text)
            try checkout.folder.write("core/\(name)/.dockerignore", "*.log\n")
            try checkout.folder.write("core/\(name)/file", "one\n")
        }
        return checkout
    }

    @Test("A change names its image after the bases that changed and before none that did not")
    func changes() throws {
        let checkout = try checkout()
        let watch = try Watch(checkout, command: "fingerprint")
        #expect(watch.unheard.isEmpty)
        try checkout.folder.write("core/api/file", "two\n")
        #expect(try watch.heard("api") == "api\n")
        // An ignored file is none: the next line tells of the base alone.
        try checkout.folder.write("core/web/new.log", "two\n")
        try checkout.folder.write("core/base/file", "two\n")
        #expect(try watch.heard("base") == "base api\n")
        // The same bytes again, and another mode.
        try checkout.folder.write("core/web/file", "one\n")
        try checkout.shell("chmod +x core/base/file")
        #expect(try watch.heard("base") == "base api\n")
        #expect(watch.interrupt() == SIGINT)
    }

    @Test("What is fetched, and what stands on what cannot be told, is watched by its own files")
    func unknowable() throws {
        let checkout = try checkout()
        let watch = try Watch(checkout, command: "fingerprint")
        try checkout.folder.write("core/web/file", "two\n")
        #expect(try watch.heard("web") == "web\n")
        try checkout.folder.write("core/near/file", "two\n")
        #expect(try watch.heard("near") == "near\n")
        #expect(watch.interrupt() == SIGINT)
    }

    @Test("An image that cannot be told for a while is compared with what it was before, and so is what stands on it")
    func whileGone() throws {
        let checkout = try checkout()
        let watch = try Watch(checkout, command: "fingerprint")
        try checkout.shell("rm core/base/Dockerfile")
        let said = try watch.heard("base is not watched")
        #expect(said == "bayplan: base is not watched: its Dockerfile core/base/Dockerfile is missing\n")
        try checkout.folder.write("core/web/file", "two\n")
        #expect(try watch.heard("web") == "web\n")
        try checkout.folder.write("core/base/Dockerfile", "FROM scratch\n")
        try checkout.folder.write("core/web/file", "three\n")
        #expect(try watch.heard("web") == "web\n")
        try checkout.folder.write("core/base/Dockerfile", "FROM scratch\nLABEL a=b\n")
        #expect(try watch.heard("base") == "base api\n")
        #expect(watch.interrupt() == SIGINT)
    }

    @Test("A watch of some images knows what they stand on, and the manifest's changes count")
    func manifest() throws {
        let checkout = try checkout()
        let watch = try Watch(checkout, ["api"], command: "fingerprint")
        try checkout.folder.write("core/web/file", "two\n")
        try checkout.folder.write("core/base/file", "two\n")
        #expect(try watch.heard("base") == "base api\n")
        try checkout.edit("build: ./api", "build: ./elsewhere")
        #expect(try watch.heard("api is not watched").contains("core/elsewhere"))
        try checkout.edit("version: 1", "version: [1")
        #expect(try watch.heard("1 error").contains("error[BP001]"))
        try checkout.folder.write(
            "strategy.yaml",
            Self.manifest.replacingOccurrences(of: "build: ./api", with: "build: {context: ./api, args: {A: b}}"))
        #expect(try watch.heard("api") == "api\n")
        #expect(watch.interrupt() == SIGINT)
    }
}
