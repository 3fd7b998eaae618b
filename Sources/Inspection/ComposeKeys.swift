import YAMLSyntax

/// The symbols of the keys of Compose that rules read, interned once for a tree.
package struct ComposeKeys: Sendable {
    package let action: Symbol
    package let build: Symbol
    package let condition: Symbol
    package let config: Symbol
    package let configs: Symbol
    package let content: Symbol
    package let count: Symbol
    package let cpus: Symbol
    package let defaultName: Symbol
    package let dependsOn: Symbol
    package let deploy: Symbol
    package let develop: Symbol
    package let deviceIDs: Symbol
    package let devices: Symbol
    package let dockerfile: Symbol
    package let dockerfileInline: Symbol
    package let driver: Symbol
    package let envFile: Symbol
    package let environment: Symbol
    package let external: Symbol
    package let file: Symbol
    package let gpus: Symbol
    package let healthcheck: Symbol
    package let ipam: Symbol
    package let ipc: Symbol
    package let labelFile: Symbol
    package let limits: Symbol
    package let links: Symbol
    package let maxAttempts: Symbol
    package let maxReplicasPerNode: Symbol
    package let memory: Symbol
    package let memoryLimit: Symbol
    package let memoryReservation: Symbol
    package let models: Symbol
    package let name: Symbol
    package let networkMode: Symbol
    package let networks: Symbol
    package let parallelism: Symbol
    package let path: Symbol
    package let pid: Symbol
    package let pids: Symbol
    package let pidsLimit: Symbol
    package let placement: Symbol
    package let platform: Symbol
    package let platforms: Symbol
    package let ports: Symbol
    package let provider: Symbol
    package let replicas: Symbol
    package let required: Symbol
    package let reservations: Symbol
    package let resources: Symbol
    package let restartPolicy: Symbol
    package let retries: Symbol
    package let rollbackConfig: Symbol
    package let scale: Symbol
    package let secrets: Symbol
    package let source: Symbol
    package let subnet: Symbol
    package let target: Symbol
    package let template: Symbol
    package let test: Symbol
    package let tmpfs: Symbol
    package let type: Symbol
    package let updateConfig: Symbol
    package let uts: Symbol
    package let volumes: Symbol
    package let volumesFrom: Symbol
    package let watch: Symbol

    package init(_ symbols: inout SymbolTable) {
        action = symbols.intern("action")
        build = symbols.intern("build")
        condition = symbols.intern("condition")
        config = symbols.intern("config")
        configs = symbols.intern("configs")
        content = symbols.intern("content")
        count = symbols.intern("count")
        cpus = symbols.intern("cpus")
        defaultName = symbols.intern("default")
        dependsOn = symbols.intern("depends_on")
        deploy = symbols.intern("deploy")
        develop = symbols.intern("develop")
        deviceIDs = symbols.intern("device_ids")
        devices = symbols.intern("devices")
        dockerfile = symbols.intern("dockerfile")
        dockerfileInline = symbols.intern("dockerfile_inline")
        driver = symbols.intern("driver")
        envFile = symbols.intern("env_file")
        environment = symbols.intern("environment")
        external = symbols.intern("external")
        file = symbols.intern("file")
        gpus = symbols.intern("gpus")
        healthcheck = symbols.intern("healthcheck")
        ipam = symbols.intern("ipam")
        ipc = symbols.intern("ipc")
        labelFile = symbols.intern("label_file")
        limits = symbols.intern("limits")
        links = symbols.intern("links")
        maxAttempts = symbols.intern("max_attempts")
        maxReplicasPerNode = symbols.intern("max_replicas_per_node")
        memory = symbols.intern("memory")
        memoryLimit = symbols.intern("mem_limit")
        memoryReservation = symbols.intern("mem_reservation")
        models = symbols.intern("models")
        name = symbols.intern("name")
        networkMode = symbols.intern("network_mode")
        networks = symbols.intern("networks")
        parallelism = symbols.intern("parallelism")
        path = symbols.intern("path")
        pid = symbols.intern("pid")
        pids = symbols.intern("pids")
        pidsLimit = symbols.intern("pids_limit")
        placement = symbols.intern("placement")
        platform = symbols.intern("platform")
        platforms = symbols.intern("platforms")
        ports = symbols.intern("ports")
        provider = symbols.intern("provider")
        replicas = symbols.intern("replicas")
        required = symbols.intern("required")
        reservations = symbols.intern("reservations")
        resources = symbols.intern("resources")
        restartPolicy = symbols.intern("restart_policy")
        retries = symbols.intern("retries")
        rollbackConfig = symbols.intern("rollback_config")
        scale = symbols.intern("scale")
        secrets = symbols.intern("secrets")
        source = symbols.intern("source")
        subnet = symbols.intern("subnet")
        target = symbols.intern("target")
        template = symbols.intern("template_driver")
        test = symbols.intern("test")
        tmpfs = symbols.intern("tmpfs")
        type = symbols.intern("type")
        updateConfig = symbols.intern("update_config")
        uts = symbols.intern("uts")
        volumes = symbols.intern("volumes")
        volumesFrom = symbols.intern("volumes_from")
        watch = symbols.intern("watch")
    }
}
