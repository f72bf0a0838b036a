/*
 * What Wireshark requires of a plugin. WANT_MAJOR and WANT_MINOR come from the command
 * line, helper_register from the file that includes this.
 */
#define HAVE_PLUGINS 1
#include <stdio.h>
#include <stdlib.h>
#include <glib.h>
#include <epan/packet.h>
#include <epan/proto.h>

#define EXPORT __attribute__((visibility("default")))

static void helper_register(void);

EXPORT const char plugin_version[] = "0.1";
EXPORT const int plugin_want_major = WANT_MAJOR;
EXPORT const int plugin_want_minor = WANT_MINOR;

EXPORT void plugin_register(void)
{
    static proto_plugin plugin;
    plugin.register_protoinfo = helper_register;
    proto_register_plugin(&plugin);
}

EXPORT unsigned plugin_describe(void)
{
    return 1;
}
