/* Finds the conversation of a packet. */
#include "host.h"

#include <epan/dissectors/packet-tcp.h>
#include <epan/dissectors/packet-udp.h>

#ifdef IMSHARK_CONVERSATION_TYPE
#define IMSHARK_CONVERSATION_TCP CONVERSATION_TCP
#define IMSHARK_CONVERSATION_UDP CONVERSATION_UDP
#else
#define IMSHARK_CONVERSATION_TCP ENDPOINT_TCP
#define IMSHARK_CONVERSATION_UDP ENDPOINT_UDP
#endif

/*
 * The conversations of the latest packets. Wireshark finds one by hashing both endpoints,
 * which costs as much as a third of our own work on a packet. Both endpoints are compared
 * in full here. A conversation can be followed by another one between the same endpoints, in
 * either order, so it counts only up to the last frame that Wireshark has found it for. Both
 * directions have one place: with two, they could displace each other.
 */
enum { CACHE_SIZE = 1024 };

struct endpoint {
    struct imshark_address address;
    uint16_t port;
};

struct cached {
    conversation_t *conversation;
    struct endpoint ends[2];
    uint8_t transport;
};

/* Maximum bytes per direction within which a stream without a beginning is examined. */
enum { MAX_MIDSTREAM = 8192 };

static struct cached cache[CACHE_SIZE];

/* The dissector lists of the templates made for announced endpoints. */
static GHashTable *lists_of_templates;

void imshark_forget_conversations(void)
{
    memset(cache, 0, sizeof cache);
    if (lists_of_templates != NULL)
        g_hash_table_remove_all(lists_of_templates);
}

void imshark_expect_conversations(const packet_info *pinfo, const address *end, uint32_t port,
                                  int is_udp, dissector_handle_t handle)
{
    conversation_t *template = conversation_new(
        pinfo->num, end, end, is_udp ? IMSHARK_CONVERSATION_UDP : IMSHARK_CONVERSATION_TCP, port, 0,
        NO_ADDR2 | NO_PORT2 | CONVERSATION_TEMPLATE);
    conversation_set_dissector(template, handle);
    if (lists_of_templates == NULL)
        lists_of_templates = g_hash_table_new(NULL, NULL);
    g_hash_table_add(lists_of_templates, template->dissector_tree);
}

/*
 * Gives a conversation made from a template a dissector list of its own. It shares the
 * template's, so that a claim by another dissector would apply to all later conversations
 * with that endpoint, and so would ours.
 */
static void own_its_list(conversation_t *conversation, const packet_info *pinfo)
{
    if (lists_of_templates == NULL || (conversation->options & CONVERSATION_TEMPLATE)
        || !g_hash_table_contains(lists_of_templates, conversation->dissector_tree))
        return;
    dissector_handle_t handle = conversation_get_dissector(conversation, pinfo->num);
    conversation->dissector_tree = wmem_tree_new(wmem_file_scope());
    conversation_set_dissector(conversation, handle);
}

static int is_end(const struct endpoint *end, const struct imshark_address *address,
                  uint16_t port)
{
    return end->port == port && end->address.length == address->length
        && memcmp(end->address.bytes, address->bytes, address->length) == 0;
}

/* Whether the packet goes from one end to the other, in either direction. */
static int is_between(const struct endpoint ends[2], const struct imshark_packet *packet)
{
    int from = is_end(&ends[0], &packet->source, packet->source_port) ? 0 : 1;
    return (from == 0 || is_end(&ends[1], &packet->source, packet->source_port))
        && is_end(&ends[1 - from], &packet->destination, packet->destination_port);
}

static uint64_t hash_of(const struct imshark_address *address, uint16_t port)
{
    uint64_t halves[2];
    memcpy(halves, address->bytes, sizeof halves);
    uint64_t hash = (halves[0] ^ (halves[1] << 1) ^ port) * 0x9e3779b97f4a7c15u;
    /* So that the sum of two depends on which they are. */
    return hash ^ hash >> 32;
}

/* The same for both directions. */
static struct cached *cache_place(const struct imshark_packet *packet)
{
    uint64_t hash = hash_of(&packet->source, packet->source_port)
        + hash_of(&packet->destination, packet->destination_port);
    return &cache[hash % CACHE_SIZE];
}

conversation_t *imshark_conversation_of(const struct imshark_packet *packet, packet_info *pinfo)
{
    struct cached *place = cache_place(packet);
    if (place->conversation != NULL && place->conversation->next == NULL
        && place->conversation->setup_frame <= packet->frame
        && packet->frame <= place->conversation->last_frame
        && place->transport == packet->transport && is_between(place->ends, packet))
        return place->conversation;
    conversation_t *conversation = find_or_create_conversation(pinfo);
    own_its_list(conversation, pinfo);
    imshark_keep_conversation(packet, conversation);
    return conversation;
}

