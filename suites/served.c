#include "suites/served.h"

#include "suites/client.h"

static bool absent(const struct exchange *x)
{
    return x->status == 404 || x->status == 405 || x->status == 501;
}

/* Its requests are no row's evidence: they belong to a check that nobody sees. */
static bool probe(const struct target *target, const struct route *route)
{
    static const struct requirement looking = {.id = "served"};
    struct check unseen = {.requirement = &looking, .target = target, .outcome = PASSED};
    const char *secret = route->writes ? NULL : target_key(target, route->key);

    bool served =
        !absent(check_attempt(&unseen, (struct attempt){.route = route, .manner = NOT_AT_ALL}));
    if (!served && secret)
        served =
            !absent(check_attempt(&unseen, (struct attempt){.route = route, .secret = secret}));
    check_close(&unseen);
    return served;
}

bool route_served(const struct target *target, const struct route *route)
{
    if (target->control_url)
        return true;
    enum known *known = client_memory(target->client, route);
    if (*known == NOT_KNOWN)
        *known = probe(target, route) ? KNOWN_SERVED : KNOWN_ABSENT;
    return *known == KNOWN_SERVED;
}
