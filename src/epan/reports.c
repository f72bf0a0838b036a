/*
 * Hands events to the reports that listen, and prints reports for -z.
 *
 * A family has one tap. What is queued there is a list of events, which only Rust reads.
 */
#include "host.h"

#include <stdio.h>

#ifdef G_OS_WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#else
#include <dlfcn.h>
#endif

#include <epan/stat_tap_ui.h>

/* The tap of each family, by the index that stands for it. */
static int taps[IMSHARK_MAX_PROTOCOLS];

static const struct imshark_report *reports;

int imshark_has_listeners(const struct imshark_host *host)
{
    uint32_t family = host->entry->family;
    return tap_listeners_require_dissection()
           && (have_tap_listener(taps[family]) || imshark_has_export_listeners(family));
}

void imshark_queue_events(const struct imshark_host *host, packet_info *pinfo, const void *events)
{
    tap_queue_packet(taps[host->entry->family], pinfo, events);
    imshark_queue_exports(host->entry->family, pinfo, events);
}

static void reset(void *report)
{
    imshark_rust->reset_report(report);
}

IMSHARK_TAP_PACKET(add)
{
    uint32_t count;
    imshark_rust->add_events(tapdata, events, &count);
    return TAP_PACKET_DONT_REDRAW;
}

/* Called by Rust. */
static void write_piece(const char *piece, size_t length)
{
    fwrite(piece, 1, length, stdout);
}

void imshark_print_as_it_is(void (*print)(const void *what), const void *what)
{
#ifdef G_OS_WIN32
    fflush(stdout);
    int mode = _setmode(_fileno(stdout), _O_BINARY);
    print(what);
    fflush(stdout);
    if (mode != -1)
        _setmode(_fileno(stdout), mode);
#else
    print(what);
#endif
}

static void print_rows(const void *report)
{
    imshark_rust->print_report((void *)report, write_piece);
}

static void print(void *report)
{
    imshark_print_as_it_is(print_rows, report);
    fflush(stdout);
}

/* Starts a report. Returns NULL, or what is wrong with the argument, which the caller frees. */
static char *start(const char *argument, const struct imshark_report *kind)
{
    const char *filter = argument + strlen(kind->name);
    if (*filter != '\0' && *filter != ',')
        return g_strdup_printf("\"-z %s\" is unknown; \"-z help\" lists what there is", argument);
    const char *format = *filter == ',' ? ++filter : filter;
    size_t length = strcspn(format, ",");
    uint32_t which = (uint32_t)(kind - reports);
    void *report = imshark_rust->open_report(which, format, (uint32_t)length);
    if (report != NULL)
        filter = format[length] == ',' ? format + length + 1 : format + length;
    else
        /* The first word is no format: it begins the filter. */
        report = imshark_rust->open_report(which, NULL, 0);
    if (report == NULL)
        return g_strdup("imshark cannot make this report");
    const char *tap = imshark_hosts[kind->protocol].protocol->filter;
    GString *fault = register_tap_listener(tap, report, *filter ? filter : NULL,
                                           TL_REQUIRES_NOTHING, reset, add, print,
                                           imshark_rust->close_report);
    if (fault == NULL)
        return NULL;
    /* Wireshark only finishes with what it has taken. */
    imshark_rust->close_report(report);
    return g_string_free(fault, FALSE);
}

imshark_init_result imshark_end_start(char *fault)
{
    if (fault != NULL) {
        fprintf(stderr, "tshark: %s\n", fault);
        g_free(fault);
    }
#ifdef IMSHARK_STAT_INIT_RESULT
    return fault == NULL;
#else
    /* These versions' own statistics end the program, too. */
    if (fault != NULL)
        exit(1);
#endif
}

static imshark_init_result start_for_z(const char *argument, void *kind)
{
    return imshark_end_start(start(argument, (const struct imshark_report *)kind));
}

int imshark_is_in_gui(void)
{
#ifdef G_OS_WIN32
    return GetModuleHandleW(L"Qt6Core.dll") != NULL || GetModuleHandleW(L"Qt5Core.dll") != NULL;
#else
    void *program = dlopen(NULL, RTLD_LAZY);
    int has_qt = program != NULL && dlsym(program, "qVersion") != NULL;
    if (program != NULL)
        dlclose(program);
    return has_qt;
#endif
}

/* The GUI would print to its terminal whenever it draws. There, -z opens the tables. */
static void register_for_z(uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        stat_tap_ui ui = { .group = REGISTER_STAT_GROUP_GENERIC,
                           .title = reports[i].title,
                           .cli_string = reports[i].name,
                           .tap_init_cb = start_for_z };
        register_stat_tap_ui(&ui, (void *)&reports[i]);
    }
}

void imshark_register_reports(void)
{
    uint32_t count;
    IMSHARK_FOR_EACH_HOST(host)
        if (host->entry->family == host->which)
            taps[host->which] = register_tap(host->protocol->filter);
    reports = imshark_rust->reports(&count);
    if (!imshark_is_in_gui())
        register_for_z(count);
    imshark_register_records();
    imshark_register_report_tables(reports, count);
}
