/// Texts for the keys and grammars of Compose's table, in flow style.
enum Wording {
    /// Values that many keys do not take.
    static let oddities = [
        "1", "true", "\"\"", "[]", "{}", "null", "[a]", "{a: b}", "-1", "1.5", "\" \"", "a", "0x10", "1e3", "'1'",
        ".inf",
        "~", "2026-01-01", "0o17", "1_000", "\"a\\nb\"", "[[a]]", "[{a: b}]", "\"$$a\"", "é", "\"a: b\"", "!!str 1",
        "18446744073709551616", "\"#\"", "on", "08", "1:30", "<<", "=", "\"\\t\"",
    ]

    /// What an extension may hold: old releases of Compose write the whole file as JSON, which has no infinity.
    static let anything = oddities.filter { $0 != ".inf" }

    enum Family { case flag, number }

    /// Variables with a default value that fits.
    static let variables: [Family: [String]] = [
        .flag: ["${B:-true}", "\"${B:-false}\""], .number: ["${N:-2}", "\"${N:-1}\""],
    ]

    /// Keys whose values Compose compares with others: what variables say there, no check can know.
    static let compared: Set<String> = [
        "service.cpus", "service.mem_limit", "service.mem_reservation", "service.pids_limit", "service.scale",
        "deploy.replicas", "limits.cpus", "limits.pids", "reservations.cpus", "service.ports[]", "service.group_add[]",
        "secret.external", "config.external",
    ]

    static let anyTexts = ["a", "\"a b\"", "\"1\"", "./a", "/a", "a:b", "x.y", "\"\"", "\"$$a\"", "é"]

    /// By the grammar's name, without what only its own keys can tell.
    static let grammars: [String: [String]] = [
        "a duration": ["10s", "1h30m", "1.5s", "\"0\"", "100ms", "1us"],
        "a size": ["64m", "1.5g", "\"1 g\"", "64b", "1kb", "64mib"],
        "a port": [
            "\"80\"", "\"8100:80\"", "\"127.0.0.1:8101:80/udp\"", "\"8110-8112:80-82\"", "\"[::1]:8102:80\"",
            "\"80-82\"",
            "\"8120-8130:80\"", "\"80/sctp\"",
        ],
        "a mount": ["data:/x", "./a:/y:ro", "/z", "\"data:/v:ro,z\"", "~/a:/w", "\"data:/n:nocopy\""],
        "a command": ["run it", "\"a 'b c'\"", "\"\"", "\"a; b\""],
        "a host's address": ["h=1.2.3.4", "\"i:::1\"", "j=host-gateway"],
        "a device": ["/dev/a:/dev/b", "/dev/a", "\"/dev/a:/dev/b:rwm\"", "vendor.com/class=name"],
        "a name": ["a"], "a key with its value": ["a=b", "c", "d=", "e=f=g"],
        "an assignment": ["a=b", "c=./d", "e=docker-image://busybox"], "an SSH agent or key": ["default", "k=./key"],
        "a format of environment files": ["raw"], "a number of devices": ["all", "\"2\""],
        "a restart policy": ["always", "\"no\"", "on-failure", "on-failure:3", "unless-stopped"],
        "a whole number": ["\"1\"", "\"0\"", "\"+5\""], "a number": ["\"1\"", "\"0.5\"", "\"1e0\""],
        "a boolean": ["\"true\"", "\"on\"", "yes", "\"N\""],
        "`always`, `never`, `missing`, `build`, `daily`, `weekly` or a time such as `every_12h`": [
            "always", "never", "missing", "build", "daily", "weekly", "every_12h", "if_not_present", "every_1w2d3h4m5s",
        ],
    ]

