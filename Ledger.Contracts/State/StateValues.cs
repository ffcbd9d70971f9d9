using Google.Protobuf;
using Ledger.Contracts.Protos;
using Index = Ledger.Contracts.Protos.Index;

namespace Ledger.Contracts.State;

/// <summary>
/// What message the value of a kind of keys is, for whoever shows or checks a state without knowing its contracts.
/// </summary>
public static class StateValues
{
    /// <summary>
    /// The parser of a kind's values, or null for a number that names no kind. Where keys end in a number, the value at
    /// number 0 is a <see cref="Counter"/> instead: <see cref="ParserOf(StateKey)"/> tells.
    /// </summary>
    public static MessageParser? ParserOf(StateKind kind) => kind switch
    {
        StateKind.Roll => Roll.Parser,
        StateKind.Institution => Institution.Parser,
        StateKind.Domain => DomainClaim.Parser,
        StateKind.SigningKey => KeyInstance.Parser,
        StateKind.Membership => Membership.Parser,
        StateKind.Endpoint => EndpointInstance.Parser,
        StateKind.EncryptionKey => EncryptionKeyInstance.Parser,
        StateKind.Ballot => Ballot.Parser,
        StateKind.SeatProposal => SeatProposal.Parser,
        StateKind.SeatProposer => SeatProposer.Parser,
        StateKind.ValidatorSet => ValidatorSetInstance.Parser,
        StateKind.VoteKey => VoteKeyInstance.Parser,
        StateKind.VoteKeyClaim => VoteKeyClaim.Parser,
        StateKind.Learner => Learner.Parser,
        StateKind.Enrolment => Enrolment.Parser,
        StateKind.UserIndex or StateKind.ProviderIndex => Index.Parser,
        StateKind.UserIndexProvider or StateKind.ProviderIndexLearner => IndexParty.Parser,
        StateKind.UserIndexEntry or StateKind.ProviderIndexEntry => IndexEntry.Parser,
        StateKind.Llpc => Llpc.Parser,
        StateKind.Grant => GrantInstance.Parser,
        StateKind.LiveGrants => LiveGrants.Parser,
        StateKind.RecordRange => RecordRange.Parser,
        StateKind.Trail => RecordRange.Parser,
        StateKind.Holding => Holding.Parser,
        StateKind.CustodyProvider => CustodyProvider.Parser,
        StateKind.CustodyPlan => CustodyPlan.Parser,
        StateKind.CustodyAgreement => CustodyAgreement.Parser,
        StateKind.CustodyClient => CustodyClient.Parser,
        StateKind.CustodyParty => CustodyParty.Parser,
        StateKind.RangeCustody => RangeCustody.Parser,
        StateKind.Request => RequestInstance.Parser,
        StateKind.Requester => Requester.Parser,
        StateKind.RequestEntry => RequestEntry.Parser,
        StateKind.Score => ScoreInstance.Parser,
        StateKind.Policy => PolicyVersion.Parser,
        StateKind.PolicyCount => PolicyCount.Parser,
        StateKind.Measure => MeasureProposal.Parser,
        StateKind.MeasureProposer => MeasureProposer.Parser,
        StateKind.KeyClaim => KeyClaim.Parser,
        StateKind.Contact => ContactInstance.Parser,
        StateKind.StaffTerm => StaffTerm.Parser,
        StateKind.Testimonial => Testimonial.Parser,
        StateKind.Guardian => Guardian.Parser,
        StateKind.Guardianship => Guardianship.Parser,
        StateKind.Ward => Ward.Parser,
        StateKind.Merge => Merge.Parser,
        StateKind.Absorbed => Absorbed.Parser,
        StateKind.RecoveryPlan => RecoveryPlan.Parser,
        StateKind.Recovery => Recovery.Parser,
        StateKind.Claim => Claim.Parser,
        StateKind.ClaimCounter => ClaimCounter.Parser,
        StateKind.ClaimNumber => ClaimNumber.Parser,
        StateKind.OptOut => OptOutInstance.Parser,
        StateKind.Usage => Usage.Parser,
        StateKind.VerbRegistry => VerbRegistry.Parser,
        StateKind.RegisteredVerb => RegisteredVerb.Parser,
        StateKind.VerbClaim => VerbClaim.Parser,
        StateKind.Equivalence => EquivalenceInstance.Parser,
        StateKind.Quota => Quota.Parser,
        StateKind.RulesPlan => RulesPlan.Parser,
        StateKind.Rules => RulesInstance.Parser,
        StateKind.VersionAnnouncement => VersionAnnouncement.Parser,
        _ => null,
    };

    /// <summary>The parser of a key's value: a series' counter stands at number 0.</summary>
    public static MessageParser? ParserOf(StateKey key) => IsCounter(key) ? Counter.Parser : ParserOf(key.Kind);

    /// <summary>
    /// Whether the key ends in the number 0 of a series. A number is what remains of a key after its kind and parts of
    /// 32 bytes; a domain is text and has none.
    /// </summary>
    public static bool IsCounter(StateKey key) =>
        IsNumbered(key) && key.Raw.Span[^sizeof(ulong)..].IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Whether the key ends in a number.</summary>
    public static bool IsNumbered(StateKey key) =>
        key.Kind != StateKind.Domain
        && (key.Raw.Length - 1) % Primitives.Hash256.Size is sizeof(ulong) or EndpointBytes;

    // An endpoint's key has its kind in eight bytes before the number.
    private const int EndpointBytes = 2 * sizeof(ulong);
}
