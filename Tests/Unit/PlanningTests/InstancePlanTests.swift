import Planning
import Testing

/// The plan of a workspace whose checkouts run side by side.
struct InstancePlanTests {
    @Test("A stack keeps its names and ports, and what stands behind it moves its own")
    func stack() throws {
        let manifest = """
            version: 1
            instances: BAYPLAN_INSTANCE
            images:
              api: { owner: shop, build: . }
            projects:
              shop: { services: { api: { ports: ['8080:80'] } } }
            environments:
              cluster: { engine: swarm, registry: ghcr.io/acme, tag: '1' }
              live: { tag: live, projects: { shop: { services: { api: { ports: ['8081:81'] } } } } }
            """
        let plan = try planned(manifest)
        #expect(plan.instances == nil)
        let carried = plan.inInstances
        let ports = try #require(carried.instances).ports.map { ports in
            ports.map { "\($0.variable) \($0.number) \($0.container)" }
        }
        #expect(
            ports == [
                ["PORT_SHOP_API_80 8080 80"], [], ["PORT_SHOP_API_80 8080 80", "PORT_SHOP_API_81 8081 81"],
            ])
        #expect(carried.variants[1].references == plan.variants[1].references)
        #expect(carried.variants[2].references != plan.variants[2].references)
    }
}
