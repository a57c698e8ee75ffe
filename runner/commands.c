#include "runner/commands.h"

#include "runner/nearest.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was typed, and what files hold, may be anything; the terminal gets no control characters. */
static void say(const char *text)
{
    char *line = copy_text(text);

    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            *at = '?';
    fprintf(stderr, "gatemark: %s\n", line);
    free(line);
}

int problem_tell(const struct problem *problem, int code)
{
    say(problem->text[0] ? problem->text : "something went wrong that left no word");
    return code;
}

int usage_tell(const char *command, const char *format, ...)
{
    va_list args;
    char *text = NULL;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0)
        text = NULL;
    va_end(args);
    say(must(text));
    free(text);
    if (command)
        fprintf(stderr, "See: gatemark %s --help\n", command);
    else
        fputs("See: gatemark --help\n", stderr);
    return EXIT_USAGE;
}

int option_tell(const char *command, int answer, char **argv, const struct option *options)
{
    const char *typed = argv[optind - 1];
    size_t length = strcspn(typed, "=");
    const struct option *known = options;

    if (answer == ':')
        return usage_tell(command, "%s needs a value", typed);
    if (strncmp(typed, "--", 2) != 0)
        return usage_tell(command, "there is no option %s", typed);
    while (known->name &&
           (strlen(known->name) != length - 2 || strncmp(known->name, typed + 2, length - 2) != 0))
        known++;
    if (known->name)
        return usage_tell(command, "--%s takes no value", known->name);

    char *word = format_text("%.*s", (int)(length - 2), typed + 2);
    struct nearest nearest = {.word = word};
    for (known = options; known->name; known++)
        nearest_offer(&nearest, known->name);
    int code = nearest.name ? usage_tell(command, "there is no option --%s, did you mean --%s?",
                                         word, nearest.name)
                            : usage_tell(command, "there is no option --%s", word);
    free(word);
    return code;
}

bool stdout_finish(struct problem *problem)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    return errno == EPIPE || problem_set(problem, "cannot write to stdout: %s", strerror(errno));
}

static const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

static int unknown_command(const char *word)
{
    struct nearest nearest = {.word = word};

    for (const struct command *command = commands; command->name; command++)
        nearest_offer(&nearest, command->name);
    char *hint = nearest_hint(&nearest);
    int code = usage_tell(NULL, "there is no command %s%s", word, hint);
    free(hint);
    return code;
}

static int finish(void)
{
    struct problem problem = {0};

    return stdout_finish(&problem) ? EXIT_PASSED : problem_tell(&problem, EXIT_BROKEN);
}

static void overview(FILE *file)
{
    fputs("gatemark mocks documented LLM gateways, and checks any gateway against the documents.\n"
          "\n"
          "usage: gatemark COMMAND [OPTION]...\n"
          "\n",
          file);
    for (const struct command *command = commands; command->name; command++)
        fprintf(file, "  %-7s %s\n", command->name, command->about);
    fputs("\n"
          "Begin with:\n"
          "  gatemark check                   check every gateway of the embedded mock\n"
          "  gatemark mock                    serve the mock on http://127.0.0.1:8080\n"
          "  gatemark list credentials        the keys the mock knows\n"
          "  gatemark check --target https://gateway.example/v1 --gateway openrouter\n"
          "\n"
          "gatemark help COMMAND tells the options of one; gatemark --version the version.\n"
          "\n"
          "Exit status: 0 passed, 1 failed, 2 usage or configuration, 3 could not be tested,\n"
          "4 gatemark itself broke, 130 stopped by hand.\n",
          file);
}

static int help(int argc, char **argv)
{
    if (argc < 2) {
        overview(stdout);
        return finish();
    }
    const struct command *command = command_find(argv[1]);
    if (!command)
        return unknown_command(argv[1]);
    fputs(command->help, stdout);
    return finish();
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Help is asked for anywhere among the words, whatever else is wrong with them. */
static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (is_help(argv[i]))
            return true;
    return false;
}

