using Ledger.Client.Protos;
using Ledger.Node.Configuration;

namespace Ledger.Node.Erasure.Retention;

/// <summary>
/// Tells the institution its periods, what falls due by them and when, and whether its file still says the same as when
/// the node began.
/// </summary>
/// <param name="path">The file of periods.</param>
/// <param name="periods">What it said when the node began.</param>
/// <param name="due">What falls due by it.</param>
/// <param name="job">What erases it.</param>
/// <param name="time">The clock.</param>
public sealed class RetentionReport(
    string path, RetentionDocument periods, DueRecords due, RetentionJob job, TimeProvider time)
{
    /// <summary>
    /// Records of a class that are counted: some seconds of reading. Where there are more the answer says so.
    /// </summary>
    public const int CountMax = 100_000;

    private const int WeekDays = 7;
    private const int MonthDays = 30;

    /// <summary>The periods; with counts where these are asked for: then records are gone through.</summary>
    public RetentionView View(bool isCounted)
    {
        DateTimeOffset now = time.GetUtcNow();
        RetentionRun? last = job.Last;
        RetentionView view = new()
        {
            LastUnixMs = last?.At.ToUnixTimeMilliseconds() ?? 0,
            NextUnixMs = (last?.Next ?? now).ToUnixTimeMilliseconds(),
        };
        view.Classes.AddRange(due.Classes.Select(one => ViewOf(one, now, isCounted, last)));
        Compare(view);
        return view;
    }

    /// <summary>What the node's status says of it; null where no class has a period.</summary>
    public RetentionStatus? Status()
    {
        RetentionRun? last = job.Last;
        return due.Classes.Count == 0 || last is null ? null : new RetentionStatus
        {
            LastUnixMs = last.At.ToUnixTimeMilliseconds(),
            NextUnixMs = last.Next.ToUnixTimeMilliseconds(),
            Records = last.Records,
        };
    }

    private RetentionClassView ViewOf(RetentionClass one, DateTimeOffset now, bool isCounted, RetentionRun? last)
    {
        RetentionClassView view = new()
        {
            Name = one.Name,
            Days = (uint)one.Days,
            LastRecords = last?.Listed.GetValueOrDefault(one.Name) ?? 0,
        };
        view.Verbs.AddRange(one.Verbs);
        if (isCounted)
        {
            Count(one, now, view);
        }

        return view;
    }

    private void Count(RetentionClass one, DateTimeOffset now, RetentionClassView view)
    {
        int counted = 0;
        foreach (Records.StoredRecord record in due.At(one, now.AddDays(MonthDays)))
        {
            if (counted++ == CountMax)
            {
                view.More = true;
                return;
            }

            DateTimeOffset end = record.Stored.AddDays(one.Days);
            view.DueNow += end <= now ? 1UL : 0;
            view.DueWeek += end <= now.AddDays(WeekDays) ? 1UL : 0;
            view.DueMonth++;
            long endUnixMs = end.ToUnixTimeMilliseconds();
            view.FirstUnixMs = view.FirstUnixMs == 0 ? endUnixMs : Math.Min(view.FirstUnixMs, endUnixMs);
        }
    }

    // The file is read when the node begins. One that cannot be used would keep it from beginning again.
    private void Compare(RetentionView view)
    {
        try
        {
            view.Changed = !IsAs(RetentionFile.Load(path));
        }
        catch (ConfigurationException problem)
        {
            view.Problem = problem.Message;
        }
    }

    private bool IsAs(RetentionDocument other) =>
        periods.OtherDays == other.OtherDays
        && periods.Classes.Count == other.Classes.Count
        && periods.Classes.Zip(other.Classes).All(static pair =>
            pair.First.Name == pair.Second.Name
            && pair.First.Days == pair.Second.Days
            && pair.First.Verbs.SequenceEqual(pair.Second.Verbs, StringComparer.Ordinal));
}
