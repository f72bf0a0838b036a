/* The heuristic dissectors of the protocols' rows. */
#include "host.h"

/* What the heuristics need of a segment: all of them are called for it in turn. */
static struct {
    const tvbuff_t *tvb;
    uint32_t frame;
    uint8_t length;
    uint8_t first;
    uint8_t third;
    uint8_t is_remembered;
} segment;

void imshark_forget_segment(void)
{
    memset(&segment, 0, sizeof segment);
}

static void read_segment(tvbuff_t *tvb, const packet_info *pinfo)
{
    if (segment.tvb == tvb && segment.frame == pinfo->num)
        return;
    uint32_t length = tvb_captured_length(tvb);
    const uint8_t *bytes = length > 0 ? tvb_get_ptr(tvb, 0, length < 3 ? 1 : 3) : NULL;
    segment.tvb = tvb;
    segment.frame = pinfo->num;
    segment.length = length < 3 ? (uint8_t)length : 3;
    segment.first = length > 0 ? bytes[0] : 0;
    segment.third = length < 3 ? 0 : bytes[2];
    segment.is_remembered = (uint8_t)imshark_may_be_remembered(pinfo);
}

/*
 * The cheapest test, so that other traffic costs no more than this: whether these can be
 * the first bytes of the protocol. A missing third byte counts as 0.
 */
static int may_begin(const struct imshark_heuristic *row)
{
    if (row == NULL || segment.length == 0)
        return 0;
    return imshark_has(&row->first_bytes, segment.first)
        || (imshark_has(&row->first_bytes_by_third, segment.first)
            && (segment.third == row->third || segment.third == 0))
        || segment.is_remembered;
}

/*
 * Whether the conversation is ours. UDP stores which heuristic took a frame, and calls it
 * in every later pass instead of the conversation's dissector.
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
    read_segment(tvb, pinfo);
    if (transport == IMSHARK_TCP && host->entry->http != NULL
        && imshark_has(host->entry->http, segment.first)
        && imshark_notice_http(host, tvb, pinfo, data))
        return 0;
    if (host->builtin_view || !may_begin(host->over[transport]))
        return 0;
    if (transport == IMSHARK_UDP && PINFO_FD_VISITED(pinfo))
        return is_ours(host, pinfo) && imshark_dissect(host, tvb, pinfo, tree, data) != 0;
    if (imshark_recognised(host, transport, tvb, pinfo, data) != IMSHARK_YES)
        return 0;
    imshark_claim(host->handle, pinfo);
    return imshark_dissect(host, tvb, pinfo, tree, data) != 0;
}

#define STUB(place) \
    static ws_bool heuristic_##place(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, \
                                     void *data) \
    { \
        return heuristic(&imshark_hosts[place], tvb, pinfo, tree, data) != 0; \
    }
IMSHARK_FOR_EACH_PLACE(STUB)

#define HEURISTIC(place) heuristic_##place,
static const heur_dissector_t heuristics[IMSHARK_MAX_PROTOCOLS] = {
    IMSHARK_FOR_EACH_PLACE(HEURISTIC)
};

void imshark_hand_off_heuristics(void)
{
    IMSHARK_FOR_EACH_HOST(host)
        for (uint32_t i = 0; i < host->entry->heuristic_count; i++) {
            const struct imshark_heuristic *row = &host->entry->heuristics[i];
            host->over[row->transport] = row;
            heur_dissector_add(row->list, heuristics[host->which], row->title, row->name,
                               host->protocol->id, HEURISTIC_ENABLE);
        }
}
