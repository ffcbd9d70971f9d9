using System.Globalization;
using System.Text.Json;
using Ledger.Node.Integrity;

namespace Ledger.Node.Commands;

/// <summary>What <c>ledger fsck</c> says, for people or as JSON, and its progress bar.</summary>
internal sealed class FsckOutput(bool json)
{
    private const int BarWidth = 30;

    /// <summary>As many findings are listed for people; the JSON holds more.</summary>
    private const int FindingsShown = 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly bool showsBar = !json && !Console.IsErrorRedirected;
    private ulong lastPercent = ulong.MaxValue;

    /// <summary>Moves the bar.</summary>
    public void Progress(ulong height, ulong last)
    {
        ulong percent = height * 100 / Math.Max(1, last);
        if (showsBar && percent != lastPercent)
        {
            lastPercent = percent;
            int filled = (int)percent * BarWidth / 100;
            Console.Error.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {percent,3} % of {last} blocks"));
            if (percent == 100)
            {
                Console.Error.WriteLine();
            }
        }
    }

    /// <summary>Shows what an inspection saw.</summary>
    public void Show(string data, IntegrityReport report, bool votesAreNoted)
    {
        if (json)
        {
            Write(new
            {
                folder = data,
                clean = report.IsClean,
                height = report.Height,
                firstBlock = report.Beginning?.FirstBlock,
                stateRoot = report.StateRoot?.ToString(),
                entries = report.Entries,
                findings = report.Findings.Select(Json),
                findingCount = report.FindingCount,
                votesDamagedNoted = votesAreNoted,
            });
            return;
        }

        Console.WriteLine($"{data}: height {report.Height}, state root {report.StateRoot?.ToString() ?? "unknown"}");
        Console.WriteLine("  " + string.Join(", ", report.Entries.Select(entry => $"{entry.Key} {entry.Value}")));
        if (report.Beginning is { IsSnapshot: true } beginning)
        {
            Console.WriteLine(
                $"  It began with a snapshot: headers from height {beginning.FirstHeader} on, whole blocks from height "
                + $"{beginning.FirstBlock} on.");
        }

        if (report.IsClean)
        {
            Console.WriteLine("Whole: every block, certificate, body, result, index, state value and vote fits.");
        }
        else
        {
            Console.WriteLine($"DAMAGED: {report.FindingCount} finding(s).");
            ShowAll(report.Findings);
        }

        if (votesAreNoted)
        {
            Console.WriteLine("Noted before: the votes are damaged, this node does not vote (docs/operations.md).");
        }
    }

    /// <summary>Shows what a repair did.</summary>
    public void Show(string data, RepairResult mended)
    {
        if (json)
        {
            Write(new
            {
                folder = data,
                setAside = mended.SetAside,
                heightBefore = mended.HeightBefore,
                height = mended.Height,
                joinsAgain = mended.JoinsAgain,
                toFetch = mended.ToFetch,
                votesDamaged = mended.VotesAreDamaged,
                lost = mended.Lost.Select(Json),
            });
            return;
        }

        string before = mended.HeightBefore?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
        Console.WriteLine($"{data}: a new store of height {mended.Height} (before: {before}).");
        Console.WriteLine($"The damaged one is in {mended.SetAside}; delete it when all is well.");
        if (mended.JoinsAgain)
        {
            Console.WriteLine(
                "The store had begun with a snapshot and cannot be rebuilt from its blocks. Its votes, evidence and "
                + "pairs are kept; the node joins again from a snapshot when it runs (docs/operations.md).");
        }
        else if (mended.Height != mended.HeightBefore)
        {
            Console.WriteLine($"Blocks from {mended.Height + 1} on are fetched from the peers when the node runs.");
        }

        if (mended.ToFetch.Count > 0)
        {
            Console.WriteLine(
                $"{mended.ToFetch.Count} block(s) are fetched again when the node runs: "
                + string.Join(", ", mended.ToFetch.Take(FindingsShown)));
        }

        ShowAll(mended.Lost);
        if (mended.VotesAreDamaged)
        {
            Console.WriteLine(
                "THE VOTES ARE DAMAGED: the node will follow and not vote until you say so (docs/operations.md).");
        }
    }

    private static void ShowAll(IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings.Take(FindingsShown))
        {
            Console.WriteLine($"  {finding}");
        }

        if (findings.Count > FindingsShown)
        {
            Console.WriteLine($"  and {findings.Count - FindingsShown} more; --json lists them");
        }

        foreach (IGrouping<string, Finding> group in findings.GroupBy(finding => finding.Remedy))
        {
            Console.WriteLine($"  What to do ({string.Join(", ", group.Select(finding => finding.Area).Distinct())}): "
                + group.Key);
        }
    }

    private static object Json(Finding finding) => new
    {
        area = finding.Area.ToString(),
        place = finding.Place,
        what = finding.What,
        remedy = finding.Remedy,
    };

    private static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Indented));
}
