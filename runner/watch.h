/* Watches over a run: Ctrl-C asks it to end, and progress is told on a terminal. */
#ifndef RUNNER_WATCH_H
#define RUNNER_WATCH_H

#include <stdbool.h>
#include <stddef.h>

struct watch;

/* From here on SIGINT and SIGTERM are taken by the watch alone, so call it before any thread is
 * started. The second of them ends the program at once. */
struct watch *watch_start(void);

/* Says how many steps there will be. */
void watch_expect(struct watch *watch, size_t total);

/* One more step is done; `doing` (a constant text) names what comes next. */
void watch_step(struct watch *watch, const char *doing);

/* Somebody asked the run to end. */
bool watch_interrupted(const struct watch *watch);

/* Ends the watching and wipes the progress line. */
void watch_stop(struct watch *watch);

#endif