void imshark_keep_conversation(const struct imshark_packet *packet, conversation_t *conversation)
{
    struct cached *place = cache_place(packet);
    place->conversation = NULL;
    /* Unknown addresses and wildcards do not identify a conversation. */
    if (conversation->options == 0 && packet->source.length > 0 && packet->destination.length > 0
        && packet->transport != IMSHARK_OTHER) {
        place->conversation = conversation;
        place->ends[0] = (struct endpoint){packet->source, packet->source_port};
        place->ends[1] = (struct endpoint){packet->destination, packet->destination_port};
        place->transport = packet->transport;
    }
}

/* TCP's analysis of a connection; NULL if there is none. */
static const struct tcp_analysis *tcp_of(const conversation_t *conversation)
{
    static int proto_tcp = -1;
    if (proto_tcp == -1)
        proto_tcp = proto_get_id_by_filter_name("tcp");
    return (const struct tcp_analysis *)conversation_get_proto_data(conversation, proto_tcp);
}

#ifdef IMSHARK_UDP_STREAM
/* The same of UDP. */
static const struct udp_analysis *udp_of(const conversation_t *conversation)
{
    static int proto_udp = -1;
    if (proto_udp == -1)
        proto_udp = proto_get_id_by_filter_name("udp");
    return (const struct udp_analysis *)conversation_get_proto_data(conversation, proto_udp);
}
#endif

/* An analysis that is missing, as in a tunnel, is not made: it would take the next number. */
int imshark_stream_of(const packet_info *pinfo, const conversation_t *conversation,
                      uint32_t *stream)
{
    if (pinfo->ptype == PT_TCP) {
        const struct tcp_analysis *tcp = tcp_of(conversation);
        if (tcp != NULL)
            *stream = tcp->stream;
        return tcp != NULL;
    }
#ifdef IMSHARK_UDP_STREAM
    if (pinfo->ptype == PT_UDP) {
        const struct udp_analysis *udp = udp_of(conversation);
        if (udp != NULL)
            *stream = udp->stream;
        return udp != NULL;
    }
#endif
    return 0;
}

unsigned imshark_server_port_of(const conversation_t *conversation)
{
    const struct tcp_analysis *tcp = tcp_of(conversation);
    return tcp != NULL ? tcp->server_port : 0;
}

/* TCP's analysis of a packet's connection and direction; NULL if there is none. */
static const struct tcp_analysis *tcp_of_packet(const struct imshark_packet *packet,
                                                const conversation_t *conversation)
{
    const struct tcp_analysis *tcp =
        packet->has_sequence && conversation != NULL ? tcp_of(conversation) : NULL;
    return tcp != NULL && tcp->fwd != NULL ? tcp : NULL;
}

#ifdef IMSHARK_TCP_COMPLETENESS
/* As in the field `tcp.completeness`; the headers have no names for them. */
enum { SYN_SEEN = 1, SYN_ACK_SEEN = 2 };
#endif

static int has_syn(const struct tcp_analysis *tcp)
{
    /* A SYN at the time 0 (1970) is indistinguishable from no SYN. */
    if (tcp->ts_mru_syn.secs != 0 || tcp->ts_mru_syn.nsecs != 0)
        return 1;
#ifdef IMSHARK_TCP_COMPLETENESS
    return (tcp->conversation_completeness & (SYN_SEEN | SYN_ACK_SEEN)) != 0;
#else
    return 0;
#endif
}

/*
 * Bytes of the direction before the packet. A preference makes sequence numbers relative
 * to that of the SYN or absolute.
 */
static uint32_t bytes_before(const struct tcp_analysis *tcp, const struct imshark_packet *packet)
{
    uint32_t if_relative = packet->sequence - 1;
    uint32_t if_absolute = packet->sequence - 1 - tcp->fwd->base_seq;
    return if_relative < if_absolute ? if_relative : if_absolute;
}

int imshark_opens_connection(const struct imshark_packet *packet, packet_info *pinfo)
{
    const conversation_t *conversation =
        packet->has_sequence ? find_conversation_pinfo(pinfo, 0) : NULL;
    const struct tcp_analysis *tcp = tcp_of_packet(packet, conversation);
    return tcp != NULL && has_syn(tcp) && bytes_before(tcp, packet) == 0;
}

int imshark_is_midstream(const struct imshark_packet *packet, const conversation_t *conversation)
{
    const struct tcp_analysis *tcp = tcp_of_packet(packet, conversation);
    return tcp != NULL && !has_syn(tcp) && bytes_before(tcp, packet) < MAX_MIDSTREAM;
}
