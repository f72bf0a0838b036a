/*
 * The border between Rust and Wireshark.
 *
 * Rust decides what a packet means and returns a plan; the shim applies it. Wireshark
 * reports errors by longjmp, so the shim calls Wireshark only while no Rust frame is below
 * it on the stack, and Rust calls nothing of Wireshark but imshark_pool_alloc.
 *
 * bindgen reads this file too: it is the only definition of these structures.
 */
#ifndef IMSHARK_SHIM_H
#define IMSHARK_SHIM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Maximum number of protocols. They are named by their place in Rust's PROTOCOLS; what the
 * shim does for one, the rows below say.
 */
enum { IMSHARK_MAX_PROTOCOLS = 16 };

/* IMSHARK_HTTP is the body of a message, IMSHARK_HTTP_MESSAGES whole messages. */
enum imshark_transport {
    IMSHARK_TCP,
    IMSHARK_UDP,
    IMSHARK_HTTP,
    IMSHARK_HTTP_MESSAGES,
    IMSHARK_OTHER
};

/* An address of 4 or 16 bytes; length 0 is none that we know. */
struct imshark_address {
    uint8_t bytes[16];
    uint8_t length;
};

enum imshark_answer {
    IMSHARK_NO,
    IMSHARK_YES,
    /* What came is remembered with the conversation; a later packet will tell. */
    IMSHARK_REMEMBER
};

/* How much of the tree anybody will look at. */
enum imshark_detail { IMSHARK_COLUMNS, IMSHARK_HEADS, IMSHARK_FIELDS, IMSHARK_TREE };

/* One call of a dissector. */
struct imshark_packet {
    const uint8_t *bytes;
    /* For the body of an HTTP message: what stands before it. */
    const uint8_t *heading;
    /* Nanoseconds since 1970, UTC. */
    int64_t time;
    uint32_t heading_length;
    uint32_t captured;
    uint32_t reported;
    uint32_t frame;
    uint32_t first_pdu;
    /* 0 is none: for recognising, nothing is remembered yet. */
    uint32_t session;
    /* TCP's number of the first byte, if it has one. */
    uint32_t sequence;
    struct imshark_address source;
    struct imshark_address destination;
    uint16_t source_port;
    uint16_t destination_port;
    uint8_t transport;
    uint8_t detail;
    uint8_t first_pass;
    uint8_t can_reassemble;
    uint8_t from_lower;
    uint8_t recognised;
    uint8_t has_sequence;
    /* In the first pass: HTTP or SOCKS carries it, so that the addresses are the proxy's. */
    uint8_t tunnelled;
    /* For recognising: the first bytes of a direction of TCP whose beginning was seen. */
    uint8_t opens;
};

enum imshark_kind {
    IMSHARK_NONE,
    IMSHARK_NUMBER,
    /* Two's complement. */
    IMSHARK_SIGNED,
    IMSHARK_NUMBER64,
    IMSHARK_FLAG,
    /* The address as it lies in memory. */
    IMSHARK_IPV4,
    /* A pointer to the 16 bytes of the address. */
    IMSHARK_IPV6,
    /* Nanoseconds, signed. */
    IMSHARK_TIME,
    /* A text of the plan. */
    IMSHARK_TEXT,
    /* The bytes of the item as UTF-8. */
    IMSHARK_UTF8,
    IMSHARK_BYTES,
    /* A field of bytes without any, whatever the item is about. */
    IMSHARK_NO_BYTES,
    IMSHARK_LATIN1,
    /* Another dissector: the value is its row in the list of hand-offs. */
    IMSHARK_HAND_OFF
};

enum imshark_item_flags { IMSHARK_GENERATED = 1, IMSHARK_HIDDEN = 2 };

enum { IMSHARK_FIELD_PROTOCOL = 0xffff, IMSHARK_MAX_DEPTH = 12, IMSHARK_HEADING = 0xff };

/* Bytes that items can be about, besides the packet. */
struct imshark_source {
    const char *name;
    const uint8_t *bytes;
    uint32_t length;
};

/* A connection to this end is to be dissected as this protocol. */
struct imshark_expected {
    struct imshark_address address;
    uint16_t port;
    uint16_t protocol;
    uint8_t transport;
};

/* One line of the tree. Texts are offsets into the plan's texts; 0 is no text. */
struct imshark_item {
    uint64_t value;
    uint32_t start;
    uint32_t length;
    uint32_t label;
    uint16_t protocol;
    uint16_t field;
    uint8_t kind;
    uint8_t depth;
    uint8_t flags;
    /* 0 is the packet, 1 the plan's first source, IMSHARK_HEADING what stands before. */
    uint8_t source;
};

/* An expert note. An item number past the end is the packet as a whole. */
struct imshark_note {
    uint32_t item;
    uint32_t text;
    uint16_t protocol;
    uint16_t expert;
};

enum imshark_verdict { IMSHARK_REJECT, IMSHARK_ACCEPT, IMSHARK_REASSEMBLE };

/* All pointers are memory of the packet's pool. */
struct imshark_plan {
    const struct imshark_item *items;
    const struct imshark_note *notes;
    const struct imshark_source *sources;
    const struct imshark_expected *expected;
    const char *texts;
    const char *info;
    /* Set when Rust panicked: what it said. Nothing else is valid then. */
    const char *panic;
    /* The packet with bytes of the stream before it that were not ours when they came. */
    const uint8_t *whole;
    uint32_t whole_length;
    /* How many of them come before; 0 is none, and then the packet is as it is. */
    uint32_t before;
    uint32_t item_count;
    uint32_t note_count;
    uint32_t source_count;
    uint32_t expected_count;
    uint32_t pdus;
    /* Heads of HTTP: they count as PDUs but leave the columns alone. */
    uint32_t heads;
    uint32_t verdict;
    /* For IMSHARK_REASSEMBLE; missing 0 is "not known". */
    uint32_t offset;
    uint32_t missing;
    /* Bytes to read last, so that Wireshark marks the packet as cut. Length 0: none. */
    uint32_t touch_offset;
    uint32_t touch_length;
};

