/*
 * Applies a plan to Wireshark's columns and tree. Any call here may end in a longjmp:
 * only C frames are jumped over.
 */
#include "host.h"

#include <epan/prefs.h>

static const char *text_at(const struct imshark_plan *plan, uint32_t offset)
{
    return plan->texts + offset;
}

/* Maximum number of items for which no pool memory is needed. */
enum { FEW_ITEMS = 8 };

/* State of one call of imshark_apply. */
struct work {
    const struct imshark_host *host;
    const struct imshark_plan *plan;
    packet_info *pinfo;
    /* The packet, followed by the plan's sources. */
    tvbuff_t **sources;
    /* The bytes before the packet, such as the head of an HTTP message. */
    tvbuff_t *heading;
};

/*
 * Adds a text that is bytes of the packet. Plain ASCII, which nearly all of it is, is
 * added unchanged: Wireshark's decoding of UTF-8 takes twice as long.
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
    if (length > 0) /* otherwise there may be no bytes to point to */
        memcpy(text, bytes, (size_t)length);
    text[length] = '\0';
    return proto_tree_add_string(parent, hf, tvb, start, length, text);
}

static proto_item *add_time(int hf, proto_tree *parent, tvbuff_t *tvb, int start, int length,
                            int64_t nanoseconds)
{
    nstime_t time = NSTIME_INIT_SECS_NSECS(nanoseconds / 1000000000,
                                           (int)(nanoseconds % 1000000000));
    return proto_tree_add_time(parent, hf, tvb, start, length, &time);
}

static tvbuff_t *source_of(const struct work *work, const struct imshark_item *item)
{
    if (item->source == IMSHARK_HEADING && work->heading != NULL)
        return work->heading;
    return work->sources[item->source <= work->plan->source_count ? item->source : 0];
}

static proto_item *add_item(const struct work *work, const struct imshark_item *item, int hf,
                            proto_tree *parent)
{
    tvbuff_t *tvb = source_of(work, item);
    int start = (int)item->start;
    int length = (int)item->length;
    switch (item->kind) {
    case IMSHARK_NUMBER:
        return proto_tree_add_uint(parent, hf, tvb, start, length, (uint32_t)item->value);
    case IMSHARK_SIGNED:
        return proto_tree_add_int(parent, hf, tvb, start, length, (int32_t)item->value);
    case IMSHARK_NUMBER64:
        return proto_tree_add_uint64(parent, hf, tvb, start, length, item->value);
    case IMSHARK_FLAG:
        return proto_tree_add_boolean(parent, hf, tvb, start, length, (uint32_t)item->value);
    case IMSHARK_IPV4:
        return proto_tree_add_ipv4(parent, hf, tvb, start, length, (uint32_t)item->value);
    case IMSHARK_IPV6:
        return proto_tree_add_ipv6(parent, hf, tvb, start, length,
                                   (const void *)(uintptr_t)item->value);
    case IMSHARK_TIME:
        return add_time(hf, parent, tvb, start, length, (int64_t)item->value);
    case IMSHARK_TEXT:
        return proto_tree_add_string(parent, hf, tvb, start, length,
                                     text_at(work->plan, (uint32_t)item->value));
    case IMSHARK_UTF8:
        return add_packet_text(hf, parent, tvb, work->pinfo, start, length);
    case IMSHARK_NO_BYTES:
        return proto_tree_add_bytes_with_length(parent, hf, tvb, start, length,
                                                (const uint8_t *)"", 0);
    case IMSHARK_LATIN1:
        return proto_tree_add_item(parent, hf, tvb, start, length, ENC_ISO_8859_1 | ENC_NA);
    default:
        return proto_tree_add_item(parent, hf, tvb, start, length, ENC_NA);
    }
}

