#!/usr/bin/env python3
"""Every operation of an environment against an overlay that a person would write for it.

One workspace has an environment for each operation. Its file must mean to `docker compose config` what the hand-written
files `base.yml` and its overlay mean together, and development's file must be the same byte for byte as without any
environment. Needs `docker compose`; without it, it is skipped aloud, or fails if CI=true.
"""

import json
import os
import re
import sys
import tempfile
import textwrap
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "Tests/Support"))

import compose
import processes

COMPOSE = os.environ.get("COMPOSE", "").split() or compose.words()
BAYPLAN = os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan"))

MANIFEST = """\
version: 1
images:
  api:
    owner: shop
    build: { context: ., target: development, args: { MODE: dev, COLOUR: blue } }
    service: { environment: { FROM_IMAGE: "1" }, labels: { layer: image } }
  cache: { pull: "redis:7-alpine" }
  mailer: { pull: "mailer:1" }
defaults: { service: { restart: unless-stopped } }
projects:
  shop:
    profiles: []
    services:
      api:
        ports: ["127.0.0.1:8000:8000"]
        volumes: ["data:/data", ".:/src"]
        networks: [front]
        secrets: [token]
        configs: [proxy]
        depends_on: [cache]
      cache: { networks: [front, back] }
    networks:
      front: { labels: { a: "1" }, driver_opts: { x: "1" } }
      back: { internal: true, ipam: { config: [{ subnet: 10.9.0.0/24, gateway: 10.9.0.1 }] } }
    volumes: { data: { labels: { a: "1" } } }
    configs: { proxy: { file: ./proxy.conf } }
    secrets: { token: { file: ./token } }
rules: { missing-healthcheck: "off", missing-restart: "off", unbounded-resources: "off", single-platform: "off" }
"""

BASE = """\
name: shop
services:
  api:
    image: api:latest
    build: { context: ., target: development, args: { MODE: dev, COLOUR: blue } }
    container_name: shop-api
    pull_policy: never
    restart: unless-stopped
    environment: { FROM_IMAGE: "1" }
    labels: { layer: image }
    ports: ["127.0.0.1:8000:8000"]
    volumes: ["data:/data", ".:/src"]
    networks: [front]
    secrets: [token]
    configs: [proxy]
    depends_on: [cache]
  cache:
    image: redis:7-alpine
    container_name: shop-cache
    restart: unless-stopped
    networks: [front, back]
networks:
  front: { labels: { a: "1" }, driver_opts: { x: "1" } }
  back: { internal: true, ipam: { config: [{ subnet: 10.9.0.0/24, gateway: 10.9.0.1 }] } }
volumes: { data: { labels: { a: "1" } } }
configs: { proxy: { file: ./proxy.conf } }
secrets: { token: { file: ./token } }
"""

