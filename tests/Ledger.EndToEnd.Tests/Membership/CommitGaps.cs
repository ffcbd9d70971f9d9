using System.Diagnostics;
using System.Globalization;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>
/// A light load through some nodes, which notes when each transaction is decided: the longest time without a decision
/// is how long the ledger stood still.
/// </summary>
public sealed class CommitGaps : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource stopping = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly Task[] running;
    private TimeSpan last = TimeSpan.Zero;
    private int commits;

    public CommitGaps(params Member[] members)
    {
        running = [.. members.Select(member => Task.Run(() => LoadAsync(member)))];
    }

    /// <summary>How many transactions were decided.</summary>
    public int Commits => Volatile.Read(ref commits);

    /// <summary>The longest time without a decision, and when it ended.</summary>
    public (TimeSpan Length, TimeSpan EndedAt) Longest { get; private set; }

    /// <summary>Says where it stands, while the test runs.</summary>
    public void Report(string what)
    {
        lock (gate)
        {
            TestContext.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{clock.Elapsed.TotalSeconds,7:F1} s  {what}: {Commits} commits, longest gap "
                + $"{Longest.Length.TotalSeconds:F1} s (ended at {Longest.EndedAt.TotalSeconds:F1} s)"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
        stopping.Dispose();
    }

    private async Task LoadAsync(Member member)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Outcome outcome = await member.Client.SubmitAsync(
                    member.Sign([member.Key], Operations.Settle()).ToSignedBytes(), wait: true, stopping.Token);
                if (outcome.State == OutcomeState.Decided)
                {
                    Note();
                }

                await Task.Delay(Between, stopping.Token);
            }
            catch (Exception problem) when (problem is LedgerClientException or OperationCanceledException)
            {
                // Its node is busy or the load ends; the gap goes on until something is decided.
            }
        }
    }

    private void Note()
    {
        lock (gate)
        {
            TimeSpan now = clock.Elapsed;
            commits++;
            Longest = now - last > Longest.Length ? (now - last, now) : Longest;
            last = now;
        }
    }
}
