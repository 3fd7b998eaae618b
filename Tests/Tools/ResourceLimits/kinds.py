"""What can grow in a workspace of a megabyte, kind by kind: files of a size, and the commands that read them.

Each kind takes a share from 0 to 1, of which 1 makes about a megabyte, so that how the cost grows can be measured, too.
"""

import json

HEAD = "version: 1\nname: sample\n"
ONE = "projects:\n  p:\n    services:\n      i0: {}\n"
PULLED = "images: { a: { pull: 'r:1' } }\n"
EVERY = ["validate", "compile", "check", "fingerprint", "order", "affected", "map", "svg", "lsp"]


def lines(text, count):
    return "".join(text.replace("#", str(n)) for n in range(count))


def images(count, more=""):
    return HEAD + "images:\n" + lines(f"  i#: {{ owner: p, build: .{more} }}\n", count)


def distinct_builds(count, more=""):
    """Images of which no two are built alike."""
    return "images:\n" + lines(f"  i#: {{ owner: p, build: {{ context: ., labels: {{ l: t# }} }}{more} }}\n", count)


def services(count, body):
    return (HEAD + "images:\n  api: { owner: p, build: . }\nprojects:\n  p:\n    services:\n"
            + "".join(f"      s{n}: {{ image: api{body(n)} }}\n" for n in range(count)))


def dense(count, body):
    """A graph in which each of `count` names all before it."""
    return "".join(body(n, ", ".join(f"i{m}" for m in range(n))) for n in range(count))


def manifest(text):
    return {"strategy.yaml": text, "p/Dockerfile": "FROM scratch\n", "p/a.txt": "a"}


def needs_chain(share):
    count = int(18_000 * share)
    return manifest(HEAD + "images:\n" + "".join(
        f"  i{n}: {{ owner: p, build: ., needs: [i{n + 1}] }}\n" for n in range(count))
        + f"  i{count}: {{ owner: p, build: . }}\n" + ONE)


