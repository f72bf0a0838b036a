/*
 * Applies plans and registers the plugin. See shim.h for the rule that keeps longjmp away
 * from Rust frames.
 */
#include "wrapper.h"

#ifdef IMSHARK_PLUGIN_DESCRIPTION
#include <wsutil/plugins.h>
#endif

/* gboolean up to 4.2, C99 bool from 4.4 on. */
typedef __typeof__(proto_is_protocol_enabled((const protocol_t *)0)) ws_bool;

/* Key of our data among the protocol's per-packet data. */
#define PACKET_KEY 0x696d7368u

#define MSN_PORT 1863
#define OICQ_PORT 8000
#define MSN_MEDIA_TYPE "application/x-msn-messenger"

/* A protocol in this program. */
struct host {
    enum imshark_which which;
    struct imshark_protocol *protocol;
    dissector_handle_t handle;
    /* Wireshark's own dissector, if it has one. */
    dissector_handle_t builtin;
    dissector_handle_t builtin_media;
    ws_bool builtin_view;
};

/* A port that another protocol holds and QQ uses too. */
struct shared_port {
    const char *table;
    unsigned port;
    port_type transport;
    dissector_handle_t original;
};

static const struct imshark_rust *rust;
static struct host msn = { .which = IMSHARK_MSN };
static struct host oicq = { .which = IMSHARK_OICQ };
static struct shared_port shared_ports[] = {
    /* ICQ's dissector takes what begins 02 00, a version of QQ that only old filters know. */
    { .table = "udp.port", .port = 4000, .transport = PT_UDP },
    { .table = "tcp.port", .port = 80, .transport = PT_TCP },   /* HTTP */
    { .table = "tcp.port", .port = 443, .transport = PT_TCP },  /* TLS */
};
static int shared_udp = -1;
static int shared_tcp = -1;
static dissector_handle_t shared_udp_handle;
static dissector_handle_t shared_tcp_handle;
static ws_bool share_ports = 1;

void *imshark_pool_alloc(void *pool, size_t size)
{
    return wmem_alloc((wmem_allocator_t *)pool, size);
}

uint32_t imshark_plugin_description(void)
{
#ifdef IMSHARK_PLUGIN_DESCRIPTION
    return WS_PLUGIN_DESC_DISSECTOR;
#else
    return 1;
#endif
}

/* ---- the packet, as Rust sees it ---- */

static uint8_t transport_of(const packet_info *pinfo)
{
    switch (pinfo->ptype) {
    case PT_TCP:
        return IMSHARK_TCP;
    case PT_UDP:
        return IMSHARK_UDP;
    default:
        return IMSHARK_OTHER;
    }
}

static uint8_t detail_of(proto_tree *tree, int proto)
{
    if (tree == NULL || !proto_field_is_referenced(tree, proto))
        return IMSHARK_COLUMNS;
    return PTREE_DATA(tree)->visible ? IMSHARK_TREE : IMSHARK_FIELDS;
}

/* Which of its two ends sent the packet: the same for every packet of a direction. */
static uint8_t from_lower_end(const packet_info *pinfo)
{
    int order = cmp_address(&pinfo->src, &pinfo->dst);
    return order < 0 || (order == 0 && pinfo->srcport < pinfo->destport);
}

static void describe(struct imshark_packet *packet, tvbuff_t *tvb, packet_info *pinfo)
{
    memset(packet, 0, sizeof *packet);
    packet->captured = tvb_captured_length(tvb);
    packet->reported = tvb_reported_length(tvb);
    packet->bytes = packet->captured ? tvb_get_ptr(tvb, 0, packet->captured) : NULL;
    packet->frame = pinfo->num;
    packet->source_port = (uint16_t)pinfo->srcport;
    packet->destination_port = (uint16_t)pinfo->destport;
    packet->transport = transport_of(pinfo);
}

static int recognised(const struct host *host, tvbuff_t *tvb, packet_info *pinfo)
{
    struct imshark_packet packet;
    describe(&packet, tvb, pinfo);
    return packet.captured > 0 && rust->recognise(host->which, &packet);
}

/* How many PDUs of the protocol this frame has shown so far, in this dissection of it. */
static uint32_t pdus_shown(packet_info *pinfo, int proto)
{
    return GPOINTER_TO_UINT(p_get_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY));
}

