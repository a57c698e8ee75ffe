/* What a JSON body must look like: required fields, types, ranges, and none that are unknown. */
#ifndef MOCK_SHAPE_H
#define MOCK_SHAPE_H

#include "mock/fault.h"

#include <jansson.h>

/* JSON types a field may have, to be added up. */
enum {
    JSON_TEXT = 1,
    JSON_WHOLE = 2,
    JSON_DECIMAL = 4,
    JSON_FLAG = 8,
    JSON_LIST = 16,
    JSON_MAP = 32,
    JSON_NOTHING = 64,
    JSON_NUMERIC = JSON_WHOLE | JSON_DECIMAL,
};

struct shape_field {
    const char *name;
    unsigned types;
    bool required;
    bool bounded; /* least and most hold: of a number, a text's or a list's length */
    double least, most;
    const char *choices; /* words separated by '|', or NULL */
};

enum { SHAPE_DEPTH = 64 };

/* Is this JSON nested deeper than SHAPE_DEPTH? Asked before parsing: jansson parses nested values
 * by recursion, and a worker's stack is small. */
bool shape_too_deep(const char *text, size_t length);

struct shape_finding {
    enum fault fault; /* FAULT_NONE: the body is good */
    char param[96];
    char detail[320];
};

/* The field called `name`, or NULL. */
const struct shape_field *shape_field_find(const struct shape_field *fields, const char *name);

/* Judges the members of `body` by a table that ends with an all-zero row. Unknown members are
 * faults when `strict`. `body` is an object. */
void shape_judge(const struct shape_field *fields, const json_t *body, bool strict,
                 struct shape_finding *finding);

#endif
