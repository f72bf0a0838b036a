/*
 * Calls Rust for a packet. Rust returns a plan; only then is Wireshark called, with no
 * Rust frame below on the stack.
 */
#include "host.h"

#include <epan/dissectors/packet-tcp.h>

/* Key of our data among the protocol's per-packet data. */
#define PACKET_KEY 0x696d7368u
/* Maximum bytes before an HTTP body that are examined as its header. */
#define MAX_HEADING 8192

static uint8_t transport_of(const packet_info *pinfo)
{
    switch (pinfo->ptype) {
    case PT_TCP:
        return IMSHARK_TCP;
    case PT_UDP:
        return IMSHARK_UDP;
    default:
        return IMSHARK_OTHER;
    }
}

static void copy_address_of(struct imshark_address *to, const address *from)
{
    if ((from->type == AT_IPv4 && from->len == 4) || (from->type == AT_IPv6 && from->len == 16)) {
        to->length = (uint8_t)from->len;
        memcpy(to->bytes, from->data, to->length);
    }
}

/*
 * Whether the sender is the lower of the two endpoints: the same for every packet of a
 * direction.
 */
static uint8_t from_lower_end(const packet_info *pinfo)
{
    int order = cmp_address(&pinfo->src, &pinfo->dst);
    return order < 0 || (order == 0 && pinfo->srcport < pinfo->destport);
}

/*
 * Sets the sequence number of the first byte. TCP gives that of data that it has
 * reassembled; anything else is counted back from the end of the segment.
 */
static void number_bytes(struct imshark_packet *packet, tvbuff_t *tvb, const packet_info *pinfo,
                         const void *data)
{
    const struct tcpinfo *info = (const struct tcpinfo *)data;
    if (info == NULL || pinfo->ptype != PT_TCP)
        return;
    packet->has_sequence = 1;
    packet->sequence = info->is_reassembled && tvb_raw_offset(tvb) == 0
        ? info->seq
        : info->nxtseq - packet->reported;
}

void imshark_describe(struct imshark_packet *packet, tvbuff_t *tvb, const packet_info *pinfo,
                      const void *data)
{
    memset(packet, 0, sizeof *packet);
    packet->captured = tvb_captured_length(tvb);
    packet->reported = tvb_reported_length(tvb);
    packet->bytes = packet->captured ? tvb_get_ptr(tvb, 0, packet->captured) : NULL;
    packet->source_port = (uint16_t)pinfo->srcport;
    packet->destination_port = (uint16_t)pinfo->destport;
    packet->transport = transport_of(pinfo);
    packet->frame = pinfo->num;
    packet->time = (int64_t)pinfo->abs_ts.secs * 1000000000 + pinfo->abs_ts.nsecs;
    packet->first_pass = !PINFO_FD_VISITED(pinfo);
    packet->from_lower = from_lower_end(pinfo);
    packet->hides_info = pinfo->cinfo == NULL;
    copy_address_of(&packet->source, &pinfo->src);
    copy_address_of(&packet->destination, &pinfo->dst);
    number_bytes(packet, tvb, pinfo, data);
}

/*
 * Number of PDUs of the protocol shown so far in this dissection of the frame. In the
 * first pass a frame is dissected once and frames come in order, so a variable is enough;
 * later passes may dissect a frame repeatedly.
 */
static struct {
    uint32_t frame;
    uint32_t count;
} shown[IMSHARK_MAX_PROTOCOLS];

void imshark_forget_shown(void)
{
    memset(shown, 0, sizeof shown);
}

static uint32_t pdus_shown(packet_info *pinfo, const struct imshark_host *host)
{
    if (!PINFO_FD_VISITED(pinfo))
        return shown[host->which].frame == pinfo->num ? shown[host->which].count : 0;
    return GPOINTER_TO_UINT(
        p_get_proto_data(pinfo->pool, pinfo, host->protocol->id, PACKET_KEY));
}

static void add_pdus_shown(packet_info *pinfo, const struct imshark_host *host, uint32_t before,
                           uint32_t more)
{
    int proto = host->protocol->id;
    if (!PINFO_FD_VISITED(pinfo)) {
        shown[host->which].frame = pinfo->num;
        shown[host->which].count = before + more;
        return;
    }
    if (before > 0)
        p_remove_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY);
    if (more > 0)
        p_add_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY, GUINT_TO_POINTER(before + more));
}

/*
 * Finds the head of an HTTP message. Its body follows directly in the bytes that TCP
 * handed to HTTP, unless HTTP decoded it: then the bytes before it are no head, which
 * Rust detects.
 */
static tvbuff_t *describe_heading(struct imshark_packet *packet, tvbuff_t *tvb)
{
    tvbuff_t *whole = tvb_get_ds_tvb(tvb);
    int end = tvb_raw_offset(tvb);
    int length = end < MAX_HEADING ? end : MAX_HEADING;
    packet->transport = IMSHARK_HTTP;
    packet->can_reassemble = 0;
    if (length <= 0 || whole == tvb)
        return NULL;
    packet->heading = tvb_get_ptr(whole, end - length, length);
    packet->heading_length = (uint32_t)length;
    return tvb_new_subset_length(whole, end - length, length);
}

/* Adds the bytes of the stream that came before it was recognised: see recognise.c. */
static tvbuff_t *with_bytes_before(const struct imshark_plan *plan, tvbuff_t *tvb,
                                   packet_info *pinfo)
{
    tvbuff_t *whole = tvb_new_child_real_data(
        tvb, plan->whole, plan->whole_length, (int)(tvb_reported_length(tvb) + plan->before));
    add_new_data_source(pinfo, whole, "Reassembled start of stream");
    return whole;
}

