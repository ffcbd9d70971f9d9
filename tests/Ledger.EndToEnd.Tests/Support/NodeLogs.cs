using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Support;

/// <summary>What nodes have written.</summary>
public static class NodeLogs
{
    /// <summary>No node has shown a stack trace, whatever strangers sent.</summary>
    public static void RequireNoStackTrace(IEnumerable<DevnetNode> nodes)
    {
        foreach (DevnetNode node in nodes)
        {
            string log = File.ReadAllText(node.LogFile);
            Assert.That(log, Does.Not.Contain("   at ").And.Not.Contain("crit:"), node.LogFile);
        }
    }

    /// <summary>How many lines of all logs have a word.</summary>
    public static int CountOf(IEnumerable<DevnetNode> nodes, string word) => nodes.Sum(
        node => File.ReadLines(node.LogFile).Count(line => line.Contains(word, StringComparison.Ordinal)));

    /// <summary>No node has written of a failure, but of those that the story itself brought about.</summary>
    public static void RequireClean(IEnumerable<DevnetNode> nodes, params string[] expected)
    {
        foreach (DevnetNode node in nodes)
        {
            RequireNoStackTrace([node]);
            string[] failures =
            [
                .. File.ReadLines(node.LogFile).Where(line => line.Contains("fail:", StringComparison.Ordinal)
                    && !expected.Any(text => line.Contains(text, StringComparison.Ordinal))),
            ];
            Assert.That(failures, Is.Empty, node.LogFile);
        }
    }
}
