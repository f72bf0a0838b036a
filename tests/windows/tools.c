/*
 * Two of Windows' tools that install.cmd uses and that Wine has only as stubs:
 *   fc /b FILE FILE                 ends with 1 if the files differ, with 2 if one is missing
 *   certutil -hashfile FILE SHA256  prints the sum in the second line
 */
#include <windows.h>
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#ifndef BCRYPT_SHA256_ALG_HANDLE
#define BCRYPT_SHA256_ALG_HANDLE ((BCRYPT_ALG_HANDLE)0x41)
#endif

static char *read_file(const wchar_t *name, size_t *length)
{
    FILE *file = _wfopen(name, L"rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    *length = fread(bytes, 1, *length, file);
    fclose(file);
    return bytes;
}

static int print_sum(const wchar_t *name)
{
    size_t length;
    unsigned char sum[32];
    char *bytes = read_file(name, &length);
    if (!bytes)
        return 2;
    if (BCryptHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, (unsigned char *)bytes, (ULONG)length, sum,
                   sizeof sum))
        return 3;
    puts("SHA256 hash of the file:");
    for (size_t i = 0; i < sizeof sum; i++)
        printf("%02x", sum[i]);
    puts("\nCertUtil: -hashfile command completed successfully.");
    return 0;
}

static int compare(const wchar_t *first, const wchar_t *second)
{
    size_t lengths[2];
    char *bytes[] = {read_file(first, &lengths[0]), read_file(second, &lengths[1])};
    if (!bytes[0] || !bytes[1])
        return 2;
    return lengths[0] != lengths[1] || memcmp(bytes[0], bytes[1], lengths[0]) != 0;
}

int wmain(int count, wchar_t **arguments)
{
    if (count == 4 && !wcscmp(arguments[1], L"-hashfile") && !wcscmp(arguments[3], L"SHA256"))
        return print_sum(arguments[2]);
    if (count == 4 && !wcscmp(arguments[1], L"/b"))
        return compare(arguments[2], arguments[3]);
    return 4;
}
