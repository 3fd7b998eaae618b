ARG RUNTIME=http-runtime:latest
FROM ${RUNTIME}
ENV SERVICE=loan-api
COPY loan-api/ .
