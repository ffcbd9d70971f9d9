using System.Diagnostics;
using Ledger.Consensus;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Agreement;

public sealed class KernelHostTests
{
    private const int Validators = 16;
    private const int Liar = 1;
    private const int Flood = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_validator_that_floods_with_valid_view_changes_of_rising_views_delays_nobody_else()
    {
        using KernelBench bench = KernelBench.Of(Validators);
        ProposalBlock block = bench.Block();
        Certificate prepared = bench.Prepared(block);
        Input[] flood = [.. Enumerable.Range(1, Flood).Select(view => new Input.MessageReceived(bench.Say(
            Liar, new ConsensusMessage.ViewChange(0, 1, (ulong)view, prepared, block))))];
        VerifiedMessage proposal = bench.Say(0, new ConsensusMessage.PrePrepare(0, 1, 0, block));
        foreach (Input one in flood)
        {
            await PostAsync(bench, Liar, one);
        }

        bench.Start();
        Stopwatch delay = Stopwatch.StartNew();
        await PostAsync(bench, 0, new Input.MessageReceived(proposal));
        int checkedBefore = await bench.Executed.WaitAsync(Patience);

        TestContext.Out.WriteLine(
            $"heard after {delay.Elapsed.TotalMilliseconds:F1} ms and {checkedBefore} signatures of view changes");
        Assert.That(checkedBefore, Is.LessThanOrEqualTo(2 * bench.Set.Quorum));
    }

    private static async Task PostAsync(KernelBench bench, int place, Input input)
    {
        using CancellationTokenSource limit = new(Patience);
        await bench.Host.PostFromPeerAsync(bench.Set[place].Address, input, 1000, limit.Token);
    }
}
