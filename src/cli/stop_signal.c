/* SPDX-License-Identifier: Apache-2.0 */
/* SIGINT and SIGTERM as a flag.  A handler has nothing but a global to write to: the one exception to the rule against mutable statics. */
#include <signal.h>
#include <string.h>

#include "cli/stream_in.h"

static volatile sig_atomic_t stop_signal;

static void note_signal(int number)
{
    stop_signal = number;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}

void cli_signals_catch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int cli_signal_seen(void)
{
    return (int)stop_signal;
}
