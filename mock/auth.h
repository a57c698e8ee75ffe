/* Who is asking, and may they? No I/O, no clock of its own. */
#ifndef MOCK_AUTH_H
#define MOCK_AUTH_H

#include "mock/call.h"

/* Finds the credential and its key; refuses unless that is good at the call's time. */
void auth_identify(struct call *call);

/* Refuses when the key's kind or permissions do not cover what the endpoint needs. */
void auth_permit(struct call *call);

#endif
