/* Random numbers that are the same in every run, by LD_PRELOAD: Wireshark's and Rust's hash tables
 * then have the same order, so that two runs of a program differ by 10^5 instructions instead of
 * 10^6. But which keys collide depends on addresses, and so on what else is loaded: by up to
 * 10^6 instructions, which are others with another seed, the digit in IMSHARK_RANDOM. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

uint32_t g_random_int(void);
ssize_t getrandom(void *buffer, size_t length, unsigned int flags);

/* GLib's. The generator of Numerical Recipes. */
uint32_t g_random_int(void)
{
    static uint32_t state;

    if (state == 0) {
        const char *seed = getenv("IMSHARK_RANDOM");
        state = seed ? (uint32_t)seed[0] : 1;
    }
    state = state * 1664525u + 1013904223u;
    return state;
}

/* The system's. */
ssize_t getrandom(void *buffer, size_t length, unsigned int flags)
{
    (void)flags;
    memset(buffer, 7, length);
    return (ssize_t)length;
}
