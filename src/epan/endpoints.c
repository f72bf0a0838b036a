/*
 * Accounts as endpoints and conversations: Statistics > Endpoints and Conversations,
 * -z endpoints,NAME and -z conv,NAME.
 *
 * Names come from Rust as they stand between the quotes of a display filter: the host quotes
 * them, but does not escape them.
 */
#include "host.h"

#include <epan/conversation_table.h>

/* Key of our data among the protocol's per-packet data. */
#define FRAMES_KEY 0x696d7365u

#ifdef IMSHARK_CONVERSATION_TYPE
#define NO_TRANSPORT CONVERSATION_NONE
#else
#define NO_TRANSPORT ENDPOINT_NONE
#endif

/* Endpoints were called hosts before 4.0. */
#ifdef IMSHARK_ENDPOINT_TABLE
typedef endpoint_item_t endpoint_row;
typedef et_dissector_info_t endpoint_info;
#define add_endpoint add_endpoint_table_data
#else
typedef hostlist_talker_t endpoint_row;
typedef hostlist_dissector_info_t endpoint_info;
#define add_endpoint add_hostlist_table_data
#endif

/* What one table counts of the current frame. */
struct frame {
    const void *table;
    void *rows;
    struct frame *next;
};

static const struct imshark_endpoints *families;
static uint32_t family_count;

/* The texts that stand for families, by the protocol's index. */
static ct_dissector_info_t conversations[IMSHARK_MAX_PROTOCOLS];
static endpoint_info endpoints[IMSHARK_MAX_PROTOCOLS];

/* Whether a frame of the capture had parties that do not all write to each other. */
static uint8_t has_groups[IMSHARK_MAX_PROTOCOLS];

static const struct imshark_endpoints *family_at(uint32_t protocol)
{
    for (uint32_t i = 0; i < family_count; i++)
        if (families[i].protocol == protocol)
            return &families[i];
    return NULL;
}

static const header_field_info *field(uint32_t protocol, uint32_t row)
{
    return &imshark_hosts[protocol].protocol->fields[row].hfinfo;
}

int imshark_parties_are_asked_for(const struct imshark_host *host)
{
    const struct imshark_endpoints *family = family_at(host->entry->family);
    if (family == NULL)
        return 0;
    const uint32_t rows[] = { family->party, family->peer, family->from, family->to };
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
        if (field(family->protocol, rows[i])->ref_type != HF_REF_TYPE_NONE)
            return 1;
    return 0;
}

void imshark_forget_groups(void)
{
    memset(has_groups, 0, sizeof has_groups);
}

/* ---- filters ---- */

static const char *name_of(uint32_t protocol, uint32_t row)
{
    return field(protocol, row)->abbrev;
}

/*
 * The host appends == and a name, for both parties or for one, and joins the parts by &&. Two
 * parties of a frame that both receive are no pair: where a capture has such frames, they are
 * excluded.
 */
static const char *peers(const struct imshark_endpoints *family, const conv_item_t *item)
{
    const char *peer = name_of(family->protocol, family->peer);
    if (!has_groups[family->protocol])
        return peer;
    const char *from = name_of(family->protocol, family->from);
    const char *to = name_of(family->protocol, family->to);
    const char *a = (const char *)item->src_address.data;
    const char *b = (const char *)item->dst_address.data;
    char *text = g_strdup_printf("((%s == \"%s\" && %s == \"%s\") || (%s == \"%s\" && %s == \"%s\")"
                                 " || !(%s == \"%s\" && %s == \"%s\")) && %s",
                                 from, a, to, b, from, b, to, a, peer, a, peer, b, peer);
    const char *kept = g_intern_string(text);
    g_free(text);
    return kept;
}

static const char *filter_of_conversation(conv_item_t *item, conv_filter_type_e kind)
{
    const struct imshark_endpoints *family =
        family_at((uint32_t)(item->dissector_info - conversations));
    switch (kind) {
    case CONV_FT_SRC_ADDRESS:
        return name_of(family->protocol, family->from);
    case CONV_FT_DST_ADDRESS:
        return name_of(family->protocol, family->to);
    case CONV_FT_ANY_ADDRESS:
        return peers(family, item);
    default:
        return CONV_FILTER_INVALID;
    }
}

static const char *filter_of_endpoint(endpoint_row *item, conv_filter_type_e kind)
{
    const struct imshark_endpoints *family =
        family_at((uint32_t)(item->dissector_info - endpoints));
    return kind == CONV_FT_ANY_ADDRESS ? name_of(family->protocol, family->party)
                                       : CONV_FILTER_INVALID;
}

