#include "suites/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char sse[] = "text/event-stream";
static const char plain[] = "application/json";
static const char with_usage[] = "{\"stream_options\": {\"include_usage\": true}}";

/* The route that streams Gemini's answers, framed as server-sent events. */
static bool need_gemini(struct check *check, const char *fields, struct reading *reading)
{
    return need_stream_with(check, "stream-content", fields, NULL, "alt=sse", reading);
}

static bool need_family(struct check *check, const char *route, struct reading *reading)
{
    return strcmp(route, "stream-content") == 0 ? need_gemini(check, NULL, reading)
                                                : need_stream(check, route, NULL, reading);
}

/* What all families share */

static void expect_type(struct check *check, const char *route)
{
    struct reading reading;

    if (need_family(check, route, &reading))
        expect_media_type(check, reading.x, sse);
    reading_close(&reading);
}

static void expect_unnamed(struct check *check, const char *route)
{
    struct reading reading;

    if (need_family(check, route, &reading))
        for (size_t i = 0; i < reading.count; i++)
            expect_that(check, !reading.items[i].name, reading.x,
                        "expected no event: line, got %.80s", reading.items[i].name);
    reading_close(&reading);
}

static void expect_names(struct check *check, const char *route)
{
    struct reading reading;

    need_family(check, route, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        const struct heard *heard = &reading.items[i];
        const char *type = heard->json ? expect_heard_string(check, &reading, heard, "type") : NULL;
        if (type)
            expect_that(check, heard->name && strcmp(heard->name, type) == 0, reading.x,
                        "expected the event of type %s to have its name, got %.80s", type,
                        heard->name ? heard->name : "none");
    }
    reading_close(&reading);
}

static void expect_no_done(struct check *check, const char *route)
{
    struct reading reading;

    need_family(check, route, &reading);
    for (size_t i = 0; i < reading.count; i++)
        expect_that(check, strcmp(reading.items[i].data, "[DONE]") != 0, reading.x,
                    "expected no [DONE], got one");
    reading_close(&reading);
}

/* A request that cannot be answered is refused before there is a stream. */
static void expect_plain_error(struct check *check, const char *name, const char *query)
{
    const struct route *route = need_route(check, name);
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (!secret)
        return;
    const struct exchange *x = check_attempt(
        check, (struct attempt){
                   .route = route, .secret = secret, .body = "{\"stream\": true}", .query = query});
    if (!need_refusal(check, x))
        return;
    expect_media_type(check, x, plain);
    expect_that(check, x->json != NULL, x, "expected an error in JSON");
}

static void refused_key_plain(struct check *check, const char *name)
{
    const struct route *route = need_route(check, name);
    const char *secret = route ? need_key(check, "revoked") : NULL;
    json_t *request = secret ? need_spoken(check, name, "{\"stream\": true}") : NULL;

    if (!request)
        return;
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = route, .secret = secret, .json = request});
    json_decref(request);
    if (!need_refusal(check, x))
        return;
    expect_media_type(check, x, plain);
    expect_that(check, x->json != NULL, x, "expected an error in JSON");
}

/* Official clients accept JSON when they ask for a stream. */
static void expect_stream_for_json(struct check *check, const char *name)
{
    const struct route *route = need_route(check, name);
    const char *secret = route ? need_key(check, route->key) : NULL;
    json_t *request = secret ? need_spoken(check, name, "{\"stream\": true}") : NULL;
    struct reading reading = {0};

    if (!request)
        return;
    const struct exchange *x =
        check_attempt(check, (struct attempt){.route = route,
                                              .secret = secret,
                                              .json = request,
                                              .headers = {"Accept: application/json"}});
    json_decref(request);
    if (need_success(check, x)) {
        reading_fill(&reading, x);
        expect_that(check, reading.count > 0, x, "expected a stream, but no event came");
    }
    reading_close(&reading);
}

/* The text of two whole answers to what need_spoken() asks, when both are the same: then a stream
 * must say it, too. */
static const char *need_steady_text(struct check *check, const char *route, const char *path)
{
    const struct exchange *pair[2] = {NULL, NULL};
    const char *texts[2];

    for (size_t i = 0; i < COUNT(pair); i++) {
        json_t *request = need_spoken(check, route, NULL);
        pair[i] = request ? need_answer(check, route, request) : NULL;
        texts[i] = pair[i] ? need_text(check, pair[i], path) : NULL;
        if (!texts[i] || !need_that(check, *texts[i], pair[i], "needed an answer with words"))
            return NULL;
    }
    return need_that(check, strcmp(texts[0], texts[1]) == 0, pair[1],
                     "needed a gateway that answers the same twice")
               ? texts[0]
               : NULL;
}

static void expect_text_as_whole(struct check *check, const char *route, const char *whole,
                                 const char *piece)
{
    const char *wanted = need_steady_text(check, route, whole);
    struct reading reading = {0};

    if (wanted && need_stream(check, route, NULL, &reading)) {
        char *text = reading_text(&reading, piece);
        expect_that(check, strcmp(text, wanted) == 0, reading.x,
                    "expected the pieces to say \"%.80s\", got \"%.80s\"", wanted, text);
        free(text);
    }
    reading_close(&reading);
}

/* The same prompt counts the same, streamed or not. */
static void expect_prompt_as_whole(struct check *check, const char *route, const char *whole,
                                   const struct reading *reading, const struct heard *heard,
                                   const char *path)
{
    json_t *request = need_spoken(check, route, NULL);
    const struct exchange *x = request ? need_answer(check, route, request) : NULL;
    json_int_t counted;
    double wanted;

    if (x && need_number(check, x, whole, &wanted) &&
        expect_heard_integer(check, reading, heard, path, &counted))
        expect_that(check, counted == (json_int_t)wanted, reading->x,
                    "expected %.0f tokens at %s, as in the whole answer, got %lld", wanted, path,
                    (long long)counted);
}

static void expect_heard_sum(struct check *check, const struct reading *reading,
                             const struct heard *heard, const char *in, const char *out,
                             const char *total)
{
    json_int_t first, second, sum;

    if (expect_heard_integer(check, reading, heard, in, &first) &&
        expect_heard_integer(check, reading, heard, out, &second) &&
        expect_heard_integer(check, reading, heard, total, &sum))
        expect_that(check, first >= 0 && second >= 0 && first + second == sum, reading->x,
                    "expected %s to be %lld + %lld, got %lld", total, (long long)first,
                    (long long)second, (long long)sum);
}

