/// A service: everything that one of a project's containers may be told.
extension ComposeTable {
    /// An entry of `services`.
    package static let service = ObjectShape(
        "service",
        [origin, running, files, environment, networking, limiting, security, devices, operation]
            .reduce(into: [], +=))

    private static let origin = [
        KeyShape("image", .text, "Names the image to run"),
        KeyShape(
            "build", .anyOf([.path, .object(build)]), "Says how the image is built",
            merge: .table(ComposeTable.build, short: "context")),
        KeyShape(
            "pull_policy", .string(.pullPolicy), "Says when the image is pulled",
            newer: [
                .init(.words(["refresh", "daily", "weekly"]), since: "2.34.0"),
                .init(.beginning("every_"), since: "2.34.0"),
            ]),
        KeyShape(
            "pull_refresh_after", .text, "Gives the time after which a present image is pulled again", since: "2.34.0"),
        KeyShape("platform", .text, "Names the platform that the image must be for"),
        KeyShape(
            "extends", .anyOf([.text, .object(extends)]), "Builds the service on another one"),
        KeyShape(
            "provider", .object(provider), "Names a program that provides the service instead of a container",
            since: "2.35.0"),
        KeyShape("container_name", .text, "Names the container"),
    ]

    private static let running = [
        KeyShape(
            "command", .command, "Replaces the image's command", newer: [.init(.nothing, since: "2.17.1")],
            merge: .replaced),
        KeyShape(
            "entrypoint", .command, "Replaces the image's entry point", newer: [.init(.nothing, since: "2.17.1")],
            merge: .replaced),
        KeyShape("working_dir", .text, "Names the folder that the command runs in"),
        KeyShape("user", .text, "Names the user that the command runs as"),
        KeyShape(
            "group_add", .sequence(.anyOf([.text, .exact()]), unique: true), "Lists further groups of that user",
            merge: .items(.text)),
        KeyShape("init", .flag, "Runs an init process that reaps processes and passes signals on"),
        KeyShape("tty", .flag, "Gives the container a terminal"),
        KeyShape("stdin_open", .flag, "Keeps the container's input open"),
        KeyShape(
            "attach", .flag, "Says whether `up` shows the service's output", since: "2.20.0",
            newer: [.init(.text, since: "2.29.0")]),
        KeyShape("stop_signal", .text, "Names the signal that stops the container"),
        KeyShape("stop_grace_period", .duration, "Gives the time until a stopping container is killed"),
        KeyShape("restart", .string(.restart), "Says when the container is started again"),
        KeyShape(
            "pre_start", .sequence(.object(preStart), unique: false), "Lists commands that run before a container",
            since: "5.3.0"),
        KeyShape(
            "post_start", .sequence(.object(hook), unique: false), "Lists commands that run once a container runs",
            since: "2.30.0"),
        KeyShape(
            "pre_stop", .sequence(.object(hook), unique: false), "Lists commands that run before a container stops",
            since: "2.30.0"),
    ]

    private static let files = [
        KeyShape(
            "volumes", .sequence(.anyOf([.string(.mount), .object(mount)]), unique: false),
            "Lists what is mounted where", merge: .items(.volume)),
        KeyShape(
            "volumes_from", .uniqueTexts, "Mounts the volumes of other services or containers", merge: .items(.text)),
        KeyShape("tmpfs", .textOrSettledTexts, "Lists paths that are kept in memory", merge: .items(.beforeEquals)),
        KeyShape(
            "configs", .sequence(.anyOf([.text, .object(fileGrant)]), unique: false), "Grants configuration files",
            merge: .items(.mount(""))),
        KeyShape(
            "secrets", .sequence(.anyOf([.text, .object(fileGrant)]), unique: false), "Grants secrets",
            merge: .items(.mount("/run/secrets"))),
        KeyShape("read_only", .flag, "Makes the container's root file system read-only"),
        KeyShape(
            "storage_opt", .mapping(.anyOf([.text, .exact(), .null]), keys: nil), "Gives the storage driver options",
            since: "2.0.1"),
        KeyShape("shm_size", .anyOf([.number, .string(.byteSize)]), "Sizes the shared memory"),
    ]

