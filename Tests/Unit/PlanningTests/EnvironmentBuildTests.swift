import Emission
import Planning
import Testing

/// The builds of an environment that says of some image how it is built there.
struct EnvironmentBuildTests {
    private static let manifest = """
        version: 1
        images:
          base: { owner: shop, build: { context: ./base, target: development } }
          api: { owner: shop, build: ./app, needs: [base] }
          worker: { owner: shop, build: ./app, needs: [base] }
          tools: { owner: shop, build: ./tools }
        projects: { shop: { services: { api: , worker: , tools: } } }
        environments:
          live: { tag: live, images: { base: { build: { target: production } } } }
          split: { tag: split, images: { worker: { build: { args: { A: "1" } }, platforms: [linux/arm64] } } }
          same: { tag: same, images: { tools: { build: { context: ./tools } } } }
          plain: { tag: plain }
        """

    private func builds(_ plan: Plan) -> [String] {
        plan.builds.map { build in build.images.map { plan.imageName($0) }.joined(separator: "+") }
    }

    @Test("An environment groups and orders its own builds, and development keeps its own")
    func ownBuilds() throws {
        let plan = try planned(Self.manifest)
        let names = ["base", "api+worker", "tools"]
        #expect(builds(plan) == names)
        #expect(builds(plan.seen(from: 2)) == ["base", "api", "worker", "tools"])
        for variant in plan.variants {
            #expect(builds(plan.seen(from: variant.index).seen(from: 0)) == names)
        }
        #expect(plan.seen(from: 1).builds[0].build.target?.value == "production")
        #expect(plan.seen(from: 1).seen(from: 0).builds[0].build.target?.value == "development")
    }

    @Test("What stands on another base is another build; what is only spelt out is none")
    func differences() throws {
        let plan = try planned(Self.manifest)
        func own(_ variant: Int) -> [String]? {
            plan.ownBuilds(in: variant).map { own in
                zip(own.plan.builds, own.equals).filter { $0.1 == nil }.map { own.plan.imageName($0.0.images[0]) }
            }
        }
        #expect(own(1) == ["base", "api"])
        #expect(own(2) == ["api", "worker"])
        #expect(own(3) == nil && own(4) == nil)
    }

    @Test("The matrix of an environment names its own targets, and development's where nothing differs")
    func matrix() throws {
        let plan = try planned(Self.manifest)
        func matrix(_ variant: Int) -> String {
            let seen = plan.seen(from: variant)
            return String(decoding: BuildGraphs(seen, builds: Array(seen.builds.indices)).githubMatrix(), as: UTF8.self)
        }
        #expect(matrix(1).contains(#"{"target":"live-base","images":"base","references":"base:live","#))
        #expect(matrix(1).contains(#"{"target":"live-tools","images":"tools","references":"tools:live","#))
        #expect(matrix(4).contains(#"{"target":"base","images":"base","references":"base:plain","#))
    }

    @Test("The matrix of an environment with a registry says on which pushed images each stands")
    func settings() throws {
        let plan = try planned(
            """
            version: 1
            images:
              base: { owner: shop, build: ./base }
              api: { owner: shop, build: ./app, needs: [base] }
            projects: { shop: { services: { api: } } }
            environments:
              live: { registry: reg.example.com/shop, tag: "1" }
              built: { registry: reg.example.com/shop, tag: "2", images: { base: { build: { context: ./base, target: live } } } }
              branch: { registry: reg.example.com/shop, tag: "${BRANCH:-main}" }
            """)
        func matrix(_ variant: Int) -> String {
            let seen = plan.seen(from: variant)
            return String(decoding: BuildGraphs(seen, builds: Array(seen.builds.indices)).githubMatrix(), as: UTF8.self)
        }
        #expect(!matrix(0).contains("set"))
        #expect(
            matrix(1).contains(
                #""set":"api.tags=reg.example.com/shop/api:1\napi.contexts.base=docker-image://reg.example.com/shop/base:1""#
            ),
            "\(matrix(1))")
        #expect(
            matrix(2).contains(#""set":"built-api.contexts.base=docker-image://reg.example.com/shop/base:2""#),
            "\(matrix(2))")
        #expect(!matrix(3).contains("set"), "\(matrix(3))")
    }
}
