using System.Diagnostics;
using System.Globalization;

namespace Ledger.Fuzz;

/// <summary>Gives the inputs of a target to it, one after the other, and watches.</summary>
internal sealed class FuzzRunner(FuzzTarget target, FuzzOptions options, HangWatch watch)
{
    private readonly InputGenerator generator = new(target, options.Seed);
    private readonly Dictionary<string, FuzzFinding> findings = new(StringComparer.Ordinal);
    private IFuzzSession session = target.Open();
    private long accepted;
    private TimeSpan slowest;

    /// <summary>Runs to the end, or to the time that is given.</summary>
    public TargetReport Run()
    {
        Stopwatch clock = Stopwatch.StartNew();
        long index = options.First;
        long end = options.First + target.Share(options.Inputs);
        WarmUp();
        while (index < end && clock.Elapsed < options.Until && findings.Count < FuzzOptions.FindingsMax)
        {
            Meet(index, generator.Make(index));
            index++;
        }

        session.Dispose();
        return new TargetReport(
            target.Name,
            index - options.First,
            accepted,
            clock.Elapsed.TotalSeconds,
            slowest.TotalMilliseconds,
            [.. findings.Values]);
    }

    // The first use of a decoder compiles it and fills what is static, which is no fault of an input.
    private void WarmUp()
    {
        foreach (byte[] sample in target.Samples)
        {
            try
            {
                session.Take(sample);
            }
            catch (Exception)
            {
                // The same sample comes again as an input; then it is reported.
                Begin();
            }
        }
    }

    private void Meet(long index, byte[] input)
    {
        if (Problem(index, input, out TimeSpan time, out bool confirm) is not { } problem)
        {
            slowest = time > slowest ? time : slowest;
            return;
        }

        // Time and memory depend on what else the machine does: only what happens again counts.
        if (confirm && Problem(index, input, out _, out _) is null)
        {
            return;
        }

        string kind = KindOf(problem);
        FuzzFinding found = findings.TryGetValue(kind, out FuzzFinding? known)
            ? known with { Times = known.Times + 1 }
            : FuzzFinding.Of(target.Name, options.Seed, index, input, problem);
        findings[kind] = found;
        Begin();
    }

    // One defect is found many times: what is thrown, and where, tells it from others.
    private static string KindOf(string problem)
    {
        string[] lines = problem.Split('\n');
        string? place = lines.FirstOrDefault(static line =>
            line.Contains(" in ", StringComparison.Ordinal) && !line.Contains("/obj/", StringComparison.Ordinal));
        return lines[0].Split(':')[0] + place;
    }

    private string? Problem(long index, byte[] input, out TimeSpan time, out bool confirm)
    {
        confirm = false;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        watch.Begin(target.Name, options.Seed, index, input);
        try
        {
            accepted += session.Take(input) ? 1 : 0;
        }
        catch (Exception failure)
        {
            // The oracle itself: whatever the decoder did not declare is a finding.
            time = Stopwatch.GetElapsedTime(start);
            return failure is FuzzViolation ? failure.Message : failure.ToString();
        }
        finally
        {
            watch.End();
        }

        time = Stopwatch.GetElapsedTime(start);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long allowed = target.AllocatedFixed + ((long)input.Length * FuzzTarget.AllocatedPerByteMax);
        confirm = true;
        if (time > FuzzOptions.InputTimeMax)
        {
            return string.Create(CultureInfo.InvariantCulture, $"took {time.TotalSeconds:F1} s");
        }

        return allocated <= allowed
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"allocated {allocated} bytes; {allowed} are allowed");
    }

    // What a finding left behind must not make the next ones.
    private void Begin()
    {
        session.Dispose();
        session = target.Open();
    }
}