# For each environment what the manifest says, and the overlay that means the same; None for one without a base.
OPERATIONS = {
    "adds-service": (
        "projects: { shop: { services: { mailer: { networks: [back], depends_on: [api] } } } }",
        """
        services:
          mailer:
            {image: "mailer:1", container_name: shop-mailer, restart: unless-stopped, networks: [back], depends_on: [api]}
        """),
    "adds-empty-service": (
        "projects: { shop: { services: { mailer: null } } }",
        'services: { mailer: { image: "mailer:1", container_name: shop-mailer, restart: unless-stopped } }'),
    "adds-service-of-other-image": (
        "projects: { shop: { services: { mirror: { image: cache, command: [redis-server] } } } }",
        """
        services:
          mirror:
            {image: "redis:7-alpine", container_name: shop-mirror, restart: unless-stopped, command: [redis-server]}
        """),
    "adds-built-service": (
        "projects: { shop: { services: { worker: { image: api, command: [work] } } } }",
        """
        services:
          worker:
            image: api:latest
            container_name: shop-worker
            pull_policy: never
            restart: unless-stopped
            environment: { FROM_IMAGE: "1" }
            labels: { layer: image }
            command: [work]
        """),
    "removes-by-null": (
        "projects: { shop: { services: { cache: null, api: { depends_on: !reset [] } } } }",
        "services: { cache: !reset null, api: { depends_on: !reset [] } }"),
    "removes-by-reset": (
        "projects: { shop: { services: { cache: !reset {}, api: { depends_on: !reset [] } } } }",
        "services: { cache: !reset null, api: { depends_on: !reset [] } }"),
    "changes-service": (
        "projects: { shop: { services: { api: { ports: !override ['80:8000'], environment: { EXTRA: 1 } } } } }",
        "services: { api: { ports: !override ['80:8000'], environment: { EXTRA: 1 } } }"),
    "changes-defaults": (
        "defaults: { service: { restart: always } }",
        "services: { api: { restart: always }, cache: { restart: always } }"),
    "changes-image-service": (
        "images: { api: { service: { labels: { layer: live, more: x }, environment: [FROM_IMAGE=2] } } }",
        "services: { api: { labels: { layer: live, more: x }, environment: [FROM_IMAGE=2] } }"),
    "changes-build": (
        "{ tag: live, images: { api: { build: { target: production, args: [MODE=live] } } } }",
        "services: { api: { image: 'api:live', build: { target: production, args: [MODE=live] } } }"),
    "changes-build-whole": (
        "{ tag: live1, images: { api: { build: !override { context: ./app } } } }",
        "services: { api: { image: 'api:live1', build: !override { context: ./app } } }"),
    "changes-build-short": (
        "{ tag: live2, images: { api: { build: ./app } } }",
        "services: { api: { image: 'api:live2', build: ./app } }"),
    "resets-build-argument": (
        "{ tag: live3, images: { api: { build: { args: { COLOUR: !reset null } } } } }",
        "services: { api: { image: 'api:live3', build: { args: { COLOUR: !reset null } } } }"),
    "adds-network": (
        "projects: { shop: { networks: { edge: { internal: true } }, services: { api: { networks: [edge] } } } }",
        "{ services: { api: { networks: [edge] } }, networks: { edge: { internal: true } } }"),
    "merges-network": (
        "projects: { shop: { networks: { front: { labels: [b=2], driver_opts: { y: '2' } } } } }",
        "networks: { front: { labels: [b=2], driver_opts: { y: '2' } } }"),
    "merges-pool": (
        "projects: { shop: { networks: { back: { ipam: { config: [{ subnet: 10.9.0.0/24, ip_range: 10.9.0.128/25 }] } } } } }",
        "networks: { back: { ipam: { config: [{ subnet: 10.9.0.0/24, ip_range: 10.9.0.128/25 }] } } }"),
    "replaces-pool": (
        "projects: { shop: { networks: { back: { ipam: { config: [{ subnet: 10.8.0.0/24 }] } } } } }",
        "networks: { back: { ipam: { config: [{ subnet: 10.8.0.0/24 }] } } }"),
    "null-network": (
        "projects: { shop: { networks: { back: null } } }",
        "networks: { back: null }"),
    "removes-network": (
        "projects: { shop: { networks: { back: !reset null }, services: { cache: { networks: !override [front] } } } }",
        "{ networks: { back: !reset null }, services: { cache: { networks: !override [front] } } }"),
    "external-volume": (
        "projects: { shop: { volumes: { data: !override { external: true, name: shop-data } } } }",
        "volumes: { data: !override { external: true, name: shop-data } }"),
    "merges-volume": (
        "projects: { shop: { volumes: { data: { labels: { b: '2' }, driver: local } } } }",
        "volumes: { data: { labels: { b: '2' }, driver: local } }"),
    "adds-volume": (
        "projects: { shop: { volumes: { more: }, services: { api: { volumes: ['more:/more'] } } } }",
        "{ volumes: { more: }, services: { api: { volumes: ['more:/more'] } } }"),
    "changes-secret": (
        "projects: { shop: { secrets: { token: !override { environment: TOKEN } } } }",
        "secrets: { token: !override { environment: TOKEN } }"),
    "adds-secret": (
        "projects: { shop: { secrets: { key: { file: ./key } }, services: { api: { secrets: [key] } } } }",
        "{ secrets: { key: { file: ./key } }, services: { api: { secrets: [key] } } }"),
    "changes-config": (
        "projects: { shop: { configs: { proxy: { file: ./live.conf } } } }",
        "configs: { proxy: { file: ./live.conf } }"),
    "other-profiles": (
        "projects: { shop: { profiles: ['{service}', all] } }",
        "services: { api: { profiles: [api, all] }, cache: { profiles: [cache, all] } }"),
    "other-container-names": (
        "projects: { shop: { container_name: 'live-{service}' } }",
        "services: { api: { container_name: live-api }, cache: { container_name: live-cache } }"),
    "image-tag": (
        "images: { api: { tag: t1 } }",
        "services: { api: { image: 'api:t1' } }"),
    "image-registry": (
        "images: { api: { registry: registry.example.com/own } }",
        "services: { api: { image: 'registry.example.com/own/api:latest', pull_policy: !reset null } }"),
    "image-digest": (
        f"images: {{ cache: {{ digest: 'sha256:{64 * '1'}' }} }}",
        f"services: {{ cache: {{ image: 'redis:7-alpine@sha256:{64 * '1'}' }} }}"),
    "image-platforms": (
        "{ tag: t2, images: { api: { platforms: [linux/arm64] } } }",
        "services: { api: { image: 'api:t2' } }"),
    "drops-builds": (
        "{ tag: t3, build: false }",
        "services: { api: { image: 'api:t3', build: !reset null } }"),
    "names-container": (
        "projects: { shop: { services: { api: { container_name: own }, cache: { container_name: null } } } }",
        "services: { api: { container_name: own }, cache: { container_name: !reset null } }"),
    "resets-section": (
        """projects: { shop: { configs: !reset [], volumes: { data: !reset null }, services: { api: { configs: !reset [],
             volumes: !override ['.:/src'] } } } }""",
        "{ configs: !reset {}, volumes: !reset {}, services: { api: { configs: !reset [], volumes: !override ['.:/src'] } } }"),
    "registry": (
        "{ registry: registry.example.com/shop, tag: '2' }",
        """
        services:
          api: { image: "registry.example.com/shop/api:2", build: !reset null, pull_policy: !reset null }
        """),
    "registry-and-build": (
        "{ registry: registry.example.com, build: true, images: { api: { build: { target: production } } } }",
        """
        services:
          api: { image: "registry.example.com/api:latest", build: { target: production }, pull_policy: !reset null }
        """),
    "complete": (
        """{ complete: true, registry: registry.example.com, tag: '2', projects: { shop: { services: { api: { ports: ['80:8000'] },
             mailer: }, volumes: { spool: }, networks: { edge: } } } }""",
        None,
        """
        name: shop
        services:
          api: { image: "registry.example.com/api:2", container_name: shop-api, ports: ["80:8000"] }
          mailer: { image: "mailer:1", container_name: shop-mailer }
        networks: { edge: }
        volumes: { spool: }
        """),
    "complete-and-builds": (
        """{ complete: true, tag: live4, images: { api: { service: { init: true }, build: { target: production } } },
             projects: { shop: { services: { api: } } } }""",
        None,
        """
        name: shop
        services:
          api:
            image: api:live4
            build: { context: ., target: production, args: { MODE: dev, COLOUR: blue } }
            container_name: shop-api
            pull_policy: never
            init: true
        """),
}

