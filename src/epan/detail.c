/* Level of detail that is asked for: what nobody asks for is not computed. */
#include "host.h"

int imshark_notes_are_wanted(proto_tree *tree)
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

/* Whether filters and taps ask for more of a protocol than the fields that begin a PDU. */
static int more_than_leading_fields(const struct imshark_protocol *protocol)
{
    for (uint32_t i = protocol->leading_field_count; i < protocol->field_count; i++)
        if (is_referenced(&protocol->fields[i].hfinfo))
            return 1;
    for (uint32_t i = 0; i < protocol->expert_count; i++)
        if (is_referenced(&protocol->experts[i].eiinfo.hf_info.hfinfo))
            return 1;
    return 0;
}

static uint8_t detail_needed(proto_tree *tree, const struct imshark_host *host,
                             int has_listeners)
{
    int own = 0;
    if (has_listeners || imshark_notes_are_wanted(tree) || imshark_hand_offs_are_wanted(tree))
        return IMSHARK_FIELDS;
    if (tree == NULL)
        return IMSHARK_COLUMNS;
    IMSHARK_FOR_EACH_HOST(other)
    {
        if (other->entry->family != host->entry->family
            || !proto_field_is_referenced(tree, other->protocol->id))
            continue;
        if (other != host)
            return IMSHARK_FIELDS;
        own = 1;
    }
    if (!own)
        return IMSHARK_COLUMNS;
    if (host->protocol->leading_field_count == 0 || more_than_leading_fields(host->protocol))
        return IMSHARK_FIELDS;
    return IMSHARK_LEADING_FIELDS;
}

/*
 * Which other fields are asked for, and which taps listen, cannot change while packets are
 * read in order, so that is checked only when reading starts anew, when the protocol itself
 * begins or ceases to be asked for, and after this many packets.
 */
enum { ANSWER_LASTS = 512 };

static struct answer {
    uint32_t frame;
    unsigned left;
    int has_tree;
    int is_asked_for;
    uint8_t detail;
    uint8_t has_listeners;
    uint8_t shows_parties;
} answers[IMSHARK_MAX_PROTOCOLS];

void imshark_forget_detail(void)
{
    memset(answers, 0, sizeof answers);
}

static uint8_t events_are_wanted(const struct imshark_host *host)
{
    return imshark_has_listeners(host) || imshark_credentials_are_wanted();
}

void imshark_set_detail(struct imshark_packet *packet, proto_tree *tree,
                        const struct imshark_host *host, const packet_info *pinfo)
{
    struct answer *last = &answers[host->which];
    if (tree != NULL && PTREE_DATA(tree)->visible) {
        packet->detail = IMSHARK_TREE;
        packet->has_listeners = events_are_wanted(host);
        packet->shows_parties = imshark_parties_are_asked_for(host);
        return;
    }
    int has_tree = tree != NULL;
    int is_asked_for = has_tree && proto_field_is_referenced(tree, host->protocol->id);
    if (last->left == 0 || pinfo->num <= last->frame || last->has_tree != has_tree
        || last->is_asked_for != is_asked_for) {
        last->left = ANSWER_LASTS;
        last->has_tree = has_tree;
        last->is_asked_for = is_asked_for;
        last->has_listeners = events_are_wanted(host);
        last->detail = detail_needed(tree, host, last->has_listeners);
        last->shows_parties =
            last->detail == IMSHARK_FIELDS && has_tree && imshark_parties_are_asked_for(host);
    }
    last->left--;
    last->frame = pinfo->num;
    packet->detail = last->detail;
    packet->has_listeners = last->has_listeners;
    packet->shows_parties = last->shows_parties;
}
