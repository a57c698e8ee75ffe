/* The subcommands, and how the program speaks to whoever typed them. READ THIS FIRST. */
#ifndef RUNNER_COMMANDS_H
#define RUNNER_COMMANDS_H

#include "fixtures/basics.h"

#include <getopt.h>

/* What the program's exit status says, for every command. */
enum exit_code {
    EXIT_PASSED = 0,
    EXIT_FAILED = 1,   /* a check that blocks has failed; a proof is not complete */
    EXIT_USAGE = 2,    /* usage or configuration */
    EXIT_UNTESTED = 3, /* unreachable, nothing ran, or (strict) a MUST could not be tested */
    EXIT_BROKEN = 4,   /* gatemark itself broke */
    EXIT_INTERRUPTED = 130,
};

/* argv[0] is the command's name; --help never arrives here. The result is an exit status. */
int command_mock(int argc, char **argv);
int command_check(int argc, char **argv);
int command_prove(int argc, char **argv);
int command_list(int argc, char **argv);
int command_token(int argc, char **argv);

struct command {
    const char *name, *about;
    int (*run)(int argc, char **argv);
    const char *help; /* usage, options, examples */
};

extern const struct command commands[]; /* ends with an all-zero row */

/* Runs the command that the words of the command line name. */
int commands_run(int argc, char **argv);

/* Says the problem on stderr, once; returns `code`. */
int problem_tell(const struct problem *problem, int code);

/* One sentence on stderr and where to read on; returns EXIT_USAGE. */
__attribute__((format(printf, 2, 3))) int usage_tell(const char *command, const char *format, ...);

/* Says what getopt_long's answer '?' or ':' was about, with the nearest option; EXIT_USAGE. */
int option_tell(const char *command, int answer, char **argv, const struct option *options);

/* False with *problem set when stdout could not take everything. A reader that went away early
 * (head) is no problem. */
bool stdout_finish(struct problem *problem);

#endif
