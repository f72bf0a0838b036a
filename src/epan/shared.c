/*
 * Our protocols on ports of other protocols.
 *
 * HTTP and TLS take all bytes, so no heuristic sees ours on their ports. No dissector
 * table is changed for it: when a TCP connection begins on such a port, dissect_first_bytes
 * becomes the dissector of that one conversation. Once the first bytes decide, the
 * conversation is bound to our dissector or to none, and then its owner runs as if we were
 * not there.
 */
#include "host.h"

#include <epan/dissectors/packet-tcp.h>

/* Has no protocol, and is in no table. */
static dissector_handle_t first_bytes_handle;

/* The ports of a packet, and the dissector that each has. */
struct ports {
    unsigned numbers[2];
    dissector_handle_t owners[2];
};

static struct ports ports_of(const packet_info *pinfo)
{
    struct ports ports = { .numbers = { pinfo->srcport, pinfo->destport } };
    for (int i = 0; i < 2; i++)
        ports.owners[i] = dissector_get_uint_handle(imshark_tcp_ports, ports.numbers[i]);
    return ports;
}

static int is_shared(const struct imshark_sharing *sharing, const struct ports *ports, int which)
{
    for (uint32_t i = 0; i < sharing->port_count; i++)
        if (sharing->ports[i] == ports->numbers[which])
            return 1;
    return sharing->with_http && imshark_is_http(ports->owners[which]);
}

/* Whether the user has chosen a dissector for the port by Decode As. */
static int is_chosen(const struct ports *ports, int which)
{
    return ports->owners[which]
        != dissector_get_default_uint_handle("tcp.port", ports->numbers[which]);
}

/* Whether the protocol examines connections to these ports and the preferences allow it. */
static int may_be_ours(const struct imshark_host *host, const struct ports *ports)
{
    const struct imshark_sharing *sharing = host->entry->sharing;
    return sharing != NULL && host->share_ports && imshark_is_enabled(host)
        && ((is_shared(sharing, ports, 0) && !is_chosen(ports, 0))
            || (is_shared(sharing, ports, 1) && !is_chosen(ports, 1)));
}

static int recognise_for(struct imshark_host *host, const struct imshark_packet *packet,
                         const conversation_t *conversation, tvbuff_t *tvb, packet_info *pinfo,
                         proto_tree *tree, void *data, int *answer)
{
    *answer = imshark_recognised(host, IMSHARK_TCP, tvb, pinfo, data);
    /* The capture begins within the stream, and so perhaps within one of our PDUs. */
    if (*answer == IMSHARK_NO && imshark_is_midstream(packet, conversation))
        *answer = IMSHARK_REMEMBER;
    if (*answer != IMSHARK_YES)
        return 0;
    imshark_claim(host->handle, pinfo);
    return call_dissector_only(host->handle, tvb, pinfo, tree, data);
}

/* Examines a segment for each protocol, until one claims it. */
static int recognise_any(const struct imshark_packet *packet, const conversation_t *conversation,
                         const struct ports *ports, tvbuff_t *tvb, packet_info *pinfo,
                         proto_tree *tree, void *data, int *answer)
{
    int used = 0;
    *answer = IMSHARK_NO;
    IMSHARK_FOR_EACH_HOST(host)
    {
        int now = IMSHARK_NO;
        if (*answer != IMSHARK_YES && may_be_ours(host, ports))
            used = recognise_for(host, packet, conversation, tvb, pinfo, tree, data, &now);
        if (now != IMSHARK_NO)
            *answer = now;
    }
    return used;
}

/* A bound dissector that returns 0 leaves the bytes to the owner of the port. */
static int dissect_first_bytes(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    int other = IMSHARK_NO;
    int http = IMSHARK_NO;
    int used = 0;
    if (PINFO_FD_VISITED(pinfo) || tvb_captured_length(tvb) == 0)
        return 0;
    imshark_undo_layer(pinfo);
    struct imshark_packet packet;
    imshark_describe(&packet, tvb, pinfo, data);
    conversation_t *conversation = imshark_conversation_of(&packet, pinfo);
    struct ports ports = ports_of(pinfo);
    if (imshark_is_http(ports.owners[0]) || imshark_is_http(ports.owners[1]))
        used = imshark_try_http(tvb, pinfo, tree, data, &http);
    if (used == 0 && http == IMSHARK_NO)
        used = recognise_any(&packet, conversation, &ports, tvb, pinfo, tree, data, &other);
    /*
     * Bound from frame 0 on, as other dissectors that bind a conversation do: theirs
     * replaces ours.
     */
    if (other != IMSHARK_REMEMBER && http != IMSHARK_REMEMBER
        && conversation_get_dissector(conversation, 0) == first_bytes_handle)
        conversation_set_dissector(conversation, NULL);
    return used;
}

/* Whether any protocol examines connections to this port. */
static int is_watched(const struct ports *ports, int which)
{
    IMSHARK_FOR_EACH_HOST(host)
        if (host->entry->sharing != NULL && is_shared(host->entry->sharing, ports, which))
            return 1;
    return 0;
}

/*
 * Whether the server is of another protocol, such as SOCKS or SSH: its client may happen
 * to use a port of HTTP.
 */
static int is_of_another(const conversation_t *conversation, const struct ports *ports)
{
    unsigned port = imshark_server_port_of(conversation);
    for (int i = 0; i < 2; i++)
        if (ports->numbers[i] == port)
            return ports->owners[i] != NULL && !is_watched(ports, i);
    return 0;
}

/* Not inlined, so that dissect_after saves fewer registers for every frame. */
__attribute__((noinline)) static void watch(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree)
{
    if (pinfo->ptype != PT_TCP)
        return;
    struct ports ports = ports_of(pinfo);
    if (!is_watched(&ports, 0) && !is_watched(&ports, 1))
        return;
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    if (conversation == NULL || conversation->setup_frame != pinfo->num
        || is_of_another(conversation, &ports))
        return;
    IMSHARK_FOR_EACH_HOST(host)
        if (may_be_ours(host, &ports)
            && imshark_claim_midstream(host, frame, pinfo, tree, conversation))
            return;
    if (conversation_get_dissector(conversation, pinfo->num) != NULL)
        return;
    conversation_set_dissector(conversation, first_bytes_handle);
    struct imshark_packet packet;
    imshark_describe(&packet, frame, pinfo, NULL);
    imshark_keep_conversation(&packet, conversation);
}

/* Number of TCP streams up to the latest frame. */
static uint32_t streams;

/* Called for every frame, after all dissectors: must cost nothing for most of them. */
static int dissect_after(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)data;
    uint32_t now = get_tcp_stream_count();
    if (now != streams) {
        streams = now;
        if (!PINFO_FD_VISITED(pinfo))
            watch(tvb, pinfo, tree);
    }
    if (imshark_has_midstream)
        imshark_show_midstream(tvb, pinfo, tree);
    if (imshark_has_noticed_http)
        imshark_dissect_noticed_http(pinfo, tree);
    if (pinfo->data_src != NULL && pinfo->data_src->next != NULL)
        imshark_dissect_http_in_tls(pinfo, tree);
    return 1;
}

static void forget_streams(void)
{
    streams = 0;
    imshark_forget_midstream();
    imshark_forget_noticed_http();
}

void imshark_hand_off_shared(void)
{
    first_bytes_handle = create_dissector_handle(dissect_first_bytes, -1);
    register_postdissector(create_dissector_handle(dissect_after, -1));
    register_init_routine(forget_streams);
}
