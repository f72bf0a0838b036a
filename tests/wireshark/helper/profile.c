/*
 * Makes the calls of Wireshark's dialogs: lists the rows of Decode As, clears them all,
 * and saves the profile.
 *
 * IMSHARK_HELPER_LOG is the file for the rows. If IMSHARK_HELPER_CLEAR is set, all rows
 * are cleared when a capture is closed.
 */
#include "plugin.h"
#include <epan/decode_as.h>
#include <epan/disabled_protos.h>
#include <epan/prefs.h>

static FILE *log_file;

static void one_row(const char *table, ftenum_t type, void *key, void *entry, void *data)
{
    dissector_handle_t current = dtbl_entry_get_handle((dtbl_entry_t *)entry);
    (void)data;
    if (type == FT_STRING || type == FT_STRINGZ)
        fprintf(log_file, "row %s %s", table, (const char *)key);
    else
        fprintf(log_file, "row %s %u", table, GPOINTER_TO_UINT(key));
    const char *name = current == NULL ? NULL : dissector_handle_get_short_name(current);
    fprintf(log_file, " %s\n", name == NULL ? "(none)" : name);
}

static void list_rows(const char *when)
{
    fprintf(log_file, "%s\n", when);
    dissector_all_tables_foreach_changed(one_row, NULL);
    fflush(log_file);
}

static void opened(void)
{
    list_rows("opened");
}

static int first_frame(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)tvb;
    (void)tree;
    (void)data;
    if (pinfo->num == 1)
        list_rows("first frame");
    return 0;
}

static void save(void)
{
    char *path = NULL;
    char *error = NULL;
    int failed = write_prefs(&path);
    failed |= save_decode_as_entries(&error);
    save_enabled_and_disabled_lists();
    if (failed)
        fprintf(log_file, "not saved: %s %s\n", path ? path : "", error ? error : "");
}

static void closed(void)
{
    list_rows("closed");
    save();
    if (getenv("IMSHARK_HELPER_CLEAR") != NULL) {
        decode_clear_all();
        list_rows("cleared");
    }
}

static void helper_register(void)
{
    const char *path = getenv("IMSHARK_HELPER_LOG");
    log_file = fopen(path == NULL ? "/dev/null" : path, "a");
    if (log_file == NULL)
        abort();
    register_init_routine(opened);
    register_cleanup_routine(closed);
    register_postdissector(create_dissector_handle(first_frame, -1));
}
