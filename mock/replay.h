/* Which assertions have been exchanged already. Bounded. */
#ifndef MOCK_REPLAY_H
#define MOCK_REPLAY_H

#include <stdbool.h>
#include <stdint.h>

enum { REPLAYS = 8192 };

struct replay;

struct replay *replay_new(void);
void replay_free(struct replay *replay);
void replay_clear(struct replay *replay);

/* True for the first of all callers with this id of this issuer, false for the others until
 * `until_ms` has passed. Of more than REPLAYS, the oldest is forgotten. */
bool replay_take(struct replay *replay, const char *issuer, const char *id, int64_t until_ms,
                 int64_t now_ms);

#endif
