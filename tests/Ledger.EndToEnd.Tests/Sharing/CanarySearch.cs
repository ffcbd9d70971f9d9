using System.Text;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>Looks through the bytes of stopped nodes for a learner who must not be in them.</summary>
public static class CanarySearch
{
    /// <summary>Is in all that is said of the learner; no compression breaks up so short a text.</summary>
    public const string Mark = "canary7f3a";

    // Where an institution keeps its own learners' records.
    private const string Records = "records";

    /// <summary>The files of a node that hold the mark; those of its record store are left out.</summary>
    public static IEnumerable<string> Traces(DevnetNode node) =>
        Files(node.Home).Append(node.LogFile).Where(Holds);

    /// <summary>The files of its record store that hold it.</summary>
    public static IEnumerable<string> Kept(DevnetNode node) =>
        Directory.EnumerateFiles(Path.Combine(node.Home, Records), "*", SearchOption.AllDirectories).Where(Holds);

    private static IEnumerable<string> Files(string home)
    {
        string records = Path.Combine(home, Records) + Path.DirectorySeparatorChar;
        return Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(records, StringComparison.Ordinal));
    }

    private static bool Holds(string file) =>
        File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0;
}
