/*
 * Declarations shared by the parts of the shim. Each calls only those above it:
 *
 *   hosts.c         the registered protocols
 *   conversation.c  finds the conversation of a packet
 *   handoff.c       calls other dissectors
 *   reports.c       hands events to reports, and prints those
 *   report_tables.c reports as tables of the GUI
 *   pdus.c          PDUs as records for databases
 *   statistics.c    counts as a tree, and response times
 *   selection.c     filters made of the selected packet
 *   credentials.c   tells Wireshark which accounts send which secrets
 *   follow.c        conversations as text
 *   endpoints.c     accounts as endpoints and conversations
 *   detail.c        level of detail that is asked for
 *   apply.c         applies plans to the tree
 *   dissect.c       calls Rust for a packet
 *   recognise.c     has Rust decide on unclaimed packets
 *   midstream.c     streams on shared ports whose beginning is not captured
 *   http.c          protocols over HTTP
 *   shared.c        connections to ports of other protocols
 *   heuristics.c    the heuristic dissectors
 *   ports.c         the protocols' own ports and media types
 *   keys.c          the user's keys
 *   preferences.c   the preferences
 *   register.c      registers all of it
 */
#ifndef IMSHARK_HOST_H
#define IMSHARK_HOST_H

/*
 * For Windows: has setjmp save no frame, so that longjmp restores the registers and nothing
 * else. With a frame it unwinds through those between, some made by Microsoft's compiler and
 * some by GCC, which is known to fail. None of them has anything to clean up.
 */
#define __USE_MINGW_SETJMP_NON_SEH

#include "wrapper.h"

#include <epan/tap.h>

/* gboolean up to 4.2, C99 bool from 4.4 on. */
typedef __typeof__(proto_is_protocol_enabled((const protocol_t *)0)) ws_bool;
/* The same, of functions that a pool calls. */
typedef __typeof__(((wmem_user_cb_t)NULL)(NULL, WMEM_CB_FREE_EVENT, NULL)) imshark_pool_result;

/* A registered protocol. */
struct imshark_host {
    /* Its index in Rust's PROTOCOLS. */
    uint32_t which;
    struct imshark_protocol *protocol;
    /* How packets reach it. */
    const struct imshark_entry *entry;
    dissector_handle_t handle;
    /* Wireshark's built-in dissector, if there is one. */
    dissector_handle_t builtin;
    dissector_handle_t builtin_media;
    /* For HTTP bodies. */
    dissector_handle_t media;
    /* Its heuristics, by transport. */
    const struct imshark_heuristic *over[IMSHARK_UDP + 1];
    /* The user's preferences. */
    ws_bool builtin_view;
    ws_bool share_ports;
    unsigned object_memory;
    ws_bool chinese_names;
};

/*
 * Wireshark passes no user data to these callbacks, so there is one function for each
 * index.
 */
#define IMSHARK_FOR_EACH_PLACE(DO) \
    DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) \
    DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14) DO(15)
#define IMSHARK_COUNT(place) +1
_Static_assert(IMSHARK_FOR_EACH_PLACE(IMSHARK_COUNT) == IMSHARK_MAX_PROTOCOLS,
               "a function for each place");

/* hosts.c */
extern const struct imshark_rust *imshark_rust;
extern struct imshark_host imshark_hosts[IMSHARK_MAX_PROTOCOLS];
extern uint32_t imshark_host_count;
#define IMSHARK_FOR_EACH_HOST(host) \
    for (struct imshark_host *host = imshark_hosts; host < imshark_hosts + imshark_host_count; \
         host++)
int imshark_is_enabled(const struct imshark_host *host);
int imshark_has(const struct imshark_bytes *set, uint8_t byte);

/* dissect.c */
/* The dissectors of a protocol's packets, and of its HTTP bodies. */
extern const dissector_t imshark_streams[IMSHARK_MAX_PROTOCOLS];
extern const dissector_t imshark_bodies[IMSHARK_MAX_PROTOCOLS];
/* Adds a protocol's items to HTTP messages that HTTP has shown. */
void imshark_dissect_http_messages(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                                   proto_tree *tree);
/* Fills in what Rust needs of every packet. `data` is the tcpinfo that TCP passes. */
void imshark_describe(struct imshark_packet *packet, tvbuff_t *tvb, const packet_info *pinfo,
                      const void *data);
/* The session number of a conversation; 0 if it has none. */
uint32_t imshark_session_if_any(const struct imshark_host *host,
                                const conversation_t *conversation);
