using System.Diagnostics;
using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Tests;

public sealed class LoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task A_closed_loop_ends_when_nothing_is_prepared_any_more()
    {
        SampleBook book = new(2);
        Answering[] clients = [new(5), new(3)];
        await new ClosedLoop(clients).RunAsync(book, CancellationToken.None, CancellationToken.None)
            .WaitAsync(Patience);
        IReadOnlyList<LoadSample> samples = book.Drain();
        Assert.Multiple(() =>
        {
            Assert.That(samples.Count(sample => sample.Client == 0), Is.EqualTo(5));
            Assert.That(samples.Count(sample => sample.Client == 1), Is.EqualTo(3));
        });
    }

    [Test]
    public void A_client_that_fails_ends_the_others()
    {
        Answering endless = new(long.MaxValue);
        ClosedLoop loop = new([endless, new Failing()]);
        Assert.That(
            async () => await loop.RunAsync(new SampleBook(2), CancellationToken.None, CancellationToken.None)
                .WaitAsync(Patience),
            Throws.TypeOf<BenchmarkException>());
    }

    [Test]
    public async Task An_open_loop_counts_from_the_intended_begin_though_the_client_is_late()
    {
        SampleBook book = new(1);
        await new OpenLoop([new Answering(50)], perSecond: 10_000)
            .RunAsync(book, CancellationToken.None, CancellationToken.None).WaitAsync(Patience);
        long[] begins = [.. book.Drain().Select(sample => sample.Intended).Order()];
        long step = Stopwatch.Frequency / 10_000;
        Assert.Multiple(() =>
        {
            Assert.That(begins, Has.Length.EqualTo(50));
            Assert.That(
                begins.Zip(begins.Skip(1), (one, next) => next - one), Has.All.EqualTo(step).Within(1),
                "equally spaced, whatever the timer did");
        });
    }

    [Test]
    public void An_open_loop_tells_of_an_operation_that_failed() =>
        Assert.That(
            async () => await new OpenLoop([new Failing()], perSecond: 100)
                .RunAsync(new SampleBook(1), CancellationToken.None, CancellationToken.None).WaitAsync(Patience),
            Throws.TypeOf<BenchmarkException>().With.Message.Contains("no answer"));

    [Test]
    public async Task A_round_that_the_user_ends_is_partial_and_keeps_what_was_measured()
    {
        using CancellationTokenSource interrupt = new();
        long calls = 0;
        long interruptAfter = long.MaxValue;
        Answering client = new(long.MaxValue)
        {
            OnCall = _ => Interlocked.Increment(ref calls) > Interlocked.Read(ref interruptAfter)
                ? interrupt.CancelAsync()
                : null,
        };
        LoadRound<long> round = await LoadRound<long>.RunAsync(
            new ClosedLoop([client]), 1, new LoadTimes(TimeSpan.Zero, Patience), BeginAsync, interrupt.Token,
            CancellationToken.None).WaitAsync(Patience);
        Assert.Multiple(() =>
        {
            Assert.That(round.IsPartial);
            Assert.That(round.Samples, Has.Count.GreaterThanOrEqualTo(100));
        });

        // The counters are read first when what is measured begins.
        Task<long> BeginAsync()
        {
            Interlocked.CompareExchange(ref interruptAfter, Interlocked.Read(ref calls) + 100, long.MaxValue);
            return Task.FromResult(0L);
        }
    }

    [Test]
    public async Task A_round_whose_supply_ends_before_its_time_has_no_figures()
    {
        BenchmarkException problem = (await Assert.ThrowsAsync<BenchmarkException>(() => LoadRound<long>.RunAsync(
            new ClosedLoop([new Answering(5)]), 1, new LoadTimes(TimeSpan.Zero, Patience),
            static () => Task.FromResult(0L), CancellationToken.None, CancellationToken.None).WaitAsync(Patience)))!;
        Assert.That(problem.Message, Does.Contain("handed in before the time was over"));
    }

    private sealed class Answering(long calls) : ILoadClient
    {
        private long called;

        public Func<long, Task?> OnCall { get; init; } = static _ => null;

        public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
        {
            long number = Interlocked.Increment(ref called);
            await (OnCall(number) ?? Task.CompletedTask);
            await Task.Yield();
            return number > calls
                ? LoadAnswer.Nothing
                : new LoadAnswer(LoadEnd.Done, Stopwatch.GetTimestamp(), 1, 0);
        }
    }

    private sealed class Failing : ILoadClient
    {
        public ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation) =>
            throw new BenchmarkException("no answer");
    }
}