    private static let environment = [
        KeyShape("environment", .settledVariables, "Sets environment variables", merge: .keyValues),
        KeyShape(
            "env_file", .anyOf([.path, .sequence(.anyOf([.path, .object(envFile)]), unique: false)]),
            "Names files of environment variables", newer: [.init(.mapping, in: .item, since: "2.24.0")],
            merge: .items(.path)),
        KeyShape("labels", .settledKeyValues, "Labels the container", merge: .keyValues),
        KeyShape(
            "label_file", .anyOf([.path, .sequence(.path, unique: false)]), "Names files of labels", since: "2.32.0",
            merge: .items(.text)),
        KeyShape("annotations", .settledKeyValues, "Annotates the container", since: "2.18.0", merge: .keyValues),
    ]

    private static let networking = [
        KeyShape(
            "ports", .sequence(.anyOf([.exact(), .string(.port), .object(port)]), unique: false),
            "Publishes ports on the host", merge: .items(.port)),
        KeyShape(
            "expose", .sequence(.anyOf([.text, .exact()]), unique: false), "Lists ports that other services may use",
            merge: .items(.text)),
        KeyShape(
            "networks", .anyOf([.uniqueTexts, .mapping(.anyOf([.object(attachment), .null]), keys: nil)]),
            "Lists the networks that the service joins",
            merge: .names(.nothing, .keys(["aliases": .items(.beforeEquals), "link_local_ips": .items(.beforeEquals)]))),
        KeyShape("network_mode", .text, "Uses the host's network, another service's or none"),
        KeyShape("hostname", .text, "Names the container's host"),
        KeyShape("domainname", .text, "Names the container's domain"),
        KeyShape(
            "extra_hosts", .hosts, "Adds host names to `/etc/hosts`",
            newer: [.init(.list, in: .entry, since: "2.29.3")], merge: .hosts),
        KeyShape("dns", .textOrSettledTexts, "Lists name servers", merge: .items(.beforeEquals)),
        KeyShape("dns_opt", .texts, "Gives the resolver options", merge: .items(.beforeEquals)),
        KeyShape(
            "dns_search", .textOrSettledTexts, "Lists the domains that short names are sought in",
            merge: .items(.beforeEquals)),
        KeyShape("links", .texts, "Gives other services further names", merge: .items(.beforeEquals)),
        KeyShape("external_links", .uniqueTexts, "Links to containers of other projects", merge: .items(.text)),
        KeyShape("mac_address", .text, "Gives the container a MAC address"),
    ]

    private static let limiting = [
        KeyShape(
            "deploy", .anyOf([.object(deploy), .null]), "Says how many containers run, with what, and where",
            merge: .keys(["labels": .keyValues])),
        KeyShape("scale", .whole(), "Says how many containers run"),
        KeyShape("cpus", .numeric, "Bounds the processors, in cores"),
        KeyShape("cpuset", .text, "Lists the processors that may be used"),
        KeyShape("cpu_count", .whole(0...Int.max), "Gives the number of processors, on Windows"),
        KeyShape("cpu_percent", .whole(0...100), "Gives the share of the processors, on Windows"),
        KeyShape("cpu_shares", .wholeNumeric, "Gives the weight against other containers"),
        KeyShape("cpu_quota", .wholeNumeric, "Bounds the time of a period, in microseconds"),
        KeyShape("cpu_period", .wholeNumeric, "Gives the length of that period, in microseconds"),
        KeyShape("cpu_rt_period", .wholeNumeric, "Gives the period of the real-time scheduler"),
        KeyShape("cpu_rt_runtime", .wholeNumeric, "Bounds the time of that period"),
        KeyShape("mem_limit", .anyOf([.number, .string(.byteSize)]), "Bounds the memory"),
        KeyShape(
            "mem_reservation", .bytes, "Gives the memory that is kept when memory is short"),
        KeyShape(
            "mem_swappiness", .bytes, "Says how readily memory is swapped out, from 0 to 100",
            newer: [.init(.text, since: "2.29.0")]),
        KeyShape("memswap_limit", .anyOf([.number, .string(.byteSize)]), "Bounds memory and swap together"),
        KeyShape("oom_kill_disable", .flag, "Forbids the kernel to kill the container when memory runs out"),
        KeyShape(
            "oom_score_adj", .whole(-1000...1000), "Says how likely the kernel is to kill it then"),
        KeyShape("pids_limit", .wholeNumeric, "Bounds the number of processes"),
        KeyShape("ulimits", ulimits, "Sets limits of the container", merge: .each(.replaced)),
        KeyShape("blkio_config", .object(blkio), "Bounds the use of disks"),
    ]

