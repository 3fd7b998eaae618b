/// The text of a generated manifest, about 20 lines a service, in the style of one written by hand.
struct GeneratedManifest {
    private let plan: Plan
    private(set) var text = ""

    init(_ plan: Plan) {
        self.plan = plan
        writeHead()
        text += "\nimages:\n"
        for image in 0..<plan.size.images { writeImage(image) }
        text += "\nprojects:\n"
        for project in 0..<plan.size.projects { writeProject(project) }
    }

    private mutating func writeHead() {
        text += """
            # A benchmark workspace: \(plan.size.projects) projects of \(plan.size.services) services, \
            \(plan.size.images) images
            version: 1
            name: \(plan.size.name)

            defaults:
              service:
                restart: unless-stopped
                stop_grace_period: 20s
                logging:
                  driver: json-file
                  options: { max-size: 10m, max-file: "3" }

            """
    }

    private mutating func writeImage(_ image: Int) {
        text += "  \(plan.imageName(image)):\n"
        text += "    description: The \(Words.images[image % Words.images.count]) number \(image)\n"
        if plan.isPulled(image) {
            text += "    pull: registry.example.com/\(plan.imageName(image)):1.\(image % 17).\(image % 5)\n"
            return
        }
        text += "    owner: \(plan.projectName(plan.owner(image)))\n"
        text += "    build: ./\(plan.imageName(image))\n"
        if let base = plan.base(image) { text += "    needs: [\(plan.imageName(base))]\n" }
        if image % 4 == 0 {
            text += """
                    service:
                      healthcheck: { timeout: 3s, retries: 5 }
                      environment:
                        WORKER_COUNT: 4

                """
        }
    }

    private mutating func writeProject(_ project: Int) {
        text += "  \(plan.projectName(project)):\n    description: The \(plan.projectName(project)) team\n"
        text += "    services:\n"
        for service in 0..<plan.size.services { writeService(service, of: project) }
        text += "    volumes:\n"
        for volume in stride(from: 0, to: plan.size.services, by: 5) { text += "      data-\(volume / 5):\n" }
    }

    private mutating func writeService(_ service: Int, of project: Int) {
        let name = Words.services[service]
        let port = 20_000 + 2 * service
        text += """
                  \(name):
                    image: \(plan.imageName(plan.image(project: project, service: service)))
                    environment:
                      LOG_LEVEL: ${LOG_LEVEL:-info}
                      LISTEN_PORT: 8080
                      METRICS_PORT: "9090"
                      REGION: eu-west-\(1 + project % 3)
                      DATABASE_HOST: database.internal
                      QUEUE_NAME: \(name)-jobs
                    ports: ["\(plan.address(project)):\(port):8080", "\(plan.address(project)):\(port + 1):9090"]
                    volumes:
                      - data-\(service / 5):/var/lib/\(name)
                      - ./config/\(name):/config:ro
                    healthcheck:
                      test: [CMD, curl, -f, http://localhost:8080/health]
                      interval: \(10 + service % 4 * 5)s

            """
        writeDependencies(of: service, in: project)
        writeLabels(of: service, in: project)
    }

    /// Most services write the short form; every fifth waits for health in the long one.
    private mutating func writeDependencies(of service: Int, in project: Int) {
        let names = plan.dependencies(project: project, service: service).map { Words.services[$0] }
        if names.isEmpty { return }
        guard service % 5 == 4 else {
            text += "        depends_on: [\(names.joined(separator: ", "))]\n"
            return
        }
        text += "        depends_on:\n"
        for name in names { text += "          \(name): { condition: service_healthy }\n" }
    }

    private mutating func writeLabels(of service: Int, in project: Int) {
        let team = "team: \(plan.projectName(project))"
        let tier = "tier: \"\(1 + service % 3)\""
        if service % 2 == 0 {
            text += "        labels:\n          \(team)\n          \(tier)\n"
        } else {
            text += "        labels: { \(team), \(tier) }\n"
        }
    }
}
