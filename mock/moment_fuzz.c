/* Whatever is read as a moment lies within its years and is written so that it reads the same. */
#include "mock/moment.h"

#include "fixtures/basics.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = must(malloc(size + 1)), again[MOMENT_TEXT];
    int64_t moment_ms, same_ms;

    memcpy(text, bytes, size);
    text[size] = '\0';
    if (moment_parse(text, &moment_ms)) {
        if (moment_ms < 0 || moment_ms > 253402300799999 ||
            !moment_parse(moment_text_ms(moment_ms, again), &same_ms) || same_ms != moment_ms)
            abort();
        for (enum period p = PERIOD_DAY; p <= PERIOD_MONTH; p++)
            if (moment_period_start(moment_ms, p) > moment_ms ||
                moment_period_end(moment_ms, p) <= moment_ms)
                abort();
    }
    free(text);
    return 0;
}
