using Google.Protobuf;
using Ledger.Client.Intakes;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>
/// Signs that this institution's store took a record in: id, times, digest and commitment. Anew for each question; of a
/// record that is stored all but the time of signing and the block of the key is always the same.
/// </summary>
public sealed class IntakeReceipts(
    Hash256 chainId, SigningKey identity, ChainState chain, ProofMaker proofs, RecordStore store, TimeProvider time)
{
    /// <summary>Why there may be no receipt of a record that is stored.</summary>
    public const string NoBlockYet =
        "the ledger has no block yet that proves the institution's key; ask again after the first one";

    /// <summary>The receipt of the statement or event of an id.</summary>
    public IntakeReceiptAnswer Find(string id)
    {
        StoredRecord? record = store.Find(RecordType.XapiStatement, id) ?? store.Find(RecordType.CaliperEvent, id);
        // What was erased has nothing left that a digest could be made of.
        return record is null or { State: RecordState.Erased }
            ? new IntakeReceiptAnswer(false, null)
            : new IntakeReceiptAnswer(true, Sign(record));
    }

    private ProofFile? Sign(StoredRecord record)
    {
        LedgerHead head = chain.Head;
        if (head.State.CurrentKey(identity.Address) != identity.PublicKey)
        {
            // The institution has another key by now, which this node was not given yet.
            return null;
        }

        InstanceSeries keys = StateKeys.SigningKeys(identity.Address);
        ulong open = head.State.OpenNumber(keys);
        if (open == 0 || proofs.State(head, keys.At(open).Raw.ToArray()) is not { } key)
        {
            return null;
        }

        byte[] body = new IntakeBody
        {
            ChainId = chainId.ToField(),
            Institution = identity.Address.ToField(),
            Type = IntakeMessages.NameOf(record.Type),
            Id = record.Id,
            StoredUnixMs = record.Stored.ToUnixTimeMilliseconds(),
            SignedUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Digest = IntakeMessages.RecordDigest(record.Type, record.Committed.Span).ToField(),
            Commitment = record.Commitment.ToField(),
        }.ToByteArray();
        return new ProofFile
        {
            Intake = new IntakeReceipt
            {
                Version = ProofVerifier.Version,
                Body = UnsafeByteOperations.UnsafeWrap(body),
                Key = key,
                Signature = UnsafeByteOperations.UnsafeWrap(
                    identity.Sign(IntakeMessages.SignedDigest(chainId, body))),
            },
        };
    }
}
