/* The wire protocols: how each words an error when a gateway has no words of its own. */
#ifndef MOCK_FAMILIES_FAMILIES_H
#define MOCK_FAMILIES_FAMILIES_H

#include "mock/call.h"

extern const struct wording openai_wordings[FAULT_COUNT], anthropic_wordings[FAULT_COUNT],
    gemini_wordings[FAULT_COUNT];

/* {"error":{"message","type","param","code"}} */
json_t *openai_error_body(const struct call *call, const struct wording *wording,
                          const char *message);

/* {"type":"error","error":{"type","message"},"request_id"} */
json_t *anthropic_error_body(const struct call *call, const struct wording *wording,
                             const char *message);

/* {"error":{"code","message","status","details"}}: google.rpc.Status over JSON */
json_t *gemini_error_body(const struct call *call, const struct wording *wording,
                          const char *message);

/* Judges anthropic-version and anthropic-beta on the family's routes. */
void anthropic_judge_versions(struct call *call);

/* Does the request ask for a version in which sampling parameters are gone? */
bool anthropic_without_sampling(const struct request *request);

#endif
