/// The long forms of what a service holds.
extension ComposeTable {
    static let healthcheck = ObjectShape(
        "healthcheck",
        [
            KeyShape("test", .anyOf([.text, .texts]), "Gives the command that tells whether the container is well"),
            KeyShape("interval", .duration, "Gives the time between checks"),
            KeyShape("timeout", .duration, "Gives the time after which a check has failed"),
            KeyShape(
                "retries", .anyOf([.number, .string(.wholeText)]),
                "Says how many failures in a row make the container unhealthy"),
            KeyShape("start_period", .duration, "Gives the time in which failures do not count"),
            KeyShape("start_interval", .duration, "Gives the time between checks in the start period", since: "2.20.2"),
            KeyShape("disable", .flag, "Switches off the check that the image brings"),
        ])

    static let dependency = ObjectShape(
        "dependency",
        [
            KeyShape(
                "condition", .oneOf(["service_started", "service_healthy", "service_completed_successfully"]),
                required: true, "Says when the dependency is met"),
            KeyShape(
                "restart", .flag, "Restarts this service when the dependency is restarted", since: "2.17.0",
                newer: [.init(.text, since: "2.29.0")]),
            KeyShape("required", .boolean, "Says whether the service cannot start without it", since: "2.20.0"),
        ])

    static let port = ObjectShape(
        "port",
        [
            KeyShape("target", .count, "Gives the port in the container"),
            KeyShape(
                "published", .anyOf([.text, .exact()]), "Gives the port of the host, or a range to take one from",
                newer: [.init(.text, since: "2.3.0")]),
            KeyShape("host_ip", .text, "Gives the host's address that it is published on"),
            KeyShape("protocol", .text, "Names the protocol: `tcp` or `udp`"),
            KeyShape("app_protocol", .text, "Names the protocol above it, such as `http`", since: "2.25.0"),
            KeyShape("mode", .text, "Says whether each node publishes its own containers or all of them"),
            KeyShape("name", .text, "Names the port, for people", since: "2.25.0"),
        ])

    static let mount = ObjectShape(
        "volume mount",
        [
            KeyShape(
                "type", .oneOf(["bind", "volume", "tmpfs", "cluster", "npipe", "image"]), required: true,
                "Says what is mounted", newer: [.init(.words(["image"]), since: "2.35.0")]),
            KeyShape("source", .text, "Names the folder of the host, the volume or the image"),
            KeyShape("target", .text, "Names the path in the container"),
            KeyShape("read_only", .flag, "Forbids the container to write"),
            KeyShape("consistency", .text, "Says how exactly host and container must agree"),
            KeyShape("bind", .object(bindOptions), "Configures a mount of the host's folder"),
            KeyShape("volume", .object(volumeOptions), "Configures a mount of a volume"),
            KeyShape("tmpfs", .object(tmpfsOptions), "Configures a file system in memory"),
            KeyShape("image", .object(imageOptions), "Configures a mount of an image", since: "2.35.0"),
        ])

    static let bindOptions = ObjectShape(
        "bind",
        [
            KeyShape("propagation", .text, "Says how mounts below it spread"),
            KeyShape(
                "create_host_path", .flag, "Makes the host's folder where there is none",
                newer: [.init(.text, since: "2.29.0")]),
            KeyShape(
                "recursive", .oneOf(["enabled", "disabled", "writable", "readonly"]),
                "Says what happens to mounts below it", since: "2.30.0"),
            KeyShape(
                "selinux", .oneOf(["z", "Z"]), "Says whether the SELinux label is shared or private", since: "2.3.0"),
        ])

    static let volumeOptions = ObjectShape(
        "volume options",
        [
            KeyShape("labels", .keyValues, "Labels the volume", since: "2.35.0"),
            KeyShape("nocopy", .flag, "Leaves the volume empty instead of copying what the image holds there"),
            KeyShape("subpath", .text, "Names the folder inside the volume", since: "2.25.0"),
        ])

    static let tmpfsOptions = ObjectShape(
        "tmpfs",
        [
            KeyShape(
                "size", .anyOf([.integer(0...Int.max), .string(.byteSize)]), "Sizes the file system",
                newer: [.init(.text, since: "2.0.1")]),
            KeyShape("mode", .exact(0...Int.max), "Gives its permissions, in octal", since: "2.14.0"),
        ])

    static let imageOptions = ObjectShape(
        "image options", [KeyShape("subpath", .text, "Names the folder inside the image")])

