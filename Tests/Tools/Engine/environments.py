"""An environment end to end, and the guide's troubleshooting, on the workspace that `guide.py` has built and started."""

import re
import time

SERVICES = {"trading-api": "zixly-trading-api", "arq-worker": "zixly-arq-worker",
            "webhook-receiver": "zixly-webhook-receiver", "pipeline-worker": "zixly-pipeline-worker"}


def troubleshooting(g, folder):
    """One part for each entry of the guide's "Troubleshooting"."""
    # "Image Not Found Error": pull access denied for trading-api.
    g.docker("rm", "-f", "zixly-trading-api", "trading-api")
    g.docker("rmi", "trading-api:latest")
    result = g.run(folder / "scripts/up.sh", "zixly", "trading-api")
    g.check("image not found: up.sh says so before Docker does, with the owner and the command", result.returncode == 1
            and "denied" not in result.stderr and "trading-api:latest is missing; trading builds it" in result.stderr, result.stderr)
    command = result.stderr.rstrip().rpartition("to build what is missing: ")[2]
    g.check("image not found: that command mends it", g.run("sh", "-c", command).returncode == 0
            and g.run(folder / "scripts/up.sh", "--all-profiles", "zixly").returncode == 0 and "zixly-trading-api" in g.running("zixly"))
    g.done(folder / "scripts/up.sh", "trading")

    # "Container Won't Start": a process that ends at once.
    recipe = folder / "zixly/services/pipeline-worker/Dockerfile"
    text = recipe.read_text()
    recipe.write_text(re.sub(r"(?m)^(CMD|ENTRYPOINT).*$", "", text) + '\nCMD ["/bin/busybox", "sh", "-c", "echo no queue; exit 3"]\n')
    result = g.run(folder / "scripts/refresh.sh", "pipeline-worker")
    g.processes.until(lambda: "Exited" in g.run(folder / "scripts/status.sh").stdout)
    status = g.run(folder / "scripts/status.sh")
    g.check("won't start: status.sh tells the container that ended, with its exit status",
            "zixly-pipeline-worker does not run: Exited (3)" in status.stdout, status.stdout)
    logs = g.run("sh", "-c", status.stdout.splitlines()[-1])
    g.check("won't start: the command that it names says why", "no queue" in logs.stdout, logs.stdout + logs.stderr)
    recipe.write_text(text)
    result = g.run(folder / "scripts/refresh.sh", "pipeline-worker")
    g.check("won't start: refresh.sh builds, and says how what does not run is started", result.returncode == 0
            and "no running container to recreate\n" in result.stderr, result.stderr)
    result = g.run("sh", "-c", result.stderr.rpartition("to start those of zixly: ")[2])
    g.check("won't start: that runs the mended image", result.returncode == 0 and "zixly-pipeline-worker" in g.running("zixly"),
            result.stdout + result.stderr)

    # "Slow Startup Times": nothing is built when containers start.
    g.done("docker", "compose", "-f", folder / "zixly/docker-compose.yml", "--profile", "*", "down")
    before = [g.image_id(name) for name in g.IMAGES]
    started = time.monotonic()
    result = g.done(folder / "scripts/up.sh", "--all-profiles", "zixly")
    seconds = time.monotonic() - started
    g.check(f"slow start: up.sh builds nothing (five containers in {seconds:.1f} s)",
            before == [g.image_id(name) for name in g.IMAGES] and "naming to" not in result.stderr + result.stdout, result.stderr)


