/* Events come out the same whether bytes are fed at once or split where the first byte says. */
#include "suites/stream.h"

#include "fixtures/basics.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT_BYTES = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void write_event(void *taker, const struct stream_event *event)
{
    if (event->data[event->length] != '\0')
        abort();
    fprintf(taker, "%s|%zu|", event->name ? event->name : "-", event->length);
    fwrite(event->data, 1, event->length, taker);
}

/* All that was read of `bytes` in pieces of `step`, to be freed. */
static char *read_in_steps(const uint8_t *bytes, size_t size, size_t step)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = must(open_memstream(&text, &length));
    struct stream stream = {.take = write_event, .taker = file, .limit_bytes = LIMIT_BYTES};

    for (size_t at = 0; at < size; at += step) {
        size_t piece = size - at < step ? size - at : step;
        char *copy = must(malloc(piece));
        memcpy(copy, bytes + at, piece);
        stream_feed(&stream, copy, piece);
        free(copy);
    }
    fprintf(file, "%zu %zu %d", stream.comments, stream.unknown, stream.too_long);
    if (!stream.too_long)
        fprintf(file, " %d", stream_unfinished(&stream));
    fclose(file);
    stream_close(&stream);
    return must(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t step = size ? 1 + bytes[0] % 16 : 1;
    char *whole = read_in_steps(bytes, size, size + 1);
    char *split = read_in_steps(bytes, size, step);

    if (strcmp(whole, split) != 0)
        abort();
    free(whole);
    free(split);
    return 0;
}
