/*
 * Calls other dissectors of Wireshark for parts of our packets. Only those of our list
 * are called; they are looked up by name once, when Wireshark starts. No text of a packet
 * is ever looked up.
 */
#include "host.h"

#include <epan/column-info.h>
#include <epan/show_exception.h>

#ifdef IMSHARK_MEDIA_CONTENT
#include <epan/dissectors/packet-media-type.h>
#endif

enum { MAX_HAND_OFFS = 16 };

/* The dissectors of the list, as found in this Wireshark. */
static struct {
    dissector_handle_t handle;
    const char *media;
    int proto;
} hand_offs[MAX_HAND_OFFS];
static uint32_t hand_off_count;

/* Whether one of them is being called. */
static int is_handing_off;

void imshark_find_hand_offs(void)
{
    uint32_t count = 0;
    const struct imshark_dissector *list = imshark_rust->dissectors(&count);
    for (uint32_t i = 0; i < count && i < MAX_HAND_OFFS; i++) {
        hand_offs[i].handle = find_dissector(list[i].name);
        hand_offs[i].media = list[i].media;
        hand_offs[i].proto = hand_offs[i].handle != NULL
            ? dissector_handle_get_protocol_index(hand_offs[i].handle)
            : -1;
    }
    hand_off_count = count < MAX_HAND_OFFS ? count : MAX_HAND_OFFS;
}

int imshark_is_handing_off(void)
{
    return is_handing_off;
}

int imshark_hand_offs_are_wanted(proto_tree *tree)
{
    static int layers = -1;
    if (tree == NULL)
        return 0;
    for (uint32_t i = 0; i < hand_off_count; i++)
        if (hand_offs[i].proto >= 0 && proto_field_is_referenced(tree, hand_offs[i].proto))
            return 1;
    if (layers < 0)
        layers = proto_registrar_get_id_byname("frame.protocols");
    return proto_field_is_referenced(tree, layers);
}

/*
 * Whether a dissector of the list is to be called. Those of a media type show their part and
 * do nothing else: where nobody looks at what they show, they are not called.
 */
static int is_wanted(uint32_t row, proto_tree *tree)
{
    return hand_offs[row].media == NULL || (tree != NULL && PTREE_DATA(tree)->visible)
        || imshark_hand_offs_are_wanted(tree) || (tree != NULL && imshark_notes_are_wanted(tree));
}

/* ---- state that a dissector may change ---- */

/*
 * Members of packet_info that a dissector may write to and our caller reads again. Lists
 * that only grow, such as the data sources, are not included.
 */
#define FOR_EACH_MEMBER(DO) \
    DO(current_proto) \
    DO(dl_src) \
    DO(dl_dst) \
    DO(net_src) \
    DO(net_dst) \
    DO(src) \
    DO(dst) \
    DO(vlan_id) \
    DO(noreassembly_reason) \
    DO(fragmented) \
    DO(flags) \
    DO(ptype) \
    DO(srcport) \
    DO(destport) \
    DO(match_uint) \
    DO(match_string) \
    DO(can_desegment) \
    DO(saved_can_desegment) \
    DO(desegment_offset) \
    DO(desegment_len) \
    DO(want_pdu_tracking) \
    DO(bytes_until_next_pdu) \
    DO(p2p_dir) \
    DO(private_table) \
    DO(curr_layer_num) \
    DO(link_number) \
    DO(clnp_srcref) \
    DO(clnp_dstref) \
    DO(link_dir) \
    DO(heur_list_name) \
    FOR_EACH_ENDPOINT_MEMBER(DO) \
    FOR_EACH_LAYER_MEMBER(DO) \
    FOR_EACH_DEPTH_MEMBER(DO) \
    FOR_EACH_STREAM_MEMBER(DO)

#ifdef IMSHARK_CONVERSATION_ELEMENTS
#define FOR_EACH_ENDPOINT_MEMBER(DO) \
    DO(use_conv_addr_port_endpoints) \
    DO(conv_addr_port_endpoints) \
    DO(conv_elements)
#else
#define FOR_EACH_ENDPOINT_MEMBER(DO) DO(use_endpoint) DO(conv_endpoint)
#endif

#ifdef IMSHARK_PROTO_LAYER
#define FOR_EACH_LAYER_MEMBER(DO) DO(curr_proto_layer_num)
#else
#define FOR_EACH_LAYER_MEMBER(DO)
#endif

#ifdef IMSHARK_DISSECTION_DEPTH
#define FOR_EACH_DEPTH_MEMBER(DO) DO(dissection_depth)
#else
#define FOR_EACH_DEPTH_MEMBER(DO)
#endif

#ifdef IMSHARK_STREAM_ID
#define FOR_EACH_STREAM_MEMBER(DO) DO(stream_id)
#else
#define FOR_EACH_STREAM_MEMBER(DO)
#endif

