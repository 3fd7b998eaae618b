import StrategyManifest

extension Manifest {
    /// What ends a name that an engine holds once: `${BAYPLAN_INSTANCE:+-${BAYPLAN_INSTANCE:-}}`, which is nothing while
    /// the variable is unset or empty, and of which Compose warns never; nil without `instances`.
    package var instanceSuffix: String? { instances.map { "${\($0.value):+-${\($0.value):-}}" } }
}

extension Resolution {
    /// Whether what an image is called in a variant carries the instance: what is built here and goes to no registry.
    package func carriesInstance(_ image: Int, in variant: Int) -> Bool {
        manifest.images[image].isBuilt && variants[variant].references[image].domain == nil
    }
}