/* Every route of the target that streams server-sent events, until a finding. */
static void on_each_stream(struct check *check,
                           void (*look)(struct check *check, const struct reading *reading))
{
    static const char *const routes[] = {"chat", "responses", "messages", "stream-content"};
    struct reading reading;
    bool any = false;

    for (size_t i = 0; i < COUNT(routes) && check_open(check); i++) {
        if (!contract_route(check->target->contract, routes[i]))
            continue;
        any = true;
        if (need_family(check, routes[i], &reading))
            look(check, &reading);
        reading_close(&reading);
    }
    if (!any)
        need_route(check, routes[0]);
}

static void expect_known_lines(struct check *check, const struct reading *reading)
{
    expect_that(check, reading->unknown == 0, reading->x,
                "expected comments and known fields only, got %zu other lines", reading->unknown);
}

static void every_line_is_known(struct check *check)
{
    on_each_stream(check, expect_known_lines);
}

static void expect_finished(struct check *check, const struct reading *reading)
{
    expect_that(check, !reading->unfinished, reading->x,
                "expected an empty line behind the last event, got none");
}

static void last_event_is_whole(struct check *check)
{
    on_each_stream(check, expect_finished);
}

/* OpenAI's chat */

static const json_t *choice_of(const struct heard *heard)
{
    return json_array_get(json_object_get(heard->json, "choices"), 0);
}

static const char *finish_of(const struct heard *heard)
{
    return json_string_value(json_object_get(choice_of(heard), "finish_reason"));
}

static bool says_something(const struct heard *heard)
{
    const char *text = json_string_value(json_at(choice_of(heard), "delta.content"));

    return text && *text;
}

/* The chunk that says why the answer ended; NULL and UNTESTABLE when none does. */
static const struct heard *need_finish(struct check *check, const struct reading *reading)
{
    const struct heard *found = NULL;

    for (size_t i = 0; i < reading->count && !found; i++)
        if (finish_of(&reading->items[i]))
            found = &reading->items[i];
    need_that(check, found != NULL, reading->x, "needed a chunk with a finish_reason");
    return found;
}

static void chat_is_a_stream(struct check *check)
{
    expect_type(check, "chat");
}

static void chat_sends_chunks(struct check *check)
{
    struct reading reading;

    need_stream(check, "chat", NULL, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        const struct heard *heard = &reading.items[i];
        const char *object = json_string_value(json_object_get(heard->json, "object"));
        if (strcmp(heard->data, "[DONE]") != 0)
            expect_that(check, object && strcmp(object, "chat.completion.chunk") == 0, reading.x,
                        "expected a chat.completion.chunk, got %.120s", heard->data);
    }
    reading_close(&reading);
}

static void chat_names_no_event(struct check *check)
{
    expect_unnamed(check, "chat");
}

/* All chunks have the same value there. */
static void expect_one_value(struct check *check, const char *field)
{
    struct reading reading;
    const json_t *first = NULL;

    need_stream(check, "chat", NULL, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        const struct heard *heard = &reading.items[i];
        const json_t *value = json_object_get(heard->json, field);
        first = first ? first : value;
        if (heard->json)
            expect_that(check, value && json_equal(first, value), reading.x,
                        "expected every chunk to have the first one's %s, got %.120s", field,
                        heard->data);
    }
    reading_close(&reading);
}

static void chat_has_one_id(struct check *check)
{
    expect_one_value(check, "id");
}

static void chat_has_one_moment(struct check *check)
{
    expect_one_value(check, "created");
}

static void chat_has_one_model(struct check *check)
{
    expect_one_value(check, "model");
}

static void chat_begins_with_the_role(struct check *check)
{
    struct reading reading;
    const struct heard *first = NULL;

    need_stream(check, "chat", NULL, &reading);
    for (size_t i = 0; i < reading.count && !first; i++)
        if (choice_of(&reading.items[i]))
            first = &reading.items[i];
    if (first) {
        const char *role = json_string_value(json_at(choice_of(first), "delta.role"));
        expect_that(check, role && strcmp(role, "assistant") == 0, reading.x,
                    "expected the first delta to have the role assistant, got %.200s", first->data);
    }
    reading_close(&reading);
}

static void chat_ends_once(struct check *check)
{
    struct reading reading;
    size_t ends = 0;

    if (need_stream(check, "chat", NULL, &reading)) {
        for (size_t i = 0; i < reading.count; i++)
            ends += finish_of(&reading.items[i]) != NULL;
        expect_that(check, ends == 1, reading.x,
                    "expected exactly one chunk to have a finish_reason, got %zu", ends);
    }
    reading_close(&reading);
}

static void chat_ends_last(struct check *check)
{
    struct reading reading;
    bool ended = false;

    if (need_stream(check, "chat", NULL, &reading) && need_finish(check, &reading))
        for (size_t i = 0; i < reading.count; i++) {
            expect_that(check, !ended || !says_something(&reading.items[i]), reading.x,
                        "expected no text behind the finish_reason, got some");
            ended |= finish_of(&reading.items[i]) != NULL;
        }
    reading_close(&reading);
}

static void chat_says_why_it_ended(struct check *check)
{
    static const char words[] = "|stop|length|tool_calls|content_filter|function_call|error|";
    struct reading reading;
    const struct heard *end = NULL;

    if (need_stream(check, "chat", NULL, &reading) && (end = need_finish(check, &reading))) {
        char *word = format_text("|%s|", finish_of(end));
        expect_that(check, strstr(words, word) != NULL, reading.x,
                    "expected a documented finish_reason, got %.80s", finish_of(end));
        free(word);
    }
    reading_close(&reading);
}

static void chat_cut_short_says_length(struct check *check)
{
    struct reading reading;
    const struct heard *end = NULL;

    if (need_stream(check, "chat", "{\"max_tokens\": 1}", &reading) &&
        (end = need_finish(check, &reading)))
        expect_that(check, strcmp(finish_of(end), "length") == 0, reading.x,
                    "expected the finish_reason length, got %.80s", finish_of(end));
    reading_close(&reading);
}

static void chat_says_done(struct check *check)
{
    struct reading reading;
    size_t marks = 0;

    if (need_stream(check, "chat", NULL, &reading)) {
        for (size_t i = 0; i < reading.count; i++)
            marks += strcmp(reading.items[i].data, "[DONE]") == 0;
        expect_that(check,
                    marks == 1 && strcmp(reading.items[reading.count - 1].data, "[DONE]") == 0,
                    reading.x, "expected one [DONE], as the last event, got %zu", marks);
    }
    reading_close(&reading);
}

static bool counts(const struct heard *heard)
{
    return json_is_object(json_object_get(heard->json, "usage"));
}

/* NOT_APPLICABLE on OpenRouter, which always counts. */
static bool need_usage_by_option(struct check *check)
{
    if (strcmp(check->target->contract->gateway, "openrouter") != 0)
        return true;
    check_found(check, NOT_APPLICABLE, NULL, "openrouter always sends usage");
    return false;
}

