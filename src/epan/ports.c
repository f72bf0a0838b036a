/*
 * The ports of our protocols, those that QQ shares with others, and the preferences that
 * concern them.
 */
#include "host.h"

#define MSN_PORT 1863
#define OICQ_PORT 8000
#define MSN_MEDIA_TYPE "application/x-msn-messenger"

/* A port that another protocol holds and QQ uses too. */
struct shared_port {
    const char *table;
    unsigned port;
    port_type transport;
    dissector_handle_t original;
};

static struct shared_port shared_ports[] = {
    { .table = "udp.port", .port = 4000, .transport = PT_UDP }, /* ICQ */
    { .table = "tcp.port", .port = 80, .transport = PT_TCP },   /* HTTP */
    { .table = "tcp.port", .port = 443, .transport = PT_TCP },  /* TLS */
};
static int shared_udp = -1;
static int shared_tcp = -1;
static dissector_handle_t shared_udp_handle;
static dissector_handle_t shared_tcp_handle;
static ws_bool share_ports = 1;

/* ---- ports that QQ shares with another protocol ---- */

static const struct shared_port *shared_port_of(const packet_info *pinfo)
{
    for (size_t i = 0; i < array_length(shared_ports); i++)
        if (shared_ports[i].port == pinfo->match_uint && shared_ports[i].transport == pinfo->ptype)
            return &shared_ports[i];
    return NULL;
}

/*
 * The cheapest of the tests by which a stream is QQ, so that all else on these ports costs no
 * more than this: 02 behind a length, or the agent's 05.
 */
int imshark_may_be_qq(tvbuff_t *tvb, const packet_info *pinfo)
{
    if (pinfo->ptype != PT_TCP || tvb_captured_length(tvb) < 3)
        return 1;
    const uint8_t *bytes = tvb_get_ptr(tvb, 0, 3);
    return bytes[2] == 0x02 || bytes[0] == 0x05;
}

int imshark_try_qq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    int answer = share_ports && imshark_may_be_qq(tvb, pinfo)
        ? imshark_recognised(&imshark_oicq, tvb, pinfo, data)
        : IMSHARK_NO;
    if (answer == IMSHARK_NO || !imshark_is_enabled(&imshark_oicq))
        return 0;
    if (answer == IMSHARK_MAYBE)
        return imshark_ask_for_more(pinfo) ? (int)tvb_captured_length(tvb) : 0;
    imshark_claim(&imshark_oicq, pinfo);
    return call_dissector_only(imshark_oicq.handle, tvb, pinfo, tree, data);
}

/*
 * QQ clients use UDP port 4000, which Wireshark gives to ICQ, and servers take TCP on the
 * ports of HTTP and TLS. Those dissectors take all they get, so that no heuristic ever
 * sees QQ there.
 */
static int dissect_shared(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    const struct shared_port *shared = shared_port_of(pinfo);
    imshark_undo_layer(pinfo);
    int used = imshark_try_qq(tvb, pinfo, tree, data);
    if (used != 0)
        return used;
    /* ICQ's dissector reads two bytes without a look at the length. */
    if (shared == NULL || shared->original == NULL || tvb_reported_length(tvb) < 2)
        return 0;
    used = call_dissector_only(shared->original, tvb, pinfo, tree, data);
    if (used != 0 && imshark_is_http(shared->original))
        imshark_dissect_http_messages(tvb, pinfo, tree);
    return used;
}

dissector_handle_t imshark_original_on(unsigned port)
{
    for (size_t i = 0; i < array_length(shared_ports); i++)
        if (shared_ports[i].port == port && shared_ports[i].transport == PT_TCP)
            return shared_ports[i].original;
    return dissector_get_uint_handle(find_dissector_table("tcp.port"), port);
}

static void make_shared_handles(void)
{
    shared_udp_handle = create_dissector_handle(dissect_shared, shared_udp);
    shared_tcp_handle = create_dissector_handle(dissect_shared, shared_tcp);
}

/*
 * The other dissectors put themselves back on their ports when their preferences change, so
 * this is done for every file anew. The handles are of name-only protocols, which add no
 * layer to the packet.
 */
static void take_shared_ports(void)
{
    for (size_t i = 0; i < array_length(shared_ports); i++) {
        struct shared_port *shared = &shared_ports[i];
        dissector_handle_t ours =
            shared->transport == PT_UDP ? shared_udp_handle : shared_tcp_handle;
        dissector_handle_t now =
            dissector_get_uint_handle(find_dissector_table(shared->table), shared->port);
        if (now == ours)
            continue;
        shared->original = now;
        dissector_change_uint(shared->table, shared->port, ours);
    }
    imshark_take_http();
}

static int register_shared(const char *name, const char *short_name, const char *filter,
                           const char *parent)
{
    return proto_register_protocol_in_name_only(
        name, short_name, filter, proto_get_id_by_filter_name(parent), FT_PROTOCOL);
}

void imshark_register_ports(void)
{
    shared_udp = register_shared("QQ on a shared UDP port", "QQ shared UDP", "oicq_shared_udp", "udp");
    shared_tcp = register_shared("QQ on a shared TCP port", "QQ shared TCP", "oicq_shared_tcp", "tcp");
    imshark_register_http();
    register_init_routine(take_shared_ports);
}

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
    make_shared_handles();
    imshark_hand_off_http();
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
    prefs_register_bool_preference(
        module, "share_ports", "Look for QQ on UDP port 4000 and TCP ports 80 and 443",
        "Show frames of QQ on the ports of ICQ, HTTP and TLS as OICQ; all else there is "
        "left to ICQ, HTTP and TLS", &share_ports);
    imshark_register_key_preferences(module);
}

void imshark_register_preferences(void)
{
    register_preferences(&imshark_msn, msn_prefs_changed);
    register_preferences(&imshark_oicq, oicq_prefs_changed);
}
