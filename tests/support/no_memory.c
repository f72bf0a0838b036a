/* Memory runs out, by LD_PRELOAD: of the allocations that imshark.so asks for, the one with the number in
 * IMSHARK_FAILS fails. Rust asks the C library; the shim asks GLib and wmem, within which the C library then fails.
 * IMSHARK_ALLOCATIONS names a file that gets the number of all at the end. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As in the C libraries before 2.34, which have it in another library. */
__asm__(".symver dlsym, dlsym@GLIBC_2.2.5");

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static uintptr_t first, last;
static unsigned long asked, fails;
/* Of the C library, the next allocation. */
static _Thread_local int next_fails;

static int find(struct dl_phdr_info *info, size_t size, void *data)
{
    int i;

    (void)size, (void)data;
    if (strstr(info->dlpi_name, "/imshark.so") == NULL) {
        return 0;
    }
    for (i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];

        if (part->p_type == PT_LOAD && (part->p_flags & PF_X)) {
            first = info->dlpi_addr + part->p_vaddr;
            last = first + part->p_memsz;
        }
    }
    return 1;
}

static void write_count(void)
{
    const char *path = getenv("IMSHARK_ALLOCATIONS");
    FILE *to = path ? fopen(path, "w") : NULL;

    if (to != NULL) {
        fprintf(to, "%lu\n", asked);
        fclose(to);
    }
}

void *dlopen(const char *path, int flags)
{
    void *(*next)(const char *, int);
    void *library;

    *(void **)&next = dlsym(RTLD_NEXT, "dlopen");
    library = next(path, flags);
    if (library != NULL && path != NULL && strstr(path, "imshark") != NULL) {
        const char *number = getenv("IMSHARK_FAILS");

        fails = number ? strtoul(number, NULL, 10) : 0;
        dl_iterate_phdr(find, NULL);
        atexit(write_count);
    }
    return library;
}

/* Whether imshark.so is at this address and what it asks for is to fail. */
static int fails_for(const void *caller)
{
    uintptr_t at = (uintptr_t)caller;

    return at >= first && at < last && ++asked == fails;
}

static int fails_now(const void *caller)
{
    int now = next_fails || fails_for(caller);

    next_fails = 0;
    return now;
}

#define CALLER __builtin_return_address(0)

void *malloc(size_t size)
{
    return fails_now(CALLER) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails_now(CALLER) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails_now(CALLER) ? NULL : __libc_realloc(old, size);
}

/* Those of GLib and wmem that the shim calls; of no bytes, they allocate nothing. */
#define WITHIN(name, bytes, parameters, arguments)                \
    void *name parameters;                                        \
    void *name parameters                                         \
    {                                                             \
        static void *(*next)parameters;                           \
        void *made;                                               \
                                                                  \
        if (next == NULL) {                                       \
            *(void **)&next = dlsym(RTLD_NEXT, #name);            \
        }                                                         \
        next_fails = next_fails || ((bytes) && fails_for(CALLER));\
        made = next arguments;                                    \
        next_fails = 0;                                           \
        return made;                                              \
    }

WITHIN(g_malloc0, size, (size_t size), (size))
WITHIN(g_malloc0_n, count && size, (size_t count, size_t size), (count, size))
WITHIN(g_realloc, size, (void *old, size_t size), (old, size))
WITHIN(g_realloc_n, count && size, (void *old, size_t count, size_t size), (old, count, size))
WITHIN(g_strdup, text, (const char *text), (text))
WITHIN(g_strndup, text, (const char *text, size_t size), (text, size))
WITHIN(wmem_alloc, size, (void *pool, size_t size), (pool, size))
WITHIN(wmem_alloc0, size, (void *pool, size_t size), (pool, size))
WITHIN(wmem_memdup, size, (void *pool, const void *from, size_t size), (pool, from, size))
WITHIN(wmem_strdup, text, (void *pool, const char *text), (pool, text))
