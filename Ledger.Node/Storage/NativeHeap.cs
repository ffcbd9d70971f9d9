using System.Runtime.InteropServices;

namespace Ledger.Node.Storage;

/// <summary>
/// The heap of the C library, where the database has its memory. Under load it is cut into pieces that are freed here
/// and there, and the library gives back none of it by itself: a node would grow for weeks with what nothing uses.
/// Other libraries than GNU's give back what is free by themselves, and have none of these functions.
/// </summary>
internal static class NativeHeap
{
    private const string Library = "libc.so.6";

    /// <summary>The number of the setting in the C library's interface.</summary>
    private const int MmapThreshold = -3;

    /// <summary>
    /// From this size on a block has pages of its own, which go back when it is freed: parts of tables in memory, and
    /// buffers of files. Below it are what the cache holds.
    /// </summary>
    private const int LargeBlockBytes = 128 * 1024;

    private delegate int MallocTrim(nuint pad);

    private delegate int MallOpt(int setting, int value);

    private static readonly MallocTrim? Trim = Function<MallocTrim>("malloc_trim");

    private static readonly MallOpt? Set = Function<MallOpt>("mallopt");

    /// <summary>
    /// Keeps large blocks out of the heap for good. The library begins so, but takes the size of each that is freed for
    /// its new limit, up to 32 MiB.
    /// </summary>
    public static void KeepLargeBlocksApart() => Set?.Invoke(MmapThreshold, LargeBlockBytes);

    /// <summary>Gives free pages back to the system.</summary>
    public static void GiveBack() => Trim?.Invoke(0);

    private static T? Function<T>(string name)
        where T : Delegate =>
        NativeLibrary.TryLoad(Library, out nint library) && NativeLibrary.TryGetExport(library, name, out nint address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : null;
}
