/*
 * What the parts of the shim share. Each calls only those above it:
 *
 *   hosts.c         the protocols in this program
 *   conversation.c  which conversation a packet belongs to
 *   handoff.c       calls other dissectors
 *   detail.c        how much of the tree is asked for
 *   apply.c         lays plans on the tree
 *   dissect.c       calls Rust for a packet
 *   recognise.c     asks Rust whose a packet is
 *   midstream.c     streams on the ports of others that the capture has in part
 *   http.c          protocols over HTTP
 *   shared.c        connections to the ports of others
 *   heuristics.c    the heuristic dissectors
 *   ports.c         the protocols' own ports and media types
 *   keys.c          the user's keys
 *   preferences.c   what the user may choose
 *   register.c      registers all of it
 */
#ifndef IMSHARK_HOST_H
#define IMSHARK_HOST_H

#include "wrapper.h"

/* gboolean up to 4.2, C99 bool from 4.4 on. */
typedef __typeof__(proto_is_protocol_enabled((const protocol_t *)0)) ws_bool;

/* A protocol in this program. */
struct imshark_host {
    /* Its place. */
    uint32_t which;
    struct imshark_protocol *protocol;
    /* The row that says how packets come to it. */
    const struct imshark_entry *entry;
    dissector_handle_t handle;
    /* Wireshark's own dissector, if it has one. */
    dissector_handle_t builtin;
    dissector_handle_t builtin_media;
    /* For the bodies of HTTP. */
    dissector_handle_t media;
    /* Its heuristics, over TCP and UDP. */
    const struct imshark_heuristic *over[IMSHARK_UDP + 1];
    /* What the user has chosen. */
    ws_bool builtin_view;
    ws_bool share_ports;
};

/* Wireshark gives no data to the functions that it calls, so there is one for each place. */
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
/* What Wireshark calls for a protocol's packets, and for its bodies of HTTP. */
extern const dissector_t imshark_streams[IMSHARK_MAX_PROTOCOLS];
extern const dissector_t imshark_bodies[IMSHARK_MAX_PROTOCOLS];
/* Adds what a protocol has to say of HTTP messages that HTTP has shown. */
void imshark_dissect_http_messages(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                                   proto_tree *tree);
/* What Rust is told of every packet. TCP gives `data` to what it calls. */
void imshark_describe(struct imshark_packet *packet, tvbuff_t *tvb, const packet_info *pinfo,
                      const void *data);
/* The number of a conversation's session. */
uint32_t imshark_session_of(const struct imshark_host *host, conversation_t *conversation);
/* When a capture is opened or closed. */
void imshark_forget_shown(void);

/* Shows a stretch of a stream, or a datagram. */
int imshark_dissect(struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                    proto_tree *tree, void *data);
/* For a dissector without a protocol: each one above TCP takes one from it. */
static inline void imshark_undo_layer(packet_info *pinfo)
{
    if (pinfo->can_desegment > 0)
        pinfo->can_desegment++;
}

/* recognise.c */
/* Whether something is remembered of a conversation with these ports, of this one perhaps. */
int imshark_may_be_remembered(const packet_info *pinfo);
/* When a capture is opened or closed. */
void imshark_forget_remembered(void);
/* An imshark_answer: whose a packet is that nobody claims. In the first pass only. */
int imshark_recognised(const struct imshark_host *host, enum imshark_transport transport,
                       tvbuff_t *tvb, packet_info *pinfo, const void *data);
/* From this frame on the conversation is the handle's, whatever its ports. */
void imshark_claim(dissector_handle_t handle, packet_info *pinfo);

/* conversation.c */
conversation_t *imshark_conversation_of(const struct imshark_packet *packet, packet_info *pinfo);
/* When a capture is opened or closed. */
void imshark_forget_conversations(void);
/* From this frame on conversations with an end are the handle's, whatever their ports. */
void imshark_expect_conversations(const packet_info *pinfo, const address *end, uint32_t port,
                                  int is_udp, dissector_handle_t handle);
/* The port that TCP asks first: the one that the SYN went to. 0 if there was none. */
unsigned imshark_server_port_of(const conversation_t *conversation);
/* Whether a segment is the first of its direction, of a connection whose SYN was seen. */
int imshark_opens_connection(const struct imshark_packet *packet, packet_info *pinfo);
/* Whether a segment is one of the first of a connection whose beginning the capture lacks. */
int imshark_is_midstream(const struct imshark_packet *packet, packet_info *pinfo);

/* detail.c */
/* When a capture is opened or closed. */
void imshark_forget_detail(void);
uint8_t imshark_detail_of(proto_tree *tree, const struct imshark_host *host,
                          const packet_info *pinfo);

/* handoff.c */
/* Finds the dissectors of the list, once. */
void imshark_find_hand_offs(void);
/* Another dissector shows a part of a packet of ours. */
int imshark_is_handing_off(void);
/* Whether somebody asks for what the dissectors of the list make of a part. */
int imshark_hand_offs_are_wanted(proto_tree *tree);
/* Lets the dissector in this row of the list show these bytes. */
void imshark_hand_off(uint32_t row, tvbuff_t *tvb, int start, int length, packet_info *pinfo,
                      proto_tree *tree);

/* apply.c */
void imshark_apply(const struct imshark_host *host, const struct imshark_plan *plan,
                   uint32_t first_pdu, tvbuff_t *tvb, tvbuff_t *heading, packet_info *pinfo,
                   proto_tree *tree);

/* http.c */
void imshark_hand_off_http(void);
/* The dissectors of TCP's ports, found when HTTP's are. */
extern dissector_table_t imshark_tcp_ports;
/* Whether Wireshark gives this TCP port to HTTP. */
int imshark_is_http_port(unsigned port);
/*
 * Whether a segment on a strange port begins HTTP that is the protocol's. It is left to HTTP's own
 * heuristic; what that takes is ours from then on.
 */
int imshark_notice_http(const struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                        const void *data);
/* When HTTP is done with what was noticed, if anything was. */
extern int imshark_has_noticed_http;
void imshark_dissect_noticed_http(packet_info *pinfo, proto_tree *tree);
/* When a capture is opened. */
void imshark_forget_noticed_http(void);
/*
 * Dissects HTTP that begins as one of our protocols' does, and says how many bytes. 0: it is left to whom it
 * belongs to, perhaps until more has come (the answer).
 */
int imshark_try_http(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data, int *answer);
/* Adds what is to be said of what HTTP has shown of decrypted TLS. */
void imshark_dissect_http_in_tls(packet_info *pinfo, proto_tree *tree);

/* shared.c */
void imshark_hand_off_shared(void);

/* heuristics.c */
void imshark_hand_off_heuristics(void);
/* When a capture is opened or closed. */
void imshark_forget_segment(void);

/* midstream.c */
/* Claims and shows a stream that begins with a frame of the protocol's. In the first pass. */
int imshark_claim_midstream(struct imshark_host *host, tvbuff_t *frame, packet_info *pinfo,
                            proto_tree *tree, conversation_t *conversation);
/* Shows it in later passes, if there is one in this capture. */
extern int imshark_has_midstream;
void imshark_show_midstream(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree);
/* When a capture is opened. */
void imshark_forget_midstream(void);

/* ports.c */
void imshark_hand_off_ports(void);
/* Gives a protocol's ports and media type to whom the user prefers. */
void imshark_take_ports(const struct imshark_host *host);

/* keys.c */
void imshark_register_key_preferences(module_t *module, const struct imshark_keys *texts);

/* preferences.c */
void imshark_register_preferences(void);
/* Whether they are registered already. */
int imshark_has_preferences(const struct imshark_host *host);

#endif
