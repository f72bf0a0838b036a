/*
 * Calls Rust for a packet. Rust decides and returns; only then is Wireshark called, with no
 * Rust frame below on the stack.
 */
#include "host.h"

/* Key of our data among the protocol's per-packet data. */
#define PACKET_KEY 0x696d7368u

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

static uint8_t detail_of(proto_tree *tree, int proto)
{
    if (tree == NULL || !proto_field_is_referenced(tree, proto))
        return IMSHARK_COLUMNS;
    return PTREE_DATA(tree)->visible ? IMSHARK_TREE : IMSHARK_FIELDS;
}

/* Which of its two ends sent the packet: the same for every packet of a direction. */
static uint8_t from_lower_end(const packet_info *pinfo)
{
    int order = cmp_address(&pinfo->src, &pinfo->dst);
    return order < 0 || (order == 0 && pinfo->srcport < pinfo->destport);
}

static void describe(struct imshark_packet *packet, tvbuff_t *tvb, packet_info *pinfo)
{
    memset(packet, 0, sizeof *packet);
    packet->captured = tvb_captured_length(tvb);
    packet->reported = tvb_reported_length(tvb);
    packet->bytes = packet->captured ? tvb_get_ptr(tvb, 0, packet->captured) : NULL;
    packet->frame = pinfo->num;
    packet->source_port = (uint16_t)pinfo->srcport;
    packet->destination_port = (uint16_t)pinfo->destport;
    packet->transport = transport_of(pinfo);
}

int imshark_recognised(const struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo)
{
    struct imshark_packet packet;
    describe(&packet, tvb, pinfo);
    return packet.captured > 0 && imshark_rust->recognise(host->which, &packet);
}

/* How many PDUs of the protocol this frame has shown so far, in this dissection of it. */
static uint32_t pdus_shown(packet_info *pinfo, int proto)
{
    return GPOINTER_TO_UINT(p_get_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY));
}

static void add_pdus_shown(packet_info *pinfo, int proto, uint32_t before, uint32_t more)
{
    if (before > 0)
        p_remove_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY);
    if (more > 0)
        p_add_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY, GUINT_TO_POINTER(before + more));
}

static uint32_t session_of(const struct imshark_host *host, conversation_t *conversation)
{
    int proto = host->protocol->id;
    void *number = conversation_get_proto_data(conversation, proto);
    if (number == NULL) {
        number = GUINT_TO_POINTER(imshark_rust->open_session(host->which));
        conversation_add_proto_data(conversation, proto, number);
    }
    return GPOINTER_TO_UINT(number);
}

static int dissect(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                   void *data)
{
    struct imshark_packet packet;
    struct imshark_plan plan;
    if (host->builtin_view)
        return host->builtin ? call_dissector_only(host->builtin, tvb, pinfo, tree, data) : 0;
    conversation_t *conversation = find_or_create_conversation(pinfo);
    describe(&packet, tvb, pinfo);
    packet.session = session_of(host, conversation);
    packet.first_pdu = pdus_shown(pinfo, host->protocol->id);
    packet.detail = detail_of(tree, host->protocol->id);
    packet.first_pass = !PINFO_FD_VISITED(pinfo);
    packet.can_reassemble = pinfo->can_desegment > 0 && packet.transport == IMSHARK_TCP;
    packet.from_lower = from_lower_end(pinfo);
    packet.recognised = conversation_get_dissector(conversation, pinfo->num) == host->handle;
    memset(&plan, 0, sizeof plan);
    imshark_rust->dissect(host->which, &packet, pinfo->pool, &plan);
    if (plan.panic != NULL) {
        col_set_str(pinfo->cinfo, COL_PROTOCOL, host->protocol->short_name);
        proto_tree_add_item(tree, host->protocol->id, tvb, 0, -1, ENC_NA);
        REPORT_DISSECTOR_BUG("%s", plan.panic);
    }
    if (plan.verdict == IMSHARK_REJECT)
        return 0;
    add_pdus_shown(pinfo, host->protocol->id, packet.first_pdu, plan.pdus);
    if (plan.verdict == IMSHARK_REASSEMBLE) {
        pinfo->desegment_offset = (int)plan.offset;
        pinfo->desegment_len = plan.missing ? plan.missing : DESEGMENT_ONE_MORE_SEGMENT;
    }
    imshark_apply(host, &plan, packet.first_pdu, tvb, pinfo, tree);
    return (int)packet.captured;
}

int imshark_dissect_msn(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return dissect(&imshark_msn, tvb, pinfo, tree, data);
}

int imshark_dissect_oicq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return dissect(&imshark_oicq, tvb, pinfo, tree, data);
}

void imshark_claim(const struct imshark_host *host, packet_info *pinfo)
{
    if (!PINFO_FD_VISITED(pinfo))
        conversation_set_dissector_from_frame_number(find_or_create_conversation(pinfo),
                                                     pinfo->num, host->handle);
}

static ws_bool heuristic(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                         proto_tree *tree, void *data)
{
    if (!imshark_recognised(host, tvb, pinfo) || host->builtin_view)
        return 0;
    imshark_claim(host, pinfo);
    return dissect(host, tvb, pinfo, tree, data) != 0;
}

ws_bool imshark_heuristic_msn(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return heuristic(&imshark_msn, tvb, pinfo, tree, data);
}

ws_bool imshark_heuristic_oicq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return heuristic(&imshark_oicq, tvb, pinfo, tree, data);
}