int commands_run(int argc, char **argv)
{
    if (argc < 2) {
        overview(stderr);
        return EXIT_USAGE;
    }
    if (is_help(argv[1]) || strcmp(argv[1], "help") == 0)
        return help(argc - 1, argv + 1);
    if (strcmp(argv[1], "--version") == 0) {
        puts("gatemark " GATEMARK_VERSION);
        return finish();
    }
    if (argv[1][0] == '-')
        return usage_tell(NULL, "expected a command, not %s", argv[1]);
    const struct command *command = command_find(argv[1]);
    if (!command)
        return unknown_command(argv[1]);
    if (asks_for_help(argc - 1, argv + 1)) {
        fputs(command->help, stdout);
        return finish();
    }
    opterr = 0;
    optind = 0; /* glibc begins anew, whoever scanned before */
    return command->run(argc - 1, argv + 1);
}

static const char mock_help[] =
    "usage: gatemark mock [OPTION]...\n"
    "\n"
    "Serves the documented gateways, each under its name, until Ctrl-C or SIGTERM.\n"
    "\n"
    "  --listen ADDR:PORT      where (127.0.0.1:8080); port 0 picks a free one\n"
    "  --gateway NAME          serve this one only, at the root too; may be repeated\n"
    "  --clock CLOCK           real (default), virtual or virtual:2025-01-15T10:30:00Z\n"
    "  --seed N                of the ids and secrets it makes; random for a fresh one\n"
    "  --set NAME=VALUE        a setting of gatemark list settings; may be repeated\n"
    "  --pace PACE             of streams, such as ttft=300ms,gap=50ms,jitter=10ms: time to the\n"
    "                          first token, from one to the next, and how far one may be off\n"
    "  --control-token TOKEN   guards /_gatemark; beyond loopback it must be given\n"
    "  --threads N             connections served at once, idle ones included (256)\n"
    "  --port-file FILE        writes the port there when ready, for scripts with port 0\n"
    "\n"
    "Examples:\n"
    "  gatemark mock\n"
    "  gatemark mock --gateway openrouter --listen 127.0.0.1:9000\n"
    "  gatemark mock --clock virtual:2025-01-15T10:30:00Z --listen 127.0.0.1:0 --port-file port\n"
    "\n"
    "The clock, the journal and the test keys are under /_gatemark; docs/control.md tells how.\n"
    "Exit status: 0 after a stop, 2 when it could not start.\n";

static const char check_help[] =
    "usage: gatemark check [OPTION]...\n"
    "\n"
    "Runs the conformance suites. Without --target or a profile that names one, they run against\n"
    "every gateway of an embedded mock.\n"
    "\n"
    "  --target URL            the base URL of a gateway; then --gateway is needed too\n"
    "  --gateway NAME          whose documents apply; may be repeated with the embedded mock\n"
    "  --profile FILE          target, gateway, keys and promises as JSON\n"
    "  --only ID               only this requirement, or all whose id begins so; repeatable\n"
    "  --report FORMAT[=PATH]  text (default), junit or json, to PATH or stdout; repeatable\n"
    "  --allow-writes          also what creates or deletes something lasting on the target\n"
    "  --strict                a SHOULD fails the run too, and a MUST that could not be tested\n"
    "  --evidence GRADE        the weakest evidence that fails a live target: documented,\n"
    "                          specified, shipped (default), observed or assumed\n"
    "  --max-wait SECONDS      how long a check may wait for a real clock (0)\n"
    "  --control-token TOKEN   when the target is a gatemark mock that asks for one\n"
    "  --set NAME=VALUE        a setting of the embedded mock; may be repeated\n"
    "\n"
    "Keys of a live target come from the profile, then from the environment: GATEMARK_KEY_VALID,\n"
    "GATEMARK_KEY_REVOKED, GATEMARK_KEY_READ_ONLY ...: one for each name of gatemark list\n"
    "credentials. Without a key its rows are untestable, and the report says which to set.\n"
    "\n"
    "Examples:\n"
    "  gatemark check\n"
    "  gatemark check --gateway claude --only auth --report junit=report.xml\n"
    "  GATEMARK_KEY_VALID=... gatemark check --target https://openrouter.ai --gateway openrouter\n"
    "\n"
    "Exit status: 0 all blocking rows passed; 1 a blocking row failed; 2 usage or configuration;\n"
    "3 could not be tested (unreachable, nothing ran, with --strict an untestable MUST);\n"
    "4 gatemark itself broke; 130 Ctrl-C: the report tells what ran until then.\n";

