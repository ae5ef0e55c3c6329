/* SPDX-License-Identifier: Apache-2.0 */
/* What a fuzz target defines. */
#ifndef JW_TESTS_FUZZ_H
#define JW_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Opens what every input shares; ends the program when the model cannot be opened. */
void jwi_fuzz_open(const char *model_path);
void jwi_fuzz_close(void);

/* One input; aborts when a promise is broken. */
void jwi_fuzz_one(const uint8_t *data, size_t len);

#endif
