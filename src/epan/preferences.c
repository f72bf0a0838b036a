/* The preferences. */
#include "host.h"

static void changed(void)
{
    IMSHARK_FOR_EACH_HOST(host)
        if (host->entry->builtin_view != NULL)
            imshark_bind_ports(host);
}

static void register_sharing(struct imshark_host *host, module_t *module)
{
    const struct imshark_sharing *sharing = host->entry->sharing;
    host->share_ports = 1;
    prefs_register_bool_preference(module, sharing->preference, sharing->title, sharing->about,
                                   &host->share_ports);
}

static void register_memory(struct imshark_host *host, module_t *module)
{
    const struct imshark_memory *memory = host->entry->memory;
    host->object_memory = memory->mebibytes;
    prefs_register_uint_preference(module, memory->preference, memory->title, memory->about, 10,
                                   &host->object_memory);
}

static void register_preferences(struct imshark_host *host)
{
    module_t *module = prefs_find_module(host->protocol->filter);
    if (module == NULL)
        module = prefs_register_protocol(host->protocol->id, changed);
    if (host->entry->builtin_view != NULL)
        prefs_register_bool_preference(
            module, host->entry->builtin_view, "Use Wireshark's built-in dissector",
            "Whether this protocol is dissected as by Wireshark without imshark", &host->builtin_view);
    if (host->entry->sharing != NULL)
        register_sharing(host, module);
    if (host->entry->memory != NULL)
        register_memory(host, module);
    if (host->entry->chinese != NULL)
        prefs_register_bool_preference(module, host->entry->chinese->preference,
                                       host->entry->chinese->title, host->entry->chinese->about,
                                       &host->chinese_names);
    if (host->entry->keys != NULL)
        imshark_register_key_preferences(module, host->entry->keys);
}

void imshark_register_preferences(void)
{
    IMSHARK_FOR_EACH_HOST(host)
    {
        const struct imshark_entry *entry = host->entry;
        if (entry->builtin_view != NULL || entry->sharing != NULL || entry->keys != NULL
            || entry->memory != NULL || entry->chinese != NULL)
            register_preferences(host);
    }
}

int imshark_has_preferences(const struct imshark_host *host)
{
    const char *name = host->entry->builtin_view;
    module_t *module = name != NULL ? prefs_find_module(host->protocol->filter) : NULL;
    return module != NULL && prefs_find_preference(module, name) != NULL;
}

uint32_t imshark_object_memory(void)
{
    uint32_t mebibytes = 0;
    IMSHARK_FOR_EACH_HOST(host)
        mebibytes += host->object_memory;
    return mebibytes;
}

int imshark_names_in_chinese(void)
{
    IMSHARK_FOR_EACH_HOST(host)
        if (host->chinese_names)
            return 1;
    return 0;
}
