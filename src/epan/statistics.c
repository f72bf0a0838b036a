/* Counts as a tree (-z NAME,tree) and service response times (-z NAME,srt), by family. */
#include "host.h"

#include <epan/srt_table.h>
#include <epan/stats_tree.h>

#ifdef IMSHARK_TAP_FLAGS
#define FLAGS , tap_flags_t flags
#else
#define FLAGS
#endif

static const struct imshark_statistics *statistics;
static uint32_t statistics_count;

static const struct imshark_statistics *of_protocol(uint32_t protocol)
{
    for (uint32_t i = 0; i < statistics_count; i++)
        if (statistics[i].protocol == protocol)
            return &statistics[i];
    return &statistics[0];
}

static void open_tree(stats_tree *tree)
{
    imshark_rust->open_counters(tree);
}

static void close_tree(stats_tree *tree)
{
    imshark_rust->close_counters(tree);
}

static tap_packet_status count_events(stats_tree *tree, packet_info *pinfo, epan_dissect_t *edt,
                                      const void *events FLAGS)
{
    uint32_t count = 0;
    const struct imshark_path *paths = imshark_rust->tree_paths(tree, events, &count);
    for (uint32_t i = 0; i < count; i++) {
        int parent = 0;
        for (uint32_t j = 0; j < paths[i].length; j++)
            parent = tick_stat_node(tree, paths[i].names[j], parent, 1);
    }
    return TAP_PACKET_REDRAW;
}

/* Wireshark never says that it closes these. */
static void open_times(uint32_t protocol, GArray *tables)
{
    imshark_rust->open_counters(tables);
    init_srt_table(of_protocol(protocol)->title, NULL, tables, 0, "Command", NULL, NULL);
}

IMSHARK_TAP_PACKET(add_times)
{
    uint32_t count = 0;
    const GArray *tables = ((const srt_data_t *)tapdata)->srt_array;
    srt_stat_table *table = g_array_index(tables, srt_stat_table *, 0);
    const struct imshark_time *times = imshark_rust->response_times(tables, events, &count);
    for (uint32_t i = 0; i < count; i++) {
        nstime_t delay = NSTIME_INIT_SECS_NSECS(times[i].delay / 1000000000,
                                                (int)(times[i].delay % 1000000000));
        nstime_t request;
        nstime_delta(&request, &pinfo->abs_ts, &delay);
        int row = (int)times[i].row;
        if (row >= table->num_procs || table->procedures[row].procedure == NULL)
            init_srt_table_row(table, row, times[i].name);
        add_srt_table_data(table, row, &request, pinfo);
    }
    return TAP_PACKET_REDRAW;
}

/* Wireshark passes no user data to this callback: one function for each place. */
#define OPEN_TIMES(place) \
    static void open_times_##place(struct register_srt *srt, GArray *tables) \
    { \
        open_times(place, tables); \
    }
IMSHARK_FOR_EACH_PLACE(OPEN_TIMES)
#define OPENER(place) open_times_##place,
static const srt_init_cb time_openers[] = { IMSHARK_FOR_EACH_PLACE(OPENER) };

void imshark_register_statistics(void)
{
    statistics = imshark_rust->statistics(&statistics_count);
    for (uint32_t i = 0; i < statistics_count; i++) {
        uint32_t place = statistics[i].protocol;
        const struct imshark_protocol *protocol = imshark_hosts[place].protocol;
        stats_tree_register_plugin(protocol->filter, protocol->filter, statistics[i].title, 0,
                                   count_events, open_tree, close_tree);
        register_srt_table(protocol->id, NULL, 1, add_times, time_openers[place], NULL);
    }
}
