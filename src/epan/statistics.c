/* Counts as a tree (-z NAME,tree) and service response times (-z NAME,srt), by family. */
#include "host.h"

#include <epan/srt_table.h>
#include <epan/stats_tree.h>

static const struct imshark_statistics *statistics;
static uint32_t statistics_count;

static const struct imshark_statistics *of_protocol(uint32_t protocol)
{
    for (uint32_t i = 0; i < statistics_count; i++)
        if (statistics[i].protocol == protocol)
            return &statistics[i];
    return &statistics[0];
}

static void reset_tree(uint32_t protocol)
{
    imshark_rust->reset_tree(protocol);
}

static tap_packet_status count_events(stats_tree *tree, uint32_t protocol, const void *events)
{
    uint32_t count = 0;
    const struct imshark_path *paths = imshark_rust->tree_paths(protocol, events, &count);
    for (uint32_t i = 0; i < count; i++) {
        int parent = 0;
        for (uint32_t j = 0; j < paths[i].length; j++)
            parent = tick_stat_node(tree, paths[i].names[j], parent, 1);
    }
    return TAP_PACKET_REDRAW;
}

static void open_times(uint32_t protocol, GArray *tables)
{
    imshark_rust->reset_times(protocol);
    init_srt_table(of_protocol(protocol)->title, NULL, tables, 0, "Command", NULL, NULL);
}

static tap_packet_status add_times(const srt_data_t *data, uint32_t protocol, packet_info *pinfo,
                                   const void *events)
{
    uint32_t count = 0;
    srt_stat_table *table = g_array_index(data->srt_array, srt_stat_table *, 0);
    const struct imshark_time *times = imshark_rust->response_times(protocol, events, &count);
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

/* Wireshark passes no user data to these callbacks: one function for each place. */
#ifdef IMSHARK_TAP_FLAGS
#define FLAGS , tap_flags_t flags
#else
#define FLAGS
#endif
#define STUBS(place) \
    static void open_tree_##place(stats_tree *tree) \
    { \
        reset_tree(place); \
    } \
    static tap_packet_status count_##place(stats_tree *tree, packet_info *pinfo, \
                                           epan_dissect_t *edt, const void *events FLAGS) \
    { \
        return count_events(tree, place, events); \
    } \
    static void open_times_##place(struct register_srt *srt, GArray *tables) \
    { \
        open_times(place, tables); \
    } \
    static tap_packet_status time_##place(void *data, packet_info *pinfo, epan_dissect_t *edt, \
                                          const void *events FLAGS) \
    { \
        return add_times((const srt_data_t *)data, place, pinfo, events); \
    }
IMSHARK_FOR_EACH_PLACE(STUBS)

#define OPEN_TREE(place) open_tree_##place,
static void (*const tree_openers[])(stats_tree *) = { IMSHARK_FOR_EACH_PLACE(OPEN_TREE) };
#define COUNT(place) count_##place,
static const stat_tree_packet_cb counters[] = { IMSHARK_FOR_EACH_PLACE(COUNT) };
#define OPEN_TIMES(place) open_times_##place,
static const srt_init_cb time_openers[] = { IMSHARK_FOR_EACH_PLACE(OPEN_TIMES) };
#define TIME(place) time_##place,
static const tap_packet_cb timers[] = { IMSHARK_FOR_EACH_PLACE(TIME) };

void imshark_register_statistics(void)
{
    statistics = imshark_rust->statistics(&statistics_count);
    for (uint32_t i = 0; i < statistics_count; i++) {
        uint32_t place = statistics[i].protocol;
        const struct imshark_protocol *protocol = imshark_hosts[place].protocol;
        stats_tree_register_plugin(protocol->filter, protocol->filter, statistics[i].title, 0,
                                   counters[place], tree_openers[place], NULL);
        register_srt_table(protocol->id, NULL, 1, timers[place], time_openers[place], NULL);
    }
}
