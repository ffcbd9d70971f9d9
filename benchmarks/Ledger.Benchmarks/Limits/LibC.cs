using System.Runtime.InteropServices;
using Ledger.Primitives;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Benchmarks.Limits;

/// <summary>Declarations of the C library.</summary>
public static partial class LibC
{
    /// <summary>CLOCK_THREAD_CPUTIME_ID.</summary>
    private const int ThreadClock = 3;

    /// <summary>Waits until a file's content is on disk; 0, or -1 with an error number.</summary>
    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    internal static partial int SyncData(SafeFileHandle file);

    /// <summary>Processor time of the calling thread.</summary>
    public static TimeSpan ThreadTime()
    {
        Invariant.That(ReadClock(ThreadClock, out TimeValue value) == 0, "a thread has a clock");
        return TimeSpan.FromSeconds(value.Seconds) + new TimeSpan(value.Nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeValue value);

    // timespec(3type) where a long has 64 bits.
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeValue
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
