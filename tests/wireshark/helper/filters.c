/*
 * Writes what Analyze > Conversation Filter offers for each packet of a later pass:
 * frame, title and filter. IMSHARK_HELPER_LOG is the file for it.
 */
#include "plugin.h"
#include <epan/conversation_filter.h>

#if WANT_MAJOR == 3
#define FILTERS conv_filter_list
#else
#define FILTERS packet_conv_filter_list
#endif
#if WANT_MAJOR == 3 || (WANT_MAJOR == 4 && WANT_MINOR < 4)
#define DATA(filter)
#else
#define DATA(filter) , (filter)->user_data
#endif

static FILE *log_file;

static int list(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)tvb;
    (void)tree;
    (void)data;
    for (GList *one = FILTERS; pinfo->fd->visited && one != NULL; one = one->next) {
        const conversation_filter_t *filter = one->data;
        if (!filter->is_filter_valid(pinfo DATA(filter)))
            continue;
        char *text = filter->build_filter_string(pinfo DATA(filter));
        fprintf(log_file, "%u\t%s\t%s\n", pinfo->num, filter->display_name, text);
        g_free(text);
    }
    return 0;
}

static void helper_register(void)
{
    const char *path = getenv("IMSHARK_HELPER_LOG");
    log_file = fopen(path == NULL ? "/dev/null" : path, "a");
    if (log_file == NULL)
        abort();
    register_postdissector(create_dissector_handle(list, -1));
}
