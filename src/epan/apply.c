/*
 * Lays a plan on Wireshark's columns and tree. Any call here may end in a longjmp: only C
 * frames are jumped over.
 */
#include "host.h"

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

static void apply_items(const struct imshark_host *host, const struct imshark_plan *plan,
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

static void apply_notes(const struct imshark_host *host, const struct imshark_plan *plan,
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

static void apply_columns(const struct imshark_host *host, const struct imshark_plan *plan,
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

void imshark_apply(const struct imshark_host *host, const struct imshark_plan *plan, uint32_t first_pdu,
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
