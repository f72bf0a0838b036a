/*
 * The interface between Rust and Wireshark.
 *
 * Rust decides what a packet means and returns a plan; the shim applies it. Wireshark
 * reports errors by longjmp, so the shim calls Wireshark only while no Rust frame is
 * below it on the stack, and Rust calls nothing of Wireshark but imshark_pool_alloc and
 * imshark_pool_own_events.
 *
 * bindgen reads this file too: it is the only definition of these structures.
 */
#ifndef IMSHARK_SHIM_H
#define IMSHARK_SHIM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Maximum number of protocols. A protocol is identified by its index in Rust's PROTOCOLS;
 * the structures below say what the shim does for it.
 */
enum { IMSHARK_MAX_PROTOCOLS = 16 };

/* IMSHARK_HTTP is the body of one message, IMSHARK_HTTP_MESSAGES whole messages. */
enum imshark_transport {
    IMSHARK_TCP,
    IMSHARK_UDP,
    IMSHARK_HTTP,
    IMSHARK_HTTP_MESSAGES,
    IMSHARK_OTHER
};

/* An address of 4 or 16 bytes; length 0 means unknown. */
struct imshark_address {
    uint8_t bytes[16];
    uint8_t length;
};

enum imshark_answer {
    IMSHARK_NO,
    IMSHARK_YES,
    /* Undecided: the bytes are kept with the conversation until a later packet decides. */
    IMSHARK_REMEMBER
};

/* Level of detail that is asked for. */
enum imshark_detail { IMSHARK_COLUMNS, IMSHARK_LEADING_FIELDS, IMSHARK_FIELDS, IMSHARK_TREE };

/* One call of a dissector. */
struct imshark_packet {
    const uint8_t *bytes;
    /* The bytes before the body of an HTTP message: its head. */
    const uint8_t *heading;
    /* Nanoseconds since 1970, UTC. */
    int64_t time;
    uint32_t heading_length;
    uint32_t captured;
    uint32_t reported;
    uint32_t frame;
    uint32_t first_pdu;
    /* 0 means none: when recognising, nothing is remembered yet. */
    uint32_t session;
    /* TCP sequence number of the first byte, if has_sequence is set. */
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
    /*
     * In the first pass: carried by HTTP or SOCKS, so that the addresses are the proxy's.
     */
    uint8_t tunnelled;
    /* When recognising: the first bytes of a TCP direction whose beginning was seen. */
    uint8_t is_stream_start;
    /* Reports listen to the events of the packet. */
    uint8_t has_listeners;
    /* Somebody sees who takes part in the packet. */
    uint8_t shows_parties;
    /* The columns are not shown. */
    uint8_t hides_info;
    uint8_t has_stream;
    /* The number of the TCP or UDP stream, if has_stream is set. */
    uint32_t stream;
};

enum imshark_kind {
    IMSHARK_NONE,
    IMSHARK_NUMBER,
    /* Two's complement. */
    IMSHARK_SIGNED,
    IMSHARK_NUMBER64,
    IMSHARK_FLAG,
    /* The address in network byte order in memory. */
    IMSHARK_IPV4,
    /* A pointer to the 16 bytes of the address. */
    IMSHARK_IPV6,
    /* Nanoseconds, signed. */
    IMSHARK_TIME,
    /* Offset of a text of the plan. */
    IMSHARK_TEXT,
    /* The bytes of the item as UTF-8. */
    IMSHARK_UTF8,
    IMSHARK_BYTES,
    /* A field of bytes without any, whatever bytes the item covers. */
    IMSHARK_NO_BYTES,
    IMSHARK_LATIN1,
    /* Calls another dissector: the value is its row in the list of hand-offs. */
    IMSHARK_HAND_OFF
};

enum imshark_item_flags { IMSHARK_GENERATED = 1, IMSHARK_HIDDEN = 2 };

enum { IMSHARK_FIELD_PROTOCOL = 0xffff, IMSHARK_MAX_DEPTH = 12, IMSHARK_HEADING = 0xff };

/* Bytes that items can refer to, besides the packet. */
struct imshark_source {
    const char *name;
    const uint8_t *bytes;
    uint32_t length;
};

/* An announced endpoint: connections to it are to be dissected as this protocol. */
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
    /*
     * 0 is the packet, 1 the plan's first source, IMSHARK_HEADING the bytes before the
     * packet.
     */
    uint8_t source;
};

/* An expert info. An item number past the end means the packet as a whole. */
struct imshark_note {
    uint32_t item;
    uint32_t text;
    uint16_t protocol;
    uint16_t expert;
};

enum imshark_verdict { IMSHARK_REJECT, IMSHARK_ACCEPT, IMSHARK_REASSEMBLE };

