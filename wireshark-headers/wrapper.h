/* The headers of Wireshark that imshark uses, for bindgen and for the shim. */
#ifndef IMSHARK_WRAPPER_H
#define IMSHARK_WRAPPER_H

#if __has_include(<ws_version.h>)
#include <ws_version.h>
enum imshark_wanted {
    IMSHARK_WANT_MAJOR = WIRESHARK_VERSION_MAJOR,
    IMSHARK_WANT_MINOR = WIRESHARK_VERSION_MINOR
};
#else
#include <config.h>
enum imshark_wanted {
    IMSHARK_WANT_MAJOR = VERSION_MAJOR,
    IMSHARK_WANT_MINOR = VERSION_MINOR
};
#endif

#include <glib.h>
#include <epan/packet.h>
#include <epan/expert.h>
#include <epan/prefs.h>
#include <epan/conversation.h>
#include <epan/proto_data.h>
#include <epan/exceptions.h>

enum imshark_time_display { IMSHARK_TIME_UTC = ABSOLUTE_TIME_UTC };

#include "shim.h"

#endif
