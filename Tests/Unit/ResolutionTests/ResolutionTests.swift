import Resolution
import SourceText
import StrategyManifest
import Testing
import YAMLSyntax

/// What declarations amount to in development and in an environment.
struct ResolutionTests {
    private func resolved(_ text: String) throws -> Resolution {
        let tree = try #require(Tree.read(SourceFile(path: "strategy.yaml", bytes: Array(text.utf8))).tree)
        return Resolution(of: ManifestDecoder.decode(tree).manifest)
    }

    private let images = """
        images:
          api: { build: ., owner: shop, service: { restart: always, labels: { layer: image } } }
          redis: { pull: 'docker.io/library/redis:7' }

        """

    @Test("An environment's registry and tag are for built images, its entries for any")
    func references() throws {
        let resolution = try resolved(
            images + """
                environments:
                  live: { registry: ghcr.io/owner, tag: '2', images: { redis: { tag: '8' } } }
                  pinned: { images: { api: { registry: r.example, digest: 'sha256:00' } } }
                """)
        #expect(
            resolution.variants.map { $0.references.map(\.text) } == [
                ["api:latest", "docker.io/library/redis:7"], ["ghcr.io/owner/api:2", "docker.io/library/redis:8"],
                ["r.example/api:latest@sha256:00", "docker.io/library/redis:7"],
            ])
    }

    @Test("Layers lie under each other: defaults, image, body, and what the environment says")
    func layers() throws {
        let resolution = try resolved(
            images + """
                defaults: { service: { restart: 'no', labels: { layer: defaults }, init: true } }
                projects: { shop: { services: { api: { labels: { own: body } } } } }
                environments: { live: { defaults: { service: { labels: { own: live } } }, projects: { shop: { services: \
                { api: { init: false } } } } } }
                """)
        func value(_ variant: Int, _ path: String...) -> String? {
            let tree = resolution.manifest.tree
            var node: NodeID? = resolution.variants[variant].projects[0].services[0].body
            for key in path { node = node.flatMap { tree.value(key, in: $0) } }
            return node.map { tree.text($0) }
        }
        for variant in 0...1 {
            #expect(value(variant, "restart") == "always" && value(variant, "labels", "layer") == "image")
        }
        #expect(value(0, "labels", "own") == "body" && value(0, "init") == "true")
        #expect(value(1, "labels", "own") == "live" && value(1, "init") == "false")
    }

    @Test("Null removes a service in one environment, and an override may name another image")
    func overrides() throws {
        let resolution = try resolved(
            images + """
                projects: { shop: { services: { api: , redis: } } }
                environments: { live: { projects: { shop: { services: { api: null, redis: { image: api } } } } } }
                """)
        func services(_ variant: Int) -> [String] {
            resolution.variants[variant].projects[0].services.map { service in
                let image = service.image.map { resolution.manifest.text(resolution.manifest.images[$0].name) }
                return resolution.manifest.text(service.name) + "=" + (image ?? "-")
            }
        }
        #expect(services(0) == ["api=api", "redis=redis"] && services(1) == ["redis=api"])
    }

    @Test("A container's name comes from the nearest template, from a body, or from Compose")
    func containerNames() throws {
        let resolution = try resolved(
            images + """
                projects:
                  shop:
                    container_name: '{owner}.{service}'
                    services:
                      api:
                      a: { image: redis, container_name: mine }
                      b: { image: redis, container_name: null }
                      c: { image: redis, scale: 2 }
                      d: { image: redis, deploy: { replicas: 1 } }
                  other: { services: { api: } }
                environments: { live: { projects: { other: { container_name: '{image}!' } } } }
                """)
        func names(_ variant: Int, _ project: Int) -> [String] {
            resolution.variants[variant].projects[project].services.map {
                $0.containerName.symbol.map { resolution.manifest.tree.text($0) } ?? "-"
            }
        }
        #expect(names(0, 0) == ["shop.api", "mine", "-", "-", "shop.d"])
        #expect(names(0, 1) == ["other-api"] && names(1, 1) == ["api!"])
    }

    @Test("A base is needed because it is named, or because a context leads to its reference")
    func needs() throws {
        let resolution = try resolved(
            """
            images:
              base: { build: ./base, owner: shop }
              api: { build: ., owner: shop, needs: [base] }
              worker:
                owner: shop
                build: { context: ., additional_contexts: { base: 'docker-image://base:latest' } }
            """)
        let names = resolution.needs.map {
            $0.map { resolution.manifest.text(resolution.manifest.images[$0.base].name) }
        }
        #expect(names == [[], ["base"], ["base"]])
    }
}
