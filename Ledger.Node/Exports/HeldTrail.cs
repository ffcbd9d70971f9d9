using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Granted;
using Ledger.Primitives;

namespace Ledger.Node.Exports;

/// <summary>
/// What a node can say about access to a learner's records: what reads at its box were, or at those that it stands in
/// for; what its institution's requests were for; and which copies of others' records, and limits of grants, it keeps.
/// </summary>
public sealed class HeldTrail(
    Address self,
    ChainReader reader,
    SealedOpenings reads,
    SealedOpenings purposes,
    EncryptionKey own,
    CopyStore copies,
    CustodyStore custody,
    LimitsBook limits)
{
    /// <summary>Entries of a trail that are read at a time.</summary>
    private const ulong LeavesAtOnce = 1_000;

    /// <summary>All of it, at a head.</summary>
    public IEnumerable<HeldItem> Of(LedgerHead head, Address learner) =>
        ReadsOf(head, learner).Concat(PurposesOf(learner)).Concat(CopiesOf(learner)).Concat(CustodyOf(learner))
            .Concat(LimitsOf(learner));

    private IEnumerable<HeldItem> ReadsOf(LedgerHead head, Address learner)
    {
        ulong count = head.State.Trail(learner).Count;
        for (ulong from = 0; from < count; from += LeavesAtOnce)
        {
            foreach (TrailLeaf leaf in reader.Trail(learner, from, Math.Min(LeavesAtOnce, count - from)))
            {
                if (Open(reads, learner, leaf.Commitment, TrailEntries.Purpose) is { } entry)
                {
                    yield return new HeldItem
                    {
                        Read = new HeldRead
                        {
                            Commitment = leaf.Commitment, Entry = UnsafeByteOperations.UnsafeWrap(entry),
                        },
                    };
                }
            }
        }
    }

    private IEnumerable<HeldItem> PurposesOf(Address learner)
    {
        ByteString requester = self.ToField();
        foreach ((byte[] key, byte[] value) in reader.State(StateKeys.Prefix(StateKind.Request, learner), null))
        {
            RequestInstance request = RequestInstance.Parser.ParseFrom(value);
            if (request.Requester == requester && request.Purpose.Length == Hash256.Size
                && Open(purposes, learner, request.Purpose, RequestPurpose.Seal) is { } opening)
            {
                yield return new HeldItem
                {
                    Purpose = new HeldPurpose
                    {
                        Commitment = request.Purpose, Opening = UnsafeByteOperations.UnsafeWrap(opening),
                    },
                };
            }
        }
    }

    private IEnumerable<HeldItem> CopiesOf(Address learner) => copies.Groups()
        .Where(group => group.Group.Llpc.Learner == learner)
        .Select(static group => new HeldItem
        {
            Copies = new HeldCopies
            {
                Verb = group.Group.Llpc.Verb,
                Writer = group.Group.Writer.ToField(),
                Grant = group.Group.Grant,
                Records = (ulong)group.Records,
                UntilUnixMs = group.UntilUnixMs,
            },
        });

    private IEnumerable<HeldItem> LimitsOf(Address learner) => limits.All()
        .Where(one => one.Llpc.Learner == learner)
        .Select(static one => new HeldItem
        {
            Limits = new HeldLimits
            {
                Verb = one.Llpc.Verb,
                Grant = one.Grant,
                Purpose = one.Purpose,
                Documents = { one.Openings.Select(static opening => opening.Document) },
            },
        });

    private IEnumerable<HeldItem> CustodyOf(Address learner)
    {
        Dictionary<Hash256, string> verbs = [];
        foreach ((byte[] _, byte[] value) in reader.State(StateKeys.Prefix(StateKind.Llpc, learner), null))
        {
            string verb = Llpc.Parser.ParseFrom(value).Verb;
            verbs[LlpcName.HashOf(verb)] = verb;
        }

        foreach ((byte[] key, byte[] _) in reader.State(StateKeys.Prefix(StateKind.RecordRange, learner), null))
        {
            if (RangeName.TryRead(key, out RangeName range) && custody.Count(key) is > 0 and ulong records)
            {
                yield return new HeldItem
                {
                    Copies = new HeldCopies
                    {
                        Verb = verbs.GetValueOrDefault(range.VerbHash, string.Empty),
                        Writer = range.Writer.ToField(),
                        Custody = true,
                        Records = records,
                    },
                };
            }
        }
    }

    private byte[]? Open(SealedOpenings store, Address learner, ByteString commitment, Hash256 purpose) =>
        store.Find(learner, new Hash256(commitment.Span)) is { } content
            ? SealedMessages.Open(content, own, purpose)
            : null;
}
