/* SPDX-License-Identifier: Apache-2.0 */
/* The help texts, one screen each. */
#ifndef JW_CLI_HELP_H
#define JW_CLI_HELP_H

extern const char help_main[], help_annotate[], help_convert[], help_explain[], help_summary[], help_check[],
    help_check_input[], help_fairness[], help_info[], help_version[], help_version_line[];

#endif
