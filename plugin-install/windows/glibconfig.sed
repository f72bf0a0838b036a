# Turns the glibconfig.h of a 64-bit Linux into that of a 64-bit Windows, where long has
# 4 bytes.
s/^(#define GLIB_SIZEOF_LONG +)8/\14/
s/^typedef (signed|unsigned) long (gint64|guint64|gssize|gsize|gintptr|guintptr);/typedef \1 long long \2;/
s/\(val##L\)/(val##LL)/
s/\(val##UL\)/(val##ULL)/
s/^(#define G_(GINT64|GSIZE|GSSIZE|GINTPTR)_MODIFIER +)"l"/\1"ll"/
s/^(#define G_(GINT64|GSSIZE|GINTPTR)_FORMAT +)"li"/\1"lli"/
s/^(#define G_(GUINT64|GSIZE|GUINTPTR)_FORMAT +)"lu"/\1"llu"/
/^#define G_MAXSIZE/s/G_MAXULONG/G_MAXUINT64/
/^#define G_M(AX|IN)SSIZE/{
    s/G_MINLONG/G_MININT64/
    s/G_MAXLONG/G_MAXINT64/
}
/^#define G(POINTER_TO_U?INT|U?INT_TO_POINTER)/s/\(gu?long\)/(guintptr)/
s/^(#define GU?LONG_TO_[LB]E\(val\)[[:space:]]+\(\(gu?long\) GU?INT)64/\132/
s/^#define G_OS_UNIX/#define G_OS_WIN32\n#define G_PLATFORM_WIN32/
/^#define G_VA_COPY_AS_ARRAY/d
/^#define GLIB_HAVE_ALLOCA_H/d
/^#define GLIB_USING_SYSTEM_PRINTF/d
/^#define G_HAVE_GNUC_VISIBILITY/d
s/G_THREADS_IMPL_POSIX/G_THREADS_IMPL_WIN32/
s/^typedef int GPid;/typedef void * GPid;/
s/^(#define G_PID_FORMAT )"i"/\1"p"/
s/^(#define GLIB_SYSDEF_AF_INET6) .*/\1 23/
s/^(#define G_DIR_SEPARATOR) '\/'/\1 '\\\\'/
s/^(#define G_DIR_SEPARATOR_S) "\/"/\1 "\\\\"/
s/^(#define G_SEARCHPATH_SEPARATOR) ':'/\1 ';'/
s/^(#define G_SEARCHPATH_SEPARATOR_S) ":"/\1 ";"/
s/^(#define G_MODULE_SUFFIX) "so"/\1 "dll"/
