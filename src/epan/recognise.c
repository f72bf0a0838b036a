/*
 * Whose a packet is that nobody claims: the heuristic dissectors.
 *
 * Nothing is asked of TCP before a connection is ours. What is too short to tell by stays
 * with whom it would have gone to, and is remembered with the conversation; when more of it
 * tells, the conversation is ours from that frame on. All this is of the first pass: later
 * ones find the dissector of the conversation.
 */
#include "host.h"

/* The dissector of this conversation from now on. */
void imshark_claim(dissector_handle_t handle, packet_info *pinfo)
{
    if (!PINFO_FD_VISITED(pinfo))
        conversation_set_dissector_from_frame_number(find_or_create_conversation(pinfo),
                                                     pinfo->num, handle);
}

/* ---- conversations of which something is remembered ---- */

/* What all heuristics ask of a segment, which they are given one after the other. */
static struct {
    const tvbuff_t *tvb;
    uint32_t frame;
    uint8_t length;
    uint8_t first;
    uint8_t third;
    uint8_t is_remembered;
} segment;

/* By a hash of their ports: all others need not be looked up. */
static uint8_t remembered[8192];

void imshark_forget_remembered(void)
{
    memset(remembered, 0, sizeof remembered);
    memset(&segment, 0, sizeof segment);
}

static uint8_t *place_of(const packet_info *pinfo, uint8_t *bit)
{
    uint32_t hash = ((pinfo->srcport ^ pinfo->destport) * 2654435761u) >> 16;
    *bit = (uint8_t)(1u << (hash & 7));
    return &remembered[hash >> 3];
}

static uint32_t session_if_any(const struct imshark_host *host, packet_info *pinfo)
{
    uint8_t bit;
    if (!(*place_of(pinfo, &bit) & bit))
        return 0;
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    return conversation == NULL
        ? 0
        : GPOINTER_TO_UINT(conversation_get_proto_data(conversation, host->protocol->id));
}

static uint32_t new_session(const struct imshark_host *host, packet_info *pinfo)
{
    uint8_t bit;
    uint8_t *place = place_of(pinfo, &bit);
    *place |= bit;
    return imshark_session_of(host, find_or_create_conversation(pinfo));
}

/* ---- recognising ---- */

/* Segments as short as this say something only at the beginning of a stream. */
enum { SHORT_SEGMENT = 4 };

int imshark_recognised(const struct imshark_host *host, enum imshark_transport transport,
                       tvbuff_t *tvb, packet_info *pinfo, const void *data)
{
    struct imshark_packet packet;
    if (imshark_is_handing_off() || PINFO_FD_VISITED(pinfo) || tvb_captured_length(tvb) == 0)
        return IMSHARK_NO;
    imshark_describe(&packet, tvb, pinfo, data);
    packet.transport = (uint8_t)transport;
    packet.opens =
        packet.captured <= SHORT_SEGMENT && imshark_opens_connection(&packet, pinfo);
    packet.session = session_if_any(host, pinfo);
    int answer = imshark_rust->recognise(host->which, &packet);
    if (answer != IMSHARK_REMEMBER || packet.session != 0)
        return answer;
    packet.session = new_session(host, pinfo);
    return imshark_rust->recognise(host->which, &packet);
}

/*
 * The cheapest of the tests, so that other traffic costs no more than this: what can never be
 * the first bytes of a stream. `third` is 0 where it has not come yet.
 */
static int may_begin(const struct imshark_host *host, uint8_t first, uint8_t third)
{
    switch (host->which) {
    case IMSHARK_MSN:
        return (first >= 'A' && first <= 'Z') || first == '\r' || first == '\n'
            || (first >= '0' && first <= '9');
    case IMSHARK_P2P_DIRECT:
        return first == 0x04;
    case IMSHARK_MSNFTP:
        return first == 'V';
    case IMSHARK_OICQ:
        /* A length and 02, or the agent's 05. */
        return first == 0x05 || (first <= 0x20 && (third == 0x02 || third == 0));
    default:
        return 0;
    }
}

