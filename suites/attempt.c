#include "suites/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct exchange *append(struct check *check)
{
    struct exchange *x = must(calloc(1, sizeof *x));

    if (check->last)
        check->last->next = x;
    else
        check->exchanges = x;
    check->last = x;
    return x;
}

/* What reports show for this secret, so that other forms of it can be shown likewise. */
static const char *shown_for(const struct check *check, const char *text)
{
    for (const struct secret *secret = check->secrets; secret; secret = secret->next)
        if (strcmp(secret->text, text) == 0)
            return secret->shown;
    return "$GATEMARK_KEY";
}

/* Percent-encoded for a query, to be freed. */
static char *encode(const char *text)
{
    char *encoded = must(calloc(strlen(text) + 1, 3)), *at = encoded;

    for (; *text; text++)
        if (strchr("-._~", *text) || (*text >= '0' && *text <= '9') ||
            (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z'))
            *at++ = *text;
        else
            at += snprintf(at, 4, "%%%02X", (unsigned)(unsigned char)*text);
    return encoded;
}

/* Splits "Name: value" after the colon; the value keeps its blanks. */
static void add_line(struct fields *fields, const char *line)
{
    const char *colon = strchr(line, ':');
    size_t length = colon ? (size_t)(colon - line) : strlen(line);
    char *name = must(strndup(line, length));

    fields_add(fields, name, colon ? colon + 1 + (colon[1] == ' ') : "");
    free(name);
}

static void add_formatted(struct fields *fields, const char *name, const char *before,
                          const char *value)
{
    char *text = format_text("%s%s", before, value);

    fields_add(fields, name, text);
    free(text);
}

static void add_credential(struct fields *fields, const struct attempt *attempt)
{
    static const enum manner documented[] = {
        [CARRIER_BEARER] = AS_BEARER,
        [CARRIER_X_API_KEY] = AS_X_API_KEY,
        [CARRIER_X_GOOG_API_KEY] = AS_GOOGLE_KEY,
    };
    enum manner manner = attempt->manner;
    const char *secret = attempt->secret;

    if (!secret)
        return;
    if (manner == AS_DOCUMENTED)
        manner = documented[attempt->route->carrier];
    switch (manner) {
    case AS_BEARER:
        add_formatted(fields, "Authorization", "Bearer ", secret);
        break;
    case AS_X_API_KEY:
        fields_add(fields, "x-api-key", secret);
        break;
    case AS_GOOGLE_KEY:
        fields_add(fields, "x-goog-api-key", secret);
        break;
    case AS_BARE:
        fields_add(fields, "Authorization", secret);
        break;
    case IN_COOKIE:
        add_formatted(fields, "Cookie", "api_key=", secret);
        break;
    case AS_DOCUMENTED:
    case IN_QUERY:
    case NOT_AT_ALL:
        break;
    }
}

static bool names(const struct attempt *attempt, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < COUNT(attempt->headers) && attempt->headers[i]; i++)
        if (strncasecmp(attempt->headers[i], name, length) == 0 &&
            attempt->headers[i][length] == ':')
            return true;
    return false;
}

static void add_headers(struct exchange *x, const struct attempt *attempt)
{
    const struct route *route = attempt->route;

    add_credential(&x->request_headers, attempt);
    if (route->version && !attempt->no_version)
        fields_add(&x->request_headers, "anthropic-version", route->version);
    if (x->request_body && !names(attempt, "Content-Type"))
        fields_add(&x->request_headers, "Content-Type", "application/json");
    for (size_t i = 0; i < COUNT(attempt->headers) && attempt->headers[i]; i++)
        add_line(&x->request_headers, attempt->headers[i]);
}

/* The route's path with `model` in the place of the one after /models/. */
static char *path_with_model(const char *path, const char *model)
{
    const char *mark = model ? strstr(path, "/models/") : NULL;

    if (!mark)
        return copy_text(path);
    mark += strlen("/models/");
    return format_text("%.*s%s%s", (int)(mark - path), path, model, mark + strcspn(mark, ":/?"));
}

static char *url_of(struct check *check, const struct attempt *attempt)
{
    const struct route *route = attempt->route;
    char *path =
        attempt->path ? copy_text(attempt->path) : path_with_model(route->path, attempt->model);
    bool keyed = attempt->secret && attempt->manner == IN_QUERY;
    char *key = encode(keyed ? attempt->secret : "");
    char *credential =
        keyed ? format_text("key=%s&api_key=%s&access_token=%s", key, key, key) : copy_text("");
    const char *query = attempt->query ? attempt->query : "";

    if (keyed)
        check_keep_secret(check, key, shown_for(check, attempt->secret));
    char *url =
        format_text("%s%s%s%s%s%s", check->target->base_url, path, *credential || *query ? "?" : "",
                    query, *credential && *query ? "&" : "", credential);
    free(path);
    free(key);
    free(credential);
    return url;
}

static char *body_of(struct check *check, const struct attempt *attempt, size_t *length)
{
    const struct route *route = attempt->route;
    char *body = NULL;

    if (attempt->body)
        body = copy_text(attempt->body);
    else if (attempt->json)
        body = must(json_dumps(attempt->json, JSON_COMPACT | JSON_ENCODE_ANY));
    else if (route->request)
        body = client_fixture(check->target->client, route->request, attempt->model);
    *length = body ? strlen(body) : 0;
    return body;
}

struct exchange *check_prepare(struct check *check, const struct attempt *attempt)
{
    struct exchange *x = append(check);

    x->method = copy_text(attempt->method ? attempt->method : attempt->route->method);
    x->url = url_of(check, attempt);
    x->request_body = body_of(check, attempt, &x->request_length);
    add_headers(x, attempt);
    x->response_body = must(calloc(1, 1));
    return x;
}
