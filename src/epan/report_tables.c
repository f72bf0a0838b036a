/* Reports as tables, which the GUI shows in its menu Statistics. */
#include "host.h"

#include <epan/stat_tap_ui.h>

/* 3.4 has another name for the group of statistics that stand in the menu itself. */
#ifdef IMSHARK_PACKET_STAT_GROUP
#define STATISTICS REGISTER_PACKET_STAT_GROUP_UNSORTED
#else
#define STATISTICS REGISTER_STAT_GROUP_UNSORTED
#endif

/* A report as a table. */
struct report_table {
    const struct imshark_report *kind;
    /* What Wireshark knows of it. Its own table stays empty: see struct view. */
    stat_tap_table_ui ui;
    /* Of type struct view. */
    GPtrArray *views;
};

/*
 * The table of one listener. Wireshark offers one table of a kind, which several listeners,
 * each with a filter of its own, would fill together. But it prints what the listener's data
 * points to: they are made to point here with its first packet.
 */
struct view {
    stat_tap_table_ui ui;
    struct report_table *table;
    void *report;
};

static struct report_table *report_tables;
static uint32_t report_table_count;

static struct report_table *of_ui(const stat_tap_table_ui *ui)
{
    for (uint32_t i = 0; i < report_table_count; i++)
        if (&report_tables[i].ui == ui)
            return &report_tables[i];
    return NULL;
}

static void free_cell(stat_tap_table *table, unsigned row, unsigned column,
                      stat_tap_table_item_type *cell)
{
    if (cell->type == TABLE_ITEM_STRING)
        g_free((char *)cell->value.string_value);
    cell->type = TABLE_ITEM_NONE;
}

static void free_rows(stat_tap_table *table)
{
    for (unsigned row = 0; row < table->num_elements; row++) {
        for (unsigned column = 0; column < table->num_fields; column++)
            free_cell(table, row, column, stat_tap_get_field_data(table, row, column));
        g_free(table->elements[row]);
    }
    table->num_elements = 0;
}

static void add_empty_table(stat_tap_table_ui *ui)
{
    if (ui->tables == NULL || ui->tables->len == 0)
        stat_tap_add_table(ui, stat_tap_init_table(ui->title, (int)ui->nfields, 0, NULL));
}

static void free_view(void *data)
{
    struct view *view = data;
    free_stat_tables(&view->ui);
    g_array_free(view->ui.tables, TRUE);
    imshark_rust->close_report(view->report);
    g_free(view);
}

static struct view *new_view(struct report_table *table)
{
    void *report = imshark_rust->open_report((uint32_t)(table - report_tables), NULL, 0);
    if (report == NULL)
        return NULL;
    struct view *view = g_new0(struct view, 1);
    view->ui = table->ui;
    view->ui.tables = NULL;
    add_empty_table(&view->ui);
    view->table = table;
    view->report = report;
    g_ptr_array_add(table->views, view);
    return view;
}

/* The view of a listener, which gets one if it has none; NULL if that fails. */
static struct view *view_of(stat_data_t *listener)
{
    struct report_table *table = of_ui(listener->stat_tap_data);
    if (table != NULL) {
        struct view *view = new_view(table);
        if (view != NULL)
            listener->stat_tap_data = &view->ui;
        return view;
    }
    return (struct view *)((char *)listener->stat_tap_data - offsetof(struct view, ui));
}

/* Called before a listener is registered. Without windows no listener is left from before. */
static void open_table(stat_tap_table_ui *ui)
{
    struct report_table *table = of_ui(ui);
    if (table == NULL)
        return;
    if (ui->refcount == 0)
        g_ptr_array_set_size(table->views, 0);
    add_empty_table(ui);
}

/*
 * Called before the packets are counted anew. A window begins with the empty table. Windows
 * keep pointers to the rows that they show, so that the only one must be about to forget
 * them, as it is when it begins.
 */
