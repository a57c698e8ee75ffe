/* The endpoints under /_gatemark/: health, clock, credentials, journal, reset. */
#ifndef MOCK_CONTROL_H
#define MOCK_CONTROL_H

#include "mock/mock.h"

enum { CONTROL_BODY_LIMIT = 1 << 16 };

bool control_owns(const char *path);

/* Answers such a request and journals it. */
void control_answer(struct mock *mock, const struct request *request, uint64_t number,
                    int64_t now_ms, struct response *response);

/* Puts a gateway's test keys from fixtures/credentials.json into the keyring. */
bool control_load_keys(struct mock *mock, const struct gateway *gateway, struct problem *problem);

#endif