/* A set of bytes, one bit for each. */
struct imshark_bytes {
    uint8_t bits[32];
};

/* A heuristic dissector. */
struct imshark_heuristic {
    /* The list that it stands in. */
    const char *list;
    const char *title;
    const char *name;
    /* First bytes of what may be the protocol's. */
    struct imshark_bytes begins;
    /* More of them, where the third byte is `third` or has not come. */
    struct imshark_bytes begins_before;
    uint8_t third;
    uint8_t transport;
};

/* Ports of others at which connections may be the protocol's: their first bytes tell. */
struct imshark_sharing {
    /* The preference that allows it. */
    const char *preference;
    const char *title;
    const char *about;
    const uint16_t *ports;
    uint32_t port_count;
    /* Those of HTTP, too. */
    uint8_t with_http;
};

/* The preferences for what the user knows of keys. */
struct imshark_keys {
    /* A table, and the file in which Wireshark keeps it. */
    const char *table;
    const char *file;
    const char *title;
    const char *about;
    /* Its column of accounts. */
    const char *account;
    const char *account_about;
    /* A file with more. */
    const char *keylog;
    const char *keylog_title;
    const char *keylog_about;
    /* Whether keys may be shown. */
    const char *show;
    const char *show_title;
    const char *show_about;
};

/* How packets come to a protocol. A pointer that is NULL: not in this way. */
struct imshark_entry {
    /* Wireshark has a dissector of its own: the preference for it. */
    const char *builtin_view;
    /* A port of its own. */
    const char *port_table;
    /* How Decode As names our handle for it, where Wireshark's own one keeps its name. */
    const char *port_handle;
    /* A table in which it can be chosen for any port. */
    const char *decode_as;
    /* Bodies of HTTP of this type. */
    const char *media_type;
    const char *media_handle;
    /* Whole messages of HTTP: their first bytes. */
    const struct imshark_bytes *http;
    const struct imshark_heuristic *heuristics;
    const struct imshark_sharing *sharing;
    const struct imshark_keys *keys;
    uint32_t heuristic_count;
    uint16_t port;
    /* Plans of one dissector hold items of the protocols of its family: that of this place. */
    uint16_t family;
    /* It has a dissector; without one, others show it. */
    uint8_t dissects;
};

/* One protocol: what Rust wants registered, and the ids that Wireshark gives. */
struct imshark_protocol {
    const char *name;
    const char *short_name;
    const char *filter;
    const struct imshark_entry *entry;
    struct hf_register_info *fields;
    struct ei_register_info *experts;
    /* field_count + 1 of them: one for each field, and the protocol's own. */
    int *trees;
    uint32_t field_count;
    uint32_t expert_count;
    /* So many of the first fields are what begins a PDU. */
    uint32_t head_count;
    int id;
};

/* A row of the list of hand-offs. */
struct imshark_dissector {
    /* The name under which Wireshark has registered it. */
    const char *name;
    /* The media type for which it is called; NULL if it takes none. */
    const char *media;
};

/* What a row of the table of keys holds. */
enum imshark_key_kind {
    IMSHARK_PASSWORD,
    IMSHARK_PASSWORD_MD5,
    IMSHARK_SESSION_KEY,
    IMSHARK_SHARE_KEY
};

/* A row of the table of keys; number 0 stands for every account. */
struct imshark_key {
    unsigned number;
    unsigned kind;
    char *value;
};

/* What the shim calls in Rust. No function unwinds. */
struct imshark_rust {
    /* At most IMSHARK_MAX_PROTOCOLS. */
    uint32_t protocol_count;
    /* NULL where Rust panicked. */
    struct imshark_protocol *(*tables)(uint32_t which);
    /* The list of hand-offs, which lives for ever. */
    const struct imshark_dissector *(*dissectors)(uint32_t *count);
    /* Forgets the capture. */
    void (*reset)(void);
    /* A new conversation; returns its number, from 1. */
    uint32_t (*open_session)(uint32_t which);
    void (*dissect)(uint32_t which, const struct imshark_packet *packet, void *pool,
                    struct imshark_plan *plan);
    /* Whether a packet that nobody claims belongs to the protocol: an imshark_answer. */
    int (*recognise)(uint32_t which, const struct imshark_packet *packet);
    /* Whether messages of HTTP may be the protocol's. */
    int (*may_be_http)(uint32_t which, const uint8_t *bytes, uint32_t length);
    /* Whether the first message is there with all of its body. */
    int (*is_whole)(const uint8_t *bytes, uint32_t length);
    /* What is wrong with a row; NULL if nothing is. */
    const char *(*check_key)(const struct imshark_key *row);
    /*
     * Takes over what the user knows: rows, which the host keeps in the file `table`, and a
     * keylog file. Writes what is to be said of it, ended by NUL.
     */
    void (*use_keys)(const struct imshark_key *rows, uint32_t count, const char *table,
                     const char *keylog, int show_keys, char *complaint, size_t size);
};

void imshark_register_plugin(const struct imshark_rust *rust);
void *imshark_pool_alloc(void *pool, size_t size);
uint32_t imshark_plugin_description(void);

#endif