static const char prove_help[] =
    "usage: gatemark prove [--deviation NAME] [--every-gateway] [--jobs N]\n"
    "\n"
    "Proves the checks: the honest mock passes every requirement, each deviation of the mock "
    "fails\n"
    "exactly the requirement that it breaks, and no requirement is without a deviation.\n"
    "\n"
    "That a requirement notices its deviation is shown at every gateway where it applies; that no\n"
    "other requirement does, at one of them.\n"
    "\n"
    "  --deviation NAME  try this lie only, a name of gatemark list deviations\n"
    "  --every-gateway   show also at every gateway that no other requirement fails\n"
    "  --jobs N          mocks that run side by side (as many as cores, at most 8)\n"
    "\n"
    "Exit status: 0 the proof is complete; 1 it is not; 2 usage; 4 gatemark itself broke.\n";

static const char list_help[] =
    "usage: gatemark list WHAT [--gateway NAME] [--json]\n"
    "\n"
    "Prints one of the tables that the program is made of:\n"
    "\n"
    "  gateways      what the mock serves\n"
    "  endpoints     their routes\n"
    "  credentials   the test keys, by gateway and state\n"
    "  settings      what gatemark mock --set takes\n"
    "  deviations    the lies the mock can tell, and what each breaks\n"
    "  requirements  what the suites demand\n"
    "  sources       where that is written\n"
    "\n"
    "  --gateway NAME  only the rows of this gateway: gateways, endpoints, credentials\n"
    "  --json          a JSON array of flat objects\n"
    "\n"
    "Examples:\n"
    "  gatemark list credentials --gateway openrouter\n"
    "  gatemark list requirements --json\n";

static const char token_help[] =
    "usage: gatemark token [OPTION]...\n"
    "\n"
    "Mints an assertion (JWT) that the mock's claude gateway exchanges for a token, signed by a\n"
    "published test key, which nothing but the mock accepts. With gatemark mock running:\n"
    "\n"
    "  TOKEN=$(gatemark token --json | curl -s -H 'Content-Type: application/json' -d @- "
    "http://127.0.0.1:8080/claude/v1/oauth/token | grep -o 'sk-ant-oat01-[0-9A-Za-z]*')\n"
    "  curl -H \"Authorization: Bearer $TOKEN\" -H 'anthropic-version: 2023-06-01' "
    "http://127.0.0.1:8080/claude/v1/models\n"
    "\n"
    "  --rule NAME           the federation rule it is for (ci): exact, claims, wide, tunnels,\n"
    "                        admin, outsider, other, archived; gives the claims that it needs\n"
    "  --issuer URL          iss, in place of the rule's issuer\n"
    "  --subject TEXT        sub, in place of one that the rule takes\n"
    "  --audience TEXT       aud, in place of the rule's\n"
    "  --claim NAME=TEXT     any claim; may be repeated\n"
    "  --expires-in SECONDS  exp, from now (600)\n"
    "  --not-before SECONDS  nbf, from now; none without it\n"
    "  --alg ALG             RS, PS or ES with 256, 384 or 512 (ES256), or none: unsigned\n"
    "  --kid KID             in place of the key's own\n"
    "  --jti TEXT            in place of a random one\n"
    "  --now SECONDS         the time since 1970, in place of this machine's\n"
    "  --clock URL           the time of the mock at this URL, whose clock may be virtual\n"
    "  --json                the whole body of the exchange, not the assertion alone\n"
    "\n"
    "Exit status: 0 minted, 2 usage or configuration.\n";

const struct command commands[] = {
    {"check", "run the conformance suites against the mock or a live gateway", command_check,
     check_help},
    {"mock", "serve the documented gateways", command_mock, mock_help},
    {"list", "print gateways, endpoints, credentials, requirements ...", command_list, list_help},
    {"prove", "show that every check can fail, by the mock's deliberate lies", command_prove,
     prove_help},
    {"token", "mint a test assertion for the mock's token exchange", command_token, token_help},
    {0},
};
