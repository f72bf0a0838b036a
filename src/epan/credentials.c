/* Credentials: -z credentials, and Tools > Credentials. */
#include "host.h"

/*
 * What the tap takes: the structure of Wireshark's ui/tap-credentials.h, which is not among
 * the installed headers and is the same in all versions.
 */
struct tap_credential {
    /* The frame of the secret, and that of the account. */
    unsigned num;
    unsigned username_num;
    /* The field that the GUI selects. */
    unsigned password_hf_id;
    char *username;
    const char *proto;
    char *info;
};

static int tap;

void imshark_hand_off_credentials(void)
{
    tap = find_tap_id("credentials");
}

int imshark_credentials_are_wanted(void)
{
    return tap > 0 && have_tap_listener(tap);
}

void imshark_queue_credentials(const struct imshark_host *host, packet_info *pinfo,
                               const void *events)
{
    uint32_t count = 0;
    if (!imshark_credentials_are_wanted())
        return;
    const struct imshark_credential *all =
        imshark_rust->credentials(events, pinfo->pool, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct tap_credential *one = wmem_new0(pinfo->pool, struct tap_credential);
        one->num = pinfo->num;
        one->username_num = pinfo->num;
        one->password_hf_id = (unsigned)host->protocol->id;
        one->username = (char *)all[i].account;
        one->proto = host->protocol->short_name;
        one->info = (char *)all[i].about;
        tap_queue_packet(tap, pinfo, one);
    }
}