/* All pointers are to memory of the packet's pool. */
struct imshark_plan {
    const struct imshark_item *items;
    const struct imshark_note *notes;
    const struct imshark_source *sources;
    const struct imshark_expected *expected;
    const char *texts;
    const char *info;
    /* The message if Rust panicked, else NULL. If set, nothing else is valid. */
    const char *panic;
    /* The events of the packet, NULL if there are none. The pool owns them. */
    const void *events;
    /* The packet, preceded by bytes of the stream that came before it was recognised. */
    const uint8_t *whole;
    uint32_t whole_length;
    /* Number of those bytes; 0 if there are none, and then `whole` is not set. */
    uint32_t before;
    uint32_t item_count;
    uint32_t note_count;
    uint32_t source_count;
    uint32_t expected_count;
    uint32_t pdus;
    /* Number of HTTP headers: they count as PDUs but leave the columns unchanged. */
    uint32_t http_headers;
    uint32_t verdict;
    /* For IMSHARK_REASSEMBLE; `missing` is 0 if unknown. */
    uint32_t offset;
    uint32_t missing;
    /*
     * Bytes to read last, so that Wireshark marks the packet as cut. Length 0 means none.
     */
    uint32_t uncaptured_offset;
    uint32_t uncaptured_length;
};

/* A set of byte values, one bit each. */
struct imshark_bytes {
    uint8_t bits[32];
};

/* A heuristic dissector. */
struct imshark_heuristic {
    /* The heuristic list that it is added to. */
    const char *list;
    const char *title;
    const char *name;
    /* Possible first bytes of the protocol. */
    struct imshark_bytes first_bytes;
    /* More of them, if the third byte is `third` or is missing. */
    struct imshark_bytes first_bytes_by_third;
    uint8_t third;
    uint8_t transport;
};

/* Ports of other protocols on which connections may be ours: their first bytes decide. */
struct imshark_sharing {
    /* The preference that allows it. */
    const char *preference;
    const char *title;
    const char *about;
    const uint16_t *ports;
    uint32_t port_count;
    /* Whether to include the ports of HTTP. */
    uint8_t with_http;
};

/* The preferences for keys. */
struct imshark_keys {
    /* A table, and the file in which Wireshark keeps it. */
    const char *table;
    const char *file;
    const char *title;
    const char *about;
    /* Its column of accounts. */
    const char *account;
    const char *account_about;
    /* A keylog file. */
    const char *keylog;
    const char *keylog_title;
    const char *keylog_about;
    /* Whether keys may be shown. */
    const char *show;
    const char *show_title;
    const char *show_about;
};

/* The preference for the memory of a capture's objects. */
/* A preference that is on or off, and off by default. */
struct imshark_switch {
    const char *preference;
    const char *title;
    const char *about;
};

struct imshark_memory {
    const char *preference;
    const char *title;
    const char *about;
    /* Its default, in MiB. */
    uint32_t mebibytes;
};

/* How packets reach a protocol. A pointer is NULL where a way is not used. */
struct imshark_entry {
    /* The preference for Wireshark's built-in dissector. */
    const char *builtin_view;
    /* The table of a port of its own. */
    const char *port_table;
    /* Name of our handle in Decode As, where the built-in one keeps its name. */
    const char *port_handle;
    /* A table in which it can be chosen for any port. */
    const char *decode_as;
    /* Media type of its HTTP bodies. */
    const char *media_type;
    const char *media_handle;
    /* First bytes of its HTTP messages. */
    const struct imshark_bytes *http;
    const struct imshark_heuristic *heuristics;
    const struct imshark_sharing *sharing;
    const struct imshark_keys *keys;
    const struct imshark_memory *memory;
    const struct imshark_switch *chinese;
    uint32_t heuristic_count;
    uint16_t port;
    /*
     * Index that stands for the family: a plan may hold items of all protocols of its
     * family.
     */
    uint16_t family;
    /* Whether it has a dissector; without one, other dissectors show it. */
    uint8_t dissects;
};

/* One protocol: what Rust wants registered, and the ids that Wireshark assigns. */
struct imshark_protocol {
    const char *name;
    const char *short_name;
    const char *filter;
    const struct imshark_entry *entry;
    struct hf_register_info *fields;
    struct ei_register_info *experts;
    /* field_count + 1 ids: one for each field, and the protocol's own. */
    int *trees;
    uint32_t field_count;
    uint32_t expert_count;
    /* How many of the first fields are what begins a PDU. */
    uint32_t leading_field_count;
    int id;
};

/* A row of the list of hand-offs. */
struct imshark_dissector {
    /* The name under which Wireshark has registered it. */
    const char *name;
    /* The media type for which it is called; NULL if it takes none. */
    const char *media;
};

