/* The one function of a DLL that programs of Go need, and Wine 8 does not have. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID to, ULONG length); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T length)
{
    while (length > 0) {
        ULONG now = length > 0x7fffffff ? 0x7fffffff : (ULONG)length;
        if (!SystemFunction036(to, now))
            return FALSE;
        to += now;
        length -= now;
    }
    return TRUE;
}
