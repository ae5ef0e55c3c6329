/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels of networks: products against plain sums, and every kernel of this machine against the plain one, bit by bit. */
#include <stdlib.h>
#include <string.h>

#include "common/desk.h"
#include "ml/net.h"

enum { IN = 100, OUT = 80, ROWS = 19, LEN = 3 * NET_BLOCK, RET = ROWS * OUT };

/* Numbers for all kernels. */
struct given {
    int16_t shorts[IN * OUT], x[ROWS * IN], cell[LEN], fresh[LEN], gates[LEN];
    int8_t bytes[IN * OUT];
    uint8_t y[ROWS * IN];
    int32_t bias[OUT], scale[OUT], sums[3 * LEN];
};

static void fill_random(void *at, size_t size, uint64_t *state)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)at)[i] = (uint8_t)next_random(state);
}

static void make_given(struct given *given, uint64_t *state)
{
    fill_random(given, sizeof *given, state);
    for (uint32_t i = 0; i < LEN; i++)
        given->cell[i] = (int16_t)(given->cell[i] % (NET_ONE + 1));
    for (uint32_t i = 0; i < OUT; i++) {
        given->bias[i] /= 1 << 8;
        given->scale[i] = (int32_t)(1 + next_random(state) % 500);
    }
    given->sums[0] = INT32_MIN;
    given->sums[1] = INT32_MAX;
    given->gates[0] = given->fresh[1] = INT16_MIN;
    given->gates[1] = given->fresh[0] = INT16_MAX;
    given->gates[2] = 4 * NET_ONE;
    given->gates[3] = -4 * NET_ONE;
}

static const struct net_kernel *plain(void)
{
    uint32_t rank = 0;
    while (jwi_net_kernel(rank + 1))
        rank++;
    return jwi_net_kernel(rank);
}

START_TEST(products_of_shorts_are_plain_sums)
{
    static struct given given;
    static int32_t y[RET];
    uint64_t state = 2;
    make_given(&given, &state);
    const struct net_matrix matrix = {given.shorts, given.bias, IN, OUT, 0};
    plain()->product(&matrix, given.x, IN, ROWS, 0, y);
    for (uint32_t r = 0; r < ROWS; r++) {
        for (uint32_t o = 0; o < OUT; o++) {
            uint32_t sum = (uint32_t)given.bias[o];
            for (uint32_t i = 0; i < IN; i++)
                sum += (uint32_t)(given.x[r * IN + i] *
                                  given.shorts[(o / NET_BLOCK * (IN / 2) + i / 2) * 2 * NET_BLOCK +
                                               o % NET_BLOCK * 2 + i % 2]);
            REQUIRE(y[r * OUT + o] == (int32_t)sum);
        }
    }
}
END_TEST

START_TEST(products_of_bytes_are_scaled_and_rounded)
{
    static struct given given;
    static int32_t y[RET], added[RET];
    static int16_t shorts[RET];
    static uint8_t bytes[RET];
    uint64_t state = 3;
    make_given(&given, &state);
    const struct net_bytes matrix = {given.bytes, given.bias, given.scale, IN, OUT, 9};
    plain()->bytes(&matrix, given.y, IN, ROWS, NET_INT32, y, OUT);
    memset(added, 0x11, sizeof added);
    plain()->bytes(&matrix, given.y, IN, ROWS, NET_ADD32, added, OUT);
    plain()->bytes(&matrix, given.y, IN, ROWS, NET_INT16, shorts, OUT);
    plain()->bytes(&matrix, given.y, IN, ROWS, NET_UINT8, bytes, OUT);
    for (uint32_t r = 0; r < ROWS; r++) {
        for (uint32_t o = 0; o < OUT; o++) {
            int32_t sum = given.bias[o];
            for (uint32_t i = 0; i < IN; i++)
                sum += given.y[r * IN + i] *
                       given.bytes[(o / NET_BLOCK * (IN / 4) + i / 4) * 4 * NET_BLOCK +
                                   o % NET_BLOCK * 4 + i % 4];
            const int32_t whole =
                (int32_t)((uint32_t)sum * (uint32_t)given.scale[o] + (1u << 8)) >> 9;
            REQUIRE(y[r * OUT + o] == whole);
            REQUIRE((uint32_t)added[r * OUT + o] == (uint32_t)whole + 0x11111111u);
            REQUIRE(shorts[r * OUT + o] == (whole < INT16_MIN   ? INT16_MIN
                                            : whole > INT16_MAX ? INT16_MAX
                                                                : whole));
            REQUIRE(bytes[r * OUT + o] == (whole < 0 ? 0 : whole > UINT8_MAX ? UINT8_MAX : whole));
        }
    }
}
END_TEST

/* What a kernel makes of the numbers. */
struct made {
    int32_t whole[RET], added[RET];
    int32_t scaled[RET], scaled_sums[RET];
    int16_t shorts[RET];
    uint8_t bytes[RET];
    int32_t times[LEN];
    int16_t round[3 * LEN], relu[3 * LEN], cell[LEN], memory[LEN], row[LEN];
    uint8_t out[LEN], memory_bytes[LEN], cut[LEN];
    uint32_t best;
};

