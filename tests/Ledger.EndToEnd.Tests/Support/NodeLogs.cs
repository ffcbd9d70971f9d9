using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Support;

/// <summary>What nodes have written.</summary>
public static class NodeLogs
{
    /// <summary>No node has shown a stack trace, or worse than a warning.</summary>
    public static void RequireClean(IEnumerable<DevnetNode> nodes)
    {
        foreach (DevnetNode node in nodes)
        {
            string log = File.ReadAllText(node.LogFile);
            Assert.That(log, Does.Not.Contain("   at "), $"a stack trace in the log of {node.Name}");
            Assert.That(log, Does.Not.Contain("crit:").And.Not.Contain("fail:"), $"the log of {node.Name}");
        }
    }
}
