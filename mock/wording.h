/* Turns what was decided into what is said. */
#ifndef MOCK_WORDING_H
#define MOCK_WORDING_H

#include "mock/call.h"

/* Status, body and headers of a refused call, in the words of its gateway and family. */
void wording_tell(struct call *call);

/* 204 with Allow: which methods the path knows is told to anybody. */
void wording_options(struct call *call);

/* The message of a wording with its {…} filled in, to be freed. */
char *wording_fill(const struct call *call, const char *message);

/* `text` cut to fit, with keys masked and what is not printable ASCII as '?'. */
void text_plain(const char *text, char *plain, size_t size);

#endif
