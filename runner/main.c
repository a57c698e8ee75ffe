#include "runner/commands.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static void *allocate(size_t size)
{
    return must(malloc(size > 0 ? size : 1));
}

/* Otherwise the first file or socket opened would become stdout. */
static void open_standard_files(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
            abort();
}

int main(int argc, char **argv)
{
    open_standard_files();
    json_set_alloc_funcs(allocate, free); /* so that jansson's NULL means bad JSON only */
    signal(SIGPIPE, SIG_IGN);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return problem_tell(&(struct problem){"libcurl cannot be initialised"}, EXIT_BROKEN);
    int code = commands_run(argc, argv);
    curl_global_cleanup();
    return code;
}
