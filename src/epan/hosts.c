/* The registered protocols. */
#include "host.h"

const struct imshark_rust *imshark_rust;
struct imshark_host imshark_hosts[IMSHARK_MAX_PROTOCOLS];
uint32_t imshark_host_count;

int imshark_is_enabled(const struct imshark_host *host)
{
    return !host->builtin_view
        && proto_is_protocol_enabled(find_protocol_by_id(host->protocol->id));
}

int imshark_has(const struct imshark_bytes *set, uint8_t byte)
{
    return set->bits[byte >> 3] & (1u << (byte & 7));
}