/* Type of the value in a row of the table of keys. */
enum imshark_key_kind {
    IMSHARK_PASSWORD,
    IMSHARK_PASSWORD_MD5,
    IMSHARK_SESSION_KEY,
    IMSHARK_SHARE_KEY
};

/* A row of the table of keys; number 0 means every account. */
struct imshark_key {
    unsigned number;
    unsigned kind;
    char *value;
};

/* A column of a report. */
struct imshark_column {
    const char *title;
    /* Whether all cells are numbers. */
    uint8_t is_number;
    /* Whether they are aligned to the right. */
    uint8_t is_right;
};

/* A kind of report, which the events of one protocol's tap are folded into. */
struct imshark_report {
    /* Its name for -z, and that of its table; NULL if it has none. */
    const char *name;
    const char *table_name;
    const char *title;
    const struct imshark_column *columns;
    uint32_t column_count;
    /* The protocol whose tap it listens to. */
    uint32_t protocol;
};

/* A cell of a report: a text, or a number if `text` is NULL. */
struct imshark_cell {
    const char *text;
    uint32_t number;
};

/* The statistics of a family: a tree of counts, and response times. */
struct imshark_statistics {
    const char *title;
    /* The protocol whose tap they listen to. */
    uint32_t protocol;
};

/* The names of a node of the tree, from the root on. */
struct imshark_path {
    const char *const *names;
    uint32_t length;
};

/* A response. */
struct imshark_time {
    /* The row of its request's command, and its name. */
    uint32_t row;
    const char *name;
    /* Nanoseconds since the request. */
    int64_t delay;
};

/* A list of objects to save. */
struct imshark_exports {
    /* The protocol under whose name the host offers it. */
    uint32_t protocol;
};

/* An object to save, as far as it is received. */
struct imshark_export {
    /* Its row, from 0: a new one is the next. */
    uint32_t row;
    uint32_t frame;
    const char *owner;
    const char *content;
    const char *name;
    /* They begin with the bytes of an earlier state of the row. */
    const uint8_t *bytes;
    size_t length;
};

/* A kind of filter that is offered for a packet. */
struct imshark_selection {
    const char *title;
    /* The protocol of the packets, which stands for its family. */
    uint32_t protocol;
};

/* A secret in a packet: whose it is and in which form, not the secret itself. */
struct imshark_credential {
    const char *account;
    const char *about;
};

/* How conversations of a family are followed. */
struct imshark_follow {
    /* The field that a number given by the user is a value of. */
    const char *field;
    uint32_t protocol;
};

/* A line of a conversation, which ends with a line break. */
struct imshark_line {
    const char *text;
    uint8_t is_of_others;
    uint8_t is_to_client;
    /* It is one of several parts of a message, or the whole in place of them. */
    uint8_t has_parts;
    uint8_t is_whole;
    uint64_t message;
};

/* A family whose accounts are endpoints. */
struct imshark_endpoints {
    uint32_t protocol;
    /* Rows of the protocol's fields: all parties, those who send or receive, and which. */
    uint32_t party;
    uint32_t peer;
    uint32_t from;
    uint32_t to;
};

/* An endpoint of a frame, as it stands between the quotes of a display filter. */
struct imshark_endpoint {
    const char *name;
    uint8_t sends;
};

/* Two endpoints of a frame: one sends something to the other. */
struct imshark_pair {
    const char *from;
    const char *to;
    /* By which the host asks to follow them. */
    uint32_t number;
};

