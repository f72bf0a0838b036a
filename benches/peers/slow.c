/* A postdissector that takes a given number of instructions for every frame: a planted slow-down,
 * which what measures slow-downs has to find. */

#include <stdlib.h>

#include "plugin.h"

/* Instructions of the loop below for each of its turns. */
#define INSTRUCTIONS_OF_A_TURN 7

static int proto_slow = -1;
static unsigned long turns;

static int dissect_slow(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    volatile unsigned long turn;

    (void)tvb;
    (void)pinfo;
    (void)tree;
    (void)data;
    for (turn = 0; turn < turns; turn++) {
    }
    return 0;
}

static void register_protocol(void)
{
    const char *instructions = getenv("IMSHARK_SLOW");

    turns = instructions ? strtoul(instructions, NULL, 10) / INSTRUCTIONS_OF_A_TURN : 0;
    proto_slow = proto_register_protocol("Planted slow-down", "Planted", "planted");
}

static void hand_off(void)
{
    register_postdissector(create_dissector_handle(dissect_slow, proto_slow));
}
