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

    /// <summary>No node has found two messages of one key for one slot: all of them are honest here.</summary>
    public static void RequireNoEvidence(IEnumerable<DevnetNode> nodes)
    {
        foreach (DevnetNode node in nodes)
        {
            RequireNoStackTrace([node]);
            Assert.That(File.ReadAllText(node.LogFile), Does.Not.Contain("evidence"), node.LogFile);
        }
    }

    /// <summary>No node has written of a failure.</summary>
    public static void RequireClean(IEnumerable<DevnetNode> nodes)
    {
        foreach (DevnetNode node in nodes)
        {
            RequireNoStackTrace([node]);
            Assert.That(File.ReadAllText(node.LogFile), Does.Not.Contain("fail:"), node.LogFile);
        }
    }
}
