/* A postdissector that takes a given number of instructions for every frame: a planted slow-down,
 * which what measures slow-downs has to find. MAJOR and MINOR are the version of Wireshark that it
 * is compiled for. */

#define HAVE_PLUGINS 1

#include <stdint.h>
#include <stdlib.h>

#include <epan/packet.h>
#include <epan/proto.h>

/* Instructions of the loop below for each of its turns. */
#define INSTRUCTIONS_OF_A_TURN 7

/* Wireshark looks these up in a plugin. */
__attribute__((visibility("default"))) const char plugin_version[] = "0.1.0";
__attribute__((visibility("default"))) const int plugin_want_major = MAJOR;
__attribute__((visibility("default"))) const int plugin_want_minor = MINOR;
__attribute__((visibility("default"))) void plugin_register(void);
__attribute__((visibility("default"))) uint32_t plugin_describe(void);

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

static void register_slow(void)
{
    const char *instructions = getenv("IMSHARK_SLOW");

    turns = instructions ? strtoul(instructions, NULL, 10) / INSTRUCTIONS_OF_A_TURN : 0;
    proto_slow = proto_register_protocol("Planted slow-down", "Planted", "planted");
}

static void hand_off_slow(void)
{
    register_postdissector(create_dissector_handle(dissect_slow, proto_slow));
}

void plugin_register(void)
{
    static proto_plugin plugin;

    plugin.register_protoinfo = register_slow;
    plugin.register_handoff = hand_off_slow;
    proto_register_plugin(&plugin);
}

/* Of 4.2 and later: a plugin with dissectors. */
uint32_t plugin_describe(void)
{
    return 1;
}