def environment(g, folder, registry):
    """`release.sh` pushes to the registry that `production` names, and production's Compose files run what was pushed."""
    # A registry keeps what was pushed: each run has names of its own.
    prefix = f"{registry}/bayplan-guide-{time.time_ns():x}"
    manifest = folder / "strategy.yaml"
    manifest.write_text(manifest.read_text().replace("ghcr.io/colemorton/zixly", prefix))
    g.done(g.BAYPLAN, "compile", cwd=folder)
    pushed = [f"{prefix}/{name}:1.2.3" for name in SERVICES]
    compose = ["docker", "compose", "-f", folder / "zixly/docker-compose.production.yml", "--profile", "*"]
    development = ["docker", "compose", "-f", folder / "zixly/docker-compose.yml", "--profile", "*"]

    def digest(reference):
        return g.run("docker", "buildx", "imagetools", "inspect", "--format", "{{.Manifest.Digest}}", reference).stdout.strip()

    def runs(service):
        container = g.run("docker", "inspect", "--format", "{{.Image}}", SERVICES[service])
        return container.stdout.strip()

    def forget():
        g.docker("rmi", "-f", *pushed, *(f"{prefix}/{name}@{digest(f'{prefix}/{name}:1.2.3')}" for name in SERVICES))

    digests = []
    try:
        unbuilt = g.run(folder / "scripts/release.sh", "--version", "1.2.3", "--environment", "production")
        g.check("release.sh pushes nothing of development in its place", unbuilt.returncode == 1
                and "--environment production trading-api" in unbuilt.stderr, unbuilt.stderr)
        g.done(folder / "scripts/build.sh", "--environment", "production")
        built = {name: g.image_id(f"{prefix}/{name}:1.2.3") for name in SERVICES}

        def seconds(reference):
            result = g.run("docker", "run", "--rm", "--network", "none", "--entrypoint", "/bin/busybox", reference, "env")
            return [line for line in result.stdout.splitlines() if line.startswith("POLL_SECONDS=")]

        g.check("production's images hold what `target: production` builds, and development's what they did",
                all(seconds(f"{prefix}/{name}:1.2.3") == ["POLL_SECONDS=5"] and seconds(f"{name}:latest") == ["POLL_SECONDS=1"] for name in ["trading-api", "arq-worker"]),
                str([seconds(f"{prefix}/trading-api:1.2.3"), seconds("trading-api:latest")]))
        released = g.run(folder / "scripts/release.sh", "--version", "1.2.3", "--environment", "production")
        digests = re.findall(r"(?m)^      (\S+):\n        digest: (\S+)$", released.stdout)
        g.check("release.sh pushes to production's registry", released.returncode == 0 and all(map(digest, pushed)), released.stderr)
        g.done(*development, "down")
        forget()
        result = g.run(*compose, "up", "-d", "--wait-timeout", "900")
        g.check("production pulls what was pushed, and runs it", result.returncode == 0
                and {name: runs(name) for name in SERVICES} == built, result.stderr)
        g.check("from the registry's names", all(f"{prefix}/" in image for name, image in g.running("zixly").items() if name != "zixly-redis"),
                str(g.running("zixly")))

        # What release.sh prints is a part of the manifest.
        text = manifest.read_text()
        for name, value in digests:
            stated = f"      {name}: {{ build:"
            text = (text.replace(stated, f"      {name}: {{ digest: '{value}', build:") if stated in text
                    else re.sub(r"(?m)^    images:\n", lambda key: f"{key[0]}      {name}: {{ digest: '{value}' }}\n", text))
        manifest.write_text(text)
        g.done(g.BAYPLAN, "compile", cwd=folder)
        config = g.done(*compose, "config").stdout
        g.check("the digests that it printed pin production", config.count(f"{prefix}/") == config.count("@sha256:") == len(SERVICES), config)
        serve = folder / "zixly/services/webhook-receiver/Dockerfile"
        serve.write_text(serve.read_text() + "LABEL changed=yes\n")
        g.done(folder / "scripts/build.sh", "--environment", "production", "webhook-receiver")
        moved = g.image_id(f"{prefix}/webhook-receiver:1.2.3")
        g.done(folder / "scripts/release.sh", "--version", "1.2.3", "--environment", "production", "--overwrite", "webhook-receiver")
        g.done(*compose, "down")
        forget()
        result = g.run(*compose, "up", "-d", "--wait-timeout", "900")
        g.check("and production runs them even when the version moves", result.returncode == 0 and runs("webhook-receiver") == built["webhook-receiver"]
                and moved not in ("", built["webhook-receiver"]), result.stderr)
    finally:
        g.run(*compose, "down")
        forget()
        if digests:
            g.docker("rmi", "-f", *(f"{prefix}/{name}@{value}" for name, value in digests))
