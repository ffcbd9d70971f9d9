using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Cohorts;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Cohorts;

/// <summary>
/// Answers members' questions about this institution's learners together: never of a few of them, by one answer or by
/// the difference of two. The order is that of <c>docs/cohorts.md</c>.
/// </summary>
/// <param name="chainId">The chain.</param>
/// <param name="identity">This institution's key.</param>
/// <param name="chain">The ledger as this node has it.</param>
/// <param name="freshHead">A fresh read; null where the node cannot tell that it is up to date.</param>
/// <param name="scan">Counts.</param>
/// <param name="memory">What was answered.</param>
/// <param name="seen">Requests that were taken.</param>
/// <param name="learnersMin">Learners of an answer at the least; 0 where this institution answers none.</param>
/// <param name="verifier">Of signatures.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told why the store could not be asked.</param>
public sealed class CohortCounts(
    Hash256 chainId,
    SigningKey identity,
    ChainState chain,
    Func<Task<LedgerHead?>> freshHead,
    CohortScan scan,
    CohortMemory memory,
    BoxRequestMemory seen,
    int learnersMin,
    ISignatureVerifier verifier,
    TimeProvider time,
    ILogger logger)
{
    private readonly RefusalPace pace = new(time);

    /// <summary>A count goes through all records of a verb: one at a time leaves the box to its readers.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>The signed count, or why there is none; a refusal leaves at its pace.</summary>
    public async Task<(CohortAnswer? Answer, BoxRefusal? Refusal)> AnswerAsync(
        CohortRequest request, CancellationToken cancellation)
    {
        long begun = pace.Begin();
        (CohortRequestBody? body, BoxRefusal? refusal) = Check(request);
        (CohortAnswer? Answer, BoxRefusal? Refusal) reply =
            body is null ? (null, refusal) : await CountAsync(request, body, cancellation);
        if (reply.Refusal is not null)
        {
            await pace.HoldAsync(begun, cancellation);
        }

        return reply;
    }

    /// <summary>What a question shows before anything is counted; each is taken once.</summary>
    public (CohortRequestBody? Body, BoxRefusal? Refusal) Check(CohortRequest request)
    {
        (CohortRequestBody? body, BoxRefusal? refusal) =
            CohortRequestCheck.Run(chainId, identity.Address, request, verifier);
        if (body is null)
        {
            return (null, refusal);
        }

        BoxRefusal? refused = RequestEntry.RefusalOf(
            chain.Head, seen, new Address(body.Asker.Span), body.PublicKey, body.Random, body.TimeUnixMs)
            ?? (learnersMin == 0 ? CohortRefusals.NoCohorts : null);
        return refused is null ? (body, null) : (null, refused);
    }

    private async Task<(CohortAnswer? Answer, BoxRefusal? Refusal)> CountAsync(
        CohortRequest request, CohortRequestBody body, CancellationToken cancellation)
    {
        if (await freshHead().WaitAsync(cancellation) is not { } head)
        {
            return (null, BoxRefusals.NotFresh);
        }

        if (!head.State.IsMember(new Address(body.Asker.Span)))
        {
            return (null, CohortRefusals.NotAMember);
        }

        IReadOnlyDictionary<Address, ulong> parts;
        await turn.WaitAsync(cancellation);
        try
        {
            parts = await scan.CountAsync(head, body.Question, cancellation);
        }
        catch (RecordSourceException problem)
        {
            logger.LogWarning("a count was refused: {Message}", problem.Message);
            return (null, BoxRefusals.NoStore);
        }
        finally
        {
            turn.Release();
        }

        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return memory.Judge(body, parts, learnersMin, now) is { } refusal
            ? (null, refusal)
            : (Sign(request, body, head, parts), null);
    }

    private CohortAnswer Sign(
        CohortRequest request, CohortRequestBody body, LedgerHead head, IReadOnlyDictionary<Address, ulong> parts)
    {
        byte[] bytes = new CohortBody
        {
            ChainId = chainId.ToField(),
            Box = identity.Address.ToField(),
            Request = CohortMessages.RequestDigest(chainId, request.Body.Span).ToField(),
            Question = body.Question,
            Height = head.Height,
            LearnersMin = (uint)learnersMin,
            Learners = (ulong)parts.Count,
            Records = parts.Values.Aggregate(0UL, static (sum, records) => sum + records),
        }.ToByteArray();
        return new CohortAnswer
        {
            Body = UnsafeByteOperations.UnsafeWrap(bytes),
            Signature = UnsafeByteOperations.UnsafeWrap(identity.Sign(CohortMessages.AnswerDigest(chainId, bytes))),
        };
    }
}