    static let attachment = ObjectShape(
        "network attachment",
        [
            KeyShape("aliases", .texts, "Gives the service further names on this network"),
            KeyShape("ipv4_address", .text, "Gives the container a fixed IPv4 address"),
            KeyShape("ipv6_address", .text, "Gives the container a fixed IPv6 address"),
            KeyShape("link_local_ips", .texts, "Gives the container link-local addresses"),
            KeyShape("mac_address", .text, "Gives the container a MAC address", since: "2.23.2"),
            KeyShape("interface_name", .text, "Names the interface in the container", since: "2.36.0"),
            KeyShape("driver_opts", .driverOptions, "Gives the network's driver options", since: "2.27.1"),
            KeyShape("priority", .number, "Orders the networks in which the container joins them"),
            KeyShape("gw_priority", .number, "Says which network gives the default gateway", since: "2.33.0"),
        ])

    static let envFile = ObjectShape(
        "environment file", extensions: false,
        [
            KeyShape("path", .path, required: true, "Names the file"),
            KeyShape("required", .flag, "Says whether its absence is a fault", newer: [.init(.text, since: "2.29.0")]),
            KeyShape("format", .string(.envFileFormat), "Names how the file is read", since: "2.30.0"),
        ])

    static let device = ObjectShape(
        "device",
        [
            KeyShape("source", .text, required: true, "Names the device of the host"),
            KeyShape("target", .text, required: true, "Names the device in the container"),
            KeyShape("permissions", .text, "Says whether it may be read, written and made"),
        ])

    static let gpu = ObjectShape(
        "GPU",
        [
            KeyShape("capabilities", .uniqueTexts, "Lists what the GPU must be able to do"),
            KeyShape("driver", .text, "Names the driver"),
            KeyShape("count", .anyOf([.exact(), .string(.deviceCount)]), "Says how many, or `all`"),
            KeyShape("device_ids", .uniqueTexts, "Lists the GPUs themselves"),
            KeyShape("options", .keyValues, "Gives the driver options"),
        ])

    static let logging = ObjectShape(
        "logging",
        [
            KeyShape("driver", .text, "Names the logging driver"),
            KeyShape("options", .mapping(.anyOf([.text, .number, .null]), keys: nil), "Gives the driver options"),
        ])

    static let blkio = ObjectShape(
        "blkio config", extensions: false,
        [
            KeyShape("weight", .exact(0...Int.max), "Gives the service's share of the disks"),
            KeyShape(
                "weight_device", .sequence(.object(blkioWeight), unique: false), "Gives its share of single disks"),
            KeyShape("device_read_bps", limitsOfDevices, "Bounds reading, in bytes per second"),
            KeyShape("device_read_iops", limitsOfDevices, "Bounds reading, in operations per second"),
            KeyShape("device_write_bps", limitsOfDevices, "Bounds writing, in bytes per second"),
            KeyShape("device_write_iops", limitsOfDevices, "Bounds writing, in operations per second"),
        ])

    private static let limitsOfDevices = Shape.sequence(.object(blkioLimit), unique: false)

    static let blkioLimit = ObjectShape(
        "blkio limit", extensions: false,
        [
            KeyShape("path", .text, "Names the disk"),
            KeyShape("rate", .bytes, "Gives the bound"),
        ])

    static let blkioWeight = ObjectShape(
        "blkio weight", extensions: false,
        [
            KeyShape("path", .text, "Names the disk"),
            KeyShape("weight", .exact(0...Int.max), "Gives the share"),
        ])

    static let credentialSpec = ObjectShape(
        "credential spec",
        [
            KeyShape("config", .text, "Names the configuration that holds it"),
            KeyShape("file", .path, "Names the file that holds it"),
            KeyShape("registry", .text, "Names the value of the Windows registry that holds it"),
        ])

    static let extends = ObjectShape(
        "extends", extensions: false,
        [
            KeyShape("service", .text, required: true, "Names the service that this one is built on"),
            KeyShape("file", .path, "Names the file in which that service stands"),
        ])

    static let provider = ObjectShape(
        "provider",
        [
            KeyShape("type", .text, required: true, "Names the program that provides the service"),
            KeyShape(
                "options",
                .mapping(
                    .anyOf([
                        .text, .number, .boolean, .sequence(.anyOf([.text, .number, .boolean]), unique: false),
                    ]), keys: nil), "Gives the program options",
                newer: [
                    .init(.list, in: .entry, since: "2.36.1"), .init(.boolean, in: .entry, since: "2.36.1"),
                ]),
        ])

    static let modelUse = ObjectShape(
        "model use",
        [
            KeyShape("endpoint_var", .text, "Names the environment variable that gets the model's address"),
            KeyShape("model_var", .text, "Names the environment variable that gets the model's name", since: "2.38.1"),
        ])
}