/* Rows of the results are further apart than they are long. */
static void make_products(const struct net_kernel *kernel, const struct given *given, uint32_t rows,
                          uint32_t out, struct made *ret)
{
    const struct net_matrix matrix = {given->shorts, given->bias, IN, out, 0};
    const struct net_matrix bare = {given->shorts, NULL, IN, out, 0};
    const struct net_bytes bytes = {given->bytes, given->bias, given->scale, IN, out, 11};
    kernel->product(&matrix, given->x, IN, rows, 0, ret->whole);
    kernel->product(&bare, given->x, IN, rows, 0, ret->added);
    kernel->product(&matrix, given->x, IN, rows, 1, ret->added);
    kernel->bytes(&bytes, given->y, IN, rows, NET_INT32, ret->scaled, OUT);
    kernel->bytes(&bytes, given->y, IN, rows, NET_INT16, ret->shorts, OUT);
    kernel->bytes(&bytes, given->y, IN, rows, NET_UINT8, ret->bytes, OUT);
    kernel->bytes(&bytes, given->y, IN, rows, NET_INT32, ret->scaled_sums, OUT);
    kernel->bytes(&bytes, given->y, IN, rows, NET_ADD32, ret->scaled_sums, OUT);
}

static void make_loops(const struct net_kernel *kernel, const struct given *given, struct made *ret)
{
    memcpy(ret->cell, given->cell, sizeof ret->cell);
    memcpy(ret->memory, given->fresh, sizeof ret->memory);
    memcpy(ret->row, given->x, sizeof ret->row);
    memcpy(ret->times, given->sums, sizeof ret->times);
    kernel->round(given->sums, 3 * LEN, 11, ret->round);
    kernel->relu(given->sums, 3 * LEN, 11, ret->relu);
    kernel->cell(given->sums, LEN, 11, ret->cell, ret->out);
    for (int step = 0; step < 3; step++)
        kernel->remember(step % 2 ? given->shorts : given->fresh, given->gates, LEN, ret->memory,
                         ret->memory_bytes);
    kernel->add_times(given->shorts, LEN, 3 << 12, ret->times);
    kernel->add_row(given->bytes, LEN, 2, ret->row);
    kernel->cut(given->fresh, LEN, 3, ret->cut);
    ret->best = kernel->best(given->sums, given->sums + LEN, LEN);
}

START_TEST(kernels_agree)
{
    static struct given given;
    static struct made made, wanted;
    uint64_t state = 4;
    for (uint32_t rows = 1; rows <= ROWS; rows++) {
        make_given(&given, &state);
        const uint32_t out = (1 + rows % 5) * NET_BLOCK;
        memset(&wanted, 0, sizeof wanted);
        make_products(plain(), &given, rows, out, &wanted);
        make_loops(plain(), &given, &wanted);
        for (uint32_t rank = 0; jwi_net_kernel(rank) != plain(); rank++) {
            memset(&made, 0, sizeof made);
            make_products(jwi_net_kernel(rank), &given, rows, out, &made);
            make_loops(jwi_net_kernel(rank), &given, &made);
            ck_assert_msg(memcmp(&made, &wanted, sizeof made) == 0, "%s, %u rows",
                          jwi_net_kernel(rank)->name, rows);
        }
    }
}
END_TEST

START_TEST(best_is_the_first_of_equals_within_its_bar)
{
    int32_t at[2 * NET_BLOCK] = {0}, bars[2 * NET_BLOCK];
    for (uint32_t i = 0; i < 2 * NET_BLOCK; i++)
        bars[i] = INT32_MAX;
    for (uint32_t rank = 0; jwi_net_kernel(rank); rank++) {
        const struct net_kernel *kernel = jwi_net_kernel(rank);
        at[3] = at[7] = at[20] = 5;
        bars[3] = INT32_MIN;
        ck_assert_uint_eq(kernel->best(at, bars, 2 * NET_BLOCK), 7);
        at[31] = 6;
        ck_assert_uint_eq(kernel->best(at, bars, 2 * NET_BLOCK), 31);
        at[31] = 0;
    }
}
END_TEST

START_TEST(cells_stay_within_one)
{
    int32_t sums[3 * NET_BLOCK];
    int16_t cell[NET_BLOCK] = {0};
    uint8_t out[NET_BLOCK];
    const int one = NET_ONE >> NET_STATE_BITS;
    uint64_t state = 9;
    for (int round = 0; round < 1000; round++) {
        fill_random(sums, sizeof sums, &state);
        jwi_net_kernel(0)->cell(sums, NET_BLOCK, 8, cell, out);
        for (uint32_t i = 0; i < NET_BLOCK; i++)
            REQUIRE(abs(cell[i]) <= NET_ONE && abs(out[i] - NET_STATE_ZERO) <= one);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("net");
    suite_add(suite, products_of_shorts_are_plain_sums);
    suite_add(suite, products_of_bytes_are_scaled_and_rounded);
    suite_add(suite, kernels_agree);
    suite_add(suite, best_is_the_first_of_equals_within_its_bar);
    suite_add(suite, cells_stay_within_one);
    return suite_run(suite);
}
