/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen: picks the verb.  A closed pipe ends the command silently, whatever the parent process had set. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/help.h"

static void set_signals(void)
{
    sigset_t pipe_only;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &pipe_only, NULL);
    signal(SIGXFSZ, SIG_IGN); /* a size limit is a full disk: the write fails and says so */
}

static int finish_stdout(int code)
{
    if (fflush(stdout) == 0 || code != EXIT_DONE)
        return code;
    fputs("jinwen: standard output: cannot be written\n", stderr);
    return EXIT_INPUT;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } verbs[] = {{"annotate", cli_annotate},
                 {"convert", cli_convert},
                 {"explain", cli_explain},
                 {"summary", cli_summary},
                 {"check", cli_check},
                 {"fairness", cli_fairness},
                 {"info", cli_info},
                 {"version", cli_version}};
    set_signals();
    const char *const verb = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verb, verbs[i].name) == 0)
            return finish_stdout(verbs[i].run(argc - 2, argv + 2));
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "--version") == 0) {
        fputs(verb[2] == 'h' ? help_main : help_version_line, stdout);
        return finish_stdout(EXIT_DONE);
    }
    fprintf(stderr,
            argc > 1 ? "jinwen: unknown verb '%s'\n"
                     : "jinwen: no verb; jinwen --help lists them\n",
            verb);
    return EXIT_USAGE;
}