static void chat_counts_only_when_asked(struct check *check)
{
    struct reading reading = {0};

    if (need_usage_by_option(check) && need_stream(check, "chat", NULL, &reading))
        for (size_t i = 0; i < reading.count; i++)
            expect_that(check, !counts(&reading.items[i]), reading.x,
                        "expected no usage, since none was asked for, got %.200s",
                        reading.items[i].data);
    reading_close(&reading);
}

static void expect_usage_last(struct check *check, const struct reading *reading)
{
    const struct heard *last = reading_last(reading);
    const json_t *choices = last ? json_object_get(last->json, "choices") : NULL;

    expect_that(check, last && counts(last) && json_is_array(choices) && !json_array_size(choices),
                reading->x, "expected the last chunk to have usage and no choice, got %.200s",
                last ? last->data : "nothing");
}

static void chat_counts_last(struct check *check)
{
    struct reading reading;

    if (need_stream(check, "chat", with_usage, &reading))
        expect_usage_last(check, &reading);
    reading_close(&reading);
}

static void chat_counts_null_before(struct check *check)
{
    struct reading reading = {0};

    if (need_usage_by_option(check) && need_stream(check, "chat", with_usage, &reading))
        for (size_t i = 0; i < reading.count; i++)
            if (reading.items[i].json && !counts(&reading.items[i]))
                expect_that(check, json_is_null(json_object_get(reading.items[i].json, "usage")),
                            reading.x, "expected usage null until the last chunk, got %.200s",
                            reading.items[i].data);
    reading_close(&reading);
}

/* The chunk with usage; NULL and UNTESTABLE when there is none. */
static const struct heard *need_usage(struct check *check, struct reading *reading)
{
    const struct heard *last =
        need_stream(check, "chat", with_usage, reading) ? reading_last(reading) : NULL;

    if (!last || !need_that(check, counts(last), reading->x, "needed a last chunk with usage"))
        return NULL;
    return last;
}

static void chat_usage_adds_up(struct check *check)
{
    struct reading reading;
    const struct heard *last = need_usage(check, &reading);

    if (last)
        expect_heard_sum(check, &reading, last, "usage.prompt_tokens", "usage.completion_tokens",
                         "usage.total_tokens");
    reading_close(&reading);
}

static void chat_prompt_as_whole(struct check *check)
{
    struct reading reading;
    const struct heard *last = need_usage(check, &reading);

    if (last)
        expect_prompt_as_whole(check, "chat", "usage.prompt_tokens", &reading, last,
                               "usage.prompt_tokens");
    reading_close(&reading);
}

static void chat_text_as_whole(struct check *check)
{
    expect_text_as_whole(check, "chat", "choices.0.message.content", "choices.0.delta.content");
}

static void chat_errors_are_plain(struct check *check)
{
    expect_plain_error(check, "chat", NULL);
}

static void chat_refused_key_is_plain(struct check *check)
{
    refused_key_plain(check, "chat");
}

static void chat_goes_by_the_flag(struct check *check)
{
    expect_stream_for_json(check, "chat");
}

static void chat_does_not_go_by_accept(struct check *check)
{
    const struct route *route = need_route(check, "chat");
    const char *secret = route ? need_key(check, route->key) : NULL;

    if (!secret)
        return;
    const struct exchange *x = check_attempt(
        check, (struct attempt){
                   .route = route, .secret = secret, .headers = {"Accept: text/event-stream"}});
    if (!need_success(check, x))
        return;
    expect_media_type(check, x, plain);
    expect_that(check, x->json != NULL, x, "expected one JSON answer");
}

/* OpenRouter's chat */

static bool need_openrouter(struct check *check, struct reading *reading)
{
    *reading = (struct reading){0};
    return need_gateway(check, "openrouter") && need_stream(check, "chat", NULL, reading);
}

static void openrouter_always_counts(struct check *check)
{
    struct reading reading;

    if (need_openrouter(check, &reading))
        expect_usage_last(check, &reading);
    reading_close(&reading);
}

static void openrouter_names_the_provider(struct check *check)
{
    struct reading reading;

    if (need_openrouter(check, &reading))
        for (size_t i = 0; i < reading.count; i++)
            if (reading.items[i].json)
                expect_heard_string(check, &reading, &reading.items[i], "provider");
    reading_close(&reading);
}

static void openrouter_says_the_native_reason(struct check *check)
{
    struct reading reading;
    const struct heard *end = NULL;

    if (need_openrouter(check, &reading) && (end = need_finish(check, &reading)))
        expect_heard_string(check, &reading, end, "choices.0.native_finish_reason");
    reading_close(&reading);
}

static void openrouter_fingerprint_is_text(struct check *check)
{
    struct reading reading;

    if (need_openrouter(check, &reading))
        for (size_t i = 0; i < reading.count; i++) {
            const json_t *print = json_object_get(reading.items[i].json, "system_fingerprint");
            expect_that(check, !print || json_is_string(print), reading.x,
                        "expected system_fingerprint to be a text or absent, got %.200s",
                        reading.items[i].data);
        }
    reading_close(&reading);
}

static void openrouter_tells_the_generation(struct check *check)
{
    struct reading reading;

    if (need_openrouter(check, &reading))
        expect_header(check, reading.x, "X-Generation-Id");
    reading_close(&reading);
}

static void openrouter_ids_are_generations(struct check *check)
{
    struct reading reading;

    if (need_openrouter(check, &reading)) {
        const struct heard *last = reading_last(&reading);
        const char *id = last ? expect_heard_string(check, &reading, last, "id") : NULL;
        if (id)
            expect_that(check, begins(id, "gen-"), reading.x,
                        "expected the id to begin with gen-, got %.80s", id);
    }
    reading_close(&reading);
}

/* OpenAI's responses */

static bool need_responses(struct check *check, const char *fields, struct reading *reading)
{
    return need_stream(check, "responses", fields, reading);
}

static void responses_are_a_stream(struct check *check)
{
    expect_type(check, "responses");
}

static void responses_name_events(struct check *check)
{
    expect_names(check, "responses");
}

static void responses_say_no_done(struct check *check)
{
    expect_no_done(check, "responses");
}

static void responses_are_numbered(struct check *check)
{
    struct reading reading;
    json_int_t number, next = 0;

    need_responses(check, NULL, &reading);
    for (size_t i = 0; i < reading.count; i++)
        if (reading.items[i].json &&
            expect_heard_integer(check, &reading, &reading.items[i], "sequence_number", &number)) {
            expect_that(check, number == next, reading.x,
                        "expected the sequence_number %lld, got %lld", (long long)next,
                        (long long)number);
            next++;
        }
    reading_close(&reading);
}

