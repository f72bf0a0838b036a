/* Calls what no Wireshark exports: not loaded where all symbols are looked up at once. */
#include "plugin.h"

extern void imshark_exported_by_nobody(void);

static void helper_register(void)
{
    if (getenv("IMSHARK_HELPER_LOG") != NULL)
        imshark_exported_by_nobody();
}
