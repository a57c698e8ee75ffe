#include "mock/replay.h"

#include "fixtures/basics.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { THREADS = 8, IDS = 200 };

static void first_wins_until_then(void **state)
{
    struct replay *replay = replay_new();

    (void)state;
    assert_true(replay_take(replay, "a", "1", 100, 0));
    assert_false(replay_take(replay, "a", "1", 100, 0));
    assert_false(replay_take(replay, "a", "1", 100, 99));
    assert_true(replay_take(replay, "b", "1", 100, 0));
    assert_true(replay_take(replay, "a", "2", 100, 0));
    assert_true(replay_take(replay, "a", "1", 300, 100));
    assert_false(replay_take(replay, "a", "1", 300, 200));
    replay_clear(replay);
    assert_true(replay_take(replay, "a", "1", 300, 200));
    replay_free(replay);
    replay_free(NULL);
}

static void oldest_is_forgotten(void **state)
{
    struct replay *replay = replay_new();
    char id[16];

    (void)state;
    for (int i = 0; i <= REPLAYS; i++) {
        snprintf(id, sizeof id, "%d", i);
        assert_true(replay_take(replay, "a", id, 100, 0));
    }
    assert_false(replay_take(replay, "a", "1", 100, 0));
    assert_true(replay_take(replay, "a", "0", 100, 0));
    replay_free(replay);
}

struct crowd {
    struct replay *replay;
    _Atomic int winners;
};

static void *take_all(void *given)
{
    struct crowd *crowd = given;
    char id[16];

    for (int i = 0; i < IDS; i++) {
        snprintf(id, sizeof id, "%d", i);
        if (replay_take(crowd->replay, "a", id, 100, 0))
            atomic_fetch_add(&crowd->winners, 1);
    }
    return NULL;
}

static void one_of_many_wins(void **state)
{
    struct crowd crowd = {.replay = replay_new()};
    pthread_t threads[THREADS];

    (void)state;
    for (size_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, take_all, &crowd);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&crowd.winners), IDS);
    replay_free(crowd.replay);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_wins_until_then),
        cmocka_unit_test(oldest_is_forgotten),
        cmocka_unit_test(one_of_many_wins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
