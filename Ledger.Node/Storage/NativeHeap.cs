using System.Runtime.InteropServices;

namespace Ledger.Node.Storage;

/// <summary>
/// The heap of the C library, where the database has its memory. Under load it is cut into pieces that are freed here
/// and there, and the library gives back none of it by itself: a node would grow for weeks with what nothing uses.
/// </summary>
internal static class NativeHeap
{
    private const string Library = "libc.so.6";

    private delegate int MallocTrim(nuint pad);

    // Other libraries than GNU's give back what is free by themselves, and have no such function.
    private static readonly MallocTrim? Trim =
        NativeLibrary.TryLoad(Library, out nint library)
        && NativeLibrary.TryGetExport(library, "malloc_trim", out nint address)
            ? Marshal.GetDelegateForFunctionPointer<MallocTrim>(address)
            : null;

    /// <summary>Gives free pages back to the system.</summary>
    public static void GiveBack() => Trim?.Invoke(0);
}
