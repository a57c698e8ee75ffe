/* What lies are made of. For the tables of this folder only. */
#ifndef MOCK_DEVIATIONS_LIES_H
#define MOCK_DEVIATIONS_LIES_H

#include "mock/deviations.h"
#include "mock/mock.h"

extern const struct deviation auth_deviations[], challenge_deviations[], connection_deviations[],
    http_deviations[], envelope_deviations[], keys_deviations[], limits_deviations[],
    request_id_deviations[], answers_deviations[], openrouter_deviations[], claude_deviations[],
    tasks_deviations[], stream_deviations[], openai_deviations[], gemini_deviations[],
    openrouter_keys_deviations[], token_deviations[];

/* Seam 1: takes the refusal back when its fault is this one. */
bool lie_admit(struct call *call, enum fault fault);

/* Seam 1: refuses a call that was admitted so far. */
bool lie_refuse(struct call *call, enum fault fault);

/* Seam 1: a refusal for this fault becomes one for that. */
bool lie_swap(struct call *call, enum fault fault, enum fault other);

/* Does the endpoint's path end so? False when there is no endpoint. */
bool lie_at(const struct call *call, const char *ending);

/* Does the call come with this method to an endpoint whose path ends so? */
bool lie_in(const struct call *call, const char *method, const char *ending);

/* The value of the request's header, or "". */
const char *lie_header(const struct call *call, const char *name);

/* Puts the JSON text `value` at a dotted path, or takes the field away when NULL; '*' stands for
 * every item of an array. False when the path leads nowhere. */
bool lie_set(json_t *body, const char *path, const char *value);

/* The value at a dotted path, or NULL. */
json_t *lie_get(json_t *body, const char *path);

/* Is this the gateway of that name? */
bool lie_from(const struct call *call, const char *gateway);

/* A success with a JSON body, of this method and path. */
bool lie_answers(const struct call *call, const char *method, const char *ending);

/* A refusal with a JSON body, of this gateway (NULL: of any). */
bool lie_refuses(const struct call *call, const char *gateway);

/* Was the caller's key made through the gateway's own API? */
bool lie_by_api(const struct call *call);

/* Is the call about token exchange: the exchange, what it goes by, or a token? Its own table lies
 * about those. */
bool lie_of_tokens(const struct call *call);

/* Does the query hold this? */
bool lie_asks(const struct call *call, const char *part);

/* Seam 2: puts `value` at a path of the answer. Takes `value`. */
bool lie_put(struct call *call, const char *path, json_t *value);
bool lie_put_text(struct call *call, const char *path, const char *text);
bool lie_add(struct call *call, const char *path, json_int_t more);
bool lie_has_text(const struct call *call, const char *path, const char *text);

/* Seam 2: changes every item of the array at a path. */
bool lie_each(struct call *call, const char *path,
              void (*change)(const struct call *call, json_t *item));

/* Seam 2: which event of a stream is the first with something other than null at `path`, or, as
 * "path=text", with that text; the number of events when there is none. */
size_t lie_event(const struct call *call, const char *path);

/* Seam 2: another status; the second and third only when that fault, or that field, was refused. */
bool lie_set_status(struct call *call, int status);
bool lie_pretend(struct call *call, enum fault fault, int status);
bool lie_pretend_param(struct call *call, const char *param, int status);

#endif
