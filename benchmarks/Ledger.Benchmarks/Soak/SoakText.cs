using System.Globalization;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Soak;

/// <summary>A long run, for people.</summary>
public static class SoakText
{
    /// <summary>One window in one line.</summary>
    public static string LineOf(SoakWindow window) => string.Create(
        CultureInfo.InvariantCulture,
        $"{window.EndS,8:N0} s: {window.TxPerS:N0} tx/s, p50 {window.LatencyMs.P50:N1} ms, p99 "
        + $"{window.LatencyMs.P99:N1} ms, {window.RssMb:N0} MB, {window.CpuMsPerTx:N3} ms CPU a transaction"
        + $"{HostOf(window)}"
        + $"{(window.StandstillMs >= StandstillWatch.Spoiling.TotalMilliseconds ? ", SPOILT by a standstill" : "")}");

    /// <summary>The whole run; nothing where nothing was measured.</summary>
    public static void Write(SoakSummary? summary)
    {
        if (summary is null)
        {
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Minutes:N1} minutes at {summary.Run.TxPerS:N0} tx/s, of {summary.OfferedTxPerS:N0} offered and "
            + $"{summary.SaturatedTxPerS:N0} at saturation; p50 {summary.Run.LatencyMs.P50:N1} ms, p99 "
            + $"{summary.Run.LatencyMs.P99:N1} ms, max {summary.Run.LatencyMs.Max:N0} ms"));
        Write("resident memory, MB", summary.RssDrift);
        Write("p99, ms", summary.P99Drift);
        Write("CPU of a transaction, ms", summary.CpuDrift);
        Write("the host itself: a verification, us", summary.HostVerifyDrift);
        Write("the host itself: a read of memory, ns", summary.HostReadDrift);
    }

    private static string HostOf(SoakWindow window) => window.Host is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", host {window.Host.VerifyUs:N1} us a verification and {window.Host.ReadNs:N0} ns a read");

    private static void Write(string what, Drift? drift)
    {
        if (drift is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {drift.First:N3} in the first third, {drift.Last:N3} in the last, {drift.Ratio:N3} times"));
        }
    }
}
