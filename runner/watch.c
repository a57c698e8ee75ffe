#include "runner/watch.h"

#include "fixtures/basics.h"
#include "runner/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 2000, TICK_MS = 200 };

/* Shared by the run and the watching thread; what both touch is atomic. */
struct watch {
    pthread_t thread;
    sigset_t signals;
    int terminal; /* stderr, kept from whoever redirects it meanwhile; -1: no terminal */
    atomic_size_t total, done;
    _Atomic(const char *) doing;
    atomic_bool interrupted, told;
};

static void tell_progress(struct watch *watch)
{
    const char *doing = atomic_load(&watch->doing);

    dprintf(watch->terminal, "\r\033[K%s: %zu of %zu checks", doing ? doing : "starting",
            atomic_load(&watch->done), atomic_load(&watch->total));
    atomic_store(&watch->told, true);
}

static void interrupt(struct watch *watch)
{
    if (atomic_exchange(&watch->interrupted, true))
        _exit(EXIT_INTERRUPTED);
    dprintf(STDERR_FILENO, "\ngatemark: stopping after this check (once more: at once)\n");
}

static void *keep_watch(void *argument)
{
    struct watch *watch = argument;
    struct timespec tick = {.tv_nsec = TICK_MS * 1000000};

    for (int waited_ms = 0;;) {
        int caught = sigtimedwait(&watch->signals, NULL, &tick);
        if (caught == SIGUSR1)
            return NULL;
        if (caught == SIGINT || caught == SIGTERM) {
            interrupt(watch);
        } else if (errno == EAGAIN && watch->terminal >= 0) {
            waited_ms = waited_ms < QUIET_MS ? waited_ms + TICK_MS : waited_ms;
            if (waited_ms >= QUIET_MS)
                tell_progress(watch);
        }
    }
}

struct watch *watch_start(void)
{
    struct watch *watch = must(calloc(1, sizeof *watch));

    watch->terminal = isatty(STDERR_FILENO) ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) : -1;
    sigemptyset(&watch->signals);
    sigaddset(&watch->signals, SIGINT);
    sigaddset(&watch->signals, SIGTERM);
    sigaddset(&watch->signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &watch->signals, NULL);
    if (pthread_create(&watch->thread, NULL, keep_watch, watch) != 0)
        must(NULL);
    return watch;
}

void watch_expect(struct watch *watch, size_t total)
{
    atomic_store(&watch->total, total);
}

void watch_step(struct watch *watch, const char *doing)
{
    atomic_store(&watch->doing, doing);
    atomic_fetch_add(&watch->done, 1);
}

bool watch_interrupted(const struct watch *watch)
{
    return atomic_load(&watch->interrupted);
}

void watch_stop(struct watch *watch)
{
    if (!watch)
        return;
    pthread_kill(watch->thread, SIGUSR1);
    pthread_join(watch->thread, NULL);
    if (atomic_load(&watch->told))
        dprintf(watch->terminal, "\r\033[K");
    if (watch->terminal >= 0)
        close(watch->terminal);
    free(watch);
}