static void add_pdus_shown(packet_info *pinfo, int proto, uint32_t before, uint32_t more)
{
    if (before > 0)
        p_remove_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY);
    if (more > 0)
        p_add_proto_data(pinfo->pool, pinfo, proto, PACKET_KEY, GUINT_TO_POINTER(before + more));
}

static uint32_t session_of(const struct host *host, conversation_t *conversation)
{
    int proto = host->protocol->id;
    void *number = conversation_get_proto_data(conversation, proto);
    if (number == NULL) {
        number = GUINT_TO_POINTER(rust->open_session(host->which));
        conversation_add_proto_data(conversation, proto, number);
    }
    return GPOINTER_TO_UINT(number);
}

/* ---- applying a plan ---- */

static const char *text_at(const struct imshark_plan *plan, uint32_t offset)
{
    return plan->texts + offset;
}

/*
 * A text that is the bytes of the packet. Plain ASCII, which nearly all of it is, goes in
 * as it is: Wireshark's own way through the encodings takes twice as long.
 */
static proto_item *add_packet_text(int hf, proto_tree *parent, tvbuff_t *tvb, packet_info *pinfo,
                                   int start, int length)
{
    const uint8_t *bytes = tvb_get_ptr(tvb, start, length);
    uint8_t seen = 0;
    for (int i = 0; i < length; i++)
        seen |= (uint8_t)(bytes[i] | (bytes[i] - 1)); /* the latter for NUL */
    if (seen & 0x80)
        return proto_tree_add_item(parent, hf, tvb, start, length, ENC_UTF_8 | ENC_NA);
    char *text = (char *)wmem_alloc(pinfo->pool, (size_t)length + 1);
    memcpy(text, bytes, (size_t)length);
    text[length] = '\0';
    return proto_tree_add_string(parent, hf, tvb, start, length, text);
}

static proto_item *add_item(const struct imshark_plan *plan, const struct imshark_item *item,
                            int hf, proto_tree *parent, tvbuff_t *tvb, packet_info *pinfo)
{
    int start = (int)item->start;
    int length = (int)item->length;
    switch (item->kind) {
    case IMSHARK_NUMBER:
        return proto_tree_add_uint(parent, hf, tvb, start, length, (uint32_t)item->value);
    case IMSHARK_TEXT:
        return proto_tree_add_string(parent, hf, tvb, start, length,
                                     text_at(plan, (uint32_t)item->value));
    case IMSHARK_UTF8:
        return add_packet_text(hf, parent, tvb, pinfo, start, length);
    case IMSHARK_LATIN1:
        return proto_tree_add_item(parent, hf, tvb, start, length, ENC_ISO_8859_1 | ENC_NA);
    default:
        return proto_tree_add_item(parent, hf, tvb, start, length, ENC_NA);
    }
}

static int field_id(const struct imshark_protocol *protocol, uint16_t field)
{
    if (field == IMSHARK_FIELD_PROTOCOL)
        return protocol->id;
    return field < protocol->field_count ? *protocol->fields[field].p_id : -1;
}

static int tree_id(const struct imshark_protocol *protocol, uint16_t field)
{
    return protocol->trees[field < protocol->field_count ? field : protocol->field_count];
}

static int is_wanted(int hf)
{
    return proto_registrar_get_nth((unsigned)hf)->ref_type != HF_REF_TYPE_NONE;
}

static void apply_items(const struct host *host, const struct imshark_plan *plan,
                        proto_item **made, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    const struct imshark_protocol *protocol = host->protocol;
    proto_tree *level[IMSHARK_MAX_DEPTH + 2];
    int visible = PTREE_DATA(tree)->visible;
    for (size_t i = 0; i < array_length(level); i++)
        level[i] = tree;
    for (uint32_t i = 0; i < plan->item_count; i++) {
        const struct imshark_item *item = &plan->items[i];
        proto_tree *parent = level[item->depth];
        int hf = field_id(protocol, item->field);
        /* What nobody asks for costs no more than this. */
        int is_protocol = item->field == IMSHARK_FIELD_PROTOCOL;
        if (hf < 0 || !(visible || is_protocol || is_wanted(hf))) {
            made[i] = parent;
            level[item->depth + 1] = parent;
            continue;
        }
        proto_item *added = add_item(plan, item, hf, parent, tvb, pinfo);
        made[i] = added;
        if (visible && item->label != 0)
            proto_item_set_text(added, "%s", text_at(plan, item->label));
        if (item->flags & IMSHARK_GENERATED)
            proto_item_set_generated(added);
        if (item->flags & IMSHARK_HIDDEN)
            proto_item_set_hidden(added);
        if (i + 1 < plan->item_count && plan->items[i + 1].depth > item->depth)
            level[item->depth + 1] =
                proto_item_add_subtree(added, tree_id(protocol, item->field));
    }
}