def needs_star(share):
    count = int(48_000 * share)
    return manifest(images(count // 2).replace("i0: { owner: p, build: .", "i0: { owner: p, build: ., needs: ["
                                               + ", ".join(f"i{n}" for n in range(1, count // 2)) + "]") + ONE)


def needs_dense(share):
    count = int(600 * share ** 0.5)
    return manifest(HEAD + "images:\n" + dense(
        count, lambda n, names: f"  i{n}: {{ owner: p, build: {{ context: ., target: t{n} }}, needs: [{names}] }}\n") + ONE)


def depends_chain(share):
    count = int(20_000 * share)
    return manifest(services(count, lambda n: f", depends_on: [s{n + 1}]" if n + 1 < count else ""))


def depends_dense(share):
    count = int(600 * share ** 0.5)
    return manifest(services(count, lambda n: f", depends_on: [{', '.join(f's{m}' for m in range(n))}]"))


def profiles(share):
    count = int(4000 * share)
    return manifest(services(count, lambda n: f", profiles: [{', '.join(f'p{(n * 7 + m) % 400}' for m in range(20))}]"
                                              + (f", depends_on: [s{n - 1}, s{n // 2}]" if n else "")))


def profile_each(share):
    count = int(14_000 * share)
    return manifest(services(count, lambda n: f", profiles: [p{n}], ports: ['80:80'], depends_on: [s{(n + 1) % count}]"))


def ports(share):
    return manifest(services(int(20_000 * share), lambda n: f", ports: ['{n % 60000 + 1}:80']"))


def port_ranges(share):
    return manifest(services(int(18_000 * share), lambda n: ", ports: ['1-65535:1-65535']"))


def port_addresses(share):
    return manifest(services(int(14_000 * share), lambda n: f", ports: ['127.{n // 250 % 250}.0.{n % 250}:1-60000:1-60000']"))


def port_rows(share):
    """Each range meets the next, which stands above it."""
    count = int(16_000 * share)
    return manifest(services(count, lambda n: f", ports: ['{3 * (count - n)}-{3 * (count - n) + 3}:1-4']"))


def ports_of_profiles(share):
    return manifest(services(int(12_000 * share), lambda n: f", profiles: [p{n}, q{n + 1}], ports: ['80:80', '443']"))


def subnets(share):
    count = int(12_000 * share)
    return manifest(services(1, lambda n: "") + "    networks:\n" + "".join(
        f"      n{n}: {{ ipam: {{ config: [{{ subnet: 10.{n // 250 % 250}.{n % 250}.0/{8 + n % 20} }}] }} }}\n" for n in range(count)))


def volumes(share):
    return manifest(services(int(18_000 * share), lambda n: f", volumes: ['v{n % 100}:/x{n}']") + "    volumes:\n"
                    + lines("      v#: { name: shared }\n", 100))


def environments(share):
    """As many as BP007 lets pass."""
    # Their product grows with the share: a few of them rounded would leap.
    count = round(14 * share ** 0.5)
    return manifest(services(int(12_000 * 14 * share / count), lambda n: "") + "environments:\n"
                    + lines("  e#: { tag: t }\n", count))


def registries(share):
    """A list of registries beside images of which none comes from there."""
    count = int(14_000 * share)
    return manifest(HEAD.replace("version: 1\n", "version: 1\nnaming: { registries: [" + ", ".join(f"r{n}.example/t" for n in range(count)) + "] }\n")
                    + "images:\n" + lines("  i#: { pull: 'a/b/c/d#:1' }\n", count) + ONE)


def host_paths(share):
    """A list of folders beside mounts of which none is such a folder."""
    count = int(14_000 * share)
    return manifest(services(count, lambda n: f", volumes: ['/srv/a/b{n}:/x']") + "rules: { host-path-mounted: { paths: ["
                    + ", ".join(f"/opt/c/d{n}" for n in range(count)) + "] } }\n")


def hardening(share):
    count = int(9_000 * share)
    return manifest(HEAD + "images:\n" + lines("  i#: { owner: p, build: { context: ., target: t# } }\n", count) + "projects:\n  p:\n    services:\n"
                    + lines("      i#:\n", count) + "rules: { hardening: info }\n")


def other(text):
    """The manifest, and another one to compare it with."""
    return {"strategy.yaml": text[0], "other.yaml": text[1], "p/Dockerfile": "FROM scratch\n"}


def changed_ports(share):
    """All ports of one service go, and as many come."""
    count = int(25_000 * share)
    return other([services(1, lambda n: f", ports: [{', '.join(f'{m % 60000}:{m % 60000 + way}' for m in range(count))}]") for way in (1, 2)])


def renamed_projects(share):
    count = int(7_000 * share)
    return other([HEAD + "images:\n  api: { pull: 'a:1' }\nprojects:\n" + lines(f"  {way}#: {{ path: {way}/p#, services: {{ s#: {{ image: api }} }} }}\n", count)
                  for way in "ab"])


def shared_volumes(share):
    """Volumes that were of one project each, and now are one of all."""
    count = int(8000 * share)
    return other([HEAD + PULLED + "projects:\n" + "".join(
        f"  p{n}: {{ services: {{ a: }}, volumes: {{ v: {{ name: {name(n)} }} }} }}\n" for n in range(count)) for name in (lambda n: "v", lambda n: f"v{n}")])


def changed_references(share):
    """An image whose reference is another in each environment."""
    count = int(4_500 * share ** 0.5)
    return other([services(1, lambda n: "") + "environments:\n" + lines(f"  e#: {{ tag: {way}# }}\n", count) for way in "ab"])


def layers(share):
    """As much as BP007 lets pass: defaults under services that come to 60 MB."""
    return manifest(services(int(330 * share ** 0.5), lambda n: "") + "defaults:\n  service:\n    environment:\n"
                    + lines("      A#: one value\n", int(8000 * share ** 0.5)))


def newer_keys(share):
    """What the required Docker Compose does not know, in layers that all services share and in each."""
    return manifest("requires: { compose: '2.4' }\n" + services(
        int(9000 * share), lambda n: ", attach: 'true', command: , gpus: all, extra_hosts: { a: [10.0.0.1] }").replace(
            "build: . }", "build: ., service: { annotations: { a: b }, develop: { watch: [] } } }"))


def contexts(share):
    count = int(6000 * share)
    return manifest(HEAD + "images:\n" + "".join(
        f"  i{n}: {{ owner: p, build: {{ context: ., target: t{n}, additional_contexts: {{ a: 'docker-image://i{n + 1}', "
        f"b: 'service:s{n}' }}, args: [A{n}, B=${{C{n}}}] }} }}\n" for n in range(count)) + f"  i{count}: {{ owner: p, build: . }}\n" + ONE)


def alike_targets(share):
    """Names that the bake file cannot tell apart."""
    return manifest(HEAD + "images:\n" + "".join(
        f"  {''.join(f'{letter}{sign}' for letter, sign in zip('abcdefghijklmno', ('._'[n >> bit & 1] for bit in range(15))))}z: "
        f"{{ owner: p, build: {{ context: ., target: t{n} }} }}\n" for n in range(int(11_000 * share))) + ONE.replace("i0", "x"))


def suppressions(share):
    return manifest(services(int(9000 * share), lambda n: "").replace(
        " }\n      s", " }\n      # bayplan: allow(missing-healthcheck) it is a job\n      s"))


def defaults(share):
    count = int(300 * share)
    return manifest(services(count, lambda n: "") + "defaults:\n  service:\n    environment:\n"
                    + lines("      A#: one value\n", int(30_000 * share)))


def container_names(share):
    return manifest(services(int(16_000 * share), lambda n: ", container_name: one"))


def near_names(share):
    return manifest(services(int(12_000 * share), lambda n: f", networks: [network-{n}-of-many]") + "    networks:\n"
                    + lines("      network-#-of-mane:\n", int(12_000 * share)))


def one_line(share):
    return manifest(json.dumps({"version": 1, "images": {"api": {"owner": "p", "build": "."}}, "projects": {"p": {
        "services": {f"s{n}": {"image": "api"} for n in range(int(35_000 * share))}}}}))


def owners(share):
    count = int(8000 * share)
    return manifest(HEAD + "images:\n" + lines("  i#: { owner: p#, build: . }\n", count) + "projects:\n"
                    + "".join(f"  p{n}: {{ services: {{ i{(n + 1) % count}: , i{n}: }} }}\n" for n in range(count)))


def wide(build="", service="", project=""):
    """One image and one service of it, with more keys of each and of their project."""
    return manifest(f"{HEAD}images:\n  api:\n    owner: p\n    build:\n      context: .\n{build}projects:\n  p:\n{project}"
                    f"    services:\n      api:\n        command: run\n{service}")


def build_variables(share):
    return wide(build="      args:\n" + lines("        A#: ${B#:-x}\n", int(35_000 * share)))


def build_secrets(share):
    count = int(28_000 * share)
    return wide(build="      secrets:\n" + lines("        - s#\n", count),
                project="    secrets:\n" + lines("      s#: { environment: S# }\n", count))


def secrets_of_builds(share):
    count = int(8000 * share)
    return manifest(HEAD + "images:\n" + lines("  i#: { owner: p, build: { context: ., labels: { l: t# }, secrets: [s#] } }\n", count)
                    + "projects:\n  p:\n    services:\n" + lines("      i#: {}\n", count) + "    secrets:\n"
                    + lines("      s#: { environment: S# }\n", count) + "environments: { e: { tag: t } }\n")


def one_path(share):
    return wide(service="        volumes: ['" + lines("${A#}", int(100_000 * share)) + ":/x']\n")


def one_context(share):
    return manifest(HEAD + "images:\n  api: { owner: p, build: { context: '" + lines("${A#}", int(100_000 * share)) + "' } }\n"
                    + ONE.replace("i0", "api"))


def templates(share):
    return wide(project="    profiles:\n" + lines("      - q#-{service}\n", int(50_000 * share)))


def profiles_of_two(share):
    count = int(35_000 * share)
    return wide(service="        ports: ['80:80']\n        profiles:\n" + lines("          - q#\n", count) + "      other:\n        image: api\n"
                + "        ports: ['80:80']\n        depends_on: [api]\n        profiles:\n" + lines("          - r#\n", count))


def platforms(share):
    """As much as BP007 lets pass: a list of platforms under services of which each asks for one."""
    count = int(1800 * share ** 0.5)
    return wide(build="      platforms:\n" + lines("        - linux/a#\n", count),
                service=lines("      s#: { image: api, platform: linux/a# }\n", count))


def mounted_images(share):
    count = int(8000 * share)
    return manifest(HEAD + distinct_builds(count) + ONE.replace(
        "i0: {}", "i0:\n        volumes:\n") + lines("          - { type: image, source: i#, target: /x# }\n", count))


def after_services(share):
    count = int(24_000 * share)
    return manifest(HEAD + "images:\n  api: { owner: p, build: . }\nprojects:\n  p:\n    after:\n" + lines("      - q/s#\n", count)
                    + "    services: { api: }\n  q:\n    services:\n" + lines("      s#: { image: api }\n", count))


def alike_services(share):
    """Names of images that differ in slashes, which services cannot have."""
    return manifest(HEAD + "naming: { image: '[a-z0-9/-]+' }\nimages:\n" + "".join(
        f"  {''.join(f'{letter}{sign}' for letter, sign in zip('abcdefghijklmno', ('/-'[n >> bit & 1] for bit in range(15))))}z: "
        f"{{ owner: p, build: {{ context: ., labels: {{ l: t{n} }} }} }}\n" for n in range(int(11_000 * share)))
        + "  i0: { owner: p, build: . }\n" + ONE)


def released(share):
    """Each environment has files of its own, which cost the system: so many are enough to see a square."""
    return manifest(services(1, lambda n: "") + "environments:\n" + lines("  e#: { registry: r#.example/t }\n", int(1600 * share)))


def built_otherwise(share):
    return manifest(services(1, lambda n: "") + "environments:\n" + lines(
        "  e#: { tag: x#, images: { api: { build: { context: ., labels: { l: t# } } } } }\n", int(1600 * share)))


def after_projects(share):
    """Projects of which each starts after the one before it."""
    return manifest(HEAD + PULLED + "projects:\n  p0: { services: { a: } }\n" + "".join(
        f"  p{n}: {{ after: [p{n - 1}], services: {{ a: }} }}\n" for n in range(1, int(12_000 * share))))


def ports_of_projects(share):
    """The same port of the host, in each project."""
    return manifest(HEAD + PULLED + "projects:\n" + lines("  p#: { services: { a: { ports: ['80:80'] } } }\n", int(11_000 * share)))


def external_networks(share):
    """Networks that one project creates and each other takes."""
    return manifest(HEAD + PULLED + "projects:\n  q: { services: { a: }, networks: { n: { name: x } } }\n"
                    + lines("  p#: { services: { a: }, networks: { n: { name: x, external: true } } }\n", int(7000 * share)))


def instances_of_projects(share):
    """Names and ports that carry the variable of the checkout."""
    return manifest(HEAD + "instances: CHECKOUT\n" + PULLED + "projects:\n" + "".join(
        f"  p{n}: {{ services: {{ a: {{ ports: ['{n + 1}:80'] }} }}, networks: {{ n: {{ name: n{n % 7} }} }} }}\n" for n in range(int(9000 * share))))


def instances_of_images(share):
    return manifest(HEAD + "instances: CHECKOUT\n" + distinct_builds(int(15_000 * share)) + ONE)


def variables_in_tags(share):
    return manifest(HEAD + distinct_builds(int(10_000 * share), ", tag: '${T#:-1}'") + ONE)


def variables_in_pulled(share):
    return manifest(HEAD + "images:\n" + lines("  i#: { pull: 'r#:${T#:-1}' }\n", int(20_000 * share)) + ONE)


def cached_builds(share):
    """An environment that keeps the layers of every build, and attests what is released."""
    return manifest(HEAD + distinct_builds(int(14_000 * share)) + ONE
                    + "environments: { e: { registry: r.example, cache: 'r.example/c:${B:-m}', attest: { sbom: true } } }\n")


def environment_builds(share):
    """Builds that all are others in one environment."""
    count = int(6500 * share)
    return manifest(HEAD + distinct_builds(count) + ONE
                    + "environments:\n  e:\n    tag: x\n    images:\n" + lines("      i#: { build: { target: t# } }\n", count))


def environment_tags(share):
    count = int(10_000 * share)
    return manifest(HEAD + distinct_builds(count) + ONE
                    + "environments:\n  e:\n    registry: r.example\n    images:\n" + lines("      i#: { tag: t# }\n", count))


def environment_names(share):
    return manifest(services(3, lambda n: "") + "environments:\n" + lines("  environment-#:\n", int(4_500 * share)))


def added_services(share):
    return manifest(services(1, lambda n: "") + "environments: { e: { projects: { p: { services: {\n"
                    + lines("  a#: { image: api },\n", int(25_000 * share)) + "} } } } }\n")


def removed_services(share):
    count = int(16_000 * share)
    return manifest(services(count, lambda n: "") + "environments: { e: { projects: { p: { services: {\n"
                    + lines("  s#: ~,\n", count) + "} } } } }\n")


def dependencies_on_added(share):
    """Services of which each needs one that only an environment has."""
    count = int(9000 * share)
    return manifest(services(count, lambda n: f", depends_on: [a{n}]") + "environments: { e: { projects: { p: { services: {\n"
                    + lines("  a#: { image: api },\n", count) + "} } } } }\n")


def dependencies_on_removed(share):
    """Services of which each needs one that an environment takes away."""
    count = int(6500 * share)
    return manifest(services(count, lambda n: f", depends_on: [r{n}]") + lines("      r#: { image: api }\n", count)
                    + "environments: { e: { projects: { p: { services: {\n" + lines("  r#: ~,\n", count) + "} } } } }\n")


def environments_that_add(share):
    return manifest(services(1, lambda n: "") + "environments:\n"
                    + lines("  e#: { projects: { p: { services: { a#: { image: api } } } } }\n", int(4000 * share)))


def unknown_owners(share):
    """Images of as many projects that are not there, beside those that are."""
    count = int(11_000 * share)
    return manifest(HEAD + "images:\n" + lines("  i#: { owner: q#, build: . }\n", count) + "projects:\n"
                    + lines("  p#: { services: { i0: } }\n", count))


def overrides_with_variables(share):
    count = int(9000 * share)
    return manifest(HEAD + distinct_builds(count) + ONE
                    + "environments: { e: { registry: '${R:-r.example}', images: {\n" + lines("  i#: { tag: t# },\n", count) + "} } }\n")


def builds_of_one_reference(share):
    """An environment that builds all images otherwise under the references that development gives them."""
    count = int(7000 * share)
    return manifest(HEAD + distinct_builds(count) + ONE
                    + "environments: { e: { images: {\n" + lines("  i#: { build: { target: t# } },\n", count) + "} } }\n")


def extensions(share):
    """Keys of a project that Compose does not read, beside services that look for one that it does."""
    count = int(14_000 * share)
    return manifest(services(count, lambda n: ", secrets: [{ source: s, mode: 0o400 }]") + lines("    x-e#: {}\n", count)
                    + "    secrets: { s: { environment: S } }\nenvironments: { e: { projects: { p: { networks: { n: } } } } }\n")


def swarm_services(share):
    return manifest(HEAD + PULLED + "projects:\n  p:\n    services:\n" + "".join(
        f"      s{n}: {{ image: a, deploy: {{ replicas: 2 }}, ports: ['{n % 60000 + 1}:80'] }}\n" for n in range(int(13_000 * share)))
        + "environments: { e: { engine: swarm } }\n")


def projects(share):
    """Each artifact that is written costs the system, too: so many are only looked at."""
    return manifest(HEAD + "images: { a: { owner: p0, build: . }, b: { pull: 'r:1' } }\nprojects:\n"
                    + lines("  p#: { services: { b: } }\n", int(32_000 * share)))


def service_contexts(share):
    count = int(5000 * share)
    return manifest(HEAD + "images:\n" + "".join(
        f"  i{n}: {{ owner: p, build: {{ context: ., target: t{n}, additional_contexts: {{ a: 'service:i{n // 2}' }} }} }}\n"
        for n in range(count)) + "projects:\n  p:\n    services:\n" + lines("      i#: {}\n", count))


def patterns(share):
    return {**manifest(images(1) + ONE), "p/.dockerignore": lines("**/a*b*#\n", int(75_000 * share)),
            **{f"p/f{n}": "" for n in range(100)}}


def exceptions(share):
    return {**manifest(images(1) + ONE), "p/.dockerignore": "*\n" + lines("!a#/b\n", int(120_000 * share)),
            **{f"p/d{n}/f": "" for n in range(100)}}


def one_folder(share):
    """Files that a build is sent, all in one folder."""
    return {**manifest(images(1) + ONE), **{f"p/f{n}": "" for n in range(int(20_000 * share))}}


def one_ignore_file(share):
    return {**manifest(HEAD + "images:\n" + lines("  i#: { owner: p, build: { context: ., target: t# } }\n", int(8000 * share)) + ONE),
            "p/.dockerignore": lines("x/y/z#\n", int(40_000 * share))}


def one_dockerfile(share):
    return {**manifest(HEAD + "images:\n" + lines("  i#: { owner: p, build: { context: ., target: t# } }\n", int(8000 * share)) + ONE),
            "p/Dockerfile": lines("FROM scratch AS t#\n", int(20_000 * share))}


def inline_dockerfile(share):
    """A Dockerfile in the manifest, of which each line has a place that is told."""
    return manifest(HEAD + "images:\n  i0:\n    owner: p\n    build:\n      context: .\n      dockerfile_inline: |\n"
                    + lines("        FROM i1 AS s#\n", int(35_000 * share)) + "  i1: { owner: p, build: . }\n" + ONE)


def quoted_dockerfile(share):
    return manifest(HEAD + 'images:\n  i0: { owner: p, build: { context: ., dockerfile_inline: "'
                    + "FROM i1\\n" * int(100_000 * share) + '" } }\n  i1: { owner: p, build: . }\n' + ONE)


def mounts_of_one_line(share):
    mounts = "".join(f" --mount=from=i1,target=/{n}" for n in range(int(30_000 * share)))
    return manifest(HEAD + "images:\n  i0:\n    owner: p\n    build:\n      context: .\n      dockerfile_inline: |\n"
                    + f"        FROM scratch\n        RUN{mounts} x\n" + "  i1: { owner: p, build: . }\n" + ONE)


def aliased_dockerfile(share):
    text = '"FROM i1\\n' + "RUN x\\n" * int(4000 * share) + '"'
    return manifest(HEAD + f"images:\n  i1: {{ owner: p, build: . }}\n  i: {{ owner: p, build: {{ context: ., dockerfile_inline: &t {text} }} }}\n"
                    + lines("  i0#: { owner: p, needs: [i1], build: { context: ., dockerfile_inline: *t, labels: { l: '#' } } }\n", int(1500 * share))
                    + ONE.replace("i0:", "i1:"))


def triggers(share):
    """A base that passes thousands of instructions on to each of thousands of images."""
    return manifest(HEAD + "images:\n  i1:\n    owner: p\n    build:\n      context: .\n      dockerfile_inline: |\n        FROM scratch\n"
                    + lines("        ONBUILD COPY --from=x# a b\n", int(12_000 * share))
                    + lines("  i0#: { owner: p, needs: [i1], build: { context: ., dockerfile_inline: FROM i1, labels: { l: t# } } }\n", int(5000 * share))
                    + ONE.replace("i0:", "i1:"))


def dockerfile(text):
    return {**manifest(images(1) + ONE), "p/Dockerfile": text}


DOCKERFILES = {
    "stages": lambda n: "FROM a AS s0\n" + "".join(f"FROM s{m} AS s{m + 1}\n" for m in range(n // 18)),
    "stages of one name": lambda n: "FROM a AS s\n" + "FROM s AS s\n" * (n // 12),
    "copies": lambda n: "FROM a AS s\nFROM b\n" + "COPY --from=s /a /b\n" * (n // 20),
    "copies of images": lambda n: "FROM b\n" + "".join(f"COPY --from=i{m} / /\n" for m in range(n // 21)),
    "arguments": lambda n: "".join(f"ARG A{m + 1}=${{A{m}}}${{A{m}}}\n" for m in range(n // 24)) + f"FROM ${{A{n // 24}}}\n",
    "defaults in defaults": lambda n: "ARG A=" + "${A:-" * (n // 6) + "}" * (n // 6) + "\nFROM $A\n",
    "replacements": lambda n: f"ARG A={'a' * (n // 4)}\n" + "".join("ARG B=${A##*b}${A//a*b/c}\n" for m in range(n // 60)) + "FROM $B\n",
    "uses of a long argument": lambda n: f"ARG A={'a' * (n // 2)}\n" + "FROM $A\n" * (n // 16),
    "continuations": lambda n: "FROM a\nRUN \\\n" + "x \\\n" * (n // 4) + "y\n",
    "continued comments": lambda n: "FROM a\nRUN \\\n" + "# x\n" * (n // 4) + "y\n",
    "here-documents": lambda n: "FROM a\n" + "RUN <<E\nE\n" * (n // 10),
    "here-documents of one line": lambda n: "FROM a\nRUN " + "".join(f"<<E{m} " for m in range(n // 20)) + "\n" + "".join(
        f"E{m}\n" for m in range(n // 20)),
    "open here-documents": lambda n: "FROM a\n" + "RUN <<E\n" * (n // 8),
    "mounts": lambda n: "FROM a\nRUN " + "--mount=from=x,target=/a " * (n // 25) + "x\n",
    "triggers": lambda n: "FROM a AS s\n" + "ONBUILD COPY --from=s / /\n" * (n // 60) + "FROM s\n" * (n // 14),
    "wrong instructions": lambda n: "FROM a\n" + "RUNN x\n" * (n // 7),
    "one word": lambda n: "FROM " + "a" * n + "\n",
    "quotes": lambda n: "FROM a\nENV A=" + "\\\"" * (n // 2) + "\n",
}


def compose(text, **more):
    return {"c/compose.yaml": text, **more}


def chain(share):
    count = int(30_000 * share)
    return compose("services:\n" + "".join(f"  s{n}: {{ extends: s{n + 1} }}\n" for n in range(count)) + f"  s{count}: {{ image: a }}\n")


def fans(share):
    count = int(20_000 * share)
    return compose("services:\n  base: { image: a, environment: { A: b, C: d }, labels: [x=y] }\n"
                   + lines("  s#: { extends: base, environment: { B: '#' } }\n", count))


def alike(share):
    return compose("services:\n" + lines("  s#: { image: 'a:1', environment: { A: x, B: '#' }, labels: [x=y], ports: ['#:80'] }\n", int(11_000 * share)))


def distinct_images(share):
    return compose("services:\n" + lines("  s#: { image: 'registry.example.com/team/app#:1' }\n", int(18_000 * share)))


def alike_builds(share):
    return compose("services:\n" + lines("  s#: { build: { context: ., args: { A: '#' } } }\n", int(20_000 * share)))


def includes(share):
    count = int(10_000 * share)
    files = {f"c/f{n}.yaml": f"services: {{ s{n}: {{ image: a{n} }} }}\n" for n in range(count)}
    return compose("include: [" + ", ".join(f"f{n}.yaml" for n in range(count)) + "]\nservices: { x: { image: x } }\n", **files)


def comments(share):
    return compose("services:\n" + lines("  # about #\n  s#: { image: a } # why\n", int(25_000 * share)))


def common_keys(share):
    count = int(70 * share ** 0.5)
    return compose("services:\n" + "".join(
        f"  s{n}:\n    image: a{n % 3}\n    environment:\n" + lines("      A#: one value of it\n", 15 * count) for n in range(count)))


def collisions(share):
    return compose("services:\n" + lines("  app-#: { image: 'x#/app:1' }\n", int(25_000 * share)))


def files(share):
    """Files that are named one by one."""
    return {f"c/f{n}.yaml": f"services: {{ s{n}: {{ image: a }} }}\n" for n in range(int(6000 * share))}


def folders(share):
    return {f"c/p{n}/compose.yaml": f"services: {{ s{n}: {{ image: a }} }}\n" for n in range(int(6000 * share))}


KINDS = {
    **{kind.__name__.replace("_", " "): (kind, EVERY) for kind in [
        needs_chain, needs_star, needs_dense, depends_chain, depends_dense, profiles, profile_each, ports, port_ranges, layers, newer_keys,
        contexts, alike_targets, registries, host_paths, hardening,
        port_rows, port_addresses, ports_of_profiles, subnets, volumes, environments, suppressions, defaults, container_names,
        near_names, one_line, owners, build_variables, build_secrets, secrets_of_builds, one_path, one_context, templates,
        profiles_of_two, platforms, mounted_images, after_services, alike_services, released, built_otherwise,
        instances_of_images, variables_in_tags, variables_in_pulled, cached_builds, environment_builds, environment_tags,
        added_services, removed_services, dependencies_on_added, dependencies_on_removed, environments_that_add,
        unknown_owners, overrides_with_variables, builds_of_one_reference, extensions, swarm_services,
        inline_dockerfile, quoted_dockerfile, mounts_of_one_line, aliased_dockerfile, triggers]},
    **{kind.__name__.replace("_", " "): (kind, ["diff"]) for kind in [changed_ports, renamed_projects, shared_volumes, changed_references]},
    "one path in one comparison": (lambda share: other([one_path(share)["strategy.yaml"], wide()["strategy.yaml"]]), ["diff"]),
    "projects": (projects, ["validate", "fingerprint", "order", "affected", "map", "lsp"]),
    # What is only looked at: each of thousands of folders would cost the system, too.
    **{kind.__name__.replace("_", " "): (kind, ["validate", "check", "map"]) for kind in [
        after_projects, ports_of_projects, external_networks, instances_of_projects,
        environment_names]},
    "service contexts": (service_contexts, EVERY),
    **{kind.__name__.replace("_", " "): (kind, ["fingerprint", "affected"]) for kind in [
        patterns, exceptions, one_folder, one_ignore_file]},
    "one dockerfile": (one_dockerfile, ["validate", "compile", "fingerprint", "affected", "lsp"]),
    **{f"Dockerfile: {name}": (lambda share, make=make: dockerfile(make(int(1_000_000 * share))),
                               ["validate", "fingerprint"]) for name, make in DOCKERFILES.items()},
    **{f"import: {kind.__name__.replace('_', ' ')}": (kind, ["import"]) for kind in [
        chain, fans, alike, distinct_images, alike_builds, includes, comments, common_keys, collisions]},
    "import: files": (files, ["import each"]),
    "import: folders": (folders, ["import each"]),
}

# The kinds, or single scenes, that cost a product of two things up to a limit, and the square of their size up to there. What
# defaults write out is bounded by BP007, and 256 MiB by how much of Dockerfiles is hashed, since each image hashes its own whole.
PRODUCTS = {"defaults", "one dockerfile, fingerprint"}


def framed(*messages):
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in (
        message if isinstance(message, bytes) else json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages))


def opened(text, *more):
    """A session of an editor that opens a text, asks what stands at a place, and ends."""
    uri = {"uri": "file:///w/strategy.yaml"}
    ask = [{"id": 9 + n, "method": f"textDocument/{what}", "params": {"textDocument": uri, "position": {"line": 4, "character": 8}}}
           for n, what in enumerate(["hover", "completion", "documentSymbol"])]
    return framed(
        {"id": 1, "method": "initialize", "params": {}}, {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": {**uri, "languageId": "yaml", "version": 1, "text": text}}},
        *more, *ask, {"id": 2, "method": "shutdown"}, {"method": "exit"})


def edit(number):
    return {"method": "textDocument/didChange", "params": {
        "textDocument": {"uri": "file:///w/strategy.yaml", "version": number},
        "contentChanges": [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "#"}]}}


SESSIONS = {
    "a header without end": lambda share: b"Content-Length: 1" + b"0" * int(1_000_000 * share),
    "headers without end": lambda share: b"A: b\r\n" * int(160_000 * share),
    "a body that never comes": lambda share: b"Content-Length: 999999999\r\n\r\n" + b"x" * int(1_000_000 * share),
    "brackets": lambda share: framed(b"[" * int(1_000_000 * share)),
    "braces": lambda share: framed(b'{"a":' * int(200_000 * share)),
    "keys": lambda share: framed(b"{" + b",".join(b'"k%d":1' % n for n in range(int(100_000 * share))) + b"}"),
    "escapes": lambda share: framed(b'{"method":"' + b"\\u0041" * int(160_000 * share) + b'"}'),
    "digits": lambda share: framed(b'{"id":' + b"1" * int(1_000_000 * share) + b"}"),
    "edits": lambda share: opened("version: 1\n", *[edit(n + 2) for n in range(int(3500 * share))]),
    "edits of one message": lambda share: opened("version: 1\n", {**edit(2), "params": {**edit(2)["params"], "contentChanges": edit(2)[
        "params"]["contentChanges"] * int(9000 * share)}}),
    "small messages": lambda share: framed(*[{"method": "x"}] * int(15_000 * share)),
}


def words(command, folder):
    """The words of a command over the files of a kind in a folder."""
    if command == "import each":
        return ["import", *sorted(f"c/{path.name}" for path in (folder / "c").iterdir())]
    return {
        "validate": ["validate", "strategy.yaml"], "compile": ["compile", "--output-directory", "out", "strategy.yaml"],
        "check": ["compile", "--check", "strategy.yaml"], "fingerprint": ["fingerprint", "--manifest", "strategy.yaml"],
        "order": ["order", "--manifest", "strategy.yaml", "--format", "mermaid"],
        "affected": ["order", "--manifest", "strategy.yaml", "--affected-by", "p/a.txt"],
        "map": ["map", "strategy.yaml"], "svg": ["map", "--format", "svg", "strategy.yaml"], "lsp": ["lsp"],
        "import": ["import", "c"], "diff": ["diff", "--manifest", "strategy.yaml", "other.yaml"],
    }[command]
