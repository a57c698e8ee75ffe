#include "runner/outlets.h"

#include "runner/commands.h"
#include "runner/nearest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void append(struct outlets *outlets, struct outlet outlet)
{
    outlets->items = must(reallocarray(outlets->items, outlets->count + 1, sizeof outlet));
    outlets->items[outlets->count++] = outlet;
}

static bool unknown_format(const char *name, struct problem *problem)
{
    struct nearest nearest = {.word = name};

    for (size_t i = 0; report_formats[i]; i++)
        nearest_offer(&nearest, report_formats[i]->name);
    char *hint = nearest_hint(&nearest);
    problem_set(problem, "there is no report format %s%s", name, hint);
    free(hint);
    return false;
}

bool outlets_add(struct outlets *outlets, const char *word, struct problem *problem)
{
    size_t length = strcspn(word, "=");
    const char *path = word[length] == '=' ? word + length + 1 : NULL;
    char *name = format_text("%.*s", (int)length, word);
    const struct report_format *format = report_format_find(name);

    if (!format)
        unknown_format(name, problem);
    else if (path && *path == '\0')
        problem_set(problem, "--report %s needs a path after the =", word);
    for (size_t i = 0; i < outlets->count; i++) {
        const char *other = outlets->items[i].path;
        if (!path && !other)
            problem_set(problem, "only one report can go to stdout: give the other a path, such "
                                 "as --report junit=report.xml");
        else if (path && other && strcmp(path, other) == 0)
            problem_set(problem, "two reports cannot go to the same file %s", path);
    }
    free(name);
    if (problem->text[0])
        return false;
    append(outlets, (struct outlet){format, path});
    return true;
}

/* Can a file be made at `path`, or be replaced there? */
static bool path_usable(const char *path, struct problem *problem)
{
    struct stat status;
    char *folder = copy_text(path);
    char *slash = strrchr(folder, '/');

    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        problem_set(problem, "cannot write %s: it is a folder", path);
    else if (stat(path, &status) == 0 && !S_ISREG(status.st_mode) && access(path, W_OK) != 0)
        problem_set(problem, "cannot write %s: %s", path, strerror(errno));
    if (slash)
        slash[slash == folder] = '\0';
    if (access(slash ? folder : ".", W_OK | X_OK) != 0 &&
        !(stat(path, &status) == 0 && !S_ISREG(status.st_mode)))
        problem_set(problem, "cannot write %s: %s", path, strerror(errno));
    free(folder);
    return problem->text[0] == '\0';
}

bool outlets_ready(struct outlets *outlets, struct problem *problem)
{
    bool text = false, spoken = false;

    for (size_t i = 0; i < outlets->count; i++) {
        text |= outlets->items[i].format == &text_format;
        spoken |= outlets->items[i].path == NULL;
        if (outlets->items[i].path && !path_usable(outlets->items[i].path, problem))
            return false;
    }
    if (!text && !spoken)
        append(outlets, (struct outlet){&text_format, NULL});
    return true;
}

bool outlets_write(const struct outlets *outlets, const struct report *report,
                   struct problem *problem)
{
    bool written = true;

    for (size_t i = 0; i < outlets->count; i++) {
        const struct outlet *outlet = &outlets->items[i];
        if (outlet->path) {
            written &= report_save(report, outlet->format, outlet->path, problem);
            continue;
        }
        outlet->format->write(report, stdout);
        written &= stdout_finish(problem);
    }
    return written;
}

void outlets_close(struct outlets *outlets)
{
    free(outlets->items);
    *outlets = (struct outlets){0};
}
