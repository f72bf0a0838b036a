/*
 * Streams on shared ports whose beginning is not captured.
 *
 * The first captured frame of such a stream has a payload, and the owner of the port
 * dissects it before dissect_first_bytes can be bound to the conversation. Our items are
 * therefore added afterwards, in every pass. From the next frame on the conversation is
 * bound to our dissector.
 */
#include "host.h"

#define IPV6_HEADER 40
#define TCP_HEADER 20
#define IP_PROTO_OF_TCP 6
/* Maximum bytes of link and tunnel headers before the IP header. */
#define MAX_LOWER 256

int imshark_has_midstream;

/* A first captured frame, and the protocol it belongs to. */
struct found {
    uint32_t frame;
    uint32_t which;
};

/* In frame order. */
static wmem_array_t *frames;

static int same(const uint8_t *bytes, const address *of)
{
    return memcmp(bytes, of->data, (size_t)of->len) == 0;
}

static int number(const uint8_t *bytes)
{
    return bytes[0] << 8 | bytes[1];
}

/*
 * Returns the length of the IP header, or 0 if there is none: both addresses must match.
 * `end` is set to the end of the datagram. `ip` has at least IPV6_HEADER bytes.
 */
static int ip_header(const uint8_t *ip, const packet_info *pinfo, int *end)
{
    if (ip[0] >> 4 == 4 && pinfo->src.type == AT_IPv4 && ip[9] == IP_PROTO_OF_TCP
        && same(ip + 12, &pinfo->src) && same(ip + 16, &pinfo->dst)) {
        *end = number(ip + 2);
        return (ip[0] & 15) * 4;
    }
    if (ip[0] >> 4 == 6 && pinfo->src.type == AT_IPv6 && ip[6] == IP_PROTO_OF_TCP
        && same(ip + 8, &pinfo->src) && same(ip + 24, &pinfo->dst)) {
        *end = IPV6_HEADER + number(ip + 4);
        return IPV6_HEADER;
    }
    return 0;
}

/* Returns the TCP payload of a whole frame; NULL if there is none. */
static tvbuff_t *payload_of(tvbuff_t *frame, const packet_info *pinfo)
{
    int captured = (int)tvb_captured_length(frame);
    const uint8_t *bytes = tvb_get_ptr(frame, 0, captured);
    for (int at = 0; at < MAX_LOWER && at + IPV6_HEADER <= captured; at++) {
        int end = 0;
        int header = ip_header(bytes + at, pinfo, &end);
        if (header == 0 || end > captured - at || header + TCP_HEADER > end)
            continue;
        const uint8_t *tcp = bytes + at + header;
        int start = header + (tcp[12] >> 4) * 4;
        if (number(tcp) == (int)pinfo->srcport && number(tcp + 2) == (int)pinfo->destport)
            return start < end ? tvb_new_subset_length(frame, at + start, end - start) : NULL;
    }
    return NULL;
}

/* The protocol that the frame belongs to; NULL if none. */
static struct imshark_host *owner_of(const packet_info *pinfo)
{
    unsigned low = 0;
    unsigned high = wmem_array_get_count(frames);
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        const struct found *found = (const struct found *)wmem_array_index(frames, middle);
        if (found->frame == pinfo->num)
            return &imshark_hosts[found->which];
        if (found->frame < pinfo->num)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void show(struct imshark_host *host, tvbuff_t *payload, packet_info *pinfo,
                 proto_tree *tree)
{
    if (payload == NULL)
        return;
    col_set_writable(pinfo->cinfo, -1, 1);
    imshark_dissect(host, payload, pinfo, tree, NULL);
}

int imshark_claim_midstream(struct imshark_host *host, tvbuff_t *frame, packet_info *pinfo,
                            proto_tree *tree, conversation_t *conversation)
{
    struct found found = { .frame = pinfo->num, .which = host->which };
    tvbuff_t *payload = payload_of(frame, pinfo);
    if (payload == NULL
        || imshark_recognised(host, IMSHARK_TCP, payload, pinfo, NULL) != IMSHARK_YES)
        return 0;
    conversation_set_dissector_from_frame_number(conversation, pinfo->num + 1, host->handle);
    if (frames == NULL)
        frames = wmem_array_new(wmem_file_scope(), sizeof(struct found));
    wmem_array_append_one(frames, found);
    imshark_has_midstream = 1;
    show(host, payload, pinfo, tree);
    return 1;
}

void imshark_show_midstream(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree)
{
    struct imshark_host *host =
        frames != NULL && PINFO_FD_VISITED(pinfo) ? owner_of(pinfo) : NULL;
    if (host != NULL)
        show(host, payload_of(frame, pinfo), pinfo, tree);
}

/* The memory itself is freed with the file. */
void imshark_forget_midstream(void)
{
    frames = NULL;
    imshark_has_midstream = 0;
}
