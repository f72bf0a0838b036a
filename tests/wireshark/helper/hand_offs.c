/*
 * Helper for hand-offs:
 *
 * - with IMSHARK_LIST in the environment it prints the rows of the tables that hand-offs
 *   could reach: table, key and protocol, separated by tabs;
 * - it registers dissectors for two SIP headers, which change as much of the packet's
 *   state as they can.
 */
#include "plugin.h"
#include <stdint.h>

static int proto_helper = -1;

static void print_text_row(const char *table, ftenum_t type, void *key, void *entry, void *data)
{
    dissector_handle_t handle = dtbl_entry_get_handle((dtbl_entry_t *)entry);
    int proto = handle != NULL ? dissector_handle_get_protocol_index(handle) : -1;
    (void)type;
    (void)data;
    if (proto >= 0 && proto != proto_helper)
        printf("%s\t%s\t%s\n", table, (const char *)key, proto_get_protocol_filter_name(proto));
}

static void print_tables(void)
{
    static const char *const tables[] = { "media_type", "sip.hdr", "rtcp.app.name" };
    if (getenv("IMSHARK_LIST") == NULL)
        return;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (find_dissector_table(tables[i]) != NULL)
            dissector_table_foreach(tables[i], print_text_row, NULL);
    fflush(stdout);
    exit(0);
}

static void change_everything(packet_info *pinfo)
{
    static const uint8_t nowhere[4] = { 203, 0, 113, 99 };
    pinfo->desegment_len = 12345;
    pinfo->desegment_offset = 7;
    pinfo->can_desegment = 9;
    pinfo->saved_can_desegment = 9;
    pinfo->match_uint = 4711;
    pinfo->match_string = "mess";
    pinfo->fragmented = 1;
    pinfo->private_table = NULL;
    pinfo->current_proto = "mess";
    pinfo->ptype = PT_NONE;
    pinfo->srcport = 1;
    pinfo->destport = 2;
    pinfo->p2p_dir = 1;
    pinfo->heur_list_name = "mess";
    set_address(&pinfo->src, AT_IPv4, 4, nowhere);
    set_address(&pinfo->net_dst, AT_IPv4, 4, nowhere);
    col_set_writable(pinfo->cinfo, -1, 1);
    col_set_str(pinfo->cinfo, COL_PROTOCOL, "MESS");
    col_clear_fence(pinfo->cinfo, COL_INFO);
    col_set_str(pinfo->cinfo, COL_INFO, "mess");
    col_set_fence(pinfo->cinfo, COL_INFO);
}

static int dissect_mess(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)data;
    proto_tree_add_item(tree, proto_helper, tvb, 0, -1, ENC_NA);
    change_everything(pinfo);
    return (int)tvb_captured_length(tvb);
}

static int dissect_throw(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    dissect_mess(tvb, pinfo, tree, data);
    return tvb_get_ntohl(tvb, (int)tvb_captured_length(tvb)) != 0;
}

static void begin(void)
{
    static int has_begun;
    if (has_begun)
        return;
    has_begun = 1;
    print_tables();
    dissector_add_string("sip.hdr", "x-mess",
                         create_dissector_handle(dissect_mess, proto_helper));
    dissector_add_string("sip.hdr", "x-throw",
                         create_dissector_handle(dissect_throw, proto_helper));
}

static void helper_register(void)
{
    proto_helper = proto_register_protocol("Helper of imshark's tests", "MESS", "imshark_helper");
    register_init_routine(begin);
}
