/* A dissector that does nothing, on the ports of MSN and QQ: what Wireshark itself costs.
 * MAJOR and MINOR are the version of Wireshark that it is compiled for. */

#define HAVE_PLUGINS 1

#include <stdint.h>

#include <epan/packet.h>
#include <epan/proto.h>

/* Wireshark looks these up in a plugin. */
__attribute__((visibility("default"))) const char plugin_version[] = "0.1.0";
__attribute__((visibility("default"))) const int plugin_want_major = MAJOR;
__attribute__((visibility("default"))) const int plugin_want_minor = MINOR;
__attribute__((visibility("default"))) void plugin_register(void);
__attribute__((visibility("default"))) uint32_t plugin_describe(void);

static int proto_empty = -1;

static int dissect_empty(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)pinfo;
    (void)tree;
    (void)data;
    return (int)tvb_captured_length(tvb);
}

static void register_empty(void)
{
    proto_empty = proto_register_protocol("Empty", "Empty", "empty");
}

static void hand_off_empty(void)
{
    dissector_handle_t empty = create_dissector_handle(dissect_empty, proto_empty);

    dissector_add_uint("tcp.port", 1863, empty);
    dissector_add_uint("udp.port", 8000, empty);
}

void plugin_register(void)
{
    static proto_plugin plugin;

    plugin.register_protoinfo = register_empty;
    plugin.register_handoff = hand_off_empty;
    proto_register_plugin(&plugin);
}

/* Of 4.2 and later: a plugin with dissectors. */
uint32_t plugin_describe(void)
{
    return 1;
}
