import Planning
import Resolution
import StrategyManifest

/// What a map tells of environments that a picture of one cannot show: whose layers builds read, what is attested, what is
/// a Swarm's.
struct MapEnvironments {
    private let rows: [(name: String, facts: [(String, String)])]

    init(_ plan: Plan) {
        rows = plan.manifest.environments.compactMap { environment in
            var facts: [(String, String)] = []
            if environment.isSwarm { facts.append(("Run by", "docker stack deploy")) }
            if let cache = environment.cache {
                facts.append(("Builds read", CacheRepository(cache.value).reference(of: "IMAGE")))
            }
            if let provenance = environment.attestations.provenance { facts.append(("Provenance", provenance.value)) }
            if let sbom = environment.attestations.sbom { facts.append(("Bill of materials", sbom.value)) }
            return facts.isEmpty ? nil : (plan.manifest.text(environment.name), facts)
        }
    }

    func write(to out: inout Markup) {
        if rows.isEmpty { return }
        out.raw("<section id=\"environments\" aria-labelledby=\"environments-heading\">\n")
        out.raw("<h2 id=\"environments-heading\">Environments</h2>\n<ul class=\"cards\">\n")
        for (name, facts) in rows {
            out.raw("<li class=\"card\">\n<p class=\"name\">")
            out.text(name)
            out.raw("</p>\n<dl>\n")
            for (word, value) in facts {
                out.raw("<div><dt>")
                out.text(word)
                out.raw("</dt><dd><code>")
                out.text(value)
                out.raw("</code></dd></div>\n")
            }
            out.raw("</dl>\n</li>\n")
        }
        out.raw("</ul>\n</section>\n")
    }
}
