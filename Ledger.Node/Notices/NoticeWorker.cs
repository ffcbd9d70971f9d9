using System.Data.Common;
using System.Threading.Channels;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Notices;

/// <summary>
/// Runs the telling: at once for learners whom a block asks, now and then for what is due again, and at long intervals
/// for everybody, so that nothing is missed while the node is down.
/// </summary>
public sealed partial class NoticeWorker : IAsyncDisposable
{
    /// <summary>Learners that wait to be looked at; where more are asked at once, everybody is looked at.</summary>
    private const int WaitingMax = 4_096;

    private readonly NoticeTeller teller;
    private readonly ChainState chain;
    private readonly NoticePace pace;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<Address> asked = Channel.CreateBounded<Address>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.Wait });
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private volatile bool looksAtAll = true;

    /// <summary>Begins.</summary>
    public NoticeWorker(
        NoticeTeller teller, ChainState chain, NoticePace pace, TimeProvider time, ILogger logger)
    {
        this.teller = teller;
        this.chain = chain;
        this.pace = pace;
        this.time = time;
        this.logger = logger;
        chain.Decided += OnDecided;
        running = Task.Run(RunAsync);
    }

    /// <summary>Looks at a learner soon.</summary>
    public void Look(Address learner)
    {
        if (!asked.Writer.TryWrite(learner))
        {
            looksAtAll = true;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        chain.Decided -= OnDecided;
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private void OnDecided(ExecutedBlock block)
    {
        foreach (Operation operation in block.Transactions
            .SelectMany(static transaction => transaction.Body.Groups)
            .SelectMany(static group => group.Operations)
            .Where(static operation => operation.CallCase == Operation.CallOneofCase.LlpcRequest))
        {
            if (Address.TryRead(operation.LlpcRequest.Learner.Span, out Address learner))
            {
                Look(learner);
            }
        }
    }

    private async Task RunAsync()
    {
        DateTimeOffset nextAll = time.GetUtcNow() + pace.AllEvery;
        try
        {
            while (true)
            {
                bool isDue = time.GetUtcNow() >= nextAll;
                nextAll = isDue ? time.GetUtcNow() + pace.AllEvery : nextAll;
                looksAtAll |= isDue;
                bool hasMore = await TryLookAsync();
                if (!hasMore)
                {
                    await WaitAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node ends; what was not told is on disk.
        }
    }

    private async Task<bool> TryLookAsync()
    {
        try
        {
            if (looksAtAll)
            {
                looksAtAll = false;
                teller.PlanAll();
            }

            while (asked.Reader.TryRead(out Address learner))
            {
                teller.Plan(learner);
            }

            return await teller.SendDueAsync(stop.Token);
        }
        catch (DbException problem)
        {
            Failed(FaultText.Of(problem));
            looksAtAll = true;
            return false;
        }
        catch (Exception problem) when (problem is not InvariantException
            && !(problem is OperationCanceledException && stop.IsCancellationRequested))
        {
            // The worker's edge: a fault with one notice must neither end the others nor stay unseen.
            Failed(FaultText.Of(problem));
            return false;
        }
    }

    // Until somebody is asked, or something may be due again.
    private async Task WaitAsync()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Task<bool> told = asked.Reader.WaitToReadAsync(limit.Token).AsTask();
        await Task.WhenAny(told, Task.Delay(pace.LookEvery, time, limit.Token));
        await limit.CancelAsync();
        stop.Token.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Telling learners of requests failed: {Fault}")]
    private partial void Failed(string fault);
}