static void empty(stat_tap_table *emptied)
{
    for (uint32_t i = 0; i < report_table_count; i++) {
        struct report_table *table = &report_tables[i];
        if (table->kind->title != emptied->title)
            continue;
        for (unsigned j = 0; j < table->views->len; j++) {
            struct view *view = g_ptr_array_index(table->views, j);
            GArray *tables = view->ui.tables;
            if (tables->len == 0 || g_array_index(tables, stat_tap_table *, 0) != emptied)
                continue;
            free_rows(emptied);
            imshark_rust->reset_report(view->report);
            return;
        }
        if (table->ui.refcount == 1)
            g_ptr_array_set_size(table->views, 0);
        return;
    }
}

static void set_row(stat_tap_table *table, const struct view *view, uint32_t row)
{
    const struct imshark_report *kind = view->table->kind;
    uint32_t count = kind->column_count;
    struct imshark_cell *cells = g_new0(struct imshark_cell, count);
    stat_tap_table_item_type *items = g_new0(stat_tap_table_item_type, count);
    imshark_rust->report_row(view->report, row, cells);
    for (uint32_t i = 0; i < count; i++) {
        if (row < table->num_elements)
            free_cell(table, row, i, stat_tap_get_field_data(table, row, i));
        if (kind->columns[i].is_number) {
            items[i].type = TABLE_ITEM_UINT;
            items[i].value.uint_value = cells[i].number;
        } else {
            items[i].type = TABLE_ITEM_STRING;
            items[i].value.string_value = g_strdup(cells[i].text ? cells[i].text : "");
        }
    }
    stat_tap_init_table_row(table, row, count, items);
    g_free(items);
    g_free(cells);
}

IMSHARK_TAP_PACKET(add)
{
    uint32_t count = 0;
    struct view *view = view_of(tapdata);
    if (view == NULL || view->ui.tables->len == 0)
        return TAP_PACKET_DONT_REDRAW;
    stat_tap_table *table = g_array_index(view->ui.tables, stat_tap_table *, 0);
    const uint32_t *changed = imshark_rust->add_events(view->report, events, &count);
    for (uint32_t i = 0; i < count; i++)
        set_row(table, view, changed[i]);
    return count > 0 ? TAP_PACKET_REDRAW : TAP_PACKET_DONT_REDRAW;
}

static stat_tap_table_item *columns_of(const struct imshark_report *kind)
{
    stat_tap_table_item *columns = g_new0(stat_tap_table_item, kind->column_count);
    for (uint32_t i = 0; i < kind->column_count; i++) {
        int is_number = kind->columns[i].is_number;
        columns[i].type = is_number ? TABLE_ITEM_UINT : TABLE_ITEM_STRING;
        columns[i].align = kind->columns[i].is_right ? TAP_ALIGN_RIGHT : TAP_ALIGN_LEFT;
        columns[i].column_name = kind->columns[i].title;
        columns[i].field_format = is_number ? "%u" : "%s";
    }
    return columns;
}

void imshark_register_report_tables(const struct imshark_report *reports, uint32_t count)
{
    static tap_param filter = { PARAM_FILTER, "filter", "Filter", NULL, TRUE };
    int in_gui = imshark_is_in_gui();
    report_tables = g_new0(struct report_table, count);
    report_table_count = count;
    for (uint32_t i = 0; i < count; i++) {
        report_tables[i].kind = &reports[i];
        if (reports[i].table_name == NULL)
            continue;
        report_tables[i].views = g_ptr_array_new_with_free_func(free_view);
        report_tables[i].ui = (stat_tap_table_ui){
            .group = STATISTICS,
            .title = reports[i].title,
            .tap_name = imshark_hosts[reports[i].protocol].protocol->filter,
            /* What the GUI opens for -z has two words; what follows is a filter. */
            .cli_string = in_gui ? reports[i].name : reports[i].table_name,
            .stat_tap_init_cb = open_table,
            .packet_func = add,
            .stat_tap_reset_table_cb = empty,
            .stat_tap_free_table_item_cb = free_cell,
            .nfields = reports[i].column_count,
            .fields = columns_of(&reports[i]),
            .nparams = 1,
            .params = &filter,
        };
        register_stat_tap_table_ui(&report_tables[i].ui);
    }
}
