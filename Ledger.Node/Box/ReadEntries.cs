using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>Makes the entry of a read: what the learner is to know of it, sealed to the parties alone.</summary>
public sealed class ReadEntries(Hash256 chainId, Address self, EncryptionKey own, TimeProvider time)
{
    /// <summary>The entry of a read that was found right.</summary>
    public SealedOpening Make(LedgerHead head, LlpcName llpc, BoxRequest request, BoxRequestBody body, ulong records)
    {
        Address reader = new(body.Reader.Span);
        TrailEntry entry = new()
        {
            Salt = TrailEntries.FreshSalt(),
            Box = self.ToField(),
            Reader = body.Reader,
            Learner = body.Learner,
            Verb = llpc.Verb,
            Purpose = body.Purpose,
            TimeUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Height = head.Height,
            FromIndex = body.FromIndex,
            Records = records,
            Request = BoxMessages.RequestDigest(chainId, request.Body.Span).ToField(),
            Features = body.Features is not null,
        };
        entry.Grants.AddRange(GrantsOf(head, llpc, reader));
        return new SealedOpening(llpc.Learner, TrailEntries.CommitmentOf(entry), SealedMessages.Seal(
            entry.ToByteArray(), Recipients(head.State, llpc.Learner, reader), TrailEntries.Purpose));
    }

    // A party without a published key is served later: the box opens its own copy and seals it anew.
    private List<(Address Owner, PublicKeyBytes Key)> Recipients(IStateView state, Address learner, Address reader)
    {
        List<(Address Owner, PublicKeyBytes Key)> recipients = [(self, new PublicKeyBytes(own.PublicKey))];
        foreach (Address party in new[] { learner, reader })
        {
            if (state.CurrentEncryptionKey(party) is { } key)
            {
                recipients.Add((party, key));
            }
        }

        return recipients;
    }

    private static IEnumerable<ulong> GrantsOf(LedgerHead head, LlpcName llpc, Address reader) =>
        head.State.LiveGrants(llpc).Grants
            .Where(live => live.Grant.Grantee.ToAddress() == reader
                && AccessRights.IsInTime(live.Grant, head.Header.TimeUnixMs)
                && live.Grant.Rights.ToBits().HasFlag(AccessBits.Read))
            .Select(static live => live.Number);
}
