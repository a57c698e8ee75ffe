/* Everything about one request on its way through the mock. */
#ifndef MOCK_CALL_H
#define MOCK_CALL_H

#include "mock/assertion.h"
#include "mock/catalogue.h"
#include "mock/credential.h"
#include "mock/endpoint.h"
#include "mock/grant.h"

struct mock;
struct deviation;

enum { CALL_ARGUMENTS = 2, CALL_ARGUMENT_TEXT = 160, CALL_REQUEST_ID = 128, DETAIL_TEXT = 320 };

/* Who is asking, and may they? The reason goes to the journal, never onto the wire. */
struct decision {
    enum fault fault;
    char reason[REASON_TEXT];
    char param[96];           /* the field it is about, or "" */
    char detail[DETAIL_TEXT]; /* what was expected of it, or "" */
    struct key *key;          /* NULL: nobody */
};

/* Borrowed by handlers for the length of the call; lives in mock_answer(). */
struct call {
    struct mock *mock;
    const struct request *request;
    int64_t now_ms;
    const struct deviation *deviation; /* the lie asked for, or NULL */
    bool deviated;                     /* it changed something */
    const struct gateway *gateway;
    const char *path;                                   /* below the mount */
    const struct endpoint *endpoint;                    /* NULL: none */
    enum family family;                                 /* whose words this answer uses */
    char arguments[CALL_ARGUMENTS][CALL_ARGUMENT_TEXT]; /* what the endpoint's {…} matched */
    struct credential credential;
    struct decision decision;
    struct room room;
    json_t *body;
    struct assertion assertion; /* to be exchanged, and what for; else all zero */
    struct grant grant;
    const struct model *model; /* the one asked for, or NULL */
    const char *model_name;    /* as asked; points into the body or the arguments */
    char request_id[CALL_REQUEST_ID];
    struct response *response; /* the caller's */
};

/* Records why the call is refused. The first refusal stands; later ones are its consequences. */
__attribute__((format(printf, 3, 4))) void call_refuse(struct call *call, enum fault fault,
                                                       const char *reason, ...);

/* The same about one field of the body or query. */
__attribute__((format(printf, 4, 5))) void
call_refuse_field(struct call *call, enum fault fault, const char *param, const char *detail, ...);

/* The text of the last user message of this family's body, or "". */
const char *call_last_text(const struct call *call);

/* Books what an answer costs and says so in usage: tokens in and out of the call's model. */
void call_spend(const struct call *call, int64_t input_tokens, int64_t output_tokens);

/* A query parameter as a whole number within bounds; `fallback` when absent; refuses otherwise. */
int64_t call_parameter(struct call *call, const char *name, int64_t fallback, int64_t least,
                       int64_t most);

/* An id of base 62 for the answer; lives as long as the buffer. */
const char *call_draw(const struct call *call, const char *prefix, size_t length, char *text,
                      size_t size);

#endif