/* As above. Opens a session if there is none. */
uint32_t imshark_session_of(const struct imshark_host *host, const conversation_t *conversation);
/* For a capture that is opened or closed. */
void imshark_forget_shown(void);
void imshark_forget_sessions(void);

/* Dissects a part of a stream, or a datagram. */
int imshark_dissect(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                    proto_tree *tree, void *data);
/* For a dissector without a protocol: undoes what each layer above TCP takes from it. */
static inline void imshark_undo_layer(packet_info *pinfo)
{
    if (pinfo->can_desegment > 0)
        pinfo->can_desegment++;
}

/* recognise.c */
/* Whether a conversation with these ports is undecided, or one with the same hash. */
int imshark_may_be_remembered(const packet_info *pinfo);
/* For a capture that is opened or closed. */
void imshark_forget_remembered(void);
/* Decides on an unclaimed packet: an imshark_answer. In the first pass only. */
int imshark_recognised(const struct imshark_host *host, enum imshark_transport transport,
                       tvbuff_t *tvb, packet_info *pinfo, const void *data);
/* Binds a dissector to the conversation from this frame on, whatever its ports. */
void imshark_claim(dissector_handle_t handle, packet_info *pinfo);

/* conversation.c */
/* The number of a packet's TCP or UDP stream, if Wireshark has one. */
int imshark_stream_of(const packet_info *pinfo, const conversation_t *conversation,
                      uint32_t *stream);
conversation_t *imshark_conversation_of(const struct imshark_packet *packet, packet_info *pinfo);
/* Keeps what Wireshark has found for a packet, for the next of the conversation. */
void imshark_keep_conversation(const struct imshark_packet *packet, conversation_t *conversation);
/* For a capture that is opened or closed. */
void imshark_forget_conversations(void);
/* Binds a dissector to all conversations with an endpoint, from this frame on. */
void imshark_expect_conversations(const packet_info *pinfo, const address *end, uint32_t port,
                                  int is_udp, dissector_handle_t handle);
/* The port that the SYN was sent to; 0 if no SYN was seen. */
unsigned imshark_server_port_of(const conversation_t *conversation);
/* Whether a segment is the first of its direction, in a connection whose SYN was seen. */
int imshark_opens_connection(const struct imshark_packet *packet, packet_info *pinfo);
/* Whether a segment is among the first of a connection whose beginning is not captured. */
int imshark_is_midstream(const struct imshark_packet *packet, const conversation_t *conversation);

/* reports.c */
/* tap_packet_cb has had flags since 3.6. */
#ifdef IMSHARK_TAP_FLAGS
#define IMSHARK_TAP_PACKET(function) \
    static tap_packet_status function(void *tapdata, packet_info *pinfo, epan_dissect_t *edt, \
                                      const void *events, tap_flags_t flags)
#else
#define IMSHARK_TAP_PACKET(function) \
    static tap_packet_status function(void *tapdata, packet_info *pinfo, epan_dissect_t *edt, \
                                      const void *events)
#endif
/* What a function for -z returns: nothing up to 4.2, later whether it could begin. */
#ifdef IMSHARK_STAT_INIT_RESULT
typedef bool imshark_init_result;
#else
typedef void imshark_init_result;
#endif
/* Ends such a function: `fault` is NULL or what is wrong with the argument, and is freed. */
imshark_init_result imshark_end_start(char *fault);
/* Calls `print`, of which standard output is to leave the ends of lines as they are. */
void imshark_print_as_it_is(void (*print)(const void *what), const void *what);
/* Registers the taps, and the reports for -z. */
void imshark_register_reports(void);
/* Whether the program is Wireshark's GUI: no other has Qt. */
int imshark_is_in_gui(void);
/* Whether a report listens to the events of the protocol's family. */
int imshark_has_listeners(const struct imshark_host *host);
/* Hands the events of a packet to the reports that listen. */
void imshark_queue_events(const struct imshark_host *host, packet_info *pinfo,
                          const void *events);

/* exports.c */
/* Registers the lists of objects to save. */
void imshark_register_exports(void);
/* Whether the host fills a list of the family. */
int imshark_has_export_listeners(uint32_t family);
/* Hands the events of a packet to the lists of the family. */
void imshark_queue_exports(uint32_t family, packet_info *pinfo, const void *events);

/* pdus.c */
/* Registers the records for -z. */
void imshark_register_records(void);

/* report_tables.c */
/* Registers a table for each report. */
void imshark_register_report_tables(const struct imshark_report *reports, uint32_t count);

/* statistics.c */
void imshark_register_statistics(void);

/* selection.c */
void imshark_register_selections(void);
/*
 * The filter for the conversation of the selected packet, which its pool owns; NULL if it has
 * none.
 */
