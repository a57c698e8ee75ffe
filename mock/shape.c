#include "mock/shape.h"

#include "fixtures/basics.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool shape_too_deep(const char *text, size_t length)
{
    bool quoted = false;
    int depth = 0;

    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && ++depth > SHAPE_DEPTH)
            return true;
        else if (!quoted && (c == ']' || c == '}'))
            depth--;
    }
    return false;
}

static unsigned type_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return JSON_MAP;
    case JSON_ARRAY:
        return JSON_LIST;
    case JSON_STRING:
        return JSON_TEXT;
    case JSON_INTEGER:
        return JSON_WHOLE;
    case JSON_REAL:
        return JSON_DECIMAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_FLAG;
    case JSON_NULL:
        return JSON_NOTHING;
    }
    return 0;
}

static void type_names(unsigned types, char *text, size_t size)
{
    static const char *const names[] = {"a string", "an integer", "a number", "a boolean",
                                        "an array", "an object",  "null"};
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < COUNT(names) && used < size; i++)
        if (types & 1U << i)
            used +=
                (size_t)snprintf(text + used, size - used, "%s%s", used ? " or " : "", names[i]);
}

__attribute__((format(printf, 4, 5))) static void
found(struct shape_finding *finding, enum fault fault, const char *param, const char *format, ...)
{
    va_list args;

    finding->fault = fault;
    snprintf(finding->param, sizeof finding->param, "%s", param);
    va_start(args, format);
    vsnprintf(finding->detail, sizeof finding->detail, format, args);
    va_end(args);
}

/* The figure that a field's bounds are about. */
static double measure(const json_t *value, const char **unit)
{
    *unit = "";
    if (json_is_string(value)) {
        *unit = " characters";
        return (double)json_string_length(value);
    }
    if (json_is_array(value)) {
        *unit = " items";
        return (double)json_array_size(value);
    }
    return json_number_value(value);
}

static bool is_choice(const char *choices, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = choices; *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == length && strncmp(at, word, length) == 0)
            return true;
    return false;
}

static void judge_field(const struct shape_field *field, const json_t *value,
                        struct shape_finding *finding)
{
    char expected[96];
    const char *unit;

    if (!(type_of(value) & field->types)) {
        type_names(field->types, expected, sizeof expected);
        found(finding, FAULT_FIELD_WRONG_TYPE, field->name, "expected %s", expected);
        return;
    }
    if (field->choices && json_is_string(value) &&
        !is_choice(field->choices, json_string_value(value))) {
        found(finding, FAULT_FIELD_OUT_OF_RANGE, field->name, "expected one of %s", field->choices);
        return;
    }
    double figure = measure(value, &unit);
    bool measured = type_of(value) & (JSON_NUMERIC | JSON_TEXT | JSON_LIST);
    if (field->bounded && measured && !(figure >= field->least && figure <= field->most))
        found(finding, FAULT_FIELD_OUT_OF_RANGE, field->name, "expected %.12g to %.12g%s",
              field->least, field->most, unit);
}

const struct shape_field *shape_field_find(const struct shape_field *fields, const char *name)
{
    for (; fields->name; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

void shape_judge(const struct shape_field *fields, const json_t *body, bool strict,
                 struct shape_finding *finding)
{
    const char *name;
    json_t *value;

    *finding = (struct shape_finding){0};
    for (const struct shape_field *f = fields; f->name; f++) {
        const json_t *member = json_object_get(body, f->name);
        if (!member && f->required)
            found(finding, FAULT_FIELD_MISSING, f->name, "this field is required");
        else if (member)
            judge_field(f, member, finding);
        if (finding->fault)
            return;
    }
    json_object_foreach((json_t *)body, name, value) {
        if (strict && !shape_field_find(fields, name)) {
            found(finding, FAULT_FIELD_UNKNOWN, name, "this field is not known");
            return;
        }
    }
}
