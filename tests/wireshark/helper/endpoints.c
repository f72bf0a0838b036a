/*
 * Makes the calls of Wireshark's dialogs Endpoints and Conversations: writes the rows of our
 * tables, and the filters of their menus, to standard error.
 *
 * IMSHARK_HELPER_FILTER is a filter for the tables.
 */
#include "plugin.h"
#include <epan/address.h>
#include <epan/conversation_table.h>
#include <epan/follow.h>
#include <epan/tap.h>

#if WANT_MAJOR == 3
typedef hostlist_talker_t endpoint_item_t;
#define get_endpoint_packet_func get_hostlist_packet_func
#define get_endpoint_filter get_hostlist_filter
#define reset_endpoint_table_data reset_hostlist_table_data
#endif

struct table {
    const char *name;
    conv_hash_t conversations;
    conv_hash_t endpoints;
};

static struct table tables[] = { { .name = "msnms" }, { .name = "oicq" } };

static struct table *table_with(const void *data)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (&tables[i].conversations == data || &tables[i].endpoints == data)
            return &tables[i];
    abort();
}

static void put_name(address *name)
{
    char *text = get_conversation_address(NULL, name, FALSE);
    fprintf(stderr, "\t%s", text);
    wmem_free(NULL, text);
}

static void put_counts(guint64 tx, guint64 tx_bytes, guint64 rx, guint64 rx_bytes)
{
    fprintf(stderr, "\t%lu\t%lu\t%lu\t%lu", (unsigned long)tx, (unsigned long)tx_bytes,
            (unsigned long)rx, (unsigned long)rx_bytes);
}

static void put_conversations(void *data)
{
    static const conv_direction_e directions[] = { CONV_DIR_A_TO_FROM_B, CONV_DIR_A_TO_B,
                                                   CONV_DIR_A_FROM_B };
    struct table *table = table_with(data);
    int proto = proto_get_id_by_filter_name(table->name);
    register_follow_t *follow =
        get_follow_by_name(proto_get_protocol_short_name(find_protocol_by_id(proto)));
    GArray *rows = table->conversations.conv_array;
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        conv_item_t *row = &g_array_index(rows, conv_item_t, i);
        fprintf(stderr, "conversation\t%s", table->name);
        put_name(&row->src_address);
        put_name(&row->dst_address);
        put_counts(row->tx_frames, row->tx_bytes, row->rx_frames, row->rx_bytes);
        fprintf(stderr, "\t%.9f\t%.9f", nstime_to_sec(&row->start_time),
                nstime_to_sec(&row->stop_time));
        for (size_t j = 0; j < sizeof directions / sizeof *directions; j++) {
            char *filter = get_conversation_filter(row, directions[j]);
            fprintf(stderr, "\t%s", filter);
            g_free(filter);
        }
        /* The button "Follow Stream" has this number. */
        char *filter = get_follow_index_func(follow)(row->conv_id, 0);
        fprintf(stderr, "\t%s\n", filter);
        g_free(filter);
    }
    fflush(stderr);
}

static void put_endpoints(void *data)
{
    struct table *table = table_with(data);
    GArray *rows = table->endpoints.conv_array;
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        endpoint_item_t *row = &g_array_index(rows, endpoint_item_t, i);
        char *filter = get_endpoint_filter(row);
        fprintf(stderr, "endpoint\t%s", table->name);
        put_name(&row->myaddress);
        put_counts(row->tx_frames, row->tx_bytes, row->rx_frames, row->rx_bytes);
        fprintf(stderr, "\t%s\n", filter);
        g_free(filter);
    }
    fflush(stderr);
}

static void reset_conversations(void *data)
{
    reset_conversation_table_data(data);
}

static void reset_endpoints(void *data)
{
    reset_endpoint_table_data(data);
}

static void add(const char *tap, conv_hash_t *rows, tap_reset_cb reset, tap_packet_cb packet,
                tap_draw_cb draw)
{
    const char *filter = getenv("IMSHARK_HELPER_FILTER");
    GString *fault = register_tap_listener(tap, rows, filter, 0, reset, packet, draw, NULL);
    if (fault != NULL)
        abort();
}

static void listen(void)
{
    static int listens;
    if (listens++)
        return;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct table *table = &tables[i];
        register_ct_t *ct =
            get_conversation_by_proto_id(proto_get_id_by_filter_name(table->name));
        add(table->name, &table->conversations, reset_conversations,
            get_conversation_packet_func(ct), put_conversations);
        add(table->name, &table->endpoints, reset_endpoints, get_endpoint_packet_func(ct),
            put_endpoints);
    }
}

static void helper_register(void)
{
    register_init_routine(listen);
}