static void apply_notes(const struct host *host, const struct imshark_plan *plan,
                        proto_item **made, proto_item *root, packet_info *pinfo)
{
    for (uint32_t i = 0; i < plan->note_count; i++) {
        const struct imshark_note *note = &plan->notes[i];
        if (note->expert >= host->protocol->expert_count)
            continue;
        expert_field *expert = host->protocol->experts[note->expert].ids;
        proto_item *item = note->item < plan->item_count ? made[note->item] : root;
        if (note->text != 0)
            expert_add_info_format(pinfo, item, expert, "%s", text_at(plan, note->text));
        else
            expert_add_info(pinfo, item, expert);
    }
}

static void apply_columns(const struct host *host, const struct imshark_plan *plan,
                          uint32_t first_pdu, packet_info *pinfo)
{
    if (plan->pdus == 0)
        return;
    col_set_str(pinfo->cinfo, COL_PROTOCOL, host->protocol->short_name);
    if (first_pdu == 0) {
        col_add_str(pinfo->cinfo, COL_INFO, plan->info);
    } else {
        /* What earlier calls for this frame wrote stands before the fence. */
        col_clear(pinfo->cinfo, COL_INFO);
        col_append_sep_str(pinfo->cinfo, COL_INFO, "; ", plan->info);
    }
    col_set_fence(pinfo->cinfo, COL_INFO);
}

static void apply(const struct host *host, const struct imshark_plan *plan, uint32_t first_pdu,
                  tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    proto_item **made = NULL;
    proto_item *root = NULL;
    apply_columns(host, plan, first_pdu, pinfo);
    if (plan->item_count > 0) {
        made = wmem_alloc_array(pinfo->pool, proto_item *, plan->item_count);
        apply_items(host, plan, made, tvb, pinfo, tree);
        root = made[0];
    } else if (plan->pdus > 0) {
        /* The protocol hierarchy and filters for any expert note look for this item. */
        root = proto_tree_add_item(tree, host->protocol->id, tvb, 0, -1, ENC_NA);
    }
    apply_notes(host, plan, made, root, pinfo);
    /* Bytes that only TCP reassembly, switched off, could bring are no fault of the packet. */
    if (plan->touch_length > 0
        && (pinfo->fd->cap_len < pinfo->fd->pkt_len || pinfo->fragmented))
        tvb_ensure_bytes_exist(tvb, (int)plan->touch_offset, (int)plan->touch_length);
}

/* ---- dissectors ---- */

static int dissect(struct host *host, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                   void *data)
{
    struct imshark_packet packet;
    struct imshark_plan plan;
    if (host->builtin_view)
        return host->builtin ? call_dissector_only(host->builtin, tvb, pinfo, tree, data) : 0;
    conversation_t *conversation = find_or_create_conversation(pinfo);
    describe(&packet, tvb, pinfo);
    packet.session = session_of(host, conversation);
    packet.first_pdu = pdus_shown(pinfo, host->protocol->id);
    packet.detail = detail_of(tree, host->protocol->id);
    packet.first_pass = !PINFO_FD_VISITED(pinfo);
    packet.can_reassemble = pinfo->can_desegment > 0 && packet.transport == IMSHARK_TCP;
    packet.from_lower = from_lower_end(pinfo);
    packet.recognised = conversation_get_dissector(conversation, pinfo->num) == host->handle;
    memset(&plan, 0, sizeof plan);
    rust->dissect(host->which, &packet, pinfo->pool, &plan);
    if (plan.panic != NULL) {
        col_set_str(pinfo->cinfo, COL_PROTOCOL, host->protocol->short_name);
        proto_tree_add_item(tree, host->protocol->id, tvb, 0, -1, ENC_NA);
        REPORT_DISSECTOR_BUG("%s", plan.panic);
    }
    if (plan.verdict == IMSHARK_REJECT)
        return 0;
    add_pdus_shown(pinfo, host->protocol->id, packet.first_pdu, plan.pdus);
    if (plan.verdict == IMSHARK_REASSEMBLE) {
        pinfo->desegment_offset = (int)plan.offset;
        pinfo->desegment_len = plan.missing ? plan.missing : DESEGMENT_ONE_MORE_SEGMENT;
    }
    apply(host, &plan, packet.first_pdu, tvb, pinfo, tree);
    return (int)packet.captured;
}

