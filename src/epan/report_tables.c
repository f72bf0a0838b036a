/* Reports as tables, which the GUI shows in its menu Statistics. */
#include "host.h"

#include <epan/stat_tap_ui.h>

/* 3.4 has another name for the group of statistics that stand in the menu itself. */
#ifdef IMSHARK_PACKET_STAT_GROUP
#define STATISTICS REGISTER_PACKET_STAT_GROUP_UNSORTED
#else
#define STATISTICS REGISTER_STAT_GROUP_UNSORTED
#endif

/* A report and its table. Wireshark has one of each kind, whatever the number of windows. */
struct report_table {
    const struct imshark_report *kind;
    /* The fold, made when the table is first shown. */
    void *report;
    /*
     * Rows of the table before it was emptied. Windows other than the one that empties it
     * still read them, to sort or to save.
     */
    GPtrArray *old_rows;
    stat_tap_table_ui ui;
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

/* The table is called by the title of its kind, which no other kind has. */
static struct report_table *of_table(const stat_tap_table *table)
{
    for (uint32_t i = 0; i < report_table_count; i++)
        if (report_tables[i].kind->title == table->title)
            return &report_tables[i];
    return NULL;
}

static void free_old_rows(struct report_table *mine)
{
    for (unsigned row = 0; row < mine->old_rows->len; row++) {
        stat_tap_table_item_type *cells = g_ptr_array_index(mine->old_rows, row);
        for (unsigned column = 0; column < mine->kind->column_count; column++)
            free_cell(NULL, row, column, &cells[column]);
        g_free(cells);
    }
    g_ptr_array_set_size(mine->old_rows, 0);
}

static int is_shown_once(const struct report_table *mine)
{
    return mine->ui.refcount <= 1;
}

static void empty(stat_tap_table *table)
{
    struct report_table *mine = of_table(table);
    if (mine == NULL || mine->report == NULL)
        return;
    for (unsigned row = 0; row < table->num_elements; row++)
        g_ptr_array_add(mine->old_rows, table->elements[row]);
    table->num_elements = 0;
    if (is_shown_once(mine))
        free_old_rows(mine);
    imshark_rust->reset_report(mine->report);
}

static void open_table(stat_tap_table_ui *ui)
{
    struct report_table *mine = of_ui(ui);
    if (mine == NULL)
        return;
    if (mine->report == NULL)
        mine->report = imshark_rust->open_report((uint32_t)(mine - report_tables), NULL, 0);
    if (ui->tables != NULL && ui->tables->len > 0)
        return;
    /* The first, or Wireshark has freed the last one without emptying it. */
    if (is_shown_once(mine))
        free_old_rows(mine);
    if (mine->report != NULL)
        imshark_rust->reset_report(mine->report);
    stat_tap_add_table(ui, stat_tap_init_table(mine->kind->title, (int)ui->nfields, 0, NULL));
}

static void set_row(stat_tap_table *table, struct report_table *mine, uint32_t row)
{
    uint32_t count = mine->kind->column_count;
    struct imshark_cell *cells = g_new0(struct imshark_cell, count);
    stat_tap_table_item_type *items = g_new0(stat_tap_table_item_type, count);
    imshark_rust->report_row(mine->report, row, cells);
    for (uint32_t i = 0; i < count; i++) {
        if (row < table->num_elements)
            free_cell(table, row, i, stat_tap_get_field_data(table, row, i));
        if (mine->kind->columns[i].is_number) {
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
    stat_tap_table_ui *ui = ((stat_data_t *)tapdata)->stat_tap_data;
    struct report_table *mine = of_ui(ui);
    uint32_t count = 0;
    if (mine == NULL || mine->report == NULL || ui->tables == NULL || ui->tables->len == 0)
        return TAP_PACKET_DONT_REDRAW;
    stat_tap_table *table = g_array_index(ui->tables, stat_tap_table *, 0);
    const uint32_t *changed = imshark_rust->add_events(mine->report, events, &count);
    for (uint32_t i = 0; i < count; i++)
        set_row(table, mine, changed[i]);
    return count > 0 ? TAP_PACKET_REDRAW : TAP_PACKET_DONT_REDRAW;
}

static stat_tap_table_item *columns_of(const struct imshark_report *kind)
{
    stat_tap_table_item *columns = g_new0(stat_tap_table_item, kind->column_count);
    for (uint32_t i = 0; i < kind->column_count; i++) {
        int is_number = kind->columns[i].is_number;
        columns[i].type = is_number ? TABLE_ITEM_UINT : TABLE_ITEM_STRING;
        columns[i].align = is_number ? TAP_ALIGN_RIGHT : TAP_ALIGN_LEFT;
        columns[i].column_name = kind->columns[i].title;
        columns[i].field_format = is_number ? "%u" : "%s";
    }
    return columns;
}

void imshark_register_report_tables(const struct imshark_report *reports, uint32_t count)
{
    static tap_param filter = { PARAM_FILTER, "filter", "Filter", NULL, TRUE };
    report_tables = g_new0(struct report_table, count);
    report_table_count = count;
    for (uint32_t i = 0; i < count; i++) {
        report_tables[i].kind = &reports[i];
        if (reports[i].table_name == NULL)
            continue;
        report_tables[i].old_rows = g_ptr_array_new();
        report_tables[i].ui = (stat_tap_table_ui){
            .group = STATISTICS,
            .title = reports[i].title,
            .tap_name = imshark_hosts[reports[i].protocol].protocol->filter,
            .cli_string = reports[i].table_name,
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
