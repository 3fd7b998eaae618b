/// The keys of Compose's table that a release of Docker Compose does not know yet, as `object.key`.
package enum NewerKeys {
    package static let than: [String: Set<String>] = [
        "2.40.3": afterAutumn2025, "2.26.1": afterAutumn2025.union(after2024),
    ]

    private static let afterAutumn2025: Set = ["service.pre_start", "build.no_cache_filter"]
    private static let after2024: Set = [
        "Compose file.models", "service.provider", "service.models", "service.pull_refresh_after",
        "service.use_api_socket", "service.pull_policy=daily", "service.pull_policy=weekly",
        "service.pull_policy=every",
        "service.pull_policy=refresh", "volume mount.type=image", "watch.ignore", "watch.include", "watch.initial_sync",
        "build.provenance",
        "build.sbom",
        "environment file.format", "network attachment.interface_name", "volume options.labels", "volume mount.image",
    ]
}