static int dissect_msn(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return dissect(&msn, tvb, pinfo, tree, data);
}

static int dissect_oicq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return dissect(&oicq, tvb, pinfo, tree, data);
}

/* From this frame on the conversation is ours, whatever its ports. */
static void claim(const struct host *host, packet_info *pinfo)
{
    if (!PINFO_FD_VISITED(pinfo))
        conversation_set_dissector_from_frame_number(find_or_create_conversation(pinfo),
                                                     pinfo->num, host->handle);
}

static ws_bool heuristic(struct host *host, tvbuff_t *tvb, packet_info *pinfo,
                         proto_tree *tree, void *data)
{
    if (!recognised(host, tvb, pinfo) || host->builtin_view)
        return 0;
    claim(host, pinfo);
    return dissect(host, tvb, pinfo, tree, data) != 0;
}

static ws_bool heuristic_msn(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return heuristic(&msn, tvb, pinfo, tree, data);
}

static ws_bool heuristic_oicq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return heuristic(&oicq, tvb, pinfo, tree, data);
}

/* ---- ports that QQ shares with another protocol ---- */

static const struct shared_port *shared_port_of(const packet_info *pinfo)
{
    for (size_t i = 0; i < array_length(shared_ports); i++)
        if (shared_ports[i].port == pinfo->match_uint && shared_ports[i].transport == pinfo->ptype)
            return &shared_ports[i];
    return NULL;
}

static int is_enabled(const struct host *host)
{
    return !host->builtin_view
        && proto_is_protocol_enabled(find_protocol_by_id(host->protocol->id));
}

/*
 * QQ clients use UDP port 4000, which Wireshark gives to ICQ, and servers take TCP on the
 * ports of HTTP and TLS. Those dissectors take all they get, so that no heuristic ever
 * sees QQ there.
 */
static int dissect_shared(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    const struct shared_port *shared = shared_port_of(pinfo);
    /* Each layer above TCP takes one from it, and this is not a layer. */
    if (pinfo->can_desegment > 0)
        pinfo->can_desegment++;
    if (share_ports && recognised(&oicq, tvb, pinfo) && is_enabled(&oicq)) {
        claim(&oicq, pinfo);
        int used = call_dissector_only(oicq.handle, tvb, pinfo, tree, data);
        if (used != 0)
            return used;
    }
    /* ICQ's dissector reads two bytes without a look at the length. */
    if (shared == NULL || shared->original == NULL || tvb_reported_length(tvb) < 2)
        return 0;
    return call_dissector_only(shared->original, tvb, pinfo, tree, data);
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
static void take_ports(const struct host *host, const char *table)
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
    take_ports(&msn, "tcp.port");
    dissector_handle_t media = msn.builtin_view ? msn.builtin_media : msn.handle;
    if (media != NULL)
        dissector_change_string("media_type", MSN_MEDIA_TYPE, media);
}

static void oicq_prefs_changed(void)
{
    take_ports(&oicq, "udp.port");
}

static void register_preferences(struct host *host, void (*changed)(void))
{
    module_t *module = prefs_find_module(host->protocol->filter);
    if (module == NULL)
        module = prefs_register_protocol(host->protocol->id, changed);
    prefs_register_bool_preference(
        module, "builtin_view", "Use Wireshark's own dissector",
        "Show this protocol as Wireshark does without imshark", &host->builtin_view);
    if (host == &oicq)
        prefs_register_bool_preference(
            module, "share_ports", "Look for QQ on UDP port 4000 and TCP ports 80 and 443",
            "Show frames of QQ on the ports of ICQ, HTTP and TLS as OICQ; all else there is "
            "left to ICQ, HTTP and TLS", &share_ports);
}

/* ---- registration ---- */

