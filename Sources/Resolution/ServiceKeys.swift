import YAMLSyntax

/// The symbols of the service keys that Bayplan itself reads.
package struct ServiceKeys: Sendable {
    package let image: Symbol
    package let build: Symbol
    package let containerName: Symbol
    package let profiles: Symbol
    package let pullPolicy: Symbol
    package let scale: Symbol
    package let deploy: Symbol
    package let replicas: Symbol
    package let extends: Symbol
    package let volumes: Symbol
    package let source: Symbol

    init(_ symbols: inout SymbolTable) {
        image = symbols.intern("image")
        build = symbols.intern("build")
        containerName = symbols.intern("container_name")
        profiles = symbols.intern("profiles")
        pullPolicy = symbols.intern("pull_policy")
        scale = symbols.intern("scale")
        deploy = symbols.intern("deploy")
        replicas = symbols.intern("replicas")
        extends = symbols.intern("extends")
        volumes = symbols.intern("volumes")
        source = symbols.intern("source")
    }
}
