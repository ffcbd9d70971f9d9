using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Benchmarks.Limits;

/// <summary>Declarations of the C library.</summary>
internal static partial class LibC
{
    /// <summary>Waits until a file's content is on disk; 0, or -1 with an error number.</summary>
    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    internal static partial int SyncData(SafeFileHandle file);
}
