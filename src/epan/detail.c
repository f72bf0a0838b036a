/*
 * How much of the tree anybody will look at: what is not asked for is not worked out.
 */
#include "host.h"

#include <epan/tap.h>

/* Whether somebody asks for expert notes, of any protocol. */
static int notes_are_wanted(proto_tree *tree)
{
    static int tap = -1;
    static int proto = -1;
    if (tap < 0) {
        tap = find_tap_id("expert");
        proto = proto_get_id_by_filter_name("_ws.expert");
    }
    return have_tap_listener(tap) || (tree != NULL && proto_field_is_referenced(tree, proto));
}

static int is_referenced(const header_field_info *field)
{
    return field->ref_type != HF_REF_TYPE_NONE;
}

/* Whether filters and taps ask for more of a protocol than what begins a PDU. */
static int more_than_heads(const struct imshark_protocol *protocol)
{
    for (uint32_t i = protocol->head_count; i < protocol->field_count; i++)
        if (is_referenced(&protocol->fields[i].hfinfo))
            return 1;
    for (uint32_t i = 0; i < protocol->expert_count; i++)
        if (is_referenced(&protocol->experts[i].eiinfo.hf_info.hfinfo))
            return 1;
    return 0;
}

/*
 * Nobody can ask for other fields while packets are read one after the other, so the many
 * fields are looked at when reading begins anew, and now and then.
 */
enum { ANSWER_LASTS = 64 };

static int only_heads_are_wanted(const struct imshark_host *host, const packet_info *pinfo)
{
    static struct {
        uint32_t frame;
        unsigned left;
        int answer;
    } last[IMSHARK_PROTOCOLS];
    const struct imshark_protocol *protocol = host->protocol;
    if (protocol->head_count == 0)
        return 0;
    if (last[host->which].left == 0 || pinfo->num < last[host->which].frame) {
        last[host->which].left = ANSWER_LASTS;
        last[host->which].answer = !more_than_heads(protocol);
    }
    last[host->which].left--;
    last[host->which].frame = pinfo->num;
    return last[host->which].answer;
}

uint8_t imshark_detail_of(proto_tree *tree, const struct imshark_host *host,
                          const packet_info *pinfo)
{
    int own = 0;
    if (tree != NULL && PTREE_DATA(tree)->visible)
        return IMSHARK_TREE;
    if (notes_are_wanted(tree))
        return IMSHARK_FIELDS;
    for (size_t i = 0; tree != NULL && i < IMSHARK_PROTOCOLS; i++) {
        if (imshark_hosts[i].family != host->family
            || !proto_field_is_referenced(tree, imshark_hosts[i].protocol->id))
            continue;
        if (&imshark_hosts[i] != host)
            return IMSHARK_FIELDS;
        own = 1;
    }
    if (!own)
        return IMSHARK_COLUMNS;
    return only_heads_are_wanted(host, pinfo) ? IMSHARK_HEADS : IMSHARK_FIELDS;
}
