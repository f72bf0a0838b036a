/*
 * What the parts of the shim share: dissect.c calls Rust, apply.c lays its plans on
 * Wireshark's tree, handoff.c calls other dissectors, ports.c takes ports, keys.c has the user's keys, register.c registers
 * all of it.
 */
#ifndef IMSHARK_HOST_H
#define IMSHARK_HOST_H

#include "wrapper.h"

/* gboolean up to 4.2, C99 bool from 4.4 on. */
typedef __typeof__(proto_is_protocol_enabled((const protocol_t *)0)) ws_bool;

/* A protocol in this program. */
struct imshark_host {
    enum imshark_which which;
    /* Plans of one dissector may hold items of every protocol of its family. */
    enum imshark_which family;
    struct imshark_protocol *protocol;
    dissector_handle_t handle;
    /* Wireshark's own dissector, if it has one. */
    dissector_handle_t builtin;
    dissector_handle_t builtin_media;
    /* For the bodies of HTTP. */
    dissector_handle_t media;
    ws_bool builtin_view;
};

extern const struct imshark_rust *imshark_rust;
extern struct imshark_host imshark_hosts[IMSHARK_PROTOCOLS];
#define imshark_msn (imshark_hosts[IMSHARK_MSN])
#define imshark_oicq (imshark_hosts[IMSHARK_OICQ])
#define imshark_p2p_direct (imshark_hosts[IMSHARK_P2P_DIRECT])
#define imshark_msnftp (imshark_hosts[IMSHARK_MSNFTP])

/* dissect.c */
int imshark_dissect_msn(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
int imshark_dissect_msn_http(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
int imshark_dissect_oicq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
int imshark_dissect_p2p_direct(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
int imshark_dissect_msnftp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
ws_bool imshark_heuristic_msn(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
ws_bool imshark_heuristic_oicq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
ws_bool imshark_heuristic_p2p_direct(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                                     void *data);
ws_bool imshark_heuristic_msnftp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
/* Adds what MSN has to say of HTTP messages that HTTP has shown. */
void imshark_dissect_http_messages(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);
int imshark_is_enabled(const struct imshark_host *host);
/* An imshark_answer. */
int imshark_recognised(const struct imshark_host *host, tvbuff_t *tvb, packet_info *pinfo,
                       const void *data);
/* To be called by what Wireshark calls in the name of a name-only protocol. */
void imshark_undo_layer(packet_info *pinfo);
/* Asks TCP for one more segment before these bytes are anybody's. */
int imshark_ask_for_more(packet_info *pinfo);
/* When a capture is opened or closed. */
void imshark_forget_shown(void);
/* From this frame on the conversation is ours, whatever its ports. */
void imshark_claim(const struct imshark_host *host, packet_info *pinfo);

/* conversation.c */
conversation_t *imshark_conversation_of(const struct imshark_packet *packet, packet_info *pinfo);
/* When a capture is opened or closed. */
void imshark_forget_conversations(void);
/*
 * Whether a segment is the first of its direction, of a connection whose SYN was seen. TCP
 * gives `data` to what it calls.
 */
int imshark_opens_connection(packet_info *pinfo, const void *data);

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
void imshark_register_http(void);
void imshark_hand_off_http(void);
/* The dissectors of HTTP get a front of ours wherever they are: for every file anew. */
void imshark_take_http(void);
int imshark_is_http(dissector_handle_t handle);

/* ports.c */
void imshark_register_ports(void);
void imshark_hand_off_ports(void);
void imshark_register_preferences(void);
/* Whether it is worth while to look for QQ. */
int imshark_may_be_qq(tvbuff_t *tvb, const packet_info *pinfo);
/* Dissects QQ that is recognised, and says how many bytes. 0: it is not QQ. */
int imshark_try_qq(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
/* Who has this TCP port, but for us. */
dissector_handle_t imshark_original_on(unsigned port);

/* keys.c */
void imshark_register_key_preferences(module_t *module);

#endif
