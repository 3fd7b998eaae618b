FROM worker-runtime:latest
ENV SERVICE=reminder-worker
COPY reminder-worker/remind /bin/job
