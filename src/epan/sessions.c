/*
 * The numbers of sessions, by the index of their conversation. Wireshark's own data of a
 * conversation would take a tree node of 64 bytes for each, and a search for every packet.
 */
#include "host.h"

static struct numbers {
    uint32_t *of;
    uint32_t count;
} numbers[IMSHARK_MAX_PROTOCOLS];

void imshark_forget_sessions(void)
{
    for (unsigned which = 0; which < IMSHARK_MAX_PROTOCOLS; which++)
        g_free(numbers[which].of);
    memset(numbers, 0, sizeof numbers);
}

static void make_room(struct numbers *known, uint32_t index)
{
    uint32_t count = index + index / 4 + 64;
    known->of = g_renew(uint32_t, known->of, count);
    memset(known->of + known->count, 0, (count - known->count) * sizeof *known->of);
    known->count = count;
}

uint32_t imshark_session_if_any(const struct imshark_host *host,
                                const conversation_t *conversation)
{
    const struct numbers *known = &numbers[host->which];
    uint32_t index = conversation->conv_index;
    return index < known->count ? known->of[index] : 0;
}

uint32_t imshark_session_of(const struct imshark_host *host, const conversation_t *conversation)
{
    struct numbers *known = &numbers[host->which];
    uint32_t index = conversation->conv_index;
    uint32_t number = imshark_session_if_any(host, conversation);
    if (number == 0) {
        number = imshark_rust->open_session(host->which);
        if (index >= known->count)
            make_room(known, index);
        known->of[index] = number;
    }
    return number;
}
