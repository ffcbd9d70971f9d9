using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Gossip;
using Ledger.Node.Storage;
using DiskLevel = Ledger.Node.Storage.DiskLevel;

namespace Ledger.Node.Api;

/// <summary>
/// Takes transactions in from clients, one by one or as a stream, and tells them what became of each.
/// </summary>
public sealed class Submissions(
    TransactionIntake intake, TransactionGossip gossip, OutcomeTracker outcomes, DiskGuard disk, TimeProvider time)
{
    /// <summary>
    /// Decisions of a stream that have come are forgotten when so many, and twice those that were left, are remembered:
    /// to look through all of them for each transaction would cost more than the transaction.
    /// </summary>
    private const int WaitingSweptMin = 64;

    /// <summary>Admits or refuses; with wait, answers once it is decided.</summary>
    public async Task<Outcome> SubmitAsync(SubmitRequest request, CancellationToken cancellation)
    {
        IntakeAnswer answer = Offer(request.Transaction.Memory);
        if (Refusal(answer) is { } refusal)
        {
            throw new RpcException(new Status(
                answer.Kind == IntakeKind.PoolFull ? StatusCode.ResourceExhausted : StatusCode.FailedPrecondition,
                $"{refusal.Refusal}: {refusal.Detail}"));
        }

        return request.Wait ? await DecisionAsync(answer.Transaction!, cancellation) : Pending(answer.Transaction!);
    }

    /// <summary>Admits many; tells of those that were refused.</summary>
    public async Task<SubmitSummary> SubmitAllAsync(
        IAsyncStreamReader<SubmitRequest> requests, CancellationToken cancellation)
    {
        SubmitSummary summary = new();
        using StreamPatience patience = new(requests, time, cancellation);
        while (await patience.MoveNextAsync())
        {
            IntakeAnswer answer = Offer(requests.Current.Transaction.Memory);
            if (Refusal(answer) is { } refusal)
            {
                summary.Refused.Add(refusal);
            }
            else
            {
                patience.NoteProved();
                summary.Admitted++;
            }
        }

        return summary;
    }

    /// <summary>
    /// Answers each transaction once, in the order of decision; a client that sends faster than is decided waits.
    /// </summary>
    public async Task StreamAsync(
        IAsyncStreamReader<SubmitRequest> requests,
        IServerStreamWriter<Outcome> answers,
        CancellationToken cancellation)
    {
        Channel<Outcome> ready = Channel.CreateUnbounded<Outcome>(new UnboundedChannelOptions { SingleReader = true });
        using SemaphoreSlim room = new(ApiLimits.StreamWaitingMax, ApiLimits.StreamWaitingMax);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task reading = Task.Run(() => ReadAsync(requests, ready.Writer, room, ending.Token), CancellationToken.None);
        try
        {
            await foreach (Outcome outcome in ready.Reader.ReadAllAsync(cancellation))
            {
                await answers.WriteAsync(outcome, cancellation);
                room.Release();
            }
        }
        finally
        {
            await ending.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAsync(
        IAsyncStreamReader<SubmitRequest> requests,
        ChannelWriter<Outcome> ready,
        SemaphoreSlim room,
        CancellationToken cancellation)
    {
        List<Task> waiting = [];
        int sweepAt = WaitingSweptMin;
        using StreamPatience patience = new(requests, time, cancellation);
        try
        {
            while (await patience.MoveNextAsync())
            {
                await room.WaitAsync(cancellation);
                IntakeAnswer answer = Offer(requests.Current.Transaction.Memory);
                if (Refusal(answer) is { } refusal)
                {
                    ready.TryWrite(refusal);
                    continue;
                }

                patience.NoteProved();
                if (waiting.Count >= sweepAt)
                {
                    waiting.RemoveAll(static task => task.IsCompleted);
                    sweepAt = (2 * waiting.Count) + WaitingSweptMin;
                }

                waiting.Add(ForwardAsync(answer.Transaction!, ready, cancellation));
            }

            await Task.WhenAll(waiting);
            ready.TryComplete();
        }
        catch (Exception problem)
        {
            // The stream's edge: the writer's side of the call fails with the same problem.
            ready.TryComplete(problem);
        }
    }

    private async Task ForwardAsync(
        ParsedTransaction transaction, ChannelWriter<Outcome> ready, CancellationToken cancellation)
    {
        try
        {
            ready.TryWrite(await DecisionAsync(transaction, cancellation));
        }
        catch (Exception problem)
        {
            // Nobody looks at this task until the stream's end: without an answer the client would wait for ever.
            ready.TryComplete(problem);
        }
    }

    private async Task<Outcome> DecisionAsync(ParsedTransaction transaction, CancellationToken cancellation)
    {
        Task<Outcome> decision = outcomes.WaitAsync(transaction.Id, transaction.LastValidUnixMs)
            ?? throw new RpcException(new Status(StatusCode.ResourceExhausted, "too many callers wait for outcomes"));
        return await decision.WaitAsync(cancellation);
    }

    private IntakeAnswer Offer(ReadOnlyMemory<byte> bytes)
    {
        if (disk.Level >= DiskLevel.Refusing)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"DISK_FULL: this node's disk has {disk.FreeBytes / (1024 * 1024)} MiB left, and it takes no "
                + "transactions in. Hand it in at another node, or tell this one's operator."));
        }

        IntakeAnswer answer = intake.Submit(bytes);
        if (answer.Kind == IntakeKind.Added)
        {
            gossip.Tell(answer.Transaction!);
        }

        return answer;
    }

    private static Outcome? Refusal(IntakeAnswer answer)
    {
        if (answer.Kind is IntakeKind.Added or IntakeKind.Known)
        {
            return null;
        }

        return new Outcome
        {
            TransactionId = answer.Transaction is { } known
                ? ByteString.CopyFrom(known.Id.ToArray())
                : ByteString.Empty,
            State = OutcomeState.Refused,
            Refusal = answer.Refusal is { } refusal ? Refusals.NameOf(refusal) : "POOL_FULL",
            Detail = answer.Refusal is { } reason
                ? TransactionRefusalText.Of(reason)
                : "the node holds as many transactions of this signer as it can; hand it in again in a second",
        };
    }

    private static Outcome Pending(ParsedTransaction transaction) => new()
    {
        TransactionId = ByteString.CopyFrom(transaction.Id.ToArray()),
        State = OutcomeState.Pending,
    };
}