    /// By object and key, where a text of the shape alone would hardly ever do.
    static let texts: [String: [String]] = [
        "build.context": [".", "./a", "https://example.org/a.git#main:b"], "build.dockerfile": ["D", "a/D"],
        "build.dockerfile_inline": ["FROM scratch"], "build.platforms[]": ["linux/amd64", "linux/arm64/v8"],
        "build.network": ["host", "none", "default"], "build.secrets[]": ["key", "{source: key, target: k}"],
        "build.additional_contexts{}": ["./a", "docker-image://busybox", "https://example.org/a.git"],
        "build.ssh{}": ["./key", "null"], "build.tags[]": ["a:b", "c", "example.org/d:e"],
        "build.ulimits{}": ["10", "{soft: 1, hard: 2}"], "build.provenance": ["true", "mode=max", "false"],
        "build.sbom": ["true", "false"],
        "granted file.source": ["key"], "granted file.mode": ["0440", "\"0440\"", "256"],
        "service.platform": ["linux/amd64", "linux/arm64", "\"\""], "service.hostname": ["h", "h.example.org"],
        "service.mac_address": ["02:42:ac:11:00:02"], "service.user": ["a", "\"1000:1000\"", "\"0\""],
        "service.network_mode": ["host", "none", "bridge", "\"service:one\"", "\"container:c\""],
        "service.ipc": ["host", "shareable", "private", "\"service:one\""],
        "service.pid": ["host", "\"service:one\"", "null"],
        "service.depends_on": ["[one]", "{one: {condition: service_started, restart: true}}", "[]", "{}"],
        "service.depends_on{}": ["{condition: service_healthy, required: false}"],
        "service.links": ["[one]", "[\"one:o\"]", "[]"],
        "service.volumes_from": ["[one]", "[\"one:ro\", \"container:c\"]"],
        "service.external_links": ["[a]", "[\"a:b\", c]"],
        "service.networks": [
            "[net]", "[default]", "[default, net]", "{net: {aliases: [a, b]}}", "{net: null}", "{net: {priority: 1}}",
            "{net: {ipv4_address: 10.0.0.5, ipv6_address: \"fd00::5\", link_local_ips: [169.254.8.8]}}",
            "{net: {mac_address: \"02:42:ac:11:00:03\", driver_opts: {a: 1}, gw_priority: 2}}",
            "{net: {interface_name: eth7}}", "{net: {x-a: 1, driver_opts: {a: b, c: 1.5}}}",
        ],
        "service.configs[]": ["conf", "{source: conf, target: /c, uid: \"1\", gid: \"2\", mode: 0444}"],
        "service.secrets[]": ["key", "{source: key, target: k, uid: \"1\", gid: \"2\", mode: 0400}"],
        "service.env_file": [
            "/dev/null", "[/dev/null]", "[{path: /dev/null}]", "[{path: ./none.env, required: false}]",
            "[{path: /dev/null, required: true, format: raw}]",
        ],
        "service.label_file": ["/dev/null", "[/dev/null]"],
        "service.volumes[]": [
            "data:/x", "{type: bind, source: ./a, target: /b, bind: {propagation: rprivate, create_host_path: true}}",
            "{type: volume, source: data, target: /c, read_only: true, volume: {nocopy: true, subpath: s}}",
            "{type: tmpfs, target: /d, tmpfs: {size: 64m, mode: 0777}}",
            "{type: bind, source: /a, target: /e, bind: {selinux: z, recursive: enabled}, consistency: cached}",
            "{type: image, source: busybox, target: /f, image: {subpath: s}}",
            "{type: volume, target: /g, volume: {labels: {a: b}}}", "{type: npipe, source: p, target: /h}",
            "{type: cluster, source: data, target: /i}",
        ],
        "service.ulimits{}": ["10", "\"10\"", "{soft: 1, hard: 2}", "{soft: \"1\", hard: 2, x-a: 1}"],
        "service.gpus": ["all", "[{count: 1}]", "[{driver: nvidia, device_ids: [\"0\"], capabilities: [gpu]}]"],
        "service.stop_signal": ["SIGTERM", "TERM", "\"15\""],
        "service.models": ["[]", "{}"], "service.scale": ["1", "2", "0"],
        "service.profiles": ["[a]", "[b, c]", "[]"],
        "service.develop": [
            "{watch: [{action: sync, path: ./a, target: /b, ignore: [c], include: d}]}", "null",
            "{watch: [{action: sync+exec, path: a, target: /b, exec: {command: run, user: u, environment: [a=b]}}]}",
            "{watch: [{action: rebuild, path: a}, {action: restart, path: b}, {action: sync+restart, path: c, target: /d}]}",
            "{watch: [{action: sync, path: a, target: /b, initial_sync: true}]}",
        ],
        "service.provider": ["{type: p, options: {a: b, c: 1, d: [e, true]}}", "{type: p}"],
        "healthcheck.test": ["[CMD, a]", "[CMD-SHELL, \"a || b\"]", "[NONE]", "run", "[\"CMD\", \"a b\"]"],
        "healthcheck.retries": ["1", "\"3\"", "0"],
        "deploy.mode": ["replicated", "global"], "deploy.endpoint_mode": ["vip", "dnsrr"],
        "deploy.replicas": ["1", "2"],
        "restart policy.condition": ["none", "on-failure", "any"],
        "device reservation.capabilities": ["[gpu]", "[gpu, compute]"],
        "discrete resource.value": ["1", "\"2\""],
        "update config.failure_action": ["continue", "pause", "rollback"],
        "rollback config.failure_action": ["continue", "pause"],
        "network.ipam": [
            "{config: [{subnet: 10.0.0.0/24, ip_range: 10.0.0.0/25, gateway: 10.0.0.1, aux_addresses: {h: 10.0.0.2}}]}",
            "{driver: default, options: {a: b}}", "{config: []}", "{}",
        ],
        "network.external": ["false", "true", "{name: outside}"],
        "volume.external": ["false", "true", "{name: outside}"],
        "network.name": ["net-name"], "volume.name": ["volume-name"],
    ]
}