/* The functions that the shim calls in Rust. None of them unwinds. */
struct imshark_rust {
    /* At most IMSHARK_MAX_PROTOCOLS. */
    uint32_t protocol_count;
    /* NULL if Rust panicked. */
    struct imshark_protocol *(*tables)(uint32_t which);
    /* The list of hand-offs, which is never freed. */
    const struct imshark_dissector *(*dissectors)(uint32_t *count);
    /*
     * Frees the state of the capture. The one to come has so many MiB for objects, and names
     * its commands in Chinese or not.
     */
    void (*reset)(uint32_t object_memory, int chinese_names);
    /* Opens a session for a new conversation; returns its number, from 1. */
    uint32_t (*open_session)(uint32_t which);
    void (*dissect)(uint32_t which, const struct imshark_packet *packet, void *pool,
                    struct imshark_plan *plan);
    /* Decides whether an unclaimed packet belongs to the protocol: an imshark_answer. */
    int (*recognise)(uint32_t which, const struct imshark_packet *packet);
    /* Whether HTTP messages that begin with these bytes may be the protocol's. */
    int (*may_be_http)(uint32_t which, const uint8_t *bytes, uint32_t length);
    /* Whether the first message is complete, with all of its body. */
    int (*is_whole)(const uint8_t *bytes, uint32_t length);
    /* What is wrong with a row; NULL if nothing is. */
    const char *(*check_key)(const struct imshark_key *row);
    /*
     * Replaces the user's keys: rows, which Wireshark keeps in the file `table`, and a
     * keylog file. Writes any complaints, ended by NUL.
     */
    void (*use_keys)(const struct imshark_key *rows, uint32_t count, const char *table,
                     const char *keylog, int show_keys, char *complaint, size_t size);
    /* The kinds of reports, which are never freed. */
    const struct imshark_report *(*reports)(uint32_t *count);
    /*
     * Opens a report of this kind. `format` is a word of `length` bytes; returns NULL if it
     * names no format. Length 0 means the default.
     */
    void *(*open_report)(uint32_t which, const char *format, uint32_t length);
    void (*close_report)(void *report);
    /* Empties it, for another pass. */
    void (*reset_report)(void *report);
    /*
     * Folds the events of a packet. Returns the indices of the rows that are new or changed;
     * they are valid until the next call.
     */
    const uint32_t *(*add_events)(void *report, const void *events, uint32_t *count);
    /* Writes the cells of a row; their texts are valid until the next call. */
    void (*report_row)(void *report, uint32_t row, struct imshark_cell *cells);
    /* Passes the whole report in its format to `write`, piece by piece. */
    void (*print_report)(void *report, void (*write)(const char *piece, size_t length));
    /* Has the PDUs of all packets to come made into records, too. */
    void (*want_records)(void);
    /* The records of a packet's PDUs: lines of JSON. */
    const char *(*records)(const void *events, size_t *length);
    void (*free_events)(void *events);
    /* The lists of objects, which are never freed. */
    const struct imshark_exports *(*exports)(uint32_t *count);
    /* An empty list of this kind. */
    void *(*open_exports)(uint32_t which);
    /* The objects whose rows the events of a packet add or change; valid until released. */
    const struct imshark_export *(*add_exports)(void *list, const void *events,
                                                uint32_t *count);
    void (*release_exports)(void *list);
    void (*free_exports)(void *list);
    /* The families that have statistics, which are never freed. */
    const struct imshark_statistics *(*statistics)(uint32_t *count);
    /*
     * Begins to count for a listener, which its pointer stands for. Whatever was counted for
     * one at the same place before is forgotten.
     */
    void (*open_counters)(const void *listener);
    void (*close_counters)(const void *listener);
    /* The nodes in which the events of a packet count; valid until the next call. */
    const struct imshark_path *(*tree_paths)(const void *listener, const void *events,
                                             uint32_t *count);
    /* The responses in a packet; valid until the next call. */
    const struct imshark_time *(*response_times)(const void *listener, const void *events,
                                                 uint32_t *count);
    /* The secrets in the events of a packet; the pool owns them. */
    const struct imshark_credential *(*credentials)(const void *events, void *pool,
                                                    uint32_t *count);
    /* The families whose conversations can be followed, which are never freed. */
    const struct imshark_follow *(*followed)(uint32_t *count);
    /*
     * The lines of the events of a packet; the pool owns them. `listener` stands for who
     * follows, and `is_first` says that it has no line yet.
     */
    const struct imshark_line *(*follow)(const void *listener, int is_first, const void *events,
                                         void *pool, uint32_t *count);
    /* The families that have endpoints, which are never freed. */
    const struct imshark_endpoints *(*endpoints)(uint32_t *count);
    /* What a table counts of one frame. */
    void *(*open_frame)(void);
    void (*free_frame)(void *frame);
    /* The endpoints or pairs that events add to the frame; the pool owns them. */
    const struct imshark_endpoint *(*frame_endpoints)(void *frame, const void *events,
                                                      void *pool, uint32_t *count);
    /* Sets `has_groups` if the frame has more than two peers. */
    const struct imshark_pair *(*frame_pairs)(uint32_t protocol, void *frame,
                                              const void *events, void *pool, uint32_t *count,
                                              uint8_t *has_groups);
    /* The filter for a pair, valid until the next call; NULL if none has the number. */
    const char *(*pair_filter)(uint32_t protocol, uint32_t number);
    /* The kinds of filters, which are never freed. */
    const struct imshark_selection *(*selections)(uint32_t *count);
    /*
     * Makes a filter of a packet of a later pass. Returns a text of the pool; NULL if there
     * is nothing to filter by.
     */
    const char *(*select)(uint32_t selection, uint32_t which,
                          const struct imshark_packet *packet, void *pool);
};

void imshark_register_plugin(const struct imshark_rust *rust);
void *imshark_pool_alloc(void *pool, size_t size);
/* Has Rust free the events when the pool is. */
void imshark_pool_own_events(void *pool, void *events);
uint32_t imshark_plugin_description(void);

#endif