/* Each of these types comes, the first of each behind the first of the one before. */
static void expect_order(struct check *check, const struct reading *reading,
                         const char *const *types)
{
    const char *before = "the start";
    size_t at = 0;

    for (; *types; types++) {
        size_t found = at;
        while (found < reading->count && strcmp(reading_type_at(reading, found), *types) != 0)
            found++;
        if (!expect_that(check, found < reading->count, reading->x, "expected %s behind %s", *types,
                         before))
            return;
        at = found + 1;
        before = *types;
    }
    const struct heard *last = reading_last(reading);
    const char *type = last ? json_string_value(json_object_get(last->json, "type")) : NULL;
    expect_that(check, type && strcmp(type, before) == 0, reading->x,
                "expected %s to be the last event, got %.80s", before, type ? type : "none");
}

static void responses_keep_their_order(struct check *check)
{
    static const char *const types[] = {"response.created",           "response.in_progress",
                                        "response.output_item.added", "response.content_part.added",
                                        "response.output_text.delta", "response.output_text.done",
                                        "response.content_part.done", "response.output_item.done",
                                        "response.completed",         NULL};
    struct reading reading;

    if (need_responses(check, NULL, &reading))
        expect_order(check, &reading, types);
    reading_close(&reading);
}

/* What output_text.done says; NULL and UNTESTABLE when there is none. */
static const char *need_done_text(struct check *check, const struct reading *reading)
{
    const struct heard *done = reading_type(reading, "response.output_text.done");
    const char *text = done ? json_string_value(json_object_get(done->json, "text")) : NULL;

    need_that(check, text != NULL, reading->x, "needed a response.output_text.done with its text");
    return text;
}

static void responses_deltas_make_the_text(struct check *check)
{
    struct reading reading;
    const char *wanted =
        need_responses(check, NULL, &reading) ? need_done_text(check, &reading) : NULL;

    if (wanted) {
        char *text = reading_text(&reading, "delta");
        expect_that(check, strcmp(text, wanted) == 0, reading.x,
                    "expected the deltas to say \"%.80s\", got \"%.80s\"", wanted, text);
        free(text);
    }
    reading_close(&reading);
}

static void responses_end_with_the_text(struct check *check)
{
    struct reading reading;
    const char *wanted =
        need_responses(check, NULL, &reading) ? need_done_text(check, &reading) : NULL;

    if (wanted) {
        const struct heard *last = reading_last(&reading);
        const json_t *item;
        const char *text = NULL;
        size_t i;
        json_array_foreach(json_at(last->json, "response.output"), i, item)
            if (json_at(item, "content.0.text"))
                text = json_string_value(json_at(item, "content.0.text"));
        expect_that(check, text && strcmp(text, wanted) == 0, reading.x,
                    "expected the last event's response to say \"%.80s\", got \"%.80s\"", wanted,
                    text ? text : "");
    }
    reading_close(&reading);
}

static void responses_have_one_id(struct check *check)
{
    struct reading reading;
    const char *first = NULL;

    need_responses(check, NULL, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        const char *id = json_string_value(json_at(reading.items[i].json, "response.id"));
        first = first ? first : id;
        expect_that(check, !id || strcmp(id, first) == 0, reading.x,
                    "expected the response's id to stay %.80s, got %.80s", first ? first : "",
                    id ? id : "");
    }
    reading_close(&reading);
}

static void responses_deltas_name_their_item(struct check *check)
{
    struct reading reading;

    if (need_responses(check, NULL, &reading)) {
        const struct heard *part = reading_type(&reading, "response.content_part.added");
        const struct heard *delta = reading_type(&reading, "response.output_text.delta");
        const char *wanted = part ? json_string_value(json_at(part->json, "item_id")) : NULL;
        const char *id = delta ? expect_heard_string(check, &reading, delta, "item_id") : NULL;
        if (id && need_that(check, wanted != NULL, reading.x, "needed a content part's item_id"))
            expect_that(check, strcmp(id, wanted) == 0, reading.x,
                        "expected the delta to be of %.80s, got %.80s", wanted, id);
    }
    reading_close(&reading);
}

static void responses_usage_adds_up(struct check *check)
{
    struct reading reading;

    if (need_responses(check, NULL, &reading)) {
        const struct heard *last = reading_last(&reading);
        if (need_that(check, last != NULL, reading.x, "needed an event with JSON"))
            expect_heard_sum(check, &reading, last, "response.usage.input_tokens",
                             "response.usage.output_tokens", "response.usage.total_tokens");
    }
    reading_close(&reading);
}

static const struct heard *need_created(struct check *check, struct reading *reading)
{
    const struct heard *created =
        need_responses(check, NULL, reading) ? reading_type(reading, "response.created") : NULL;

    if (reading->count)
        need_that(check, created != NULL, reading->x, "needed a response.created");
    return created;
}

static void responses_count_at_the_end(struct check *check)
{
    struct reading reading;
    const struct heard *created = need_created(check, &reading);

    if (created) {
        const json_t *usage = json_at(created->json, "response.usage");
        expect_that(check, !usage || json_is_null(usage), reading.x,
                    "expected usage null while the response is in progress");
    }
    reading_close(&reading);
}

static void responses_begin_in_progress(struct check *check)
{
    struct reading reading;
    const struct heard *created = need_created(check, &reading);
    const char *status =
        created ? expect_heard_string(check, &reading, created, "response.status") : NULL;

    if (status)
        expect_that(check, strcmp(status, "in_progress") == 0 || strcmp(status, "queued") == 0,
                    reading.x, "expected the status in_progress at first, got %.80s", status);
    reading_close(&reading);
}

static void responses_cut_short_say_incomplete(struct check *check)
{
    struct reading reading;

    if (need_responses(check,
                       "{\"max_output_tokens\": 16, \"input\": \"Count aloud from one to twenty in "
                       "words, one number after the other, and tell me then why somebody might "
                       "want to count that far.\"}",
                       &reading)) {
        const struct heard *last = reading_last(&reading);
        const char *status =
            last ? json_string_value(json_at(last->json, "response.status")) : NULL;
        if (need_that(check, status && strcmp(status, "incomplete") == 0, reading.x,
                      "needed a response that max_output_tokens cuts short"))
            expect_that(check,
                        strcmp(reading_type_at(&reading, (size_t)(last - reading.items)),
                               "response.incomplete") == 0,
                        reading.x, "expected response.incomplete at the end, got %.120s",
                        last->data);
    }
    reading_close(&reading);
}

static void responses_errors_are_plain(struct check *check)
{
    expect_plain_error(check, "responses", NULL);
}

/* Images */