MODELS = {
    "adds-model": (
        "projects: { shop: { models: { llm: { model: ai/smollm2 } }, services: { cache: { models: [llm] } } } }",
        "{ models: { llm: { model: ai/smollm2 } }, services: { cache: { models: [llm] } } }"),
    "merges-model": (
        "projects: { shop: { models: { small: { context_size: 4096, runtime_flags: [--b] } } } }",
        "models: { small: { context_size: 4096, runtime_flags: [--b] } }"),
    "removes-model": (
        "projects: { shop: { models: { small: !reset null }, services: { api: { models: !reset [] } } } }",
        "{ models: { small: !reset null }, services: { api: { models: !reset [] } } }"),
}


def with_models():
    """The manifest, the base and the operations with models."""
    use, model = "models: { small: { endpoint_var: URL } }", "models: { small: { model: ai/small, runtime_flags: [--a] } }"
    manifest = MANIFEST.replace("        depends_on: [cache]\n", f"        depends_on: [cache]\n        {use}\n")
    base = BASE.replace("    depends_on: [cache]\n", f"    depends_on: [cache]\n    {use}\n")
    return (manifest.replace("    secrets: { token:", f"    {model}\n    secrets: {{ token:"), f"{base}{model}\n",
            {**OPERATIONS, **MODELS})