/* ---- counting ---- */

static imshark_pool_result free_rows(wmem_allocator_t *pool, wmem_cb_event_t event, void *rows)
{
    imshark_rust->free_frame(rows);
    return 0;
}

/* The rows of the frame in this table: a frame can have several lists of events. */
static void *rows_in(const void *table, packet_info *pinfo, int protocol)
{
    struct frame *first = p_get_proto_data(pinfo->pool, pinfo, protocol, FRAMES_KEY);
    for (struct frame *one = first; one != NULL; one = one->next)
        if (one->table == table)
            return one->rows;
    struct frame *frame = wmem_new0(pinfo->pool, struct frame);
    frame->table = table;
    frame->rows = imshark_rust->open_frame();
    if (frame->rows != NULL)
        wmem_register_callback(pinfo->pool, free_rows, frame->rows);
    if (first != NULL) {
        frame->next = first->next;
        first->next = frame;
    } else
        p_add_proto_data(pinfo->pool, pinfo, protocol, FRAMES_KEY, frame);
    return frame->rows;
}

static void name(address *to, const char *text)
{
    set_address(to, AT_STRINGZ, (int)strlen(text) + 1, text);
}

static void count_endpoints(uint32_t protocol, conv_hash_t *table, packet_info *pinfo,
                            const void *events)
{
    uint32_t count = 0;
    void *rows = rows_in(table, pinfo, imshark_hosts[protocol].protocol->id);
    if (rows == NULL)
        return;
    const struct imshark_endpoint *all =
        imshark_rust->frame_endpoints(rows, events, pinfo->pool, &count);
    for (uint32_t i = 0; i < count; i++) {
        address account;
        name(&account, all[i].name);
        add_endpoint(table, &account, 0, all[i].sends, 1, (int)pinfo->fd->pkt_len,
                     &endpoints[protocol], NO_TRANSPORT);
    }
}

static void count_pairs(uint32_t protocol, conv_hash_t *table, packet_info *pinfo,
                        const void *events)
{
    uint32_t count = 0;
    void *rows = rows_in(table, pinfo, imshark_hosts[protocol].protocol->id);
    if (rows == NULL)
        return;
    const struct imshark_pair *all =
        imshark_rust->frame_pairs(protocol, rows, events, pinfo->pool, &count,
                                  &has_groups[protocol]);
    for (uint32_t i = 0; i < count; i++) {
        address from;
        address to;
        name(&from, all[i].from);
        name(&to, all[i].to);
        add_conversation_table_data_with_conv_id(
            table, &from, &to, 0, 0, all[i].number, 1, (int)pinfo->fd->pkt_len, &pinfo->rel_ts,
            &pinfo->abs_ts, &conversations[protocol], NO_TRANSPORT);
    }
}

/* ---- called by Wireshark ---- */

#ifdef IMSHARK_TABLE_FLAGS
#define KEEP_FLAGS ((conv_hash_t *)tapdata)->flags = flags;
#else
#define KEEP_FLAGS
#endif
#define STUBS(place) \
    IMSHARK_TAP_PACKET(endpoints_##place) \
    { \
        KEEP_FLAGS \
        count_endpoints(place, tapdata, pinfo, events); \
        return TAP_PACKET_REDRAW; \
    } \
    IMSHARK_TAP_PACKET(pairs_##place) \
    { \
        KEEP_FLAGS \
        count_pairs(place, tapdata, pinfo, events); \
        return TAP_PACKET_REDRAW; \
    }
IMSHARK_FOR_EACH_PLACE(STUBS)

#define ENDPOINTS(place) endpoints_##place,
static const tap_packet_cb of_endpoints[] = { IMSHARK_FOR_EACH_PLACE(ENDPOINTS) };
#define PAIRS(place) pairs_##place,
static const tap_packet_cb of_pairs[] = { IMSHARK_FOR_EACH_PLACE(PAIRS) };

void imshark_register_endpoints(void)
{
    families = imshark_rust->endpoints(&family_count);
    for (uint32_t i = 0; i < family_count; i++) {
        uint32_t place = families[i].protocol;
        conversations[place].get_filter_type = filter_of_conversation;
        endpoints[place].get_filter_type = filter_of_endpoint;
        register_conversation_table(imshark_hosts[place].protocol->id, TRUE, of_pairs[place],
                                    of_endpoints[place]);
    }
}