static bool need_image(struct check *check, struct reading *reading)
{
    return need_stream(check, "images", "{\"partial_images\": 2}", reading);
}

static void images_name_events(struct check *check)
{
    struct reading reading;

    need_image(check, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        const char *name = reading.items[i].name;
        expect_that(check, name && strcmp(name, reading_type_at(&reading, i)) == 0, reading.x,
                    "expected the event to have its type's name, got %.80s", name ? name : "none");
    }
    reading_close(&reading);
}

static void images_number_their_drafts(struct check *check)
{
    struct reading reading;
    json_int_t index, next = 0;

    need_image(check, &reading);
    for (size_t i = 0; i < reading.count; i++)
        if (strcmp(reading_type_at(&reading, i), "image_generation.partial_image") == 0 &&
            expect_heard_integer(check, &reading, &reading.items[i], "partial_image_index",
                                 &index)) {
            expect_that(check, index == next && index < 2, reading.x,
                        "expected at most two partial images, numbered from 0, got %lld",
                        (long long)index);
            next++;
        }
    reading_close(&reading);
}

static void images_end_with_the_image(struct check *check)
{
    struct reading reading;

    if (need_image(check, &reading)) {
        const struct heard *done = reading_type(&reading, "image_generation.completed");
        if (expect_that(check, done && done == reading_last(&reading), reading.x,
                        "expected image_generation.completed to be the last event"))
            expect_heard_string(check, &reading, done, "b64_json");
    }
    reading_close(&reading);
}

/* Anthropic's messages */

static bool need_message(struct check *check, const char *fields, struct reading *reading)
{
    return need_stream(check, "messages", fields, reading);
}

static void messages_are_a_stream(struct check *check)
{
    expect_type(check, "messages");
}

static void messages_name_events(struct check *check)
{
    expect_names(check, "messages");
}

static void messages_say_no_done(struct check *check)
{
    expect_no_done(check, "messages");
}

static void messages_keep_their_order(struct check *check)
{
    static const char *const types[] = {"message_start",
                                        "content_block_start",
                                        "content_block_delta",
                                        "content_block_stop",
                                        "message_delta",
                                        "message_stop",
                                        NULL};
    struct reading reading;

    if (need_message(check, NULL, &reading))
        expect_order(check, &reading, types);
    reading_close(&reading);
}

/* The event of this type; NULL and UNTESTABLE when none came. */
static const struct heard *need_event(struct check *check, const char *type,
                                      struct reading *reading)
{
    const struct heard *found =
        need_message(check, NULL, reading) ? reading_type(reading, type) : NULL;

    if (reading->count)
        need_that(check, found != NULL, reading->x, "needed a %s", type);
    return found;
}

static void messages_begin_empty(struct check *check)
{
    struct reading reading;
    const struct heard *start = need_event(check, "message_start", &reading);

    if (start) {
        const json_t *content = json_at(start->json, "message.content");
        expect_that(check, json_is_array(content) && json_array_size(content) == 0, reading.x,
                    "expected message_start to have no content yet, got %.200s", start->data);
    }
    reading_close(&reading);
}

static void messages_begin_open(struct check *check)
{
    struct reading reading;
    const struct heard *start = need_event(check, "message_start", &reading);

    if (start)
        expect_that(check, json_is_null(json_at(start->json, "message.stop_reason")), reading.x,
                    "expected message_start to have the stop_reason null, got %.200s", start->data);
    reading_close(&reading);
}

static json_int_t index_of(const struct heard *heard)
{
    const json_t *index = json_object_get(heard->json, "index");

    return json_is_integer(index) ? json_integer_value(index) : -1;
}

/* Blocks are numbered from 0, and each stops before the next begins. */
static void messages_close_their_blocks(struct check *check)
{
    struct reading reading;
    json_int_t begun = 0, stopped = 0;

    if (need_message(check, NULL, &reading)) {
        for (size_t i = 0; i < reading.count; i++) {
            const char *type = reading_type_at(&reading, i);
            bool start = strcmp(type, "content_block_start") == 0;
            bool stop = strcmp(type, "content_block_stop") == 0;
            if (start)
                expect_that(check, index_of(&reading.items[i]) == begun && begun == stopped,
                            reading.x, "expected block %lld to begin, got %.120s", (long long)begun,
                            reading.items[i].data);
            begun += start;
            stopped += stop;
        }
        expect_that(check, begun == stopped, reading.x,
                    "expected every block to stop, got %lld starts and %lld stops",
                    (long long)begun, (long long)stopped);
    }
    reading_close(&reading);
}

static void messages_deltas_name_their_block(struct check *check)
{
    struct reading reading;
    json_int_t open = -1;

    need_message(check, NULL, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        const char *type = reading_type_at(&reading, i);
        if (strcmp(type, "content_block_start") == 0)
            open = index_of(&reading.items[i]);
        if (strcmp(type, "content_block_delta") == 0)
            expect_that(check, index_of(&reading.items[i]) == open, reading.x,
                        "expected a delta of block %lld, got %.120s", (long long)open,
                        reading.items[i].data);
    }
    reading_close(&reading);
}

/* Why the message ended, as its last message_delta says; NULL and UNTESTABLE when none does. */
static const char *need_stop_reason(struct check *check, const struct reading *reading)
{
    const char *reason = NULL;

    for (size_t i = 0; i < reading->count; i++) {
        const char *said = json_string_value(json_at(reading->items[i].json, "delta.stop_reason"));
        reason = said ? said : reason;
    }
    need_that(check, reason != NULL, reading->x, "needed a message_delta with a stop_reason");
    return reason;
}

static void messages_say_why_they_ended(struct check *check)
{
    static const char words[] = "|end_turn|max_tokens|stop_sequence|tool_use|pause_turn|refusal|"
                                "model_context_window_exceeded|";
    struct reading reading;
    const char *reason =
        need_message(check, NULL, &reading) ? need_stop_reason(check, &reading) : NULL;

    if (reason) {
        char *word = format_text("|%s|", reason);
        expect_that(check, strstr(words, word) != NULL, reading.x,
                    "expected a documented stop_reason, got %.80s", reason);
        free(word);
    }
    reading_close(&reading);
}

static void messages_cut_short_say_max_tokens(struct check *check)
{
    struct reading reading;
    const char *reason = need_message(check, "{\"max_tokens\": 1}", &reading)
                             ? need_stop_reason(check, &reading)
                             : NULL;

    if (reason)
        expect_that(check, strcmp(reason, "max_tokens") == 0, reading.x,
                    "expected the stop_reason max_tokens, got %.80s", reason);
    reading_close(&reading);
}

