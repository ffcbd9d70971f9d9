using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Audits;

/// <summary>
/// Goes through the blocks between two heights and writes a signed report. That the headers are one chain, and that no
/// refusal is left out, it checks itself: the results of each block give its receipt root. Events are its node's word.
/// </summary>
public sealed class Auditor(LedgerClient client, CallerIdentity identity, Hash256 chainId, TimeProvider time)
{
    /// <summary>A report of this many blocks is made in some minutes; a longer time is audited in parts.</summary>
    public const ulong BlocksMax = 100_000;

    /// <summary>Refusals that are listed one by one; the rest is counted.</summary>
    public const int RefusalsMax = 10_000;

    /// <summary>Events that are listed one by one: votes of hundreds of members over years.</summary>
    public const int LinesMax = 100_000;

    /// <summary>
    /// The signed report as a proof file; throws <see cref="LedgerClientException"/> when it cannot be made.
    /// </summary>
    public async Task<ProofFile> RunAsync(ulong from, ulong to, CancellationToken cancellation)
    {
        if (from == 0 || to < from || to - from >= BlocksMax)
        {
            throw new LedgerClientException(
                ClientFailure.WrongUse,
                FormattableString.Invariant(
                    $"An audit is from height 1 on, forwards, over at most {BlocksMax} blocks."));
        }

        AuditDraft draft = new(chainId, identity.Address, from, to);
        Hash256? parent = null;
        for (ulong height = from; height <= to; height++)
        {
            ResultList list = await client.GetResultsAsync(height, cancellation).ConfigureAwait(false);
            BlockHeader header = Verified(list, height, parent);
            parent = BlockHeader.HashOf(list.Header.Span);
            draft.AddBlock(header, parent.Value, list);
        }

        EventFollower follower = new(
            client, EventQuestion.All, new EventPosition(from, 0), TimeSpan.FromMinutes(1), time);
        await foreach (ToldEvent told in follower.ReadAsync(follow: false, cancellation).ConfigureAwait(false))
        {
            if (told.Position.Height > to)
            {
                break;
            }

            draft.AddEvent(told);
        }

        byte[] body = draft.Finish().ToByteArray();
        return new ProofFile { Audit = await SignAsync(body, cancellation).ConfigureAwait(false) };
    }

    private async Task<AuditReport> SignAsync(byte[] body, CancellationToken cancellation)
    {
        InstanceSeries keys = StateKeys.SigningKeys(identity.Address);
        StateEvidence counter = await client.GetStateAsync(keys.Counter.Raw, cancellation).ConfigureAwait(false);
        ulong open = counter.Value.IsEmpty ? 0 : Counter.Parser.ParseFrom(counter.Value).Open;
        return new AuditReport
        {
            Version = ProofVerifier.Version,
            Body = UnsafeByteOperations.UnsafeWrap(body),
            Key = open == 0
                ? throw new LedgerClientException(ClientFailure.Refused, "The ledger holds no open key of the auditor.")
                : await client.GetStateAsync(keys.At(open).Raw, cancellation).ConfigureAwait(false),
            Signature = UnsafeByteOperations.UnsafeWrap(identity.Key.Sign(AuditMessages.Digest(chainId, body))),
        };
    }

    private static BlockHeader Verified(ResultList list, ulong height, Hash256? parent)
    {
        Hash256[] leaves = [.. list.Results.Select(static result => OperationReceipt.LeafOf(
            new OperationPlace(
                Hash256.TryRead(result.TransactionId.Span, out Hash256 id) ? id : default,
                (int)result.Group,
                (int)result.Operation),
            result.Result.Span))];
        return BlockHeader.TryDecode(list.Header.Span, out BlockHeader? header)
            && header.Height == height
            && (parent is null || header.ParentHash == parent)
            && MerkleList.Root(leaves) == header.ReceiptRoot
                ? header
                : throw new LedgerClientException(
                    ClientFailure.NotVerified,
                    FormattableString.Invariant(
                        $"The results that the node gave for block {height} are not those of its header."));
    }
}