/* The families of QQ over UDP begin with 00, 02, 03, 04 and 05. */
enum { LAST_FAMILY = 0x05 };

static void look_at(tvbuff_t *tvb, const packet_info *pinfo)
{
    uint8_t bit;
    if (segment.tvb == tvb && segment.frame == pinfo->num)
        return;
    uint32_t length = tvb_captured_length(tvb);
    const uint8_t *bytes = length > 0 ? tvb_get_ptr(tvb, 0, length < 3 ? 1 : 3) : NULL;
    segment.tvb = tvb;
    segment.frame = pinfo->num;
    segment.length = length < 3 ? (uint8_t)length : 3;
    segment.first = length > 0 ? bytes[0] : 0;
    segment.third = length < 3 ? 0 : bytes[2];
    segment.is_remembered = (*place_of(pinfo, &bit) & bit) != 0;
}

static int is_worth_a_look(const struct imshark_host *host, tvbuff_t *tvb,
                           const packet_info *pinfo)
{
    look_at(tvb, pinfo);
    if (segment.length == 0)
        return 0;
    if (pinfo->ptype != PT_TCP)
        return segment.first <= LAST_FAMILY || segment.is_remembered;
    return may_begin(host, segment.first, segment.third) || segment.is_remembered;
}

/*
 * UDP remembers which heuristic took a frame, and calls it in every later pass in place of the
 * conversation's dissector.
 */
static int is_ours(const struct imshark_host *host, packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    return conversation != NULL
        && conversation_get_dissector(conversation, pinfo->num) == host->handle;
}

static int heuristic(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                     proto_tree *tree, void *data)
{
    enum imshark_transport transport = pinfo->ptype == PT_UDP ? IMSHARK_UDP : IMSHARK_TCP;
    if (host->builtin_view || !is_worth_a_look(host, tvb, pinfo))
        return 0;
    if (transport == IMSHARK_UDP && PINFO_FD_VISITED(pinfo))
        return is_ours(host, pinfo) && imshark_dissect(host, tvb, pinfo, tree, data) != 0;
    if (imshark_recognised(host, transport, tvb, pinfo, data) != IMSHARK_YES)
        return 0;
    imshark_claim(host->handle, pinfo);
    return imshark_dissect(host, tvb, pinfo, tree, data) != 0;
}

static ws_bool heuristic_msn(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    look_at(tvb, pinfo);
    int may_be_http = segment.first == 'G' || segment.first == 'H' || segment.first == 'P';
    if (may_be_http && imshark_notice_http(tvb, pinfo, data))
        return 0;
    return heuristic(&imshark_msn, tvb, pinfo, tree, data) != 0;
}

static ws_bool heuristic_oicq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return heuristic(&imshark_oicq, tvb, pinfo, tree, data) != 0;
}

static ws_bool heuristic_p2p_direct(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                                    void *data)
{
    return heuristic(&imshark_p2p_direct, tvb, pinfo, tree, data) != 0;
}

static ws_bool heuristic_msnftp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return heuristic(&imshark_msnftp, tvb, pinfo, tree, data) != 0;
}

void imshark_hand_off_heuristics(void)
{
    heur_dissector_add("tcp", heuristic_msn, "MSN Messenger over TCP", "msnms_tcp",
                       imshark_msn.protocol->id, HEURISTIC_ENABLE);
    heur_dissector_add("udp", heuristic_oicq, "OICQ over UDP", "oicq_udp",
                       imshark_oicq.protocol->id, HEURISTIC_ENABLE);
    heur_dissector_add("tcp", heuristic_oicq, "OICQ over TCP", "oicq_tcp",
                       imshark_oicq.protocol->id, HEURISTIC_ENABLE);
    heur_dissector_add("tcp", heuristic_p2p_direct, "MSN Peer to Peer over TCP", "msnp2p_tcp",
                       imshark_p2p_direct.protocol->id, HEURISTIC_ENABLE);
    heur_dissector_add("tcp", heuristic_msnftp, "MSN File Transfer over TCP", "msnftp_tcp",
                       imshark_msnftp.protocol->id, HEURISTIC_ENABLE);
}