static void messages_count_up(struct check *check)
{
    struct reading reading;
    const struct heard *start = need_event(check, "message_start", &reading);
    const struct heard *delta = start ? reading_type(&reading, "message_delta") : NULL;
    json_int_t first, last;

    if (start && need_that(check, delta != NULL, reading.x, "needed a message_delta") &&
        expect_heard_integer(check, &reading, start, "message.usage.output_tokens", &first) &&
        expect_heard_integer(check, &reading, delta, "usage.output_tokens", &last))
        expect_that(check, last >= first, reading.x,
                    "expected output_tokens to grow from %lld, got %lld", (long long)first,
                    (long long)last);
    reading_close(&reading);
}

static void messages_prompt_as_whole(struct check *check)
{
    struct reading reading;
    const struct heard *start = need_event(check, "message_start", &reading);

    if (start)
        expect_prompt_as_whole(check, "messages", "usage.input_tokens", &reading, start,
                               "message.usage.input_tokens");
    reading_close(&reading);
}

static void messages_text_as_whole(struct check *check)
{
    expect_text_as_whole(check, "messages", "content.0.text", "delta.text");
}

static void messages_errors_are_plain(struct check *check)
{
    expect_plain_error(check, "messages", NULL);
}

static void messages_go_by_the_flag(struct check *check)
{
    expect_stream_for_json(check, "messages");
}

/* Gemini */

static void gemini_is_a_stream(struct check *check)
{
    expect_type(check, "stream-content");
}

static void gemini_names_no_event(struct check *check)
{
    expect_unnamed(check, "stream-content");
}

static void gemini_says_no_done(struct check *check)
{
    expect_no_done(check, "stream-content");
}

static void gemini_sends_answers(struct check *check)
{
    struct reading reading;

    need_gemini(check, NULL, &reading);
    for (size_t i = 0; i < reading.count; i++)
        if (strcmp(reading.items[i].data, "[DONE]") != 0)
            expect_that(check, json_is_array(json_object_get(reading.items[i].json, "candidates")),
                        reading.x, "expected an answer with candidates, got %.120s",
                        reading.items[i].data);
    reading_close(&reading);
}

static void gemini_ends_last(struct check *check)
{
    struct reading reading;

    if (need_gemini(check, NULL, &reading)) {
        const struct heard *last = reading_last(&reading);
        for (size_t i = 0; i < reading.count; i++) {
            const json_t *reason = json_at(reading.items[i].json, "candidates.0.finishReason");
            if (reading.items[i].json)
                expect_that(check, (reason != NULL) == (&reading.items[i] == last), reading.x,
                            "expected a finishReason in the last event and no other, got %.120s",
                            reading.items[i].data);
        }
    }
    reading_close(&reading);
}

static void gemini_usage_adds_up(struct check *check)
{
    struct reading reading;

    if (need_gemini(check, NULL, &reading)) {
        const struct heard *last = reading_last(&reading);
        if (need_that(check, last != NULL, reading.x, "needed an event with JSON"))
            expect_heard_sum(check, &reading, last, "usageMetadata.promptTokenCount",
                             "usageMetadata.candidatesTokenCount", "usageMetadata.totalTokenCount");
    }
    reading_close(&reading);
}

/* The answer without alt; NULL and the check UNTESTABLE when it is no success. */
static const struct exchange *need_pieces(struct check *check)
{
    json_t *request = need_spoken(check, "stream-content", NULL);
    const struct exchange *x = request ? call_route(check, "stream-content", request) : NULL;

    return x && need_success(check, x) ? x : NULL;
}

static void gemini_sends_an_array(struct check *check)
{
    const struct exchange *x = need_pieces(check);

    if (x)
        expect_that(check, json_is_array(x->json) && json_array_size(x->json) > 0, x,
                    "expected one JSON array of answers");
}

static void gemini_array_is_json(struct check *check)
{
    const struct exchange *x = need_pieces(check);

    if (x)
        expect_media_type(check, x, plain);
}

/* What the answers of the array say together, to be freed; NULL and UNTESTABLE without words. */
static char *need_array_text(struct check *check, const struct exchange **x)
{
    char *text = NULL;
    size_t size = 0, i;
    const json_t *piece;

    *x = need_pieces(check);
    if (!*x || !need_json(check, *x))
        return NULL;
    FILE *file = must(open_memstream(&text, &size));
    json_array_foreach((*x)->json, i, piece) {
        const char *said = json_string_value(json_at(piece, "candidates.0.content.parts.0.text"));
        fputs(said ? said : "", file);
    }
    fclose(file);
    if (need_that(check, *text, *x, "needed an array that says something"))
        return text;
    free(text);
    return NULL;
}

static void gemini_framings_say_the_same(struct check *check)
{
    const struct exchange *x = NULL;
    struct reading reading = {0}, again = {0};
    char *wanted = need_array_text(check, &x);

    if (wanted && need_gemini(check, NULL, &reading) && need_gemini(check, NULL, &again)) {
        char *text = reading_text(&reading, "candidates.0.content.parts.0.text");
        char *same = reading_text(&again, "candidates.0.content.parts.0.text");
        if (need_that(check, strcmp(text, same) == 0, again.x,
                      "needed a gateway that answers the same twice"))
            expect_that(check, strcmp(text, wanted) == 0, x,
                        "expected the array to say \"%.80s\", as the events do, got \"%.80s\"",
                        text, wanted);
        free(text);
        free(same);
    }
    reading_close(&reading);
    reading_close(&again);
    free(wanted);
}

static void gemini_errors_are_plain(struct check *check)
{
    expect_plain_error(check, "stream-content", "alt=sse");
}

