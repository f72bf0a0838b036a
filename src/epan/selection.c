/*
 * Conversation filters: from a packet to its conversation, its account, its logins.
 *
 * Wireshark asks for them with nothing but the packet_info of the selected packet, whose
 * bytes still exist. A dissection for the screen notes there what was dissected; Rust
 * dissects that once more when somebody asks.
 */
#include "host.h"

#include <epan/conversation_filter.h>

/* Key of our data among the protocol's per-packet data. */
#define PARTS_KEY 0x696d7366u

/* Maximum kinds of filters: one function for each. */
enum { MAX_SELECTIONS = IMSHARK_MAX_PROTOCOLS };

/* A part of the packet that was dissected. */
struct part {
    struct imshark_packet packet;
    uint32_t which;
    struct part *next;
};

/* All parts of a packet, and the filters made of them so far. */
struct parts {
    struct part *first;
    struct part *last;
    const char *filters[MAX_SELECTIONS];
    uint8_t is_made[MAX_SELECTIONS];
};

static const struct imshark_selection *selections;
static uint32_t selection_count;

static int family_of(const struct imshark_host *host)
{
    return imshark_hosts[host->entry->family].protocol->id;
}

void imshark_note_part(const struct imshark_host *host, const struct imshark_packet *packet,
                       packet_info *pinfo)
{
    if (packet->first_pass || packet->detail != IMSHARK_TREE)
        return;
    int proto = family_of(host);
    struct parts *parts = p_get_proto_data(pinfo->pool, pinfo, proto, PARTS_KEY);
    if (parts == NULL) {
        parts = wmem_new0(pinfo->pool, struct parts);
        p_add_proto_data(pinfo->pool, pinfo, proto, PARTS_KEY, parts);
    }
    struct part *part = wmem_new0(pinfo->pool, struct part);
    part->packet = *packet;
    part->packet.has_listeners = 0;
    part->packet.shows_parties = 0;
    part->which = host->which;
    if (parts->last != NULL)
        parts->last->next = part;
    else
        parts->first = part;
    parts->last = part;
}

/* The filter in this row of the list, which the packet's pool owns; NULL if there is none. */
static const char *filter_of(packet_info *pinfo, unsigned row)
{
    const struct imshark_host *host = &imshark_hosts[selections[row].protocol];
    struct parts *parts = p_get_proto_data(pinfo->pool, pinfo, host->protocol->id, PARTS_KEY);
    if (parts == NULL)
        return NULL;
    if (!parts->is_made[row]) {
        parts->is_made[row] = 1;
        for (const struct part *part = parts->first; part != NULL && parts->filters[row] == NULL;
             part = part->next)
            parts->filters[row] =
                imshark_rust->select(row, part->which, &part->packet, pinfo->pool);
    }
    return parts->filters[row];
}

/* That for the conversation is the first in the list. */
const char *imshark_filter_of_conversation(uint32_t protocol, packet_info *pinfo)
{
    for (unsigned row = 0; row < selection_count; row++)
        if (selections[row].protocol == protocol)
            return filter_of(pinfo, row);
    return NULL;
}

/* ---- called by Wireshark ---- */

/* The callbacks have user data since 4.4. */
#ifdef IMSHARK_FILTER_DATA
#define DATA , void *data
#define NO_DATA , NULL
#else
#define DATA
#define NO_DATA
#endif
#define STUBS(place) \
    static ws_bool has_filter_##place(packet_info *pinfo DATA) \
    { \
        return filter_of(pinfo, place) != NULL; \
    } \
    static char *make_filter_##place(packet_info *pinfo DATA) \
    { \
        return g_strdup(filter_of(pinfo, place)); \
    }
IMSHARK_FOR_EACH_PLACE(STUBS)

#define HAS_FILTER(place) has_filter_##place,
static const is_filter_valid_func checks[] = { IMSHARK_FOR_EACH_PLACE(HAS_FILTER) };
#define MAKE_FILTER(place) make_filter_##place,
static const build_filter_string_func makers[] = { IMSHARK_FOR_EACH_PLACE(MAKE_FILTER) };

void imshark_register_selections(void)
{
    selections = imshark_rust->selections(&selection_count);
    for (uint32_t i = 0; i < selection_count; i++)
        register_conversation_filter(imshark_hosts[selections[i].protocol].protocol->filter,
                                     selections[i].title, checks[i], makers[i] NO_DATA);
}
