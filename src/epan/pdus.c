/*
 * The PDUs of a capture as records for databases: -z msnms,pdus and -z oicq,pdus print one
 * line of JSON for each, as soon as its packet is dissected.
 */
#include "host.h"

#include <stdio.h>

#include <epan/stat_tap_ui.h>

static void print_records(const void *events)
{
    size_t length;
    const char *records = imshark_rust->records(events, &length);
    fwrite(records, 1, length, stdout);
}

IMSHARK_TAP_PACKET(print)
{
    imshark_print_as_it_is(print_records, events);
    return TAP_PACKET_DONT_REDRAW;
}

/* Returns NULL, or what is wrong with the argument, which the caller frees. */
static char *start(const char *argument, const struct imshark_host *host)
{
    const char *filter = strstr(argument, ",pdus") + strlen(",pdus");
    if (*filter != '\0' && *filter != ',')
        return g_strdup_printf("\"-z %s\" is unknown; \"-z help\" lists what there is", argument);
    if (*filter == ',')
        filter++;
    imshark_rust->want_records();
    GString *fault = register_tap_listener(host->protocol->filter, (void *)host,
                                           *filter ? filter : NULL, TL_REQUIRES_NOTHING, NULL,
                                           print, NULL, NULL);
    return fault ? g_string_free(fault, FALSE) : NULL;
}

static imshark_init_result start_for_z(const char *argument, void *host)
{
    return imshark_end_start(start(argument, (const struct imshark_host *)host));
}

void imshark_register_records(void)
{
    if (imshark_is_in_gui())
        return;
    IMSHARK_FOR_EACH_HOST(host)
    {
        if (host->entry->family != host->which)
            continue;
        stat_tap_ui ui = { .group = REGISTER_STAT_GROUP_GENERIC,
                           .title = g_strdup_printf("%s PDUs", host->protocol->short_name),
                           .cli_string =
                               g_strdup_printf("%s,pdus", host->protocol->filter),
                           .tap_init_cb = start_for_z };
        register_stat_tap_ui(&ui, host);
    }
}
