/* A dissector that does nothing, on the ports of MSN and QQ: what Wireshark itself costs. */

#include "plugin.h"

static int proto_empty = -1;

static int dissect_empty(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)pinfo;
    (void)tree;
    (void)data;
    return (int)tvb_captured_length(tvb);
}

static void register_protocol(void)
{
    proto_empty = proto_register_protocol("Empty", "Empty", "empty");
}

static void hand_off(void)
{
    dissector_handle_t empty = create_dissector_handle(dissect_empty, proto_empty);

    dissector_add_uint("tcp.port", 1863, empty);
    dissector_add_uint("udp.port", 8000, empty);
}
