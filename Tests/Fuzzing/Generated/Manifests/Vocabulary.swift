/// Values under a key, in flow style: those that Compose takes, and those that it may refuse.
package struct Values {
    package let good: [String]
    package let bad: [String]

    package init(_ good: [String], _ bad: [String] = []) {
        self.good = good
        self.bad = bad
    }
}

/// What random manifests are made of: every key of a service, with the values at the edges of its grammar.
package enum Vocabulary {
    private static let durations = Values(
        ["10s", "1h30m", "1.5s", "-5s", "\"0\"", ".5s", "\"5.s\"", "1us", "${D:-1s}"],
        ["\"10\"", "1d", "\"\"", "1S", "\"1 s\"", "9999999999h", "10", "s"])
    private static let sizes = Values(
        ["64m", "64MB", "64mib", "1.5g", "\"1 g\"", "64", "1b", "${M:-64m}"],
        ["1zz", "64mi", "\"-1\"", "1e3m", "\"1  g\"", "1.5.5g", "\"\"", "b"])
    private static let numbers = Values(
        ["1", "\"1\"", "0", "${N:-2}"], ["\"a\"", "1.5", "\"1.5\"", "\"\"", "\"1_0\""])
    // Compose compares these with the limits of `deploy`, and no check can know what a variable says there.
    private static let fixedSizes = Values(sizes.good.filter { !$0.contains("$") }, sizes.bad)
    private static let fixedNumbers = Values(numbers.good.filter { !$0.contains("$") }, numbers.bad)
    private static let flags = Values(["true", "\"true\"", "\"on\"", "yes", "${B:-true}"], ["maybe", "1", "\"\""])
    private static let pairs = Values(
        ["{a: b}", "[a=b]", "{a: 1, b: , c: true}", "[a]", "{a: \"${X:-b}\"}", "{}", "[]", "[\"=x\"]", "{a: \"$$x\"}"],
        ["[1]", "{a: [1]}", "{\"\": b}", "[a=b, a=b]", "{a: \"${\"}", "{a: \"${X:=b}\"}", "\"a=b\""])
    private static let commands = Values(
        [
            "run it", "[run, \"it's\"]", "\"a 'b c'\"", "\"a $$b\"", "", "\"a ; b\"", "\"echo ${X:-y}\"", "[]", "\"\"",
            "\"a $$(b)\"",
        ],
        [
            "\"a 'b\"", "[a, true]", "\"(a)\"", "\"a \\\\\"", "\"a `b\"", "\"a $$(b\"", "\"a ${X\"", "\"a > b 'c\"",
            "\"a b)\"",
        ])
    private static let texts = Values(
        ["a", "\"a b\"", "\"1\"", "\"\"", "\"${X:-y}\""], ["1", "true", "", "[a]", "\"${X\""])
    // What a name that holds a variable will say, no check can know: none stands where names meet.
    private static let names = Values(
        ["[one]", "[two]", "[three]", "[one, four]"], ["[nope]", "[one, one]", "one"])

    // What is empty while nothing is set, Compose takes for no image at all: each has a name or a default.
    package static let pulls = Values(
        [
            "busybox:1.36", "busybox:1.36", "busybox:${V:-1.36}", "busybox:${V-1.36}-musl", "busybox:$V",
            "${I:-busybox:1.36}",
            "${R:+${R}/}busybox:1", "${R:-docker.io}/library/busybox:${V:-${W:-1}}", "busybox@${D}",
            "busybox:1${V+-$V}",
        ], ["busybox:${V:-}", "Busybox:${V}", "busybox:${V", "${I:+}", "busybox:$$V", "busybox:${V:-a b}"])
    package static let repositories = Values(
        ["team/x", "${T:-team}/x", "${T}x", "${R:-example.org:5000}/x"], ["${T:-A B}/x"])
    package static let tags = Values(
        ["2", "${V:-2}", "${V}", "v${V+$V}", "${V:-${W-3}}.1"], ["${V:-}", "-${V}", "${V:-a/b}"])
    package static let registries = Values(
        ["example.org/p", "${R:-example.org}", "example.org/${T}", "${R:-example.org:5000/p}"],
        ["${R:-}", "${R:-https://a}"])

    package static let builds = Values(
        [
            ".", "{context: .}", "{context: ., args: {A: 1}}", "{context: ., target: dev, ssh: [default]}",
            "{context: ., additional_contexts: {x: ./y}}", "{context: ., shm_size: 64m, ulimits: {nofile: 10}}",
            "{context: ., secrets: [key]}", "{context: ., tags: [\"a:b\"], labels: [a=b], network: host}",
            "{context: ., platforms: [linux/amd64], cache_from: [a], extra_hosts: [\"h=1.2.3.4\"]}",
            "{context: ., dockerfile_inline: \"FROM scratch\"}", "{context: \"${C:-.}\"}",
        ],
        [
            "{context: ., shm_size: zz}", "{context: ., dockerfile: D, dockerfile_inline: \"FROM a\"}",
            "{context: ., ssh: [a]}", "{context: ., extra_hosts: [a]}", "{context: ., secrets: [nope]}",
            "{context: ., additional_contexts: [x]}", "{context: ., foo: 1}", "{context: ., args: [1]}",
            "{context: ., ulimits: {nofile: {soft: 1}}}", "{context: ., additional_contexts: {x: \"service:nope\"}}",
        ])

    package static let sections: [(name: String, entries: [(String, Values)])] = [
        (
            "networks",
            [
                (
                    "net",
                    Values(
                        [
                            "", "{}", "{driver: bridge}", "{external: true}", "{name: n, internal: true}",
                            "{ipam: {config: [{subnet: 10.1.0.0/16}]}}",
                        ],
                        ["{drivr: x}", "{external: maybe}", "{name: y, external: {name: x}}", "[a]", "{internal: 1}"])
                )
            ]
        ),
        (
            "volumes",
            [
                (
                    "data",
                    Values(
                        [
                            "", "{}", "{driver: local, driver_opts: {a: 1}}", "{external: true, name: v}",
                            "{labels: [a=b]}",
                        ],
                        ["{external: true, driver: x}", "{foo: 1}", "{external: {}, driver: x}", "{labels: [1]}"])
                )
            ]
        ),
        (
            "secrets",
            [
                (
                    "key",
                    Values(
                        ["{file: ./k}", "{environment: K}", "{external: true}", "{file: ./k, labels: {a: b}}"],
                        [
                            "", "{}", "{file: a, environment: B}", "{external: false}", "{name: x}",
                            "{environment: \"\"}",
                        ])
                )
            ]
        ),
        (
            "configs",
            [
                (
                    "conf",
                    Values(
                        [
                            "{file: ./c}", "{content: \"a ${X:-b}\"}", "{environment: C}", "{external: true}",
                            "{content: \"\"}",
                        ],
                        ["", "{content: a, file: b}", "{template_driver: x}", "{content: \"${\"}", "{external: false}"])
                )
            ]
        ),
    ]

    package static let keys: [(String, Values)] = [
        ("command", commands), ("entrypoint", commands), ("working_dir", texts), ("user", texts), ("hostname", texts),
        ("domainname", texts), ("stop_signal", texts), ("runtime", texts), ("userns_mode", texts), ("uts", texts),
        ("isolation", texts), ("cgroup_parent", texts), ("cpuset", texts), ("mac_address", texts),
        ("platform", Values(["linux/amd64", "\"\""], ["1", "[a]"])),
        ("init", flags), ("tty", flags), ("stdin_open", flags), ("read_only", flags), ("privileged", flags),
        ("attach", flags), ("oom_kill_disable", flags),
        ("stop_grace_period", durations), ("mem_limit", fixedSizes), ("mem_reservation", fixedSizes),
        ("memswap_limit", sizes),
        ("shm_size", sizes), ("mem_swappiness", sizes),
        ("cpu_count", numbers), ("cpu_percent", numbers), ("cpu_shares", numbers), ("cpu_quota", numbers),
        ("cpu_period", numbers),
        ("cpus", Values(["1", "0.5", "\"0.5\"", "\"1e0\""], ["abc", "\"0x10\"", "\"\"", "\"1_0\""])),
        ("cpu_rt_period", numbers), ("cpu_rt_runtime", numbers), ("pids_limit", fixedNumbers),
        ("oom_score_adj", numbers),
        ("scale", Values(["0", "1", "2", "\"2\""], ["-1", "\"a\"", "1.5"])),
        ("labels", pairs), ("environment", pairs), ("annotations", pairs), ("sysctls", pairs),
        ("container_name", Values(["fixed-name", "null"], ["a", "\"\"", "\"a b\"", "1"])),
        ("restart", Values(["always", "\"no\"", "on-failure:3", "unless-stopped"], ["sometimes", "no", "1"])),
        ("pull_policy", Values(["always", "missing", "build", "never"], ["often", "\"\""])),
        ("profiles", Values(["[a]", "[a, b]", "[]", "[\"${P:-a}\"]"], ["a", "[1]", "[[a]]"])),
        ("depends_on", names), ("links", names),
        (
            "depends_on",
            Values(
                ["{one: {condition: service_started}}", "{two: {condition: service_healthy, required: false}}"],
                [
                    "{one: }", "{one: {condition: x}}", "{one: {restart: true}}",
                    "{nope: {condition: service_started, required: false}}",
                ])
        ),
        ("volumes_from", Values(["[one]", "[\"two:ro\"]", "[\"container:x\"]"], ["[nope]", "[one, one]"])),
        ("external_links", Values(["[x, \"y:z\"]"], ["[x, x]", "x"])),
        (
            "network_mode",
            Values(
                ["host", "none", "bridge", "\"container:x\"", "\"service:one\"", "\"\""],
                ["\"service:nope\"", "\"service:\""])
        ),
        ("ipc", Values(["shareable", "\"service:one\"", "host"], ["\"service:nope\"", "1"])),
        ("pid", Values(["host", "\"service:two\""], ["\"service:nope\"", "1"])),
        (
            "ports",
            Values(
                [
                    "[80]", "[\"8000:80\"]", "[\"127.0.0.1:8001:80\"]", "[\"[::1]:8002:80/udp\"]", "[\"80-90\"]",
                    "[\"8010-8012:80-82\"]", "[\"8020-8030:80\"]", "[{target: 80, published: 8003}]", "[\"80/\"]",
                    "[{target: \"80\", published: \"8040-8041\", host_ip: 127.0.0.1, protocol: udp}]",
                    "[\"${P:-8050}:80\"]",
                    "[0x50]", "[\"1.2.3.4::80\"]", "[\":80\"]",
                ],
                [
                    "80", "[\"\"]", "[\"a:80\"]", "[\"80:a\"]", "[\"80:80/zz\"]", "[70000]", "[\"65536\"]", "[-1]",
                    "[\"8000-8002:80-81\"]", "[\"90-80\"]", "[\"999.1.1.1:80:80\"]", "[\"::1:80:80\"]",
                    "[{published: 80}]",
                    "[\"80:80:80:80\"]", "[8.5]", "[{target: a}]", "[\"0\"]", "[\"localhost:80:80\"]",
                    "[\"[::1:80:80\"]",
                ])
        ),
        ("expose", Values(["[80, \"81/tcp\"]", "[\"80-90\"]"], ["80", "[[80]]"])),
        (
            "volumes",
            Values(
                [
                    "[\"data:/x\"]", "[\"./a:/x:ro\"]", "[/x]", "[\"data:/x:ro,z\"]", "[\"${V:-./a}:/x\"]", "[a]",
                    "[\"c:\\\\a:/x\"]",
                    "[{type: bind, source: ./a, target: /x}]", "[{type: volume, source: data, target: /x}]",
                    "[{type: tmpfs, target: /x, tmpfs: {size: 64m}}]", "[{type: volume, target: /x}]",
                ],
                [
                    "[\"nope:/x\"]", "[\"\"]", "[\":/x\"]", "[\"./a:/x:ro:z\"]", "[\"./a:/x:\"]", "[\"data::/x\"]",
                    "[{type: bind, target: /x}]", "[{type: volume}]", "[{source: a, target: /x}]", "data:/x",
                    "[{type: tmpfs, target: /x, tmpfs: {size: zz}}]", "[{type: volume, source: nope, target: /x}]",
                ])
        ),
        ("tmpfs", Values(["/x", "[/x, /y]", "[/x:size=1m]"], ["[/x, 1]", "{a: b}"])),
        (
            "secrets",
            Values(
                ["[key]", "[{source: key, target: /k, mode: 0440}]"],
                ["[nope]", "[{target: x}]", "[{source: key, mode: zz}]"])
        ),
        ("configs", Values(["[conf]", "[{source: conf, target: /c}]"], ["[nope]", "[{target: x}]", "conf"])),
        (
            "networks",
            Values(
                [
                    "[net]", "[default]", "{net: {aliases: [a], ipv4_address: 10.1.0.3}}", "{net: }",
                    "{default: {priority: 1}}",
                ],
                ["[nope]", "net", "{net: {priority: a}}", "[net, net]", "{net: {alias: a}}"])
        ),
        (
            "healthcheck",
            Values(
                [
                    "{test: [CMD, x], interval: 10s, retries: 3}", "{test: \"curl x\"}", "{disable: true}",
                    "{test: [NONE]}", "{test: [CMD-SHELL, \"a || b\"], start_period: 1m, start_interval: 1s}",
                    "{retries: \"3\"}",
                ],
                [
                    "{test: [curl, x]}", "{interval: \"10\"}", "{interval: 10}", "{retries: -1}", "{retries: \"a\"}",
                    "{tests: a}",
                    "{test: [\"\"]}", "{test: 1}",
                ])
        ),
        (
            "deploy",
            Values(
                [
                    "{replicas: 1}", "{replicas: 2}", "{resources: {limits: {cpus: \"0.5\", memory: 64M, pids: 5}}}",
                    "",
                    "{restart_policy: {condition: on-failure, delay: 5s, window: 1m}}",
                    "{update_config: {parallelism: 1, delay: 1s, order: start-first}}", "{labels: [a=b], mode: global}",
                    "{resources: {reservations: {memory: 32m, devices: [{capabilities: [gpu], count: 1}]}}}",
                ],
                [
                    "{replicas: \"a\"}", "{replicas: -1}", "{resources: {limits: {memory: zz}}}",
                    "{restart_policy: {delay: \"1\"}}", "{update_config: {order: x}}",
                    "{resources: {limits: {cpus: a}}}",
                    "{resources: {reservations: {devices: [{capabilities: [gpu], count: 1, device_ids: [\"0\"]}]}}}",
                    "{resources: {reservations: {devices: [{}]}}}", "{update_config: {parallelism: -1}}", "[a]",
                ])
        ),
        (
            "ulimits",
            Values(
                ["{nofile: 10}", "{nofile: {soft: 1, hard: 2}}", "{nofile: \"10\"}"],
                ["{nofile: a}", "{nofile: {soft: 1}}", "{nofile: 1.5}"])
        ),
        (
            "extra_hosts",
            Values(
                ["[\"h=1.2.3.4\"]", "[\"h:::1\"]", "{h: 1.2.3.4}", "{h: [1.2.3.4]}"],
                ["[h]", "[\":1.2.3.4\"]", "[\"\"]", "{\"\": a}"])
        ),
        (
            "devices",
            Values(
                ["[\"/dev/a:/dev/b:rw\"]", "[{source: /dev/a, target: /dev/b}]"],
                ["[\"a:b:c:d\"]", "[{target: a}]", "a"])
        ),
        ("dns", Values(["1.1.1.1", "[1.1.1.1, zz]"], ["1", "{a: b}"])),
        ("cap_add", Values(["[A, A]", "[]"], ["A", "[1]"])),
        ("security_opt", Values(["[a]"], ["[a, a]"])),
        ("group_add", Values(["[a, 1]"], ["[1, 1]", "1"])),
        (
            "logging",
            Values(["{driver: none, options: {a: 1, b: }}", "{driver: x}"], ["{options: [a]}", "{drivr: x}"])
        ),
        (
            "blkio_config",
            Values(
                ["{weight: 5, device_read_bps: [{path: /a, rate: 1mb}]}"],
                ["{device_read_bps: [{path: /a, rate: zz}]}", "{weight_device: [{path: /a, weight: x}]}"])
        ),
        (
            "gpus",
            Values(
                ["all", "[{count: all}]", "[{count: 2}]"],
                ["some", "[{count: x}]", "[{count: 1, device_ids: [\"0\"]}]"])
        ),
        (
            "develop",
            Values(
                ["{watch: [{action: rebuild, path: a}]}", "{watch: [{action: sync, path: a, target: /x}]}", ""],
                [
                    "{watch: [{action: rebuild, path: \"\"}]}", "{watch: [{action: sync, path: a}]}",
                    "{watch: [{path: a}]}",
                ])
        ),
        ("post_start", Values(["[{command: run}]"], ["[{command: \"a 'b\"}]", "[{}]"])),
        ("storage_opt", Values(["{size: 1G}"])), ("credential_spec", Values(["{file: a}"])),
        ("x-mine", Values(["{a: [1, \"$$\"]}", "1"], ["\"${\""])),
    ]
}
