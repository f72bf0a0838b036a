/*
 * The ports and media types of our protocols.
 */
#include "host.h"

/* ---- our own ports ---- */

/*
 * Makes our handle and puts it in place of the built-in one in the list from which Decode
 * As, the command line and the port preferences choose: by the protocol, or by its short
 * name as the description. With two handles of a protocol in that list the command line
 * and registration complain on standard error, differently in every version; 3.4 even
 * aborts where dissector bugs are fatal.
 *
 * From 4.6 on that list is not accessible. There our handle needs a description of its
 * own, and bind_ports rebinds the ports that the port preferences bind to the built-in
 * one.
 */
static void make_handle(struct imshark_host *host, dissector_table_t table)
{
    dissector_t called = imshark_streams[host->which];
    host->handle = create_dissector_handle(called, host->protocol->id);
    GSList *place = g_slist_find(dissector_table_get_dissector_handles(table), host->builtin);
    if (place != NULL)
        place->data = host->handle;
#ifdef IMSHARK_HANDLE_DESCRIPTION
    const char *name = host->protocol->short_name;
    if (host->builtin != NULL && dissector_table_get_dissector_handle(table, name) != host->handle)
        host->handle = create_dissector_handle_with_name_and_description(
            called, host->protocol->id, NULL, host->entry->port_handle);
#endif
}

static void register_port(struct imshark_host *host)
{
    const struct imshark_entry *entry = host->entry;
    dissector_table_t table = find_dissector_table(entry->port_table);
    host->builtin = dissector_get_uint_handle(table, entry->port);
    make_handle(host, table);
    if (host->builtin != NULL)
        dissector_add_uint(entry->port_table, entry->port, host->handle);
    else
        dissector_add_uint_with_preference(entry->port_table, entry->port, host->handle);
}

static void register_media_type(struct imshark_host *host)
{
    const struct imshark_entry *entry = host->entry;
    dissector_table_t table = find_dissector_table("media_type");
    if (table == NULL)
        return;
    host->builtin_media = dissector_get_string_handle(table, entry->media_type);
#ifdef IMSHARK_HANDLE_DESCRIPTION
    host->media = create_dissector_handle_with_name_and_description(
        imshark_bodies[host->which], host->protocol->id, NULL, entry->media_handle);
#else
    host->media = create_dissector_handle(imshark_bodies[host->which], host->protocol->id);
#endif
    dissector_add_string("media_type", entry->media_type, host->media);
}

void imshark_hand_off_ports(void)
{
    IMSHARK_FOR_EACH_HOST(host)
    {
        const struct imshark_entry *entry = host->entry;
        if (!entry->dissects)
            continue;
        if (entry->port_table != NULL)
            register_port(host);
        else
            host->handle =
                create_dissector_handle(imshark_streams[host->which], host->protocol->id);
        if (entry->decode_as != NULL)
            dissector_add_for_decode_as(entry->decode_as, host->handle);
        if (entry->media_type != NULL)
            register_media_type(host);
    }
}

/* ---- the user's preference ---- */

struct rebinding {
    dissector_handle_t from;
    wmem_array_t *keys;
};

static void collect_key(const char *table, ftenum_t type, void *key, void *entry, void *data)
{
    struct rebinding *rebinding = (struct rebinding *)data;
    uint32_t number = GPOINTER_TO_UINT(key);
    (void)table;
    (void)type;
    if (dtbl_entry_get_handle((dtbl_entry_t *)entry) == rebinding->from)
        wmem_array_append_one(rebinding->keys, number);
}

/*
 * Binds the preferred handle to every port that the other one has. The built-in dissector
 * binds itself to its ports when the user changes them. The type of that port preference
 * depends on the version of Wireshark; the table shows the ports in all of them.
 */
static void bind_ports(const struct imshark_host *host, const char *table)
{
    dissector_handle_t to = host->builtin_view ? host->builtin : host->handle;
    struct rebinding rebinding = {
        .from = host->builtin_view ? host->handle : host->builtin,
        .keys = wmem_array_new(wmem_epan_scope(), sizeof(uint32_t)),
    };
    if (to != NULL && rebinding.from != NULL)
        dissector_table_foreach(table, collect_key, &rebinding);
    for (unsigned i = 0; i < wmem_array_get_count(rebinding.keys); i++)
        dissector_change_uint(table, *(uint32_t *)wmem_array_index(rebinding.keys, i), to);
    wmem_destroy_array(rebinding.keys);
}

void imshark_bind_ports(const struct imshark_host *host)
{
    dissector_handle_t media = host->builtin_view ? host->builtin_media : host->media;
    if (host->entry->port_table != NULL)
        bind_ports(host, host->entry->port_table);
    if (media != NULL)
        dissector_change_string("media_type", host->entry->media_type, media);
}
