/*
 * Which conversation a packet belongs to.
 */
#include "host.h"

#include <epan/dissectors/packet-tcp.h>

/*
 * The conversations of the latest packets. Wireshark finds one by hashing both ends, which
 * costs as much as a third of what a packet costs us. Both ends, and so their order, are
 * compared in full here; a conversation that another one with the same ends has followed
 * is looked for anew.
 */
enum { CACHE_SIZE = 256 };

struct cached {
    conversation_t *conversation;
    struct imshark_address source;
    struct imshark_address destination;
    uint16_t source_port;
    uint16_t destination_port;
    uint8_t transport;
};

static struct cached cache[CACHE_SIZE];

void imshark_forget_conversations(void)
{
    memset(cache, 0, sizeof cache);
}

static int same_address(const struct imshark_address *a, const struct imshark_address *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static struct cached *cache_place(const struct imshark_packet *packet)
{
    uint32_t hash = packet->source_port * 31u + packet->destination_port;
    hash = hash * 31u + packet->source.bytes[3] * 251u + packet->destination.bytes[3];
    return &cache[(hash * 2654435761u) >> 24];
}

conversation_t *imshark_conversation_of(const struct imshark_packet *packet, packet_info *pinfo)
{
    struct cached *place = cache_place(packet);
    if (place->conversation != NULL && place->conversation->next == NULL
        && place->conversation->setup_frame <= packet->frame
        && place->source_port == packet->source_port
        && place->destination_port == packet->destination_port
        && place->transport == packet->transport
        && same_address(&place->source, &packet->source)
        && same_address(&place->destination, &packet->destination))
        return place->conversation;
    conversation_t *conversation = find_or_create_conversation(pinfo);
    place->conversation = NULL;
    /* Two unknown addresses are not the same, nor are those that a wildcard stands for. */
    if (conversation->options == 0 && packet->source.length > 0 && packet->destination.length > 0
        && packet->transport != IMSHARK_OTHER) {
        place->conversation = conversation;
        place->source = packet->source;
        place->destination = packet->destination;
        place->source_port = packet->source_port;
        place->destination_port = packet->destination_port;
        place->transport = packet->transport;
    }
    return conversation;
}

int imshark_opens_connection(packet_info *pinfo, const void *data)
{
    const struct tcpinfo *info = (const struct tcpinfo *)data;
    if (info == NULL || pinfo->ptype != PT_TCP || pinfo->can_desegment == 0)
        return 0;
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    if (conversation == NULL)
        return 0;
    const struct tcp_analysis *tcp = (const struct tcp_analysis *)conversation_get_proto_data(
        conversation, proto_get_id_by_filter_name("tcp"));
    if (tcp == NULL || tcp->fwd == NULL || (tcp->ts_mru_syn.secs == 0 && tcp->ts_mru_syn.nsecs == 0))
        return 0;
    /* By the preference, the number is relative to the SYN's or is not. */
    return info->seq == 1 || info->seq == tcp->fwd->base_seq + 1;
}
