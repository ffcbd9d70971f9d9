using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Custody;

/// <summary>
/// Takes in what the reads at another institution's box were: each is compared with the commitment at its place in the
/// learner's trail, and kept sealed to its parties as that box had it.
/// </summary>
public sealed class TrailImport(Address self, ChainReader reader, SealedOpenings store, EncryptionKey own)
{
    /// <summary>Verifies and keeps the reads of a portion.</summary>
    public ImportReply Take(LedgerHead head, CustodyPortion portion)
    {
        Address learner = portion.Learner.ToAddress();
        ulong count = head.State.Trail(learner).Count;
        List<SealedOpening> kept = [];
        ImportReply reply = new() { Writer = portion.Writer, Learner = portion.Learner };
        foreach (CustodyRead read in portion.Reads)
        {
            if (read.Index < count && Verify(learner, portion, read) is { } entry)
            {
                kept.Add(new SealedOpening(learner, TrailEntries.CommitmentOf(entry), SealedMessages.Seal(
                    read.Entry.Span, Recipients(head.State, learner, entry), TrailEntries.Purpose)));
            }
            else
            {
                reply.RefusedReads.Add(read.Index);
            }
        }

        store.AddAll(kept);
        reply.Reads = (ulong)kept.Count;
        return reply;
    }

    private TrailEntry? Verify(Address learner, CustodyPortion portion, CustodyRead read)
    {
        TrailLeaf? leaf = reader.Trail(learner, read.Index, 1).FirstOrDefault();
        return leaf?.Index == read.Index
            && leaf.Institution == portion.Writer
            && CanonicalMessage.TryParse(TrailEntry.Parser, read.Entry.Span, out TrailEntry? entry)
            && entry.Salt.Length == TrailEntries.SaltBytes
            && entry.Box == portion.Writer
            && entry.Learner == portion.Learner
            && TrailEntries.CommitmentOf(entry) == new Hash256(leaf.Commitment.Span)
                ? entry
                : null;
    }

    private List<(Address Owner, PublicKeyBytes Key)> Recipients(IStateView state, Address learner, TrailEntry entry)
    {
        List<(Address Owner, PublicKeyBytes Key)> recipients = [(self, new PublicKeyBytes(own.PublicKey))];
        if (state.CurrentEncryptionKey(learner) is { } learnerKey)
        {
            recipients.Add((learner, learnerKey));
        }

        if (Address.TryRead(entry.Reader.Span, out Address party) && state.CurrentEncryptionKey(party) is { } readerKey)
        {
            recipients.Add((party, readerKey));
        }

        return recipients;
    }
}
