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

    [Test]
    public async Task Work_for_later_comes_once_and_not_before_its_time()
    {
        using KernelBench bench = KernelBench.Of(Validators);
        TimeSpan wait = TimeSpan.FromMilliseconds(30);
        TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int times = 0;
        bench.Start();
        Stopwatch passed = Stopwatch.StartNew();
        bench.Host.Post(() => bench.Host.PostLater(wait, () =>
        {
            times++;
            came.SetResult();
        }));
        await came.Task.WaitAsync(Patience);

        Assert.That(passed.Elapsed, Is.GreaterThanOrEqualTo(wait));
        await AfterTicksAsync(bench);
        Assert.That(times, Is.EqualTo(1));
    }

    [Test]
    public async Task Work_for_later_takes_the_place_of_what_was_to_come_before()
    {
        using KernelBench bench = KernelBench.Of(Validators);
        List<string> done = [];
        TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Host.Post(() =>
        {
            bench.Host.PostLater(TimeSpan.FromMilliseconds(1), () => done.Add("first"));
            bench.Host.PostLater(TimeSpan.FromMilliseconds(5), () =>
            {
                done.Add("second");
                came.SetResult();
            });
        });
        bench.Start();
        await came.Task.WaitAsync(Patience);
        await AfterTicksAsync(bench);

        Assert.That(done, Is.EqualTo(["second"]));
    }

    // The quarter of a second after it has passed on the kernel's thread.
    private static async Task AfterTicksAsync(KernelBench bench)
    {
        TaskCompletionSource quarter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Host.Post(() => bench.Host.EveryQuarterSecond = () => quarter.TrySetResult());
        await quarter.Task.WaitAsync(Patience);
    }

    private static async Task PostAsync(KernelBench bench, int place, Input input)
    {
        using CancellationTokenSource limit = new(Patience);
        await bench.Host.PostFromPeerAsync(bench.Set[place].Address, input, 1000, limit.Token);
    }
}