const char *imshark_filter_of_conversation(uint32_t protocol, packet_info *pinfo);
/* Notes what was dissected, for filters of the packet on the screen. */
void imshark_note_part(const struct imshark_host *host, const struct imshark_packet *packet,
                       packet_info *pinfo);

/* credentials.c */
void imshark_hand_off_credentials(void);
int imshark_credentials_are_wanted(void);
/* Hands the secrets in the events of a packet to Wireshark, if it wants them. */
void imshark_queue_credentials(const struct imshark_host *host, packet_info *pinfo,
                               const void *events);

/* follow.c */
void imshark_register_follow(void);

/* endpoints.c */
void imshark_register_endpoints(void);
/* Whether a filter or tap asks for the fields with the parties of the host's family. */
int imshark_parties_are_asked_for(const struct imshark_host *host);
/* For a capture that is opened or closed. */
void imshark_forget_groups(void);

/* detail.c */
/* For a capture that is opened or closed. */
void imshark_forget_detail(void);
/* Whether a tap or filter asks for expert infos, of any protocol. */
int imshark_notes_are_wanted(proto_tree *tree);
/* Sets the level of detail that is asked for, and whether reports listen. */
void imshark_set_detail(struct imshark_packet *packet, proto_tree *tree,
                        const struct imshark_host *host, const packet_info *pinfo);

/* handoff.c */
/* Looks up the dissectors of the list, once. */
void imshark_find_hand_offs(void);
/* Whether another dissector is being called for a part of a packet of ours. */
int imshark_is_handing_off(void);
/* Whether a filter asks for a protocol of the list. */
int imshark_hand_offs_are_wanted(proto_tree *tree);
/* Calls the dissector in this row of the list for these bytes. */
void imshark_hand_off(uint32_t row, tvbuff_t *tvb, int start, int length, packet_info *pinfo,
                      proto_tree *tree);

/* apply.c */
void imshark_apply(const struct imshark_host *host, const struct imshark_plan *plan,
                   uint32_t first_pdu, tvbuff_t *tvb, tvbuff_t *heading, packet_info *pinfo,
                   proto_tree *tree);

/* http.c */
void imshark_hand_off_http(void);
/* TCP's table of ports, looked up with HTTP. */
extern dissector_table_t imshark_tcp_ports;
/* Whether it is HTTP over TCP. */
int imshark_is_http(dissector_handle_t handle);
/*
 * Whether a segment on a port that is not of HTTP begins HTTP that is the protocol's. HTTP's
 * own heuristic dissects it; the connection is ours from then on.
 */
int imshark_notice_http(const struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                        const void *data);
/* Called when HTTP is done with the segment that was noticed, if any. */
extern int imshark_has_noticed_http;
void imshark_dissect_noticed_http(packet_info *pinfo, proto_tree *tree);
/* For a capture that is opened. */
void imshark_forget_noticed_http(void);
/*
 * Dissects HTTP that begins like one of our protocols and returns the number of bytes
 * used. Returns 0 if the segment is left to its owner, perhaps until more bytes come
 * (`answer`).
 */
int imshark_try_http(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data, int *answer);
/* Adds our items to HTTP messages in decrypted TLS. */
void imshark_dissect_http_in_tls(packet_info *pinfo, proto_tree *tree);

/* shared.c */
void imshark_hand_off_shared(void);

/* heuristics.c */
void imshark_hand_off_heuristics(void);
/* For a capture that is opened or closed. */
void imshark_forget_segment(void);

/* midstream.c */
/*
 * Claims and shows a stream whose first captured frame is the protocol's. In the first
 * pass.
 */
int imshark_claim_midstream(struct imshark_host *host, tvbuff_t *frame, packet_info *pinfo,
                            proto_tree *tree, conversation_t *conversation);
/* Shows that frame in later passes, if the capture has one. */
extern int imshark_has_midstream;
void imshark_show_midstream(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree);
/* For a capture that is opened. */
void imshark_forget_midstream(void);

/* ports.c */
void imshark_hand_off_ports(void);
/* Binds a protocol's ports and media type to the dissector that the user prefers. */
void imshark_bind_ports(const struct imshark_host *host);

/* keys.c */
void imshark_register_key_preferences(module_t *module, const struct imshark_keys *texts);

/* preferences.c */
void imshark_register_preferences(void);
/* Whether the preferences are already registered. */
int imshark_has_preferences(const struct imshark_host *host);
/* The memory for the objects of a capture, in MiB. */
uint32_t imshark_object_memory(void);
/* Whether commands are named in Chinese. */
int imshark_names_in_chinese(void);

#endif
