/* The service accounts, issuers and rules that token exchange goes by. */
#ifndef MOCK_FEDERATION_H
#define MOCK_FEDERATION_H

#include "fixtures/basics.h"
#include "mock/identity.h"

#include <jansson.h>

enum resource { SERVICE_ACCOUNTS, FEDERATION_ISSUERS, FEDERATION_RULES };
enum { RESOURCES = FEDERATION_RULES + 1 };

enum archiving { ARCHIVED, ARCHIVE_UNKNOWN, ARCHIVE_IN_USE };

struct federation;

/* As fixtures/identity/federation.json has them; NULL with *problem set. */
struct federation *federation_new(struct identity *identity, struct problem *problem);
void federation_free(struct federation *federation);

/* Back to what the file has. */
void federation_reset(struct federation *federation);

/* organization_id, default_workspace_id and audience; constant. */
const json_t *federation_organization(const struct federation *federation);

/* A copy of the one with this id, owned by the caller; NULL when there is none. */
json_t *federation_find(struct federation *federation, enum resource resource, const char *id);

/* Copies of all, oldest first, in an array owned by the caller. */
json_t *federation_list(struct federation *federation, enum resource resource);

/* Keeps `object` under an id that it draws, and gives back a copy, owned by the caller; NULL when
 * its name is taken. Takes `object`. */
json_t *federation_add(struct federation *federation, enum resource resource, json_t *object);

/* Archives the one with this id, unless a live rule needs it; archiving again changes nothing. */
enum archiving federation_archive(struct federation *federation, enum resource resource,
                                  const char *id, const char *at);

/* service_account, federation_issuer, federation_rule */
const char *resource_type(enum resource resource);

#endif
