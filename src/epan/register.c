/* Registers the protocols, their fields and expert infos, and the plugin itself. */
#include "host.h"

#ifdef IMSHARK_PLUGIN_DESCRIPTION
#include <wsutil/plugins.h>
#endif

void *imshark_pool_alloc(void *pool, size_t size)
{
    return wmem_alloc((wmem_allocator_t *)pool, size);
}

static imshark_pool_result free_events(wmem_allocator_t *pool, wmem_cb_event_t event, void *events)
{
    imshark_rust->free_events(events);
    return 0;
}

void imshark_pool_own_events(void *pool, void *events)
{
    wmem_register_callback((wmem_allocator_t *)pool, free_events, events);
}

uint32_t imshark_plugin_description(void)
{
#ifdef IMSHARK_PLUGIN_DESCRIPTION
    return WS_PLUGIN_DESC_DISSECTOR;
#else
    return 1;
#endif
}

/* Fields that Wireshark's own dissector has registered are reused. */
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

static void register_protocol(struct imshark_host *host)
{
    struct imshark_protocol *protocol = host->protocol;
    protocol->id = proto_get_id_by_filter_name(protocol->filter);
    if (protocol->id == -1)
        protocol->id = proto_register_protocol(protocol->name, protocol->short_name,
                                               protocol->filter);
    register_fields(protocol);
    register_trees(protocol);
    expert_module_t *experts = expert_register_protocol(protocol->id);
    expert_register_field_array(experts, protocol->experts, (int)protocol->expert_count);
}

static void add_host(struct imshark_protocol *protocol)
{
    struct imshark_host *host = &imshark_hosts[imshark_host_count];
    if (protocol == NULL)
        REPORT_DISSECTOR_BUG("imshark cannot make its field tables");
    host->which = imshark_host_count++;
    host->protocol = protocol;
    host->entry = protocol->entry;
}

/*
 * Whether another copy of the plugin is loaded, under another file name: registering
 * twice ends the program.
 */
static int is_second_copy(void)
{
    IMSHARK_FOR_EACH_HOST(host)
        if (imshark_has_preferences(host))
            return 1;
    return 0;
}

/* Whether this copy has registered its protocols. */
static int is_registered;

static void forget_capture(void)
{
    imshark_forget_conversations();
    imshark_forget_shown();
    imshark_forget_sessions();
    imshark_forget_detail();
    imshark_forget_remembered();
    imshark_forget_segment();
    imshark_forget_groups();
    imshark_rust->reset(imshark_object_memory(), imshark_names_in_chinese());
}

static void register_protoinfo(void)
{
    while (imshark_host_count < imshark_rust->protocol_count)
        add_host(imshark_rust->tables(imshark_host_count));
    is_registered = !is_second_copy();
    if (!is_registered)
        return;
    IMSHARK_FOR_EACH_HOST(host)
        register_protocol(host);
    imshark_register_preferences();
    imshark_register_reports();
    imshark_register_statistics();
    imshark_register_exports();
    imshark_register_selections();
    imshark_register_follow();
    imshark_register_endpoints();
    register_init_routine(forget_capture);
    register_cleanup_routine(forget_capture);
}

static void register_handoff(void)
{
    if (!is_registered)
        return;
    imshark_hand_off_credentials();
    imshark_hand_off_ports();
    imshark_find_hand_offs();
    imshark_hand_off_http();
    imshark_hand_off_heuristics();
    imshark_hand_off_shared();
}

void imshark_register_plugin(const struct imshark_rust *functions)
{
    static proto_plugin plugin;
    imshark_rust = functions;
    plugin.register_protoinfo = register_protoinfo;
    plugin.register_handoff = register_handoff;
    proto_register_plugin(&plugin);
}
