using Google.Protobuf;
using Ledger.Client.Custody;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.Custody;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Custody;

/// <summary>
/// Cuts what the reads at this box were into portions for a custodian, each of one learner and sealed to the
/// custodian's node: whoever takes the box's place explains the trail in its place.
/// </summary>
public sealed class TrailExport(
    Hash256 chainId, Address self, ChainReader reader, SealedOpenings store, EncryptionKey own)
{
    /// <summary>Reads of one portion: of a few hundred bytes each, mostly.</summary>
    public const int PortionReadsMax = 1000;

    /// <summary>Entries of a trail that are looked through for one portion: others made most of them.</summary>
    private const ulong LeavesMax = 10_000;

    /// <summary>Whether a cursor is one of this export: the raw key of a learner's trail, and an index.</summary>
    public static bool IsCursor(ReadOnlySpan<byte> cursor) =>
        cursor.Length == 1 + Address.Size + sizeof(ulong) && cursor[0] == (byte)StateKind.Trail;

    /// <summary>
    /// The portion at a cursor, or from the first learner on; without content and cursor after the last.
    /// </summary>
    public ExportPortion Portion(LedgerHead head, Address custodian, PublicKeyBytes key, byte[] cursor, long now)
    {
        Address? learner = IsCursor(cursor) ? new Address(cursor.AsSpan(1, Address.Size)) : store.FirstLearner(null);
        ulong from = IsCursor(cursor) ? EventIndex.HeightOf(cursor) : 0;
        for (; learner is { } one; learner = store.FirstLearner(one), from = 0)
        {
            ulong count = head.State.Trail(one).Count;
            if (from < count && CustodyRules.IsCustodian(head.State, custodian, one, self, now))
            {
                return Cut(one, from, Math.Min(count - from, LeavesMax), custodian, key);
            }
        }

        return new ExportPortion();
    }

    private ExportPortion Cut(Address learner, ulong from, ulong leaves, Address custodian, PublicKeyBytes key)
    {
        CustodyPortion portion = new()
        {
            ChainId = chainId.ToField(), Writer = self.ToField(), Learner = learner.ToField(),
        };
        ulong next = from;
        ulong missing = 0;
        int size = 0;
        foreach (TrailLeaf leaf in reader.Trail(learner, from, leaves))
        {
            if (portion.Reads.Count == PortionReadsMax || size > CustodyExport.PortionBytesMax)
            {
                break;
            }

            next = leaf.Index + 1;
            if (leaf.Institution != portion.Writer)
            {
                continue;
            }

            if (EntryOf(learner, leaf) is { } entry)
            {
                size += entry.Length;
                portion.Reads.Add(new CustodyRead { Index = leaf.Index, Entry = ByteString.CopyFrom(entry) });
            }
            else
            {
                missing++;
            }
        }

        return new ExportPortion
        {
            Content = portion.Reads.Count == 0
                ? null
                : SealedMessages.Seal(portion.ToByteArray(), [(custodian, key)], CustodyFile.Purpose),
            Cursor = ByteString.CopyFrom(LedgerDatabase.LeafKey(StateKeys.Trail(learner).Raw.ToArray(), next)),
            Reads = (ulong)portion.Reads.Count,
            MissingReads = missing,
        };
    }

    // What the box itself can open: it sealed each entry to itself too.
    private byte[]? EntryOf(Address learner, TrailLeaf leaf) =>
        store.Find(learner, new Hash256(leaf.Commitment.Span)) is { } content
            ? SealedMessages.Open(content, own, TrailEntries.Purpose)
            : null;
}
