/*
 * The ports of our protocols, and the preferences that concern them.
 */
#include "host.h"

#define MSN_PORT 1863
#define OICQ_PORT 8000
#define MSN_MEDIA_TYPE "application/x-msn-messenger"

/* ---- our own ports ---- */

/*
 * Makes our handle and puts it in the place of the built-in one in the list from which
 * Decode As, the command line and the port preferences choose: by the protocol, or by its
 * short name as the description. With two handles of a protocol in that list the command
 * line complains, and so does registration, on standard error, differently in every version;
 * 3.4 even ends itself where dissector bugs are to be fatal.
 *
 * From 4.6 on that list is not to be had. There our handle needs a description of its own,
 * and what the port preferences give to the built-in one, take_ports gives to ours.
 */
static void make_handle(struct imshark_host *host, dissector_t dissector, const char *description,
                        dissector_table_t table)
{
    host->handle = create_dissector_handle(dissector, host->protocol->id);
    GSList *place = g_slist_find(dissector_table_get_dissector_handles(table), host->builtin);
    if (place != NULL)
        place->data = host->handle;
#ifdef IMSHARK_HANDLE_DESCRIPTION
    const char *name = host->protocol->short_name;
    if (host->builtin != NULL && dissector_table_get_dissector_handle(table, name) != host->handle)
        host->handle = create_dissector_handle_with_name_and_description(
            dissector, host->protocol->id, NULL, description);
#else
    (void)description;
#endif
}

static void take_port(struct imshark_host *host, dissector_t dissector, const char *description,
                      const char *name, unsigned port)
{
    dissector_table_t table = find_dissector_table(name);
    host->builtin = dissector_get_uint_handle(table, port);
    make_handle(host, dissector, description, table);
    if (host->builtin != NULL)
        dissector_add_uint(name, port, host->handle);
    else
        dissector_add_uint_with_preference(name, port, host->handle);
}

static void take_media_type(struct imshark_host *host, const char *type)
{
    dissector_table_t table = find_dissector_table("media_type");
    if (table == NULL)
        return;
    host->builtin_media = dissector_get_string_handle(table, type);
#ifdef IMSHARK_HANDLE_DESCRIPTION
    host->media = create_dissector_handle_with_name_and_description(
        imshark_dissect_msn_http, host->protocol->id, NULL, "MSNMS over HTTP (imshark)");
#else
    host->media = create_dissector_handle(imshark_dissect_msn_http, host->protocol->id);
#endif
    dissector_add_string("media_type", type, host->media);
}

/* A protocol that has no port: messages announce its connections, or the user does. */
static void make_own_handle(struct imshark_host *host, dissector_t dissector)
{
    host->handle = create_dissector_handle(dissector, host->protocol->id);
    dissector_add_for_decode_as("tcp.port", host->handle);
}

void imshark_hand_off_ports(void)
{
    take_port(&imshark_msn, imshark_dissect_msn, "MSNMS (imshark)", "tcp.port", MSN_PORT);
    take_port(&imshark_oicq, imshark_dissect_oicq, "OICQ (imshark)", "udp.port", OICQ_PORT);
    dissector_add_for_decode_as("tcp.port", imshark_oicq.handle);
    make_own_handle(&imshark_p2p_direct, imshark_dissect_p2p_direct);
    make_own_handle(&imshark_msnftp, imshark_dissect_msnftp);
    take_media_type(&imshark_msn, MSN_MEDIA_TYPE);
}

/* ---- preferences ---- */

struct exchange {
    dissector_handle_t from;
    wmem_array_t *keys;
};

static void collect(const char *table, ftenum_t type, void *key, void *entry, void *data)
{
    struct exchange *exchange = (struct exchange *)data;
    uint32_t number = GPOINTER_TO_UINT(key);
    (void)table;
    (void)type;
    if (dtbl_entry_get_handle((dtbl_entry_t *)entry) == exchange->from)
        wmem_array_append_one(exchange->keys, number);
}

/*
 * Puts the right handle on every port where the other one is. The built-in dissector puts
 * itself on its ports when the user changes them. What type the preference of those ports
 * has depends on the version of Wireshark; the table tells without asking.
 */
static void take_ports(const struct imshark_host *host, const char *table)
{
    dissector_handle_t to = host->builtin_view ? host->builtin : host->handle;
    struct exchange exchange = {
        .from = host->builtin_view ? host->handle : host->builtin,
        .keys = wmem_array_new(wmem_epan_scope(), sizeof(uint32_t)),
    };
    if (to != NULL && exchange.from != NULL)
        dissector_table_foreach(table, collect, &exchange);
    for (unsigned i = 0; i < wmem_array_get_count(exchange.keys); i++)
        dissector_change_uint(table, *(uint32_t *)wmem_array_index(exchange.keys, i), to);
    wmem_destroy_array(exchange.keys);
}

static void msn_prefs_changed(void)
{
    take_ports(&imshark_msn, "tcp.port");
    dissector_handle_t media = imshark_msn.builtin_view ? imshark_msn.builtin_media : imshark_msn.media;
    if (media != NULL)
        dissector_change_string("media_type", MSN_MEDIA_TYPE, media);
}

static void oicq_prefs_changed(void)
{
    take_ports(&imshark_oicq, "udp.port");
}

static void register_preferences(struct imshark_host *host, void (*changed)(void))
{
    module_t *module = prefs_find_module(host->protocol->filter);
    if (module == NULL)
        module = prefs_register_protocol(host->protocol->id, changed);
    prefs_register_bool_preference(
        module, "builtin_view", "Use Wireshark's own dissector",
        "Show this protocol as Wireshark does without imshark", &host->builtin_view);
    if (host != &imshark_oicq)
        return;
    imshark_register_shared_preference(module);
    imshark_register_key_preferences(module);
}

void imshark_register_preferences(void)
{
    register_preferences(&imshark_msn, msn_prefs_changed);
    register_preferences(&imshark_oicq, oicq_prefs_changed);
}
