/// The guide's own workspace, as the complete example of the manifest's specification has it.
let guideManifest = """
    # yaml-language-server: $schema=../../schemas/strategy.schema.json
    version: 1
    name: zixly

    images:
      trading-api:
        description: FastAPI trading service
        owner: trading
        build:
          context: .
          dockerfile: Dockerfile.api
          target: development
        service:                       # defaults for every container of this image
          healthcheck:
            test: [CMD, curl, -f, http://localhost:8000/health]
            interval: 30s
      arq-worker:
        description: Trading async job processing
        owner: trading
        build: { context: ., dockerfile: Dockerfile.api, target: development }
      webhook-receiver:
        description: Webhook ingestion service
        owner: zixly
        build: ./services/webhook-receiver
      pipeline-worker:
        description: Job processing service
        owner: zixly
        build: ./services/pipeline-worker
      redis:
        description: Queue
        pull: redis:7-alpine

    projects:
      trading:
        path: trading
        container_name: "{service}"    # the owner's own containers carry no prefix
        services:
          trading-api:
            ports: ["127.0.0.1:8000:8000"]
          arq-worker:
      zixly:
        path: zixly
        profiles: ["{owner}"]          # trading-api gets the profile trading, webhook-receiver the profile zixly
        services:
          trading-api:
            ports: ["127.0.0.1:8100:8000"]
          arq-worker:
            depends_on: [redis]
          webhook-receiver:
            ports: ["127.0.0.1:8081:8080"]
          pipeline-worker:
          redis:
            profiles: [trading]
        volumes:
          pipeline-data:

    environments:
      production:
        registry: ghcr.io/colemorton/zixly
        tag: "1.2.3"

    """
