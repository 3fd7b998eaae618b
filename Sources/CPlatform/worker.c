#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "worker.h"

struct worker {
    pthread_t thread;
    void (*work)(void *);
    void *context;
};

static void *run(void *argument) {
    struct worker *worker = argument;
    worker->work(worker->context);
    return NULL;
}

struct worker *start_worker(void (*work)(void *), void *context) {
    struct worker *worker = malloc(sizeof *worker);
    if (worker == NULL) return NULL;
    worker->work = work;
    worker->context = context;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    // musl gives a thread 128 KiB otherwise; the first thread has this much on Linux.
    pthread_attr_setstacksize(&attributes, 8 << 20);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failure = pthread_create(&worker->thread, &attributes, run, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (failure == 0) return worker;
    free(worker);
    return NULL;
}

void join_worker(struct worker *worker) {
    pthread_join(worker->thread, NULL);
    free(worker);
}
