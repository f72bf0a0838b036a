/* Memory and time of tshark, by LD_PRELOAD: when it has read all frames and nothing is freed yet, it writes to the
 * file that IMSHARK_USAGE names how many kilobytes of memory it has that are not of files, and how many microseconds
 * it took in user mode. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* As in the C libraries before 2.34, which have it in another library. */
__asm__(".symver dlsym, dlsym@GLIBC_2.2.5");

void draw_tap_listeners(int all);

/* Counted page by page, which VmRSS is not; pages of files depend on what the system has cached. */
static void copy_anonymous(FILE *to)
{
    char line[256];
    FILE *from = fopen("/proc/self/smaps_rollup", "r");

    while (from != NULL && fgets(line, sizeof line, from) != NULL) {
        if (strncmp(line, "Anonymous:", 10) == 0) {
            fputs(line, to);
        }
    }
    if (from != NULL) {
        fclose(from);
    }
}

/* Wireshark's, which tshark calls after the last frame. */
void draw_tap_listeners(int all)
{
    const char *path = getenv("IMSHARK_USAGE");
    FILE *to = path ? fopen(path, "w") : NULL;
    void (*next)(int);
    struct rusage usage;

    *(void **)&next = dlsym(RTLD_NEXT, "draw_tap_listeners");
    if (to != NULL && getrusage(RUSAGE_SELF, &usage) == 0) {
        copy_anonymous(to);
        fprintf(to, "User: %ld us\n", usage.ru_utime.tv_sec * 1000000L + usage.ru_utime.tv_usec);
        fclose(to);
    }
    next(all);
}
