using Google.Protobuf;
using Ledger.Client.Erasure;
using Ledger.Client.Keys;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>
/// Gives this institution's word that it holds no copy of what was erased: only where tombstones stand on this node's
/// own ledger, nothing of it is in custody, among granted copies or in the store, and the files were written anew.
/// </summary>
public sealed class ErasureWords(
    Hash256 chainId,
    SigningKey identity,
    ChainState chain,
    ChainReader reader,
    CustodyStore custody,
    CopyStore copies,
    ErasureList list,
    ProofMaker proofs,
    TimeProvider time)
{
    /// <summary>Places of one word: those of one call that erases.</summary>
    public const int PlacesMax = Contracts.Transactions.TransactionLimits.RecordsMax;

    /// <summary>
    /// The word about places of a writer's range, in answer to a question of these random bytes; null where it cannot
    /// be given now.
    /// </summary>
    public ErasureWord? About(Address writer, ErasedPlaces places, ByteString random)
    {
        LedgerHead head = chain.Head;
        LlpcName llpc = new(places.Learner.ToAddress(), places.Verb);
        InstanceSeries keys = StateKeys.SigningKeys(identity.Address);
        ulong open = head.State.OpenNumber(keys);
        return open != 0
            && head.State.CurrentKey(identity.Address) == identity.PublicKey
            && HoldsNothing(head, writer, llpc, places)
            && proofs.State(head, keys.At(open).Raw.ToArray()) is { } key
                ? Sign(head, writer, places, random, key)
                : null;
    }

    private bool HoldsNothing(LedgerHead head, Address writer, LlpcName llpc, ErasedPlaces places)
    {
        byte[] range = RangeName.OfRecords(llpc, writer).ToRawKey();
        return list.FollowedHeight >= head.Height
            && !list.IsUnscrubbed
            && (writer != identity.Address || IsOutOfStore())
            && places.Indexes.All(index =>
                reader.RecordsFrom(llpc, writer, index, 1) is [TombstoneLeaf tombstone]
                && tombstone.Index == index
                && !custody.Has(range, index)
                && !copies.Has(llpc, writer, index));
    }

    // Of its own records this node holds nothing once nothing that is listed waits.
    private bool IsOutOfStore() =>
        list.At(ErasureStage.Listed, 1).Count == 0 && list.At(ErasureStage.Removed, 1).Count == 0;

    private ErasureWord Sign(
        LedgerHead head, Address writer, ErasedPlaces places, ByteString random, StateEvidence key)
    {
        byte[] body = new ErasureWordBody
        {
            ChainId = chainId.ToField(),
            Holder = identity.Address.ToField(),
            Writer = writer.ToField(),
            Places = places,
            Height = head.Height,
            SignedUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Random = random,
        }.ToByteArray();
        return new ErasureWord
        {
            Body = UnsafeByteOperations.UnsafeWrap(body),
            Key = key,
            Signature = UnsafeByteOperations.UnsafeWrap(identity.Sign(ErasureMessages.SignedDigest(chainId, body))),
        };
    }
}
