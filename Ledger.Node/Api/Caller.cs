using Grpc.Core;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>
/// Who asks, proved, and what it may be told. Anybody can register a key, so that a key alone opens nothing but what is
/// public among the parties: members of the consortium see everything, everybody else only itself. Staff sees what its
/// institution does, while its term lasts. Each check fails the call with PERMISSION_DENIED.
/// </summary>
/// <param name="Address">The caller.</param>
/// <param name="IsMember">
/// Whether it, or the institution in whose name it asks, is one that the members have approved.
/// </param>
public sealed record Caller(Address Address, bool IsMember)
{
    private const string NotYours =
        "NOT_YOURS: members of the consortium may ask about everybody, all others about themselves and those for whom "
        + "they act alone";

    /// <summary>Whether the caller reads for this learner: its guardian, or who has absorbed its address.</summary>
    public Func<Address, bool> ActsFor { get; init; } = static _ => false;

    /// <summary>The institution in whose name its staff asks; null for oneself.</summary>
    public Address? InNameOf { get; init; }

    /// <summary>Whether who goes on listening in an institution's name is its staff still.</summary>
    public Func<bool> StillActs { get; init; } = static () => true;

    /// <summary>Whether it asks about itself, or as staff about its institution.</summary>
    public bool IsSelf(Address subject) => subject == Address || subject == InNameOf;

    /// <summary>For what only members see.</summary>
    public void RequireMember()
    {
        if (!IsMember)
        {
            throw Denied("MEMBERS_ONLY: only a member of the consortium may ask this");
        }
    }

    /// <summary>For what concerns one party.</summary>
    public void RequireAbout(Address subject)
    {
        if (!IsMember && !IsOwn(subject))
        {
            throw Denied(NotYours);
        }
    }

    /// <summary>For a decided transaction.</summary>
    public void RequirePartyOf(SignedTransaction transaction)
    {
        if (!IsMember
            && !TransactionParties.Concerns(transaction, Address)
            && !(InNameOf is { } named && TransactionParties.Concerns(transaction, named)))
        {
            throw Denied(
                "NOT_YOURS: only members of the consortium, the signers, and a learner whom alone the transaction "
                + "concerns may see it");
        }
    }

    /// <summary>For the value of a raw state key.</summary>
    public void RequireKey(LedgerState state, ReadOnlySpan<byte> key)
    {
        if (!IsMember && !MaySee(state, key))
        {
            throw Denied(NotYours);
        }
    }

    private bool MaySee(LedgerState state, ReadOnlySpan<byte> key)
    {
        StateKind kind = (StateKind)key[0];
        bool hasSubject = Address.TryRead(key[1..Math.Min(key.Length, 1 + Address.Size)], out Address subject);
        return kind switch
        {
            StateKind.Roll or StateKind.Institution or StateKind.Domain or StateKind.Membership or StateKind.Endpoint
                or StateKind.Ballot or StateKind.Policy or StateKind.PolicyCount
                or StateKind.VerbRegistry or StateKind.RegisteredVerb or StateKind.VerbClaim
                or StateKind.Equivalence or StateKind.Measure or StateKind.MeasureProposer or StateKind.Quota
                or StateKind.RulesPlan or StateKind.Rules or StateKind.VersionAnnouncement => true,
            StateKind.SigningKey or StateKind.EncryptionKey =>
                hasSubject && (IsOwn(subject) || state.Institution(subject) is not null),
            StateKind.Learner or StateKind.Enrolment or StateKind.UserIndex or StateKind.UserIndexProvider
                or StateKind.UserIndexEntry or StateKind.ProviderIndex or StateKind.ProviderIndexLearner
                or StateKind.ProviderIndexEntry or StateKind.Llpc or StateKind.Grant or StateKind.LiveGrants
                or StateKind.RecordRange or StateKind.Request or StateKind.Requester or StateKind.RequestEntry
                or StateKind.Score or StateKind.Guardianship or StateKind.Merge or StateKind.Absorbed
                or StateKind.OptOut or StateKind.Testimonial or StateKind.Usage => hasSubject && IsOwn(subject),
            StateKind.Guardian or StateKind.Ward or StateKind.StaffTerm => hasSubject && IsSelf(subject),
            // Who is named in a plan takes part in a recovery, and must see what it approves.
            StateKind.RecoveryPlan or StateKind.Recovery =>
                hasSubject && (IsOwn(subject) || IsNamed(state, subject)),
            StateKind.CustodyProvider or StateKind.CustodyPlan => true,
            StateKind.Trail or StateKind.Holding or StateKind.CustodyAgreement or StateKind.CustodyClient
                or StateKind.CustodyParty or StateKind.RangeCustody => hasSubject && IsOwn(subject),
            // What members decide among themselves.
            StateKind.SeatProposal or StateKind.SeatProposer or StateKind.ValidatorSet or StateKind.VoteKey
                or StateKind.VoteKeyClaim or StateKind.KeyClaim or StateKind.Contact or StateKind.Claim
                or StateKind.ClaimNumber or StateKind.ClaimCounter => false,
            // The first byte is the caller's: a number that names nothing is nobody's.
            _ => false,
        };
    }

    private bool IsOwn(Address subject) => IsSelf(subject) || ActsFor(subject);

    private bool IsNamed(LedgerState state, Address learner) =>
        state.RecoveryPlan(learner)?.Parties.Any(party => state.SurvivorOf(party.ToAddress()) == Address) == true;

    private static RpcException Denied(string why) => new(new Status(StatusCode.PermissionDenied, why));
}
