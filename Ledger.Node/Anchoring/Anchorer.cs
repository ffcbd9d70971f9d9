using Ledger.Client.Keys;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Erasure;
using Ledger.Node.Gossip;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Brings records of enrolled learners onto the ledger: many in one signed transaction, whose bytes are stored before
/// they are sent and sent unchanged until a block settles or outlives them.
/// </summary>
public sealed class Anchorer : IAsyncDisposable
{
    /// <summary>Looks after the outbox this often.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly IdleBlocks idle;
    private readonly AnchorRound round;
    private readonly ClaimPairing claims;
    private readonly ErasureRound erasing;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    /// <summary>Starts to look after the outbox.</summary>
    public Anchorer(
        Hash256 chainId,
        SigningKey identity,
        ChainState chain,
        RecordStore store,
        AnchorPlanner planner,
        ClaimPairing claims,
        ErasureRound erasing,
        TransactionIntake intake,
        TransactionGossip gossip,
        OutcomeTracker outcomes,
        TimeProvider time,
        ILogger logger)
    {
        idle = new IdleBlocks(chainId, identity, chain, intake, gossip.Tell, outcomes, time, logger);
        round = new AnchorRound(
            chainId, identity, chain, store, planner, intake, gossip.Tell, outcomes, idle, time, logger);
        this.claims = claims;
        this.erasing = erasing;
        this.logger = logger;
        running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        RoundGuard guard = new(logger);
        using PeriodicTimer timer = new(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                // Who has just used a code has its first records anchored in the same round.
                guard.Run(claims.Look);
                guard.Run(round.Look);
                guard.Run(idle.Look);
                guard.Run(erasing.Look);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception problem)
        {
            // The task's edge: without it records would wait in silence.
            logger.LogCritical(problem, "anchoring has stopped: {Message}", problem.Message);
            throw;
        }
    }
}