/* Whether HTTP or SOCKS is between TCP and us. */
static int is_tunnelled(const packet_info *pinfo)
{
    static int proto_tcp = -1;
    static int proto_http = -1;
    static int proto_socks = -1;
    if (proto_tcp == -1) {
        proto_tcp = proto_get_id_by_filter_name("tcp");
        proto_http = proto_get_id_by_filter_name("http");
        proto_socks = proto_get_id_by_filter_name("socks");
    }
    for (wmem_list_frame_t *layer = wmem_list_tail(pinfo->layers); layer != NULL;
         layer = wmem_list_frame_prev(layer)) {
        int proto = GPOINTER_TO_INT(wmem_list_frame_data(layer));
        if (proto == proto_tcp)
            return 0;
        if (proto == proto_http || proto == proto_socks)
            return 1;
    }
    return 0;
}

/* The part of a packet that is passed to Rust. */
enum part { THE_STREAM, THE_BODY, THE_MESSAGES };

static int dissect_part(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                        proto_tree *tree, const void *data, enum part part)
{
    struct imshark_packet packet;
    struct imshark_plan plan;
    tvbuff_t *heading = NULL;
    /*
     * Data that is nested in a payload of ours, in HTTP for instance, is no connection of
     * its own.
     */
    if (imshark_is_handing_off())
        return 0;
    imshark_describe(&packet, tvb, pinfo, part == THE_STREAM ? data : NULL);
    conversation_t *conversation = imshark_conversation_of(&packet, pinfo);
    packet.session = imshark_session_of(host, conversation);
    packet.first_pdu = pdus_shown(pinfo, host);
    packet.tunnelled =
        packet.first_pass && packet.transport == IMSHARK_TCP && is_tunnelled(pinfo);
    imshark_set_detail(&packet, tree, host, pinfo);
    if (packet.has_listeners)
        packet.has_stream = (uint8_t)imshark_stream_of(pinfo, conversation, &packet.stream);
    packet.can_reassemble = pinfo->can_desegment > 0 && packet.transport == IMSHARK_TCP;
    packet.recognised = conversation_get_dissector(conversation, pinfo->num) == host->handle;
    if (part == THE_BODY)
        heading = describe_heading(&packet, tvb);
    if (part == THE_MESSAGES) {
        packet.transport = IMSHARK_HTTP_MESSAGES;
        packet.can_reassemble = 0;
    }
    memset(&plan, 0, sizeof plan);
    imshark_rust->dissect(host->which, &packet, pinfo->pool, &plan);
    if (plan.panic != NULL) {
        if (part != THE_MESSAGES)
            col_set_str(pinfo->cinfo, COL_PROTOCOL, host->protocol->short_name);
        proto_tree_add_item(tree, host->protocol->id, tvb, 0, -1, ENC_NA);
        REPORT_DISSECTOR_BUG("%s", plan.panic);
    }
    if (plan.verdict == IMSHARK_REJECT)
        return 0;
    add_pdus_shown(pinfo, host, packet.first_pdu, plan.pdus + plan.http_headers);
    if (plan.verdict == IMSHARK_REASSEMBLE) {
        pinfo->desegment_offset = (int)plan.offset;
        pinfo->desegment_len = plan.missing ? plan.missing : DESEGMENT_ONE_MORE_SEGMENT;
    }
    imshark_note_part(host, &packet, pinfo);
    /* Before what may throw: an event is not undone by a packet that is cut. */
    if (plan.events != NULL) {
        imshark_queue_events(host, pinfo, plan.events);
        imshark_queue_credentials(host, pinfo, plan.events);
    }
    if (plan.before > 0)
        tvb = with_bytes_before(&plan, tvb, pinfo);
    imshark_apply(host, &plan, packet.first_pdu, tvb, heading, pinfo, tree);
    return (int)packet.captured;
}

static int dissect(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                   void *data, enum part part)
{
    if (host->builtin_view)
        return host->builtin ? call_dissector_only(host->builtin, tvb, pinfo, tree, data) : 0;
    return dissect_part(host, tvb, pinfo, tree, data, part);
}

void imshark_dissect_http_messages(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                                   proto_tree *tree)
{
    uint32_t length = tvb_captured_length(tvb);
    if (length > 0 && imshark_is_enabled(host)
        && imshark_rust->may_be_http(host->which, tvb_get_ptr(tvb, 0, (int)length), length))
        dissect_part(host, tvb, pinfo, tree, NULL, THE_MESSAGES);
}

int imshark_dissect(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                    proto_tree *tree, void *data)
{
    return dissect(host, tvb, pinfo, tree, data, THE_STREAM);
}

/* ---- called by Wireshark ---- */

#define STUBS(place) \
    static int stream_##place(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data) \
    { \
        return dissect(&imshark_hosts[place], tvb, pinfo, tree, data, THE_STREAM); \
    } \
    static int body_##place(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data) \
    { \
        return dissect(&imshark_hosts[place], tvb, pinfo, tree, data, THE_BODY); \
    }
IMSHARK_FOR_EACH_PLACE(STUBS)

#define STREAM(place) stream_##place,
const dissector_t imshark_streams[IMSHARK_MAX_PROTOCOLS] = { IMSHARK_FOR_EACH_PLACE(STREAM) };

#define BODY(place) body_##place,
const dissector_t imshark_bodies[IMSHARK_MAX_PROTOCOLS] = { IMSHARK_FOR_EACH_PLACE(BODY) };
