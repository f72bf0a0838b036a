/*
 * Protocols over HTTP.
 *
 * Bodies of a registered media type reach us by that type; messages without one, and
 * heads, reach no dissector. No dissector of HTTP is replaced to get them: a connection
 * whose first message is ours is bound to a front that calls HTTP and then adds our
 * items, and HTTP in TLS is read from the packet's data sources after HTTP has shown it.
 */
#include "host.h"

/* HTTP over TCP, and our front for it. The front has no protocol, so it adds no layer. */
static dissector_handle_t http;
static dissector_handle_t front;
dissector_table_t imshark_tcp_ports;
static int proto_http = -1;
static int proto_tls = -1;

/* ---- HTTP over TCP ---- */

/* Adds our protocols' items to messages that HTTP has shown. */
static void show_messages(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    /* Data that HTTP wants to see again, with more after it, is not shown yet. */
    if (pinfo->desegment_len > 0)
        tvb = tvb_new_subset_length(tvb, 0, pinfo->desegment_offset);
    IMSHARK_FOR_EACH_HOST(host)
        if (host->entry->http != NULL)
            imshark_dissect_http_messages(host, tvb, pinfo, tree);
}

/* HTTP takes all bytes, if only as a continuation: it is not called a second time. */
static int dissect_front(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    imshark_undo_layer(pinfo);
    int used = call_dissector_only(http, tvb, pinfo, tree, data);
    if (used != 0)
        show_messages(tvb, pinfo, tree);
    return used;
}

int imshark_is_http(dissector_handle_t handle)
{
    return handle != NULL && handle == http;
}

/* Decides whether HTTP is this protocol's: an imshark_answer. */
static int begins_http(const struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                       const void *data)
{
    int is_enabled = host->entry->http != NULL && http != NULL
        && proto_is_protocol_enabled(find_protocol_by_id(proto_http))
        && imshark_is_enabled(host);
    return is_enabled ? imshark_recognised(host, IMSHARK_HTTP_MESSAGES, tvb, pinfo, data)
                      : IMSHARK_NO;
}

int imshark_try_http(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data, int *answer)
{
    *answer = IMSHARK_NO;
    IMSHARK_FOR_EACH_HOST(host)
    {
        int now = *answer == IMSHARK_YES ? IMSHARK_NO : begins_http(host, tvb, pinfo, data);
        if (now != IMSHARK_NO)
            *answer = now;
    }
    if (*answer != IMSHARK_YES)
        return 0;
    imshark_claim(front, pinfo);
    int used = call_dissector_only(front, tvb, pinfo, tree, data);
    /* HTTP has been called: it must not be called again. */
    return used != 0 ? used : (int)tvb_captured_length(tvb);
}

/* ---- HTTP on other ports ---- */

int imshark_has_noticed_http;

/* A segment of the frame that is being dissected. */
static struct {
    uint32_t frame;
    tvbuff_t *tvb;
} noticed;

/* The memory was the frame's. */
void imshark_forget_noticed_http(void)
{
    noticed.tvb = NULL;
    imshark_has_noticed_http = 0;
}

int imshark_notice_http(const struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                        const void *data)
{
    if (begins_http(host, tvb, pinfo, data) != IMSHARK_YES)
        return 0;
    noticed.frame = pinfo->num;
    noticed.tvb = tvb;
    imshark_has_noticed_http = 1;
    return 1;
}

/*
 * HTTP's heuristic has bound the connection to HTTP from this frame on; it is bound to
 * the front instead. A message that HTTP waits for the rest of is shown by the front once
 * it is complete.
 */
void imshark_dissect_noticed_http(packet_info *pinfo, proto_tree *tree)
{
    tvbuff_t *tvb = noticed.tvb;
    int is_of_this_frame = tvb != NULL && noticed.frame == pinfo->num;
    imshark_forget_noticed_http();
    if (!is_of_this_frame)
        return;
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    if (conversation == NULL || conversation_get_dissector(conversation, pinfo->num) != http)
        return;
    imshark_claim(front, pinfo);
    uint32_t length = tvb_captured_length(tvb);
    if (imshark_rust->is_whole(tvb_get_ptr(tvb, 0, (int)length), length))
        show_messages(tvb, pinfo, tree);
}

/* ---- HTTP in TLS ---- */

static int has_http_in_tls(const packet_info *pinfo)
{
    int in_tls = 0;
    for (wmem_list_frame_t *layer = wmem_list_head(pinfo->layers); layer != NULL;
         layer = wmem_list_frame_next(layer)) {
        int proto = GPOINTER_TO_INT(wmem_list_frame_data(layer));
        if (proto == proto_tls)
            in_tls = 1;
        else if (in_tls && proto == proto_http)
            return 1;
    }
    return 0;
}

/* Whether TLS made the data source: HTTP makes others, of bodies. */
static int is_of_tls(const struct data_source *source)
{
#ifdef IMSHARK_SOURCE_DESCRIPTION
    char *name = get_data_source_description(source);
#else
    char *name = get_data_source_name(source);
#endif
    int is = g_str_has_prefix(name, "Decrypted TLS") || g_str_has_prefix(name, "Reassembled TLS")
        || g_str_has_prefix(name, "Reassembled SSL");
    wmem_free(NULL, name);
    return is;
}

/* Decrypted TLS is a data source of its own, which begins where a message begins. */
void imshark_dissect_http_in_tls(packet_info *pinfo, proto_tree *tree)
{
    if (!has_http_in_tls(pinfo))
        return;
    for (GSList *node = pinfo->data_src->next; node != NULL; node = node->next) {
        const struct data_source *source = (const struct data_source *)node->data;
        if (is_of_tls(source))
            show_messages(get_data_source_tvb(source), pinfo, tree);
    }
}

void imshark_hand_off_http(void)
{
    http = find_dissector("http-over-tcp");
    front = create_dissector_handle(dissect_front, -1);
    imshark_tcp_ports = find_dissector_table("tcp.port");
    proto_http = proto_get_id_by_filter_name("http");
    proto_tls = proto_get_id_by_filter_name("tls");
}
