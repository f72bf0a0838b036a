/*
 * The user's keys: a table, a keylog file, and whether keys may be shown. Rust checks and
 * keeps them.
 */
#include "host.h"

#include <epan/uat.h>
#include <wsutil/filesystem.h>
#include <wsutil/report_message.h>

/* Already bool in 4.2, where the rest of Wireshark still has gboolean. */
typedef __typeof__(((uat_update_cb_t)0)(NULL, NULL)) uat_bool;

/* The file in which Wireshark keeps the table. */
static const char *table_file;

static struct imshark_key *keys;
static guint key_count;
static const char *keylog_file = "";
static ws_bool show_keys;

static const value_string kinds[] = {
    { IMSHARK_PASSWORD, "Password" },
    { IMSHARK_PASSWORD_MD5, "MD5 of the password" },
    { IMSHARK_SESSION_KEY, "Session key" },
    { IMSHARK_SHARE_KEY, "Share key" },
    { 0, NULL },
};

UAT_DEC_CB_DEF(imshark_keys, number, struct imshark_key)
UAT_VS_DEF(imshark_keys, kind, struct imshark_key, unsigned, IMSHARK_SESSION_KEY, "Session key")
UAT_CSTRING_CB_DEF(imshark_keys, value, struct imshark_key)

static void *copy_key(void *to, const void *from, size_t length)
{
    const struct imshark_key *old = (const struct imshark_key *)from;
    struct imshark_key *copy = (struct imshark_key *)to;
    (void)length;
    *copy = *old;
    copy->value = g_strdup(old->value);
    return copy;
}

static void free_key(void *record)
{
    g_free(((struct imshark_key *)record)->value);
}

static uat_bool check_key(void *record, char **error)
{
    const char *wrong = imshark_rust->check_key((const struct imshark_key *)record);
    *error = g_strdup(wrong);
    return wrong == NULL;
}

/* Called for every capture, and when a preference has changed. */
static void use_keys(void)
{
    static char last[2048];
    char complaint[sizeof last] = "";
    char *table = get_persconffile_path(table_file, TRUE);
    imshark_rust->use_keys(keys, key_count, table, keylog_file, show_keys, complaint,
                           sizeof complaint);
    g_free(table);
    /* Once, not at every reload. */
    if (strcmp(complaint, last) != 0 && complaint[0] != '\0')
        report_warning("%s", complaint);
    memcpy(last, complaint, sizeof last);
}

void imshark_register_key_preferences(module_t *module, const struct imshark_keys *texts)
{
    const uat_field_t columns[] = {
        UAT_FLD_DEC(imshark_keys, number, texts->account, texts->account_about),
        UAT_FLD_VS(imshark_keys, kind, "Kind", kinds, "Type of the value"),
        UAT_FLD_CSTRING(imshark_keys, value, "Value",
                        "Password, or key or MD5 in 32 hexadecimal digits"),
        UAT_END_FIELDS
    };
    /* Wireshark keeps the pointer. */
    static uat_field_t fields[array_length(columns)];
    memcpy(fields, columns, sizeof columns);
    table_file = texts->file;
    uat_t *table = uat_new(texts->title, sizeof(struct imshark_key), table_file, 1, &keys,
                           &key_count, UAT_AFFECTS_DISSECTION, NULL, copy_key, check_key, free_key,
                           NULL, NULL, fields);
    prefs_register_uat_preference(module, texts->table, texts->title, texts->about, table);
    prefs_register_filename_preference(module, texts->keylog, texts->keylog_title,
                                       texts->keylog_about, &keylog_file, 0);
    prefs_register_bool_preference(module, texts->show, texts->show_title, texts->show_about,
                                   &show_keys);
    register_init_routine(use_keys);
}
