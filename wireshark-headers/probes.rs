//! Feature probes: what the headers offer is found by compiling, never by comparing
//! version numbers. Each becomes a macro for the C shim.

use std::path::Path;
use std::process::Stdio;

/// A macro, and the snippet that must compile for it to be defined.
const PROBES: &[(&str, &str)] = &[
    (
        "IMSHARK_HANDLE_DESCRIPTION",
        "#include <epan/packet.h>
         dissector_handle_t probe(dissector_t d) {
             return create_dissector_handle_with_name_and_description(d, 0, \"a\", \"b\");
         }",
    ),
    (
        "IMSHARK_CONVERSATION_TYPE",
        "#include <epan/packet.h>
         #include <epan/conversation.h>
         conversation_type probe = CONVERSATION_TCP;",
    ),
    (
        "IMSHARK_TLS_INFO",
        "#include <epan/packet.h>
         #include <epan/dissectors/packet-tls.h>
         dissector_handle_t *probe(struct tlsinfo *info) { return info->app_handle; }",
    ),
    (
        "IMSHARK_MEDIA_CONTENT",
        "#include <epan/packet.h>
         #include <epan/dissectors/packet-media-type.h>
         media_content_info_t probe = { .type = MEDIA_CONTAINER_OTHER, .media_str = \"\" };",
    ),
    (
        "IMSHARK_MAX_TREE_ITEMS",
        "#include <epan/packet.h>
         #include <epan/prefs.h>
         unsigned probe(void) { return prefs.gui_max_tree_items; }",
    ),
    (
        "IMSHARK_CONVERSATION_ELEMENTS",
        "#include <epan/packet.h>
         int probe(packet_info *p) {
             return p->use_conv_addr_port_endpoints && p->conv_addr_port_endpoints
                 && p->conv_elements;
         }",
    ),
    (
        "IMSHARK_PROTO_LAYER",
        "#include <epan/packet.h>
         int probe(packet_info *p) { return p->curr_proto_layer_num; }",
    ),
    (
        "IMSHARK_DISSECTION_DEPTH",
        "#include <epan/packet.h>
         int probe(packet_info *p) { return p->dissection_depth; }",
    ),
    (
        "IMSHARK_SOURCE_DESCRIPTION",
        "#include <epan/packet.h>
         char *probe(const struct data_source *s) { return get_data_source_description(s); }",
    ),
    (
        "IMSHARK_TCP_COMPLETENESS",
        "#include <epan/packet.h>
         #include <epan/dissectors/packet-tcp.h>
         int probe(struct tcp_analysis *t) {
             return t->conversation_completeness;
         }",
    ),
    (
        "IMSHARK_UDP_STREAM",
        "#include <epan/packet.h>
         #include <epan/dissectors/packet-udp.h>
         int probe(struct udp_analysis *u) { return (int)u->stream; }",
    ),
    (
        "IMSHARK_STREAM_ID",
        "#include <epan/packet.h>
         int probe(packet_info *p) { return (int)p->stream_id; }",
    ),
    (
        "IMSHARK_TAP_FLAGS",
        "#include <epan/packet.h>
         #include <epan/tap.h>
         tap_flags_t probe;",
    ),
    (
        "IMSHARK_STAT_INIT_RESULT",
        "#include <epan/packet.h>
         #include <epan/stat_tap_ui.h>
         int probe(stat_tap_ui *ui) { return ui->tap_init_cb(NULL, NULL); }",
    ),
    (
        "IMSHARK_PACKET_STAT_GROUP",
        "#include <epan/packet.h>
         #include <epan/stat_groups.h>
         register_stat_group_t probe = REGISTER_PACKET_STAT_GROUP_UNSORTED;",
    ),
    (
        "IMSHARK_FILTER_DATA",
        "#include <epan/packet.h>
         #include <epan/conversation_filter.h>
         char *probe(build_filter_string_func f, packet_info *p) { return f(p, NULL); }",
    ),
    (
        "IMSHARK_FOLLOW_TIME",
        "#include <epan/packet.h>
         #include <epan/follow.h>
         nstime_t probe(const follow_record_t *record) { return record->abs_ts; }",
    ),
    (
        "IMSHARK_FOLLOW_DISSECTION",
        "#include <epan/packet.h>
         #include <epan/follow.h>
         char *probe(follow_conv_filter_func f) { return f(NULL, NULL, NULL, NULL); }",
    ),
    (
        "IMSHARK_FOLLOW_COUNT",
        "#include <epan/packet.h>
         #include <epan/follow.h>
         follow_stream_count_func probe;",
    ),
    (
        "IMSHARK_ENDPOINT_TABLE",
        "#include <epan/packet.h>
         #include <epan/conversation_table.h>
         endpoint_item_t probe;",
    ),
    (
        "IMSHARK_TABLE_FLAGS",
        "#include <epan/packet.h>
         #include <epan/conversation_table.h>
         unsigned probe(conv_hash_t *table) { return table->flags; }",
    ),
    (
        "IMSHARK_PLUGIN_DESCRIPTION",
        "#include <glib.h>
         #include <wsutil/plugins.h>
         unsigned probe(void) { return WS_PLUGIN_DESC_DISSECTOR; }",
    ),
];

/// Returns the macros of all probes that compile with `compiler`, whose include paths are
/// set.
pub(crate) fn run(compiler: &cc::Tool, scratch: &Path) -> Vec<&'static str> {
    PROBES
        .iter()
        .filter(|(_, snippet)| compiles(compiler, scratch, snippet))
        .map(|(name, _)| *name)
        .collect()
}

/// Checks that the headers compile at all: without this, every probe would silently fail.
pub(crate) fn headers_work(compiler: &cc::Tool, scratch: &Path) -> Result<(), String> {
    let snippet = "#include <glib.h>\n#include <epan/packet.h>\nint probe;";
    let output = compile(compiler, scratch, snippet).map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find(|line| line.contains("error"));
    Err(line.unwrap_or("the compiler fails").to_owned())
}

fn compiles(compiler: &cc::Tool, scratch: &Path, snippet: &str) -> bool {
    compile(compiler, scratch, snippet).is_ok_and(|output| output.status.success())
}

fn compile(
    compiler: &cc::Tool,
    scratch: &Path,
    snippet: &str,
) -> std::io::Result<std::process::Output> {
    let source = scratch.join("probe.c");
    std::fs::write(&source, snippet)?;
    compiler
        .to_command()
        .args(["-fsyntax-only", "-Werror=implicit-function-declaration"])
        .arg(&source)
        .stdin(Stdio::null())
        .output()
}
