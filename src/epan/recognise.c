/*
 * Decides which protocol an unclaimed packet belongs to.
 *
 * TCP is not asked to reassemble before a connection is claimed. Bytes that are too few
 * to decide on are left to the dissector that would get them without us, and are
 * remembered with the conversation; once later bytes decide, the conversation is ours
 * from that frame on. All of this happens in the first pass: later ones find the
 * dissector of the conversation.
 */
#include "host.h"

/* Binds a dissector to this conversation from now on. */
void imshark_claim(dissector_handle_t handle, packet_info *pinfo)
{
    if (!PINFO_FD_VISITED(pinfo))
        conversation_set_dissector_from_frame_number(find_or_create_conversation(pinfo),
                                                     pinfo->num, handle);
}

/* ---- undecided conversations ---- */

/* A bit for each hash of two ports: where it is clear, no conversation is looked up. */
static uint8_t remembered[8192];

void imshark_forget_remembered(void)
{
    memset(remembered, 0, sizeof remembered);
}

static uint8_t *place_of(const packet_info *pinfo, uint8_t *bit)
{
    uint32_t hash = ((pinfo->srcport ^ pinfo->destport) * 2654435761u) >> 16;
    *bit = (uint8_t)(1u << (hash & 7));
    return &remembered[hash >> 3];
}

int imshark_may_be_remembered(const packet_info *pinfo)
{
    uint8_t bit;
    return (*place_of(pinfo, &bit) & bit) != 0;
}

static uint32_t session_if_any(const struct imshark_host *host, packet_info *pinfo)
{
    if (!imshark_may_be_remembered(pinfo))
        return 0;
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    return conversation == NULL ? 0 : imshark_session_if_any(host, conversation);
}

static uint32_t new_session(const struct imshark_host *host, packet_info *pinfo)
{
    uint8_t bit;
    uint8_t *place = place_of(pinfo, &bit);
    *place |= bit;
    return imshark_session_of(host, find_or_create_conversation(pinfo));
}

/* ---- recognising ---- */

/* Segments up to this length are conclusive only at the beginning of a stream. */
enum { SHORT_SEGMENT = 4 };

int imshark_recognised(const struct imshark_host *host, enum imshark_transport transport,
                       tvbuff_t *tvb, packet_info *pinfo, const void *data)
{
    struct imshark_packet packet;
    if (imshark_is_handing_off() || PINFO_FD_VISITED(pinfo) || tvb_captured_length(tvb) == 0)
        return IMSHARK_NO;
    imshark_describe(&packet, tvb, pinfo, data);
    packet.transport = (uint8_t)transport;
    packet.is_stream_start =
        packet.captured <= SHORT_SEGMENT && imshark_opens_connection(&packet, pinfo);
    packet.session = session_if_any(host, pinfo);
    int answer = imshark_rust->recognise(host->which, &packet);
    if (answer != IMSHARK_REMEMBER || packet.session != 0)
        return answer;
    packet.session = new_session(host, pinfo);
    return imshark_rust->recognise(host->which, &packet);
}
