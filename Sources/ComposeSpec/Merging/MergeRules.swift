/// The merge rules of a service's keys, in one table (Compose Specification, "Merge", as measured with Docker Compose
/// 2.26.1 and 2.40.3). A key that is not named here merges by kind.
enum MergeRules {
    static let service = MergeRule.keys([
        "annotations": .keyValues,
        "build": build,
        "cap_add": .items(.beforeEquals),
        "cap_drop": .items(.beforeEquals),
        "command": .replaced,
        "configs": .items(.mount("")),
        "depends_on": .names(
            ListedName(stated: [("condition", "service_started")], implied: [("required", "true")]), .deep),
        "deploy": .keys(["labels": .keyValues]),
        "device_cgroup_rules": .items(.text),
        "devices": .items(.device),
        "dns": .items(.beforeEquals),
        "dns_opt": .items(.beforeEquals),
        "dns_search": .items(.beforeEquals),
        "entrypoint": .replaced,
        "env_file": .items(.path),
        "environment": .keyValues,
        "expose": .items(.text),
        "external_links": .items(.text),
        "extra_hosts": .hosts,
        "gpus": .items(.none),
        "group_add": .items(.text),
        "healthcheck": .keys(["test": .replaced]),
        "label_file": .items(.text),
        "labels": .keyValues,
        "links": .items(.beforeEquals),
        "logging": .logging,
        "models": .names(.nothing, .deep),
        "networks": .names(
            .nothing, .keys(["aliases": .items(.beforeEquals), "link_local_ips": .items(.beforeEquals)])),
        "ports": .items(.port),
        "profiles": .items(.beforeEquals),
        "secrets": .items(.mount("/run/secrets")),
        "security_opt": .items(.text),
        "sysctls": .keyValues,
        "tmpfs": .items(.beforeEquals),
        "ulimits": .each(.replaced),
        "volumes": .items(.volume),
        "volumes_from": .items(.text),
    ])

    /// The top-level parts of a Compose file beside its services.
    static let sections = MergeRule.keys([
        "configs": .each(labelled),
        "models": .each(.deep),
        "networks": .each(.keys(["ipam": .keys(["config": .pools]), "labels": .keyValues])),
        "secrets": .each(labelled),
        "volumes": .each(labelled),
    ])

    private static let labelled = MergeRule.keys(["labels": .keyValues])

    private static let build = MergeRule.keys(
        [
            "additional_contexts": .keyValues,
            "args": .keyValues,
            "extra_hosts": .hosts,
            "labels": .keyValues,
            "no_cache_filter": .items(.text),
            "ssh": .keyValues,
            "tags": .items(.beforeEquals),
            "ulimits": .each(.deep),
        ], short: "context")
}