def config(folder, *files):
    """What Compose makes of files, without what it was read from; or what it says against them."""
    words = COMPOSE + [word for file in files for word in ("-f", file)] + ["--profile", "*", "config", "--format", "json"]
    result = processes.run(words, cwd=folder, env={**os.environ, "TOKEN": "x"})
    return json.loads(result.stdout) if result.returncode == 0 else result.stderr


def main():
    version = processes.run([*COMPOSE, "version", "--short"])
    if version.returncode != 0:
        print("SKIPPED: docker compose does not run here")
        return 1 if os.environ.get("CI") == "true" else 0
    failed = 0
    number = re.match(r"v?(\d+)\.(\d+)", version.stdout.strip())
    knows_models = number and tuple(map(int, number.groups())) >= (2, 38)
    stated, by_hand, operations = with_models() if knows_models else (MANIFEST, BASE, OPERATIONS)
    with tempfile.TemporaryDirectory(prefix="bayplan overlays ") as scratch:
        root = Path(scratch)
        shop = root / "shop"
        (shop / "app").mkdir(parents=True)
        for folder in [shop, shop / "app"]:
            (folder / "Dockerfile").write_text(
                "FROM scratch AS development\nARG MODE\nARG COLOUR\nFROM scratch AS production\nARG MODE\nARG COLOUR\n")
        manifest = root / "strategy.yaml"
        manifest.write_text(stated)
        compiled = processes.run([BAYPLAN, "compile", "--force"], cwd=root)
        if compiled.returncode != 0:
            raise SystemExit(compiled.stderr)
        development = (shop / "docker-compose.yml").read_bytes()
        environments = "".join(f"  {name}: {textwrap.dedent(case[0]).strip()}\n" if case[0].startswith("{")
                               else f"  {name}: {{ {case[0]} }}\n" for name, case in operations.items())
        manifest.write_text(stated + "environments:\n" + environments)
        compiled = processes.run([BAYPLAN, "compile", "--force"], cwd=root)
        if compiled.returncode != 0:
            raise SystemExit(compiled.stderr)
        if (shop / "docker-compose.yml").read_bytes() != development:
            failed += 1
            print("FAILED  development's file is another one with environments")
        (shop / "base.yml").write_text(by_hand)
        if config(shop, "base.yml") != config(shop, "docker-compose.yml"):
            failed += 1
            print(f"FAILED  development\n{config(shop, 'base.yml')}\n{config(shop, 'docker-compose.yml')}")
        for name, case in operations.items():
            whole = case[1] is None
            (shop / f"{name}.yml").write_text(textwrap.dedent(case[2] if whole else case[1]).strip() + "\n")
            theirs = config(shop, *([] if whole else ["base.yml"]), f"{name}.yml")
            ours = config(shop, f"docker-compose.{name}.yml")
            if ours != theirs or isinstance(ours, str):
                failed += 1
                print(f"FAILED  {name}\n  by hand: {json.dumps(theirs)}\n  bayplan: {json.dumps(ours)}")
    print(f"overlays: {len(operations)} operations, {failed} failed" + ("" if knows_models else "; models are not known here"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
