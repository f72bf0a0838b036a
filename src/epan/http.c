/*
 * A front for the dissectors of HTTP. Bodies of MSN's media type come to us by that type;
 * messages without one, and the headers of Passport, come to nobody. So wherever HTTP is
 * called, over TCP or inside TLS, it is called by way of a front, which adds our part.
 */
#include "host.h"

#ifdef IMSHARK_TLS_INFO
#include <epan/dissectors/packet-tls.h>
#endif

/* HTTP over one lower protocol. */
struct front {
    dissector_handle_t original;
    dissector_handle_t handle;
    /* HTTP's own heuristic for that lower protocol. */
    heur_dissector_t heuristic;
};

static struct front over_tcp;
static struct front over_tls;
/* Name-only, so that the front is no layer of the packet. */
static int proto_front = -1;

/* ---- tunnels ---- */

/*
 * HTTP hands what a tunnel carries to the dissector of the port at its other end. But where
 * that is HTTP, too, it shows data and asks nobody; and QQ takes the ports of HTTP.
 */
static void learn_tunnel(tvbuff_t *tvb, packet_info *pinfo)
{
    uint32_t length = tvb_captured_length(tvb);
    unsigned port = PINFO_FD_VISITED(pinfo)
        ? 0
        : imshark_rust->tunnel_port(tvb_get_ptr(tvb, 0, (int)length), length);
    if (port == 0)
        return;
    dissector_handle_t handle = imshark_original_on(port);
    conversation_t *conversation = find_or_create_conversation(pinfo);
    if ((handle == over_tcp.original || handle == over_tcp.handle)
        && conversation_get_proto_data(conversation, proto_front) == NULL)
        conversation_add_proto_data(conversation, proto_front, GUINT_TO_POINTER(pinfo->num));
}

static int is_in_tunnel(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    unsigned since = conversation == NULL
        ? 0
        : GPOINTER_TO_UINT(conversation_get_proto_data(conversation, proto_front));
    return since != 0 && since < pinfo->num;
}

/* ---- the front ---- */

static int dissect_front(const struct front *front, tvbuff_t *tvb, packet_info *pinfo,
                         proto_tree *tree, void *data)
{
    int used = call_dissector_only(front->original, tvb, pinfo, tree, data);
    if (used != 0)
        imshark_dissect_http_messages(tvb, pinfo, tree);
    return used;
}

static int dissect_over_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    imshark_undo_layer(pinfo);
    if (tvb_captured_length(tvb) > 0 && *tvb_get_ptr(tvb, 0, 1) == 'C')
        learn_tunnel(tvb, pinfo);
    else if (imshark_may_be_qq(tvb, pinfo) && is_in_tunnel(pinfo)) {
        int used = imshark_try_qq(tvb, pinfo, tree, data);
        if (used != 0)
            return used;
    }
    return dissect_front(&over_tcp, tvb, pinfo, tree, data);
}

static int dissect_over_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    imshark_undo_layer(pinfo);
    return dissect_front(&over_tls, tvb, pinfo, tree, data);
}

int imshark_is_http(dissector_handle_t handle)
{
    return handle == over_tcp.original;
}

/* ---- HTTP's heuristics, which give the connection to HTTP itself ---- */

static ws_bool heuristic_over_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!over_tcp.heuristic(tvb, pinfo, tree, data))
        return 0;
    learn_tunnel(tvb, pinfo);
    conversation_t *conversation = find_or_create_conversation(pinfo);
    if (!PINFO_FD_VISITED(pinfo)
        && conversation_get_dissector(conversation, pinfo->num) == over_tcp.original)
        conversation_set_dissector_from_frame_number(conversation, pinfo->num, over_tcp.handle);
    imshark_dissect_http_messages(tvb, pinfo, tree);
    return 1;
}

/* Where a heuristic tells TLS which dissector to call from now on. */
static dissector_handle_t *next_in_tls(void *data)
{
#ifdef IMSHARK_TLS_INFO
    return data != NULL ? ((struct tlsinfo *)data)->app_handle : NULL;
#else
    return (dissector_handle_t *)data;
#endif
}

static ws_bool heuristic_over_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!over_tls.heuristic(tvb, pinfo, tree, data))
        return 0;
    dissector_handle_t *next = next_in_tls(data);
    if (next != NULL && *next == over_tls.original)
        *next = over_tls.handle;
    imshark_dissect_http_messages(tvb, pinfo, tree);
    return 1;
}

static void take_heuristic(struct front *front, const char *name, heur_dissector_t ours)
{
    heur_dtbl_entry_t *entry = find_heur_dissector_by_unique_short_name(name);
    if (entry == NULL || front->original == NULL)
        return;
    front->heuristic = entry->dissector;
    entry->dissector = ours;
}

/* ---- the places where HTTP is called ---- */

static void collect_port(const char *table, ftenum_t type, void *key, void *entry, void *data)
{
    wmem_array_t *ports = (wmem_array_t *)data;
    dissector_handle_t now = dtbl_entry_get_handle((dtbl_entry_t *)entry);
    uint32_t port = GPOINTER_TO_UINT(key);
    (void)table;
    (void)type;
    if (now != NULL && (now == over_tcp.original || now == over_tls.original))
        wmem_array_append_one(ports, port);
}

static void take_ports(const char *table, const struct front *front)
{
    if (find_dissector_table(table) == NULL || front->original == NULL)
        return;
    wmem_array_t *ports = wmem_array_new(wmem_epan_scope(), sizeof(uint32_t));
    dissector_table_foreach(table, collect_port, ports);
    for (unsigned i = 0; i < wmem_array_get_count(ports); i++)
        dissector_change_uint(table, *(uint32_t *)wmem_array_index(ports, i), front->handle);
    wmem_destroy_array(ports);
}

static void take_name(const char *table, const char *name, const struct front *front)
{
    dissector_table_t found = find_dissector_table(table);
    if (found != NULL && front->original != NULL
        && dissector_get_string_handle(found, name) == front->original)
        dissector_change_string(table, name, front->handle);
}

void imshark_take_http(void)
{
    take_ports("tcp.port", &over_tcp);
    take_ports("tls.port", &over_tls);
    take_name("tls.alpn", "http/1.1", &over_tls);
}

/* ---- registration ---- */

/*
 * TLS writes the long name of what it calls into the tree, and Decode As saves the short one:
 * both have to stay HTTP's.
 */
void imshark_register_http(void)
{
    proto_front = proto_register_protocol_in_name_only(
        "Hypertext Transfer Protocol", "HTTP", "msnms_http",
        proto_get_id_by_filter_name("http"), FT_PROTOCOL);
}

/*
 * The front has the name of the original: packets that are exported for another program
 * carry it.
 */
static void make_front(struct front *front, const char *name, dissector_t dissector)
{
    front->original = find_dissector(name);
    front->handle = create_dissector_handle_with_name(dissector, proto_front, name);
}

void imshark_hand_off_http(void)
{
    make_front(&over_tcp, "http-over-tcp", dissect_over_tcp);
    make_front(&over_tls, "http-over-tls", dissect_over_tls);
    take_heuristic(&over_tcp, "http_tcp", heuristic_over_tcp);
    take_heuristic(&over_tls, "http_tls", heuristic_over_tls);
}
