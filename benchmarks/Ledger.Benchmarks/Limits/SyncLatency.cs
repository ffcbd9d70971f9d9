using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Benchmarks.Limits;

/// <summary>How long the disk takes to keep a small append, which is what a vote or a block waits for.</summary>
public static class SyncLatency
{
    private const int AppendBytes = 512;

    /// <summary>Enough for a median, on a slow disk too.</summary>
    private const int Appends = 200;

    /// <summary>The median of appends of 512 bytes, each followed by fdatasync, in milliseconds.</summary>
    public static double MedianMs(string folder)
    {
        string path = Path.Combine(folder, "sync-latency.tmp");
        byte[] bytes = new byte[AppendBytes];
        double[] times = new double[Appends];
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
            for (int place = 0; place < Appends; place++)
            {
                long start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, (long)place * AppendBytes);
                if (LibC.SyncData(file) != 0)
                {
                    throw new IOException($"{path} could not be synced: {Marshal.GetLastPInvokeErrorMessage()}.");
                }

                times[place] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }
        finally
        {
            File.Delete(path);
        }

        Array.Sort(times);
        return times[Appends / 2];
    }
}
