using Ledger.Node.Agreement;
using Ledger.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Agreement;

public sealed class KernelWatchTests
{
    private const long InHand = 7;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<Exception> ended = [];
    private long steps;

    [SetUp]
    public void Begin()
    {
        ended.Clear();
        steps = 0;
    }

    [Test]
    public void One_piece_of_work_without_an_end_is_told_and_ends_the_process_once()
    {
        using KernelWatch watch = Watch();
        steps = InHand;
        Look(watch, KernelWatch.SecondsBeforeSaying);
        Assert.That(watch.StuckSeconds, Is.Zero, "the first look only sees it begin");

        Look(watch, 1);
        Assert.That(watch.StuckSeconds, Is.EqualTo(KernelWatch.SecondsBeforeSaying));

        Look(watch, KernelWatch.SecondsBeforeEnding - KernelWatch.SecondsBeforeSaying - 1);
        Assert.That(ended, Is.Empty);

        Look(watch, 10);
        Assert.That(ended, Has.Count.EqualTo(1).And.All.InstanceOf<KernelStuckException>());
    }

    [Test]
    public void Work_that_ends_and_begins_is_never_stuck()
    {
        using KernelWatch watch = Watch();
        for (int look = 0; look < 2 * KernelWatch.SecondsBeforeEnding; look++)
        {
            steps = InHand + (2 * look);
            watch.Look();
        }

        Assert.That((watch.StuckSeconds, ended.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_ledger_at_rest_is_never_stuck()
    {
        using KernelWatch watch = Watch();
        steps = InHand + 1;

        Look(watch, 2 * KernelWatch.SecondsBeforeEnding);

        Assert.That((watch.StuckSeconds, ended.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Who_comes_back_begins_anew()
    {
        using KernelWatch watch = Watch();
        steps = InHand;
        Look(watch, KernelWatch.SecondsBeforeEnding - 1);
        steps += 2;
        Look(watch, 1);
        Assert.That(watch.StuckSeconds, Is.Zero);

        Look(watch, KernelWatch.SecondsBeforeEnding - 1);

        Assert.That(ended, Is.Empty);
    }

    [Test]
    public async Task A_thread_that_waits_in_its_work_shows_an_odd_number_and_goes_on_after_it()
    {
        using KernelBench bench = KernelBench.Of(4);
        using ManualResetEventSlim go = new();
        TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource after = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Start();
        bench.Host.Post(() =>
        {
            began.SetResult();
            go.Wait();
        });
        bench.Host.Post(after.SetResult);
        try
        {
            await began.Task.WaitAsync(Patience);
            steps = bench.Host.Steps;
            Assert.That(steps % 2, Is.EqualTo(1));
        }
        finally
        {
            go.Set();
        }

        await after.Task.WaitAsync(Patience);
        Assert.That(bench.Host.Steps, Is.GreaterThan(steps));
    }

    [Test]
    public void A_thread_that_has_failed_is_not_stuck()
    {
        using KernelBench bench = KernelBench.Of(4);
        bench.Start();
        bench.Host.Post(() => throw new InvalidOperationException("work that fails"));

        Assert.That(async () => await bench.Executed.WaitAsync(Patience), Throws.InvalidOperationException);
        Assert.That(bench.Host.Steps % 2, Is.Zero);
    }

    private static void Look(KernelWatch watch, int times)
    {
        for (int look = 0; look < times; look++)
        {
            watch.Look();
        }
    }

    private KernelWatch Watch() => new(() => steps, ended.Add, NullLogger.Instance);
}