/* A column that we write. */
struct column {
    int which;
    int fence;
    const char *text;
};

struct before {
#define MEMBER(name) __typeof__(((packet_info *)0)->name) name;
    FOR_EACH_MEMBER(MEMBER)
#undef MEMBER
    struct column columns[2];
    int columns_are_writable;
};

/* Index of a column in the list of shown columns; -1 if it is not shown. */
static int place_of(const column_info *cinfo, int which)
{
    if (cinfo == NULL || cinfo->col_first[which] < 0)
        return -1;
    for (int i = cinfo->col_first[which]; i <= cinfo->col_last[which]; i++)
        if (cinfo->columns[i].fmt_matx[which])
            return i;
    return -1;
}

static void save_column(struct column *column, packet_info *pinfo, int which)
{
    int place = place_of(pinfo->cinfo, which);
    column->which = which;
    column->text = NULL;
    if (place < 0 || pinfo->cinfo->columns[place].col_data == NULL)
        return;
    column->text = wmem_strdup(pinfo->pool, pinfo->cinfo->columns[place].col_data);
    column->fence = pinfo->cinfo->columns[place].col_fence;
}

static void restore_column(const struct column *column, packet_info *pinfo)
{
    int place = place_of(pinfo->cinfo, column->which);
    if (column->text == NULL || place < 0)
        return;
    col_item_t *now = &pinfo->cinfo->columns[place];
    if (now->col_fence == column->fence && now->col_data != NULL
        && strcmp(now->col_data, column->text) == 0)
        return;
    col_clear_fence(pinfo->cinfo, column->which);
    col_add_str(pinfo->cinfo, column->which, column->text);
    for (int i = place; i <= pinfo->cinfo->col_last[column->which]; i++)
        if (pinfo->cinfo->columns[i].fmt_matx[column->which])
            pinfo->cinfo->columns[i].col_fence = column->fence;
}

static void save(struct before *before, packet_info *pinfo)
{
#define SAVE(name) before->name = pinfo->name;
    FOR_EACH_MEMBER(SAVE)
#undef SAVE
    before->columns_are_writable = col_get_writable(pinfo->cinfo, -1);
    save_column(&before->columns[0], pinfo, COL_PROTOCOL);
    save_column(&before->columns[1], pinfo, COL_INFO);
}

static void restore(const struct before *before, packet_info *pinfo)
{
#define RESTORE(name) pinfo->name = before->name;
    FOR_EACH_MEMBER(RESTORE)
#undef RESTORE
    col_set_writable(pinfo->cinfo, -1, before->columns_are_writable);
    restore_column(&before->columns[0], pinfo);
    restore_column(&before->columns[1], pinfo);
}

/* ---- the call ---- */

/*
 * Wireshark reports a tree with too many items as a dissector bug. The guards of our list
 * allow less than half of its limit; the packet may already have the rest.
 */
static int has_room(proto_tree *tree)
{
#ifdef IMSHARK_MAX_TREE_ITEMS
    unsigned most = prefs.gui_max_tree_items;
#else
    unsigned most = 1000000;
#endif
    return tree == NULL || (unsigned)PTREE_DATA(tree)->count < most / 2;
}

static void call(uint32_t row, tvbuff_t *part, packet_info *pinfo, proto_tree *tree)
{
    void *argument = NULL;
#ifdef IMSHARK_MEDIA_CONTENT
    media_content_info_t content = { .type = MEDIA_CONTAINER_OTHER, .media_str = "" };
    if (hand_offs[row].media != NULL)
        argument = &content;
#endif
    /* No text of a packet selects a message type or a dialect. */
    pinfo->match_string = hand_offs[row].media;
    pinfo->private_table = NULL;
    pinfo->can_desegment = 0;
    col_set_writable(pinfo->cinfo, -1, 0);
    call_dissector_only(hand_offs[row].handle, part, pinfo, tree, argument);
}

/*
 * Calls a dissector of the list. What it throws, a dissector bug included, affects the
 * part alone, and all state of the packet is restored afterwards.
 */
void imshark_hand_off(uint32_t row, tvbuff_t *tvb, int start, int length, packet_info *pinfo,
                      proto_tree *tree)
{
    struct before before;
    if (row >= hand_off_count || hand_offs[row].handle == NULL || is_handing_off
        || !is_wanted(row, tree) || !has_room(tree))
        return;
    tvbuff_t *part = tvb_new_subset_length(tvb, start, length);
    save(&before, pinfo);
    is_handing_off = 1;
    TRY {
        call(row, part, pinfo, tree);
    }
    CATCH_BOUNDS_AND_DISSECTOR_ERRORS {
        show_exception(part, pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    FINALLY {
        is_handing_off = 0;
        restore(&before, pinfo);
    }
    ENDTRY;
}