static const struct imshark_protocol *protocol_at(uint16_t which)
{
    return imshark_hosts[which < imshark_host_count ? which : 0].protocol;
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

/*
 * Whether an item is a flag that is not set and that nobody sees: it is hidden, and there are
 * as many as a word has bits.
 */
static int is_unseen_flag(const struct imshark_item *item, int hf)
{
    if (item->kind != IMSHARK_FLAG || (item->flags & IMSHARK_HIDDEN) == 0)
        return 0;
    uint64_t mask = proto_registrar_get_nth((unsigned)hf)->bitmask;
    return (mask != 0 ? item->value & mask : item->value) == 0
        && !is_wanted(hf) && !prefs.display_hidden_proto_items;
}

static int is_enabled(const struct imshark_protocol *protocol)
{
    return proto_is_protocol_enabled(find_protocol_by_id(protocol->id));
}

/*
 * Shows a nested protocol that is disabled in Enabled Protocols as bytes and leaves out
 * all items below it. Returns the index of the last of them.
 */
static uint32_t show_as_bytes(const struct work *work, uint32_t first, proto_item **made,
                              proto_tree *parent)
{
    const struct imshark_plan *plan = work->plan;
    const struct imshark_item *item = &plan->items[first];
    uint32_t last = first;
    made[first] = parent;
    while (last + 1 < plan->item_count && plan->items[last + 1].depth > item->depth)
        made[++last] = parent;
    if (item->length > 0)
        call_data_dissector(tvb_new_subset_length(source_of(work, item), (int)item->start,
                                                  (int)item->length),
                            work->pinfo, parent);
    return last;
}

static void apply_items(const struct work *work, proto_item **made, proto_tree *tree)
{
    const struct imshark_plan *plan = work->plan;
    proto_tree *level[IMSHARK_MAX_DEPTH + 2];
    int visible = tree != NULL && PTREE_DATA(tree)->visible;
    for (size_t i = 0; i < array_length(level); i++)
        level[i] = tree;
    for (uint32_t i = 0; i < plan->item_count; i++) {
        const struct imshark_item *item = &plan->items[i];
        proto_tree *parent = level[item->depth];
        if (item->kind == IMSHARK_HAND_OFF) {
            made[i] = parent;
            imshark_hand_off((uint32_t)item->value, source_of(work, item), (int)item->start,
                             (int)item->length, work->pinfo, parent);
            continue;
        }
        const struct imshark_protocol *protocol = protocol_at(item->protocol);
        int hf = field_id(protocol, item->field);
        /* An item that nobody asks for costs no more than these checks. */
        int is_protocol = item->field == IMSHARK_FIELD_PROTOCOL;
        if (is_protocol && protocol != work->host->protocol && !is_enabled(protocol)) {
            i = show_as_bytes(work, i, made, parent);
            continue;
        }
        if (hf < 0 || !(visible || is_protocol || is_wanted(hf)) || is_unseen_flag(item, hf)) {
            made[i] = parent;
            level[item->depth + 1] = parent;
            continue;
        }
        proto_item *added = add_item(work, item, hf, parent);
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

static void apply_notes(const struct work *work, proto_item **made, proto_item *root)
{
    const struct imshark_plan *plan = work->plan;
    for (uint32_t i = 0; i < plan->note_count; i++) {
        const struct imshark_note *note = &plan->notes[i];
        const struct imshark_protocol *protocol = protocol_at(note->protocol);
        if (note->expert >= protocol->expert_count || !is_enabled(protocol))
            continue;
        expert_field *expert = protocol->experts[note->expert].ids;
        proto_item *item = note->item < plan->item_count ? made[note->item] : root;
        if (note->text != 0)
            expert_add_info_format(work->pinfo, item, expert, "%s", text_at(plan, note->text));
        else
            expert_add_info(work->pinfo, item, expert);
    }
}

/* Adds a data source for each of the plan's sources, which are not bytes of the packet. */
static void apply_sources(struct work *work, tvbuff_t *tvb)
{
    const struct imshark_plan *plan = work->plan;
    work->sources = wmem_alloc_array(work->pinfo->pool, tvbuff_t *, plan->source_count + 1);
    work->sources[0] = tvb;
    for (uint32_t i = 0; i < plan->source_count; i++) {
        const struct imshark_source *source = &plan->sources[i];
        work->sources[i + 1] =
            tvb_new_child_real_data(tvb, source->bytes, source->length, (int)source->length);
        add_new_data_source(work->pinfo, work->sources[i + 1], source->name);
    }
}

/* Binds our dissector to connections to an announced endpoint, from this frame on. */
static void apply_expected(const struct imshark_plan *plan, packet_info *pinfo)
{
    for (uint32_t i = 0; i < plan->expected_count && !PINFO_FD_VISITED(pinfo); i++) {
        const struct imshark_expected *expected = &plan->expected[i];
        dissector_handle_t handle =
            expected->protocol < imshark_host_count ? imshark_hosts[expected->protocol].handle : NULL;
        if (handle == NULL)
            continue;
        address end;
        set_address(&end, expected->address.length == 4 ? AT_IPv4 : AT_IPv6,
                    expected->address.length, expected->address.bytes);
        imshark_expect_conversations(pinfo, &end, expected->port,
                                     expected->transport == IMSHARK_UDP, handle);
    }
}

static void apply_columns(const struct imshark_host *host, const struct imshark_plan *plan,
                          uint32_t first_pdu, packet_info *pinfo)
{
    if (plan->pdus == 0)
        return;
    col_set_str(pinfo->cinfo, COL_PROTOCOL, host->protocol->short_name);
    if (first_pdu == 0) {
        col_add_str(pinfo->cinfo, COL_INFO, plan->info);
    } else {
        /* Text of earlier calls for this frame is protected by the fence. */
        col_clear(pinfo->cinfo, COL_INFO);
        col_append_sep_str(pinfo->cinfo, COL_INFO, "; ", plan->info);
    }
    col_set_fence(pinfo->cinfo, COL_INFO);
}

void imshark_apply(const struct imshark_host *host, const struct imshark_plan *plan,
                   uint32_t first_pdu, tvbuff_t *tvb, tvbuff_t *heading, packet_info *pinfo,
                   proto_tree *tree)
{
    tvbuff_t *packet_alone[1];
    proto_item *few[FEW_ITEMS];
    struct work work = { .host = host,
                         .plan = plan,
                         .pinfo = pinfo,
                         .heading = heading,
                         .sources = packet_alone };
    proto_item **made = few;
    proto_item *root = NULL;
    apply_expected(plan, pinfo);
    apply_columns(host, plan, first_pdu, pinfo);
    if (plan->item_count > 0) {
        if (plan->item_count > FEW_ITEMS)
            made = wmem_alloc_array(pinfo->pool, proto_item *, plan->item_count);
        apply_sources(&work, tvb);
        apply_items(&work, made, tree);
        root = made[0];
    } else if (plan->pdus > 0 || plan->http_headers > 0) {
        /* The protocol hierarchy and filters on any expert info look for this item. */
        root = proto_tree_add_item(tree, host->protocol->id, tvb, 0, -1, ENC_NA);
    }
    apply_notes(&work, made, root);
    /*
     * Only in a frame that is cut: bytes that TCP reassembly, switched off, would bring
     * are no error.
     */
    if (plan->uncaptured_length > 0
        && (pinfo->fd->cap_len < pinfo->fd->pkt_len || pinfo->fragmented))
        tvb_ensure_bytes_exist(tvb, (int)plan->uncaptured_offset, (int)plan->uncaptured_length);
}
