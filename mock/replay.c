#include "mock/replay.h"

#include "fixtures/basics.h"
#include "mock/identity.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct seen {
    unsigned char digest[DIGEST_BYTES];
    int64_t until_ms;
};

struct replay {
    pthread_mutex_t lock; /* guards everything below */
    uint64_t count;
    struct seen ring[REPLAYS];
};

struct replay *replay_new(void)
{
    struct replay *replay = must(calloc(1, sizeof *replay));

    pthread_mutex_init(&replay->lock, NULL);
    return replay;
}

void replay_free(struct replay *replay)
{
    if (!replay)
        return;
    pthread_mutex_destroy(&replay->lock);
    free(replay);
}

void replay_clear(struct replay *replay)
{
    pthread_mutex_lock(&replay->lock);
    replay->count = 0;
    pthread_mutex_unlock(&replay->lock);
}

bool replay_take(struct replay *replay, const char *issuer, const char *id, int64_t until_ms,
                 int64_t now_ms)
{
    /* The line end keeps issuer and id apart: no issuer_url holds one. */
    char *name = format_text("%s\n%s", issuer, id);
    struct seen taken = {.until_ms = until_ms};
    bool first = true;

    identity_digest(name, strlen(name), taken.digest);
    free(name);
    pthread_mutex_lock(&replay->lock);
    size_t known = replay->count < REPLAYS ? (size_t)replay->count : REPLAYS;
    for (size_t i = 0; i < known && first; i++)
        first = replay->ring[i].until_ms <= now_ms ||
                memcmp(replay->ring[i].digest, taken.digest, DIGEST_BYTES) != 0;
    if (first)
        replay->ring[replay->count++ % REPLAYS] = taken;
    pthread_mutex_unlock(&replay->lock);
    return first;
}
