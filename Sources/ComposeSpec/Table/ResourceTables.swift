/// What the sections beside `services` hold.
extension ComposeTable {
    /// An entry of `networks`.
    package static let network = ObjectShape(
        "network",
        [
            KeyShape("name", .text, "Names the network outside the project's own name"),
            KeyShape("driver", .text, "Names the driver, such as `bridge` or `overlay`"),
            KeyShape("driver_opts", .driverOptions, "Gives the driver options"),
            KeyShape("ipam", .object(ipam), "Says how addresses are given out"),
            KeyShape("external", .external(externalName), "Says that the network exists already"),
            KeyShape("internal", .flag, "Cuts the network off from everything outside"),
            KeyShape("enable_ipv4", .flag, "Says whether containers get IPv4 addresses", since: "2.33.0"),
            KeyShape("enable_ipv6", .flag, "Says whether containers get IPv6 addresses"),
            KeyShape("attachable", .flag, "Lets containers that are no service join"),
            KeyShape("labels", .settledKeyValues, "Labels the network"),
        ])

    static let ipam = ObjectShape(
        "ipam",
        [
            KeyShape("driver", .text, "Names the driver that gives out addresses"),
            KeyShape("config", .sequence(.object(ipamConfig), unique: false), "Lists the subnets"),
            KeyShape("options", .mapping(.text, keys: nil), "Gives the driver options"),
        ])

    static let ipamConfig = ObjectShape(
        "ipam config",
        [
            KeyShape("subnet", .text, "Gives the subnet in CIDR form"),
            KeyShape("ip_range", .text, "Gives the range that addresses are taken from"),
            KeyShape("gateway", .text, "Gives the address of the gateway"),
            KeyShape("aux_addresses", .mapping(.text, keys: nil), "Reserves addresses by host name"),
        ])

    /// An entry of `volumes`.
    package static let volume = ObjectShape(
        "volume",
        [
            KeyShape("name", .text, "Names the volume outside the project's own name"),
            KeyShape("driver", .text, "Names the driver"),
            KeyShape("driver_opts", .driverOptions, "Gives the driver options"),
            KeyShape("external", .external(externalName), "Says that the volume exists already"),
            KeyShape("labels", .keyValues, "Labels the volume"),
        ])

    /// An entry of `secrets`.
    package static let secret = ObjectShape(
        "secret",
        [
            KeyShape("name", .text, "Names the secret outside the project's own name"),
            KeyShape("environment", .text, "Names the environment variable that holds the secret", since: "2.6.0"),
            KeyShape("file", .path, "Names the file that holds the secret"),
            KeyShape("external", .external(externalSecretName), "Says that the secret exists already"),
            KeyShape("labels", .keyValues, "Labels the secret"),
            KeyShape("driver", .text, "Names the driver that keeps the secret"),
            KeyShape("driver_opts", .mapping(.anyOf([.text, .exact()]), keys: nil), "Gives the driver options"),
            KeyShape("template_driver", .text, "Names the driver that fills the secret in as a template"),
        ])

    /// An entry of `configs`.
    package static let config = ObjectShape(
        "config",
        [
            KeyShape("name", .text, "Names the configuration outside the project's own name"),
            KeyShape("content", .text, "Holds the content itself", since: "2.23.1"),
            KeyShape("environment", .text, "Names the environment variable that holds the content", since: "2.23.1"),
            KeyShape("file", .path, "Names the file that holds the content"),
            KeyShape("external", .external(externalName), "Says that the configuration exists already"),
            KeyShape("labels", .keyValues, "Labels the configuration"),
            KeyShape("template_driver", .text, "Names the driver that fills the content in as a template"),
        ])

    /// An entry of `models`.
    package static let model = ObjectShape(
        "model",
        [
            KeyShape("name", .text, "Names the model"),
            KeyShape("model", .text, required: true, "Names the artifact that holds the model"),
            KeyShape("context_size", .integer(nil), "Bounds the context, in tokens"),
            KeyShape("runtime_flags", .texts, "Gives the inference engine raw flags"),
        ])

    static let externalName = ObjectShape(
        "external",
        [
            KeyShape(
                "name", .text, "Named what exists already",
                obsolete: "write `external: true` and put the name beside it, as `name:`")
        ])

    static let externalSecretName = ObjectShape(
        "external", [KeyShape("name", .text, "Names the secret that exists already")])
}