const struct requirement stream_requirements[] = {
    {
        .id = "stream.lines",
        .level = SHOULD,
        .source = "html-sse#event-stream-interpretation",
        .evidence = SPECIFIED,
        .claim = "every line of a stream is a comment, a known field, or empty",
        .test = every_line_is_known,
    },
    {
        .id = "stream.whole-events",
        .level = MUST,
        .source = "html-sse#event-stream-interpretation",
        .evidence = SPECIFIED,
        .claim = "an empty line ends every event, the last one too",
        .test = last_event_is_whole,
    },
    {
        .id = "stream.chat-type",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "a chat completion asked for as a stream is text/event-stream",
        .test = chat_is_a_stream,
    },
    {
        .id = "stream.chat-chunks",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "everything streamed of a chat is a chat.completion.chunk",
        .test = chat_sends_chunks,
    },
    {
        .id = "stream.chat-unnamed",
        .level = SHOULD,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "the events of a chat have no event: line",
        .test = chat_names_no_event,
    },
    {
        .id = "stream.chat-id",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "all chunks have one id",
        .test = chat_has_one_id,
    },
    {
        .id = "stream.chat-created",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "all chunks tell the same time",
        .test = chat_has_one_moment,
    },
    {
        .id = "stream.chat-model",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "all chunks name the same model",
        .test = chat_has_one_model,
    },
    {
        .id = "stream.chat-role",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "the first delta says the role assistant",
        .test = chat_begins_with_the_role,
    },
    {
        .id = "stream.chat-one-finish",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "a choice has one finish_reason that is not null",
        .test = chat_ends_once,
    },
    {
        .id = "stream.chat-finish-last",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "no text comes behind the finish_reason",
        .test = chat_ends_last,
    },
    {
        .id = "stream.chat-finish-reason",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "a stream says why it ended, in a documented word",
        .test = chat_says_why_it_ended,
    },
    {
        .id = "stream.chat-cut-short",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionStreamResponse",
        .evidence = SPECIFIED,
        .claim = "a stream cut short by max_tokens says length",
        .test = chat_cut_short_says_length,
    },
    {
        .id = "stream.chat-done",
        .level = MUST,
        .source = "openai-sdk#streaming",
        .evidence = SHIPPED,
        .claim = "[DONE] is the last event, and comes once",
        .test = chat_says_done,
    },
    {
        .id = "stream.chat-usage-unasked",
        .level = MUST,
        .source = "openai-openapi#ChatCompletionStreamOptions",
        .evidence = SPECIFIED,
        .claim = "without include_usage no chunk has usage",
        .test = chat_counts_only_when_asked,
    },
    {
        .id = "stream.chat-usage-last",
        .level = MUST,
        .source = "openai-openapi#ChatCompletionStreamOptions",
        .evidence = SPECIFIED,
        .claim = "with include_usage the last chunk has usage, and no choice",
        .test = chat_counts_last,
    },
    {
        .id = "stream.chat-usage-null",
        .level = MUST,
        .source = "openai-openapi#ChatCompletionStreamOptions",
        .evidence = SPECIFIED,
        .claim = "with include_usage the chunks before the last have usage null",
        .test = chat_counts_null_before,
    },
    {
        .id = "stream.chat-usage-sum",
        .level = MUST,
        .source = "openai-openapi#CompletionUsage",
        .evidence = SPECIFIED,
        .claim = "the total of streamed usage is the sum of its parts",
        .test = chat_usage_adds_up,
    },
    {
        .id = "stream.chat-prompt-tokens",
        .level = SHOULD,
        .source = "gatemark#streams",
        .evidence = ASSUMED,
        .claim = "a prompt counts the same, streamed or not",
        .test = chat_prompt_as_whole,
    },
    {
        .id = "stream.chat-text",
        .level = SHOULD,
        .source = "gatemark#streams",
        .evidence = ASSUMED,
        .claim = "the pieces of a stream say together what a whole answer says",
        .test = chat_text_as_whole,
    },
    {
        .id = "stream.chat-error",
        .level = MUST,
        .source = "openai-errors",
        .evidence = DOCUMENTED,
        .claim = "a bad request for a stream is refused in plain JSON",
        .test = chat_errors_are_plain,
    },
    {
        .id = "stream.chat-refused-key",
        .level = MUST,
        .source = "openai-errors",
        .evidence = DOCUMENTED,
        .claim = "a revoked key gets no stream, but an error in plain JSON",
        .test = chat_refused_key_is_plain,
    },
    {
        .id = "stream.chat-flag",
        .level = SHOULD,
        .source = "openai-sdk#headers",
        .evidence = SHIPPED,
        .claim = "a stream asked for in the body comes, though the client accepts JSON",
        .test = chat_goes_by_the_flag,
    },
    {
        .id = "stream.chat-accept",
        .level = MUST,
        .source = "openai-openapi#CreateChatCompletionRequest",
        .evidence = SPECIFIED,
        .claim = "no stream comes that the body has not asked for",
        .test = chat_does_not_go_by_accept,
    },
    {
        .id = "stream.openrouter-usage",
        .level = MUST,
        .source = "openrouter-overview",
        .evidence = DOCUMENTED,
        .claim = "the last chunk has usage and no choice, asked for or not",
        .test = openrouter_always_counts,
    },
    {
        .id = "stream.openrouter-provider",
        .level = SHOULD,
        .source = "openrouter-overview",
        .evidence = DOCUMENTED,
        .claim = "every chunk names the provider",
        .test = openrouter_names_the_provider,
    },
    {
        .id = "stream.openrouter-native-reason",
        .level = SHOULD,
        .source = "openrouter-overview",
        .evidence = DOCUMENTED,
        .claim = "the chunk with the finish_reason has the native one, too",
        .test = openrouter_says_the_native_reason,
    },
    {
        .id = "stream.openrouter-fingerprint",
        .level = MUST,
        .source = "openrouter-sdk#ChatStreamChunk",
        .evidence = SHIPPED,
        .claim = "system_fingerprint is a text or absent in chunks",
        .test = openrouter_fingerprint_is_text,
    },
    {
        .id = "stream.openrouter-generation",
        .level = MUST,
        .source = "openrouter-openapi#X-Generation-Id",
        .evidence = SPECIFIED,
        .claim = "a stream tells its X-Generation-Id",
        .test = openrouter_tells_the_generation,
    },
    {
        .id = "stream.openrouter-id",
        .level = SHOULD,
        .source = "openrouter-overview",
        .evidence = DOCUMENTED,
        .claim = "the id of chunks begins with gen-",
        .test = openrouter_ids_are_generations,
    },
    {
        .id = "stream.responses-type",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "a response asked for as a stream is text/event-stream",
        .test = responses_are_a_stream,
    },
    {
        .id = "stream.responses-names",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the name of each event is its type",
        .test = responses_name_events,
    },
    {
        .id = "stream.responses-numbers",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "events are numbered from 0",
        .test = responses_are_numbered,
    },
    {
        .id = "stream.responses-order",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the events of a text come in the documented order",
        .test = responses_keep_their_order,
    },
    {
        .id = "stream.responses-deltas",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the deltas make the text that output_text.done has",
        .test = responses_deltas_make_the_text,
    },
    {
        .id = "stream.responses-final-text",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the final response has the text that was streamed",
        .test = responses_end_with_the_text,
    },
    {
        .id = "stream.responses-no-done",
        .level = SHOULD,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "no [DONE] ends the stream of a response",
        .test = responses_say_no_done,
    },
    {
        .id = "stream.responses-id",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the response has one id from first to last",
        .test = responses_have_one_id,
    },
    {
        .id = "stream.responses-item-id",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "a delta names the item that it belongs to",
        .test = responses_deltas_name_their_item,
    },
    {
        .id = "stream.responses-usage",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the final response has usage that adds up",
        .test = responses_usage_adds_up,
    },
    {
        .id = "stream.responses-usage-null",
        .level = SHOULD,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "there is no usage while the response is in progress",
        .test = responses_count_at_the_end,
    },
    {
        .id = "stream.responses-status",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the response is in progress, or queued, when it is created",
        .test = responses_begin_in_progress,
    },
    {
        .id = "stream.responses-incomplete",
        .level = MUST,
        .source = "openai-openapi#ResponseStreamEvent",
        .evidence = SPECIFIED,
        .claim = "response.incomplete ends a response that was cut short",
        .test = responses_cut_short_say_incomplete,
    },
    {
        .id = "stream.responses-error",
        .level = MUST,
        .source = "openai-errors",
        .evidence = DOCUMENTED,
        .claim = "a bad request for a stream is refused in plain JSON",
        .test = responses_errors_are_plain,
    },
    {
        .id = "stream.images-names",
        .level = MUST,
        .source = "openai-openapi#ImageGenStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the name of each event of an image is its type",
        .test = images_name_events,
    },
    {
        .id = "stream.images-drafts",
        .level = MUST,
        .source = "openai-openapi#ImageGenStreamEvent",
        .evidence = SPECIFIED,
        .claim = "there are at most as many partial images as asked for, numbered from 0",
        .test = images_number_their_drafts,
    },
    {
        .id = "stream.images-completed",
        .level = MUST,
        .source = "openai-openapi#ImageGenStreamEvent",
        .evidence = SPECIFIED,
        .claim = "the last event has the whole image",
        .test = images_end_with_the_image,
    },
    {
        .id = "stream.messages-type",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "a message asked for as a stream is text/event-stream",
        .test = messages_are_a_stream,
    },
    {
        .id = "stream.messages-names",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "the name of each event is its type",
        .test = messages_name_events,
    },
    {
        .id = "stream.messages-order",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "the events of a message come in the documented order",
        .test = messages_keep_their_order,
    },
    {
        .id = "stream.messages-begin-empty",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "message_start has no content yet",
        .test = messages_begin_empty,
    },
    {
        .id = "stream.messages-begin-open",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "message_start has no stop_reason yet",
        .test = messages_begin_open,
    },
    {
        .id = "stream.messages-blocks",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "blocks are numbered from 0, and each stops",
        .test = messages_close_their_blocks,
    },
    {
        .id = "stream.messages-deltas",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "a delta has the index of the block that is open",
        .test = messages_deltas_name_their_block,
    },
    {
        .id = "stream.messages-stop-reason",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "message_delta says why the message ended, in a documented word",
        .test = messages_say_why_they_ended,
    },
    {
        .id = "stream.messages-cut-short",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "a message cut short says max_tokens",
        .test = messages_cut_short_say_max_tokens,
    },
    {
        .id = "stream.messages-usage",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "output_tokens are cumulative",
        .test = messages_count_up,
    },
    {
        .id = "stream.messages-prompt-tokens",
        .level = SHOULD,
        .source = "gatemark#streams",
        .evidence = ASSUMED,
        .claim = "a prompt counts the same, streamed or not",
        .test = messages_prompt_as_whole,
    },
    {
        .id = "stream.messages-text",
        .level = SHOULD,
        .source = "gatemark#streams",
        .evidence = ASSUMED,
        .claim = "the pieces of a message say together what a whole one says",
        .test = messages_text_as_whole,
    },
    {
        .id = "stream.messages-no-done",
        .level = MUST,
        .source = "claude-streaming",
        .evidence = DOCUMENTED,
        .claim = "no [DONE] ends the stream of a message",
        .test = messages_say_no_done,
    },
    {
        .id = "stream.messages-error",
        .level = MUST,
        .source = "claude-errors",
        .evidence = DOCUMENTED,
        .claim = "a bad request for a stream is refused in plain JSON",
        .test = messages_errors_are_plain,
    },
    {
        .id = "stream.messages-flag",
        .level = SHOULD,
        .source = "claude-sdk#headers",
        .evidence = SHIPPED,
        .claim = "a stream asked for in the body comes, though the client accepts JSON",
        .test = messages_go_by_the_flag,
    },
    {
        .id = "stream.gemini-type",
        .level = MUST,
        .source = "gemini-sdk#stream",
        .evidence = SHIPPED,
        .claim = "a stream asked for with alt=sse is text/event-stream",
        .test = gemini_is_a_stream,
    },
    {
        .id = "stream.gemini-answers",
        .level = MUST,
        .source = "gemini-proto#StreamGenerateContent",
        .evidence = SPECIFIED,
        .claim = "every event is an answer with candidates",
        .test = gemini_sends_answers,
    },
    {
        .id = "stream.gemini-unnamed",
        .level = SHOULD,
        .source = "gemini-sdk#stream",
        .evidence = SHIPPED,
        .claim = "the events of Gemini have no event: line",
        .test = gemini_names_no_event,
    },
    {
        .id = "stream.gemini-no-done",
        .level = MUST,
        .source = "gemini-sdk#stream",
        .evidence = SHIPPED,
        .claim = "no [DONE] ends a stream of Gemini",
        .test = gemini_says_no_done,
    },
    {
        .id = "stream.gemini-finish",
        .level = MUST,
        .source = "gemini-proto#FinishReason",
        .evidence = SPECIFIED,
        .claim = "the last event has a finishReason, and no other",
        .test = gemini_ends_last,
    },
    {
        .id = "stream.gemini-usage",
        .level = MUST,
        .source = "gemini-proto#UsageMetadata",
        .evidence = SPECIFIED,
        .claim = "the last event has usage that adds up",
        .test = gemini_usage_adds_up,
    },
    {
        .id = "stream.gemini-array",
        .level = MUST,
        .source = "gemini-proto#StreamGenerateContent",
        .evidence = SPECIFIED,
        .claim = "without alt the pieces are one JSON array",
        .test = gemini_sends_an_array,
    },
    {
        .id = "stream.gemini-array-type",
        .level = MUST,
        .source = "gemini-proto#StreamGenerateContent",
        .evidence = SPECIFIED,
        .claim = "without alt the answer is application/json",
        .test = gemini_array_is_json,
    },
    {
        .id = "stream.gemini-array-text",
        .level = MUST,
        .source = "gemini-proto#StreamGenerateContent",
        .evidence = SPECIFIED,
        .claim = "the array says what the events say",
        .test = gemini_framings_say_the_same,
    },
    {
        .id = "stream.gemini-error",
        .level = MUST,
        .source = "gemini-errors",
        .evidence = DOCUMENTED,
        .claim = "a bad request for a stream is refused in plain JSON",
        .test = gemini_errors_are_plain,
    },
    {0},
};