/* Fields that Wireshark's own dissector has are used, not registered a second time. */
static void register_fields(struct imshark_protocol *protocol)
{
    for (uint32_t i = 0; i < protocol->field_count; i++) {
        hf_register_info *field = &protocol->fields[i];
        int id = proto_registrar_get_id_byname(field->hfinfo.abbrev);
        if (id == -1)
            proto_register_field_array(protocol->id, field, 1);
        else if (proto_registrar_get_ftype(id) == field->hfinfo.type)
            *field->p_id = id;
    }
}

static void register_trees(struct imshark_protocol *protocol)
{
    int *const *one;
    for (uint32_t i = 0; i <= protocol->field_count; i++) {
        int *tree = &protocol->trees[i];
        one = &tree;
        proto_register_subtree_array(one, 1);
    }
}

static void register_protocol(struct host *host, void (*changed)(void))
{
    struct imshark_protocol *protocol = rust->tables(host->which);
    if (protocol == NULL)
        REPORT_DISSECTOR_BUG("imshark cannot make its field tables");
    host->protocol = protocol;
    protocol->id = proto_get_id_by_filter_name(protocol->filter);
    if (protocol->id == -1)
        protocol->id = proto_register_protocol(protocol->name, protocol->short_name,
                                               protocol->filter);
    register_fields(protocol);
    register_trees(protocol);
    expert_module_t *experts = expert_register_protocol(protocol->id);
    expert_register_field_array(experts, protocol->experts, (int)protocol->expert_count);
    register_preferences(host, changed);
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
}

static int register_shared(const char *name, const char *short_name, const char *filter,
                           const char *parent)
{
    return proto_register_protocol_in_name_only(
        name, short_name, filter, proto_get_id_by_filter_name(parent), FT_PROTOCOL);
}

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
static void make_handle(struct host *host, dissector_t dissector, const char *description,
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

static void take_port(struct host *host, dissector_t dissector, const char *description,
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

static void take_media_type(struct host *host, const char *type)
{
    dissector_table_t table = find_dissector_table("media_type");
    if (table == NULL)
        return;
    host->builtin_media = dissector_get_string_handle(table, type);
    dissector_add_string("media_type", type, host->handle);
}

/* A copy of the plugin under another file name: registering twice ends the program. */
static int is_second_copy(void)
{
    module_t *module = prefs_find_module("msnms");
    return module != NULL && prefs_find_preference(module, "builtin_view") != NULL;
}

static void register_protoinfo(void)
{
    if (is_second_copy())
        return;
    register_protocol(&msn, msn_prefs_changed);
    register_protocol(&oicq, oicq_prefs_changed);
    shared_udp = register_shared("QQ on a shared UDP port", "QQ shared UDP", "oicq_shared_udp", "udp");
    shared_tcp = register_shared("QQ on a shared TCP port", "QQ shared TCP", "oicq_shared_tcp", "tcp");
    register_init_routine(rust->reset);
    register_init_routine(take_shared_ports);
    register_cleanup_routine(rust->reset);
}

static void register_handoff(void)
{
    if (msn.protocol == NULL)
        return;
    take_port(&msn, dissect_msn, "MSNMS (imshark)", "tcp.port", MSN_PORT);
    take_port(&oicq, dissect_oicq, "OICQ (imshark)", "udp.port", OICQ_PORT);
    dissector_add_for_decode_as("tcp.port", oicq.handle);
    make_shared_handles();
    take_media_type(&msn, MSN_MEDIA_TYPE);
    heur_dissector_add("tcp", heuristic_msn, "MSN Messenger over TCP", "msnms_tcp",
                       msn.protocol->id, HEURISTIC_ENABLE);
    heur_dissector_add("udp", heuristic_oicq, "OICQ over UDP", "oicq_udp",
                       oicq.protocol->id, HEURISTIC_ENABLE);
    heur_dissector_add("tcp", heuristic_oicq, "OICQ over TCP", "oicq_tcp",
                       oicq.protocol->id, HEURISTIC_ENABLE);
}

void imshark_register_plugin(const struct imshark_rust *functions)
{
    static proto_plugin plugin;
    rust = functions;
    plugin.register_protoinfo = register_protoinfo;
    plugin.register_handoff = register_handoff;
    proto_register_plugin(&plugin);
}
