using System.Text;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>Looks through the bytes of stopped nodes for a learner who must not be in them.</summary>
public static class CanarySearch
{
    /// <summary>Is in all that is said of the learner; no compression breaks up so short a text.</summary>
    public const string Mark = "canary7f3a";

    /// <summary>The files of a node that hold the mark, its record store and its log among them.</summary>
    public static IEnumerable<string> Traces(DevnetNode node) => Directory
        .EnumerateFiles(node.Home, "*", SearchOption.AllDirectories)
        .Append(node.LogFile)
        .Where(Holds);

    private static bool Holds(string file) =>
        File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0;
}
