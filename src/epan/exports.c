/* Objects that the user can save: File > Export Objects, and --export-objects. */
#include "host.h"

#include <epan/export_object.h>

/* What was added to one of the host's lists. */
struct list {
    /* The list of the same objects in Rust. */
    void *exports;
    /* The host's entries, which are the host's; its own search for one is linear. */
    GPtrArray *entries;
};

static void free_list(void *data)
{
    struct list *list = (struct list *)data;
    imshark_rust->free_exports(list->exports);
    g_ptr_array_free(list->entries, TRUE);
    g_free(list);
}

static struct list *new_list(uint32_t which)
{
    void *exports = imshark_rust->open_exports(which);
    if (exports == NULL)
        return NULL;
    struct list *list = g_new0(struct list, 1);
    list->exports = exports;
    list->entries = g_ptr_array_new();
    return list;
}

/* A kind of list, and its lists by the host's own. */
struct exports {
    int tap;
    uint32_t which;
    uint32_t family;
    GHashTable *lists;
};

static struct exports exports[IMSHARK_MAX_PROTOCOLS];
static uint32_t export_count;

int imshark_has_export_listeners(uint32_t family)
{
    for (uint32_t i = 0; i < export_count; i++)
        if (exports[i].family == family && have_tap_listener(exports[i].tap))
            return 1;
    return 0;
}

void imshark_queue_exports(uint32_t family, packet_info *pinfo, const void *events)
{
    for (uint32_t i = 0; i < export_count; i++)
        if (exports[i].family == family)
            tap_queue_packet(exports[i].tap, pinfo, events);
}

static void set_text(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
}

static void set_entry(struct list *mine, export_object_list_t *list,
                      const struct imshark_export *object)
{
    export_object_entry_t *old = NULL;
    if (object->row < mine->entries->len)
        old = (export_object_entry_t *)g_ptr_array_index(mine->entries, object->row);
    export_object_entry_t *entry = old ? old : g_new0(export_object_entry_t, 1);
    entry->pkt_num = object->frame;
    set_text(&entry->hostname, object->owner);
    set_text(&entry->content_type, object->content);
    set_text(&entry->filename, object->name);
    size_t known = (size_t)entry->payload_len;
    if (object->length > known) {
        entry->payload_data = g_realloc(entry->payload_data, object->length);
        memcpy(entry->payload_data + known, object->bytes + known, object->length - known);
        entry->payload_len = object->length;
    }
    if (old == NULL) {
        g_ptr_array_add(mine->entries, entry);
        list->add_entry(list->gui_data, entry);
    }
}

static tap_packet_status add(struct exports *kind, export_object_list_t *list, const void *events)
{
    struct list *mine = (struct list *)g_hash_table_lookup(kind->lists, list);
    /* Not every host says that it begins anew: another list can stand at the same address. */
    const void *first = list->get_entry(list->gui_data, 0);
    const void *known = NULL;
    if (mine != NULL && mine->entries->len > 0)
        known = g_ptr_array_index(mine->entries, 0);
    if (mine == NULL || known != first) {
        mine = new_list(kind->which);
        if (mine == NULL)
            return TAP_PACKET_DONT_REDRAW;
        g_hash_table_insert(kind->lists, list, mine);
    }
    uint32_t count;
    const struct imshark_export *objects = imshark_rust->add_exports(mine->exports, events, &count);
    for (uint32_t i = 0; i < count; i++)
        set_entry(mine, list, &objects[i]);
    imshark_rust->release_exports(mine->exports);
    return count > 0 ? TAP_PACKET_REDRAW : TAP_PACKET_DONT_REDRAW;
}

#define CALLBACKS(place) \
    IMSHARK_TAP_PACKET(add_##place) \
    { \
        return add(&exports[place], (export_object_list_t *)tapdata, events); \
    } \
    static void reset_##place(void) \
    { \
        g_hash_table_remove_all(exports[place].lists); \
    }
IMSHARK_FOR_EACH_PLACE(CALLBACKS)

#define ADD(place) add_##place,
static const tap_packet_cb add_callbacks[] = { IMSHARK_FOR_EACH_PLACE(ADD) };

#define RESET(place) reset_##place,
static const export_object_gui_reset_cb reset_callbacks[] = { IMSHARK_FOR_EACH_PLACE(RESET) };

void imshark_register_exports(void)
{
    const struct imshark_exports *kinds = imshark_rust->exports(&export_count);
    if (export_count > IMSHARK_MAX_PROTOCOLS)
        export_count = IMSHARK_MAX_PROTOCOLS;
    for (uint32_t i = 0; i < export_count; i++) {
        const struct imshark_host *host = &imshark_hosts[kinds[i].protocol];
        exports[i] = (struct exports){
            .tap = register_export_object(host->protocol->id, add_callbacks[i],
                                          reset_callbacks[i]),
            .which = i,
            .family = host->entry->family,
            .lists = g_hash_table_new_full(NULL, NULL, NULL, free_list),
        };
    }
}
