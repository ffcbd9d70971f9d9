using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Chain;

/// <summary>Blocks are executed with the same heads before and after a restart, or nodes would disagree.</summary>
public sealed class RecentHeadsTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(RecentHeads.CountMax - 1)]
    [TestCase(RecentHeads.CountMax)]
    [TestCase(RecentHeads.CountMax + 3)]
    public void A_restart_gives_the_same_heads(int blocks)
    {
        using TestLedger ledger = new();
        using DatabaseFolder folder = new();
        ChainBuilder builder = new(ledger, folder);
        List<Hash256> hashes = [builder.Chain.Head.BlockHash];
        for (int block = 1; block <= blocks; block++)
        {
            builder.Decide(TestLedger.Time + block, ledger.Settle(ledger.Identities[0]));
            hashes.Add(builder.Chain.Head.BlockHash);
        }

        foreach (ChainState chain in new[] { builder.Chain, builder.Restart() })
        {
            Assert.That(chain.Heads.AreThoseBefore((ulong)blocks + 1), Is.True);
            for (int height = 0; height <= blocks; height++)
            {
                bool isRecent = height > blocks - RecentHeads.CountMax;
                Assert.That(chain.Heads.Contains((ulong)height, hashes[height]), Is.EqualTo(isRecent), $"{height}");
                Assert.That(chain.Heads.Contains((ulong)height + 1, hashes[height]), Is.False);
            }
        }
    }
}
