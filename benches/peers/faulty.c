/* A postdissector with the fault that IMSHARK_FAULT names, in every frame: what searches for faults has to find it. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

static int proto_faulty = -1;
static const char *fault = "";

/* Keeps the compiler from removing what has no use. */
static char *volatile memory;

static void past_the_end(char *block, size_t size)
{
    memory = block;
    memset(memory, 'x', size + 1);
}

static int recurse(int depth)
{
    volatile char frame[4096];

    frame[0] = 1;
    return depth < 0 ? 0 : recurse(depth + 1) + frame[0];
}

static int dissect_faulty(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)tvb;
    (void)data;
    if (strcmp(fault, "bug") == 0) {
        proto_report_dissector_bug("a planted bug");
    } else if (strcmp(fault, "items") == 0) {
        for (int item = 0; item < 2000000; item++) {
            proto_tree_add_item(tree, proto_faulty, tvb, 0, 0, 0);
        }
    } else if (strcmp(fault, "block") == 0) {
        past_the_end(wmem_alloc(pinfo->pool, 24), 24);
    } else if (strcmp(fault, "heap") == 0) {
        past_the_end(malloc(24), 24);
        free(memory);
    } else if (strcmp(fault, "words") == 0) {
        fprintf(stderr, "planted words\n");
    } else if (strcmp(fault, "recursion") == 0) {
        recurse(0);
    } else if (strcmp(fault, "loop") == 0) {
        for (;;) {
            memory = NULL;
        }
    } else if (strcmp(fault, "memory") == 0) {
        memset(g_malloc((size_t)8 << 30), 1, 1);
    } else if (strcmp(fault, "undefined") == 0) {
        volatile int greatest = 0x7fffffff;

        memory = greatest + 1 == 0 ? NULL : memory;
    } else if (strcmp(fault, "memcheck") == 0) {
        /* Depends on what was never set, and is lost with the next frame. */
        memory = malloc(256);
        if (memory[3]) {
            memory[4] = 1;
        }
    }
    return 0;
}

static void register_protocol(void)
{
    const char *wanted = getenv("IMSHARK_FAULT");

    fault = wanted ? wanted : "";
    proto_faulty = proto_register_protocol("Planted fault", "Fault", "fault");
}

static void hand_off(void)
{
    register_postdissector(create_dissector_handle(dissect_faulty, proto_faulty));
}
