/*
 * Follow: a conversation as text, which Rust composes of its events (-z follow,NAME,...;
 * in the GUI of 4.4 and later also Analyze > Follow).
 */
#include "host.h"

#include <epan/addr_resolv.h>
#include <epan/follow.h>
#include <epan/to_str.h>

static const struct imshark_follow *followed;
static uint32_t followed_count;

static const char *field_of(uint32_t protocol)
{
    for (uint32_t i = 0; i < followed_count; i++)
        if (followed[i].protocol == protocol)
            return followed[i].field;
    return "frame.number";
}

/* The filter for a number that the user gives, or that the window Conversations has. */
static char *filter_of_number(uint32_t protocol, unsigned number)
{
    const char *pair = imshark_rust->pair_filter(protocol, number);
    if (pair != NULL)
        return g_strdup(pair);
    return g_strdup_printf("%s == %u", field_of(protocol), number);
}

/* The filter for the conversation of the selected packet, and its number if it has one. */
static char *filter_of_packet(uint32_t protocol, packet_info *pinfo, unsigned *stream)
{
    const char *filter = imshark_filter_of_conversation(protocol, pinfo);
    if (filter == NULL)
        return NULL;
    const char *field = field_of(protocol);
    size_t length = strlen(field);
    *stream = 0;
    if (strncmp(filter, field, length) == 0 && strncmp(filter + length, " == ", 4) == 0)
        *stream = (unsigned)strtoul(filter + length + 4, NULL, 10);
    return g_strdup(filter);
}

static const char *transport_of(uint32_t protocol)
{
    return imshark_hosts[protocol].entry->port_table != NULL
            && strcmp(imshark_hosts[protocol].entry->port_table, "udp.port") == 0
        ? "udp"
        : "tcp";
}

static char *filter_of_ends(uint32_t protocol, const address *a, const address *b, int a_port,
                            int b_port)
{
    const char *ip = a->type == AT_IPv6 ? "ipv6" : "ip";
    const char *transport = transport_of(protocol);
    char *first = address_to_str(NULL, a);
    char *second = address_to_str(NULL, b);
    char *filter = g_strdup_printf(
        "(%s.src == %s && %s.srcport == %d && %s.dst == %s && %s.dstport == %d) || "
        "(%s.src == %s && %s.srcport == %d && %s.dst == %s && %s.dstport == %d)",
        ip, first, transport, a_port, ip, second, transport, b_port,
        ip, second, transport, b_port, ip, first, transport, a_port);
    wmem_free(NULL, first);
    wmem_free(NULL, second);
    return filter;
}

/* A record, which Wireshark frees, and the message in several parts that it is of. */
struct record {
    follow_record_t follow;
    uint8_t has_parts;
    uint64_t message;
};

/* Maximum lines looked at for the parts of a message. */
#define MAX_LINES 4096

/* Removes the lines of the parts of a message, the last of which come first. */
static void remove_parts(follow_info_t *info, uint64_t message)
{
    GList *at = info->payload;
    for (unsigned i = 0; at != NULL && i < MAX_LINES; i++) {
        GList *next = at->next;
        struct record *record = (struct record *)at->data;
        if (record->has_parts && record->message == message) {
            follow_record_t *follow = &record->follow;
            info->bytes_written[follow->is_server ? FROM_SERVER : FROM_CLIENT] -= follow->data->len;
            g_byte_array_free(follow->data, TRUE);
            info->payload = g_list_delete_link(info->payload, at);
            g_free(record);
        }
        at = next;
    }
}

static void add_line(follow_info_t *info, const packet_info *pinfo,
                     const struct imshark_line *line)
{
    struct record *extended = g_new0(struct record, 1);
    follow_record_t *record = &extended->follow;
    size_t length = strlen(line->text);
    if (info->client_ip.type == AT_NONE) {
        int is_client = !line->is_to_client;
        info->client_port = is_client ? pinfo->srcport : pinfo->destport;
        info->server_port = is_client ? pinfo->destport : pinfo->srcport;
        copy_address(&info->client_ip, is_client ? &pinfo->src : &pinfo->dst);
        copy_address(&info->server_ip, is_client ? &pinfo->dst : &pinfo->src);
    }
    if (line->is_whole)
        remove_parts(info, line->message);
    extended->has_parts = line->has_parts;
    extended->message = line->message;
    record->is_server = line->is_of_others != 0;
    record->packet_num = pinfo->num;
#ifdef IMSHARK_FOLLOW_TIME
    record->abs_ts = pinfo->abs_ts;
#endif
    record->data = g_byte_array_append(g_byte_array_sized_new((unsigned)length),
                                       (const uint8_t *)line->text, (unsigned)length);
    info->payload = g_list_prepend(info->payload, record);
    info->bytes_written[line->is_of_others ? FROM_SERVER : FROM_CLIENT] += (unsigned)length;
}

IMSHARK_TAP_PACKET(add_lines)
{
    follow_info_t *info = (follow_info_t *)tapdata;
    uint32_t count = 0;
    const struct imshark_line *lines =
        imshark_rust->follow(info, info->payload == NULL, events, pinfo->pool, &count);
    for (uint32_t i = 0; i < count; i++)
        add_line(info, pinfo, &lines[i]);
    return TAP_PACKET_DONT_REDRAW;
}

/* ---- called by Wireshark ---- */

/* The dissection is an argument since 3.6. */
#ifdef IMSHARK_FOLLOW_DISSECTION
#define DISSECTION epan_dissect_t *edt,
#else
#define DISSECTION
#endif
/* Wireshark passes no user data to these callbacks: one function for each place. */
#define STUBS(place) \
    static char *packet_##place(DISSECTION packet_info *pinfo, unsigned *stream, unsigned *sub) \
    { \
        *sub = 0; \
        return filter_of_packet(place, pinfo, stream); \
    } \
    static char *number_##place(unsigned stream, unsigned sub) \
    { \
        return filter_of_number(place, stream); \
    } \
    static char *ends_##place(address *a, address *b, int a_port, int b_port) \
    { \
        return filter_of_ends(place, a, b, a_port, b_port); \
    }
IMSHARK_FOR_EACH_PLACE(STUBS)

#define PACKET(place) packet_##place,
static const follow_conv_filter_func of_packet[] = { IMSHARK_FOR_EACH_PLACE(PACKET) };
#define NUMBER(place) number_##place,
static const follow_index_filter_func of_number[] = { IMSHARK_FOR_EACH_PLACE(NUMBER) };
#define ENDS(place) ends_##place,
static const follow_address_filter_func of_ends[] = { IMSHARK_FOR_EACH_PLACE(ENDS) };

/* Callbacks that count streams and number parts of them came with 4.2. */
#ifdef IMSHARK_FOLLOW_COUNT
#define NO_COUNT , NULL, NULL
#else
#define NO_COUNT
#endif

void imshark_register_follow(void)
{
    followed = imshark_rust->followed(&followed_count);
    for (uint32_t i = 0; i < followed_count; i++) {
        uint32_t place = followed[i].protocol;
        const struct imshark_protocol *protocol = imshark_hosts[place].protocol;
        register_follow_stream(protocol->id, protocol->filter, of_packet[place],
                               of_number[place], of_ends[place],
                               strcmp(transport_of(place), "udp") == 0 ? udp_port_to_display
                                                                       : tcp_port_to_display,
                               add_lines NO_COUNT);
    }
}
