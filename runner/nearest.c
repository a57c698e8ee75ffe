#include "runner/nearest.h"

#include "fixtures/basics.h"

#include <string.h>

enum { LONGEST = 64 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to add, drop, replace or swap with their neighbour to make `b` of `a`. */
static size_t edits(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1], length = strlen(b);

    for (size_t j = 0; j <= length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= strlen(a); i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            size_t changed = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = smaller(changed, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
    }
    return rows[strlen(a) % 3][length];
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    size_t typed = strlen(nearest->word);

    if (typed == 0 || typed > LONGEST || strlen(name) > LONGEST)
        return;
    /* The beginning of a name is as good as a small mistake. */
    size_t distance = strncmp(name, nearest->word, typed) == 0 ? 1 : edits(nearest->word, name);
    if (distance > 1 + typed / 4 || (nearest->name && distance >= nearest->distance))
        return;
    nearest->name = name;
    nearest->distance = distance;
}

char *nearest_hint(const struct nearest *nearest)
{
    return nearest->name ? format_text(", did you mean %s?", nearest->name) : copy_text("");
}
