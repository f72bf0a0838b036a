/* The frame of a plugin. MAJOR and MINOR are the version of Wireshark that it is compiled for; the
 * file that includes this has register_protocol and hand_off. */

#define HAVE_PLUGINS 1

#include <stdint.h>

#include <epan/packet.h>
#include <epan/proto.h>

/* Wireshark looks these up in a plugin. */
__attribute__((visibility("default"))) const char plugin_version[] = "0.1.0";
__attribute__((visibility("default"))) const int plugin_want_major = MAJOR;
__attribute__((visibility("default"))) const int plugin_want_minor = MINOR;
__attribute__((visibility("default"))) void plugin_register(void);
__attribute__((visibility("default"))) uint32_t plugin_describe(void);

static void register_protocol(void);
static void hand_off(void);

void plugin_register(void)
{
    static proto_plugin plugin;

    plugin.register_protoinfo = register_protocol;
    plugin.register_handoff = hand_off;
    proto_register_plugin(&plugin);
}

/* Of 4.2 and later: a plugin with dissectors. */
uint32_t plugin_describe(void)
{
    return 1;
}