    private static let security = [
        KeyShape("privileged", .flag, "Runs the container with extended privileges"),
        KeyShape("cap_add", .texts, "Adds Linux capabilities", merge: .items(.beforeEquals)),
        KeyShape("cap_drop", .texts, "Drops Linux capabilities", merge: .items(.beforeEquals)),
        KeyShape("security_opt", .uniqueTexts, "Overrides the labelling scheme and profiles", merge: .items(.text)),
        KeyShape("userns_mode", .text, "Names the user namespace"),
        KeyShape("pid", .text, "Names the process namespace"),
        KeyShape("ipc", .text, "Names the namespace of shared memory"),
        KeyShape("uts", .text, "Names the namespace of the host name", since: "2.15.1"),
        KeyShape("cgroup", .oneOf(["host", "private"]), "Names the control-group namespace", since: "2.16.0"),
        KeyShape("cgroup_parent", .text, "Names the parent control group"),
        KeyShape("isolation", .text, "Names how the container is isolated"),
        KeyShape("credential_spec", .object(credentialSpec), "Names a managed account, on Windows"),
        KeyShape("use_api_socket", .boolean, "Lends the container the engine's API", since: "2.37.2"),
        KeyShape("sysctls", .settledKeyValues, "Sets kernel parameters", merge: .keyValues),
    ]

    private static let devices = [
        KeyShape(
            "devices", .sequence(.anyOf([.string(.deviceEntry), .object(device)]), unique: false),
            "Lends the container devices", newer: [.init(.mapping, in: .item, since: "2.29.3")], merge: .items(.device)),
        KeyShape("device_cgroup_rules", .uniqueTexts, "Lists rules for devices", merge: .items(.text)),
        KeyShape(
            "gpus", .anyOf([.oneOf(["all"]), .sequence(.object(gpu), unique: false)]), "Lends the container GPUs",
            since: "2.30.0", newer: [.init(.text, since: "2.33.0")], merge: .items(.none)),
        KeyShape("runtime", .text, "Names the runtime that runs the container"),
        KeyShape(
            "models", .anyOf([.uniqueTexts, .mapping(.anyOf([.object(modelUse), .null]), keys: nil)]),
            "Lists the AI models that the service uses", since: "2.38.0",
            newer: [.init(.nothing, in: .entry, since: "2.40.3")], merge: .names(.nothing, .deep)),
    ]

    private static let operation = [
        KeyShape(
            "depends_on", .anyOf([.uniqueTexts, .mapping(.object(dependency), keys: nil)]),
            "Lists the services that must run first",
            merge: .names(
                ListedName(stated: [("condition", "service_started")], implied: [("required", "true")]), .deep)),
        KeyShape(
            "healthcheck", .object(healthcheck), "Says how the engine tells whether the container is well",
            merge: .keys(["test": .replaced])),
        KeyShape("logging", .object(logging), "Says where the container's output goes", merge: .logging),
        KeyShape("profiles", .texts, "Lists the profiles in which the service runs", merge: .items(.beforeEquals)),
        KeyShape(
            "develop", .anyOf([.object(develop), .null]), "Says what happens when source files change", since: "2.22.0"),
    ]
}
