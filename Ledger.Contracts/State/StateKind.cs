namespace Ledger.Contracts.State;

/// <summary>
/// The first byte of a raw state key: what the key's value is. Numbers are part of the format and never change.
/// </summary>
public enum StateKind : byte
{
    /// <summary>The one list of voting members and validator seats: <see cref="Protos.Roll"/>.</summary>
    Roll = 0x01,

    /// <summary>Address: <see cref="Protos.Institution"/>.</summary>
    Institution = 0x02,

    /// <summary>Domain in UTF-8: <see cref="Protos.DomainClaim"/>.</summary>
    Domain = 0x03,

    /// <summary>Address, number: <see cref="Protos.KeyInstance"/>.</summary>
    SigningKey = 0x04,

    /// <summary>Address, number: <see cref="Protos.Membership"/>.</summary>
    Membership = 0x05,

    /// <summary>Address, endpoint kind (8 bytes), number: <see cref="Protos.EndpointInstance"/>.</summary>
    Endpoint = 0x06,

    /// <summary>Address, number: <see cref="Protos.EncryptionKeyInstance"/>.</summary>
    EncryptionKey = 0x07,

    /// <summary>Candidate, number: <see cref="Protos.Ballot"/>. The institution's value holds the counter.</summary>
    Ballot = 0x08,

    /// <summary>Number: <see cref="Protos.SeatProposal"/>; 0 holds the counter.</summary>
    SeatProposal = 0x09,

    /// <summary>Proposer: <see cref="Protos.SeatProposer"/>.</summary>
    SeatProposer = 0x0a,

    /// <summary>Number, the epoch plus one: <see cref="Protos.ValidatorSetInstance"/>.</summary>
    ValidatorSet = 0x0b,

    /// <summary>Address, number: <see cref="Protos.VoteKeyInstance"/>.</summary>
    VoteKey = 0x0c,

    /// <summary>Vote key: <see cref="Protos.VoteKeyClaim"/>.</summary>
    VoteKeyClaim = 0x0d,

    /// <summary>Address: <see cref="Protos.Learner"/>.</summary>
    Learner = 0x10,

    /// <summary>Learner, institution, number: <see cref="Protos.Enrolment"/>.</summary>
    Enrolment = 0x11,

    /// <summary>Learner: <see cref="Protos.Index"/>.</summary>
    UserIndex = 0x20,

    /// <summary>Learner, provider: <see cref="Protos.IndexParty"/>.</summary>
    UserIndexProvider = 0x21,

    /// <summary>Learner, verb, provider, number: <see cref="Protos.IndexEntry"/>.</summary>
    UserIndexEntry = 0x22,

    /// <summary>Provider: <see cref="Protos.Index"/>.</summary>
    ProviderIndex = 0x28,

    /// <summary>Provider, learner: <see cref="Protos.IndexParty"/>.</summary>
    ProviderIndexLearner = 0x29,

    /// <summary>Provider, learner, verb, number: <see cref="Protos.IndexEntry"/>.</summary>
    ProviderIndexEntry = 0x2a,

    /// <summary>Learner, verb: <see cref="Protos.Llpc"/>.</summary>
    Llpc = 0x30,

    /// <summary>
    /// Learner, verb, number: <see cref="Protos.GrantInstance"/>. The LLPC's value holds the counter.
    /// </summary>
    Grant = 0x31,

    /// <summary>Learner, verb: <see cref="Protos.LiveGrants"/>.</summary>
    LiveGrants = 0x32,

    /// <summary>Learner, verb, writer: <see cref="Protos.RecordRange"/>.</summary>
    RecordRange = 0x33,

    /// <summary>Number: <see cref="Protos.MeasureProposal"/>; 0 holds the counter.</summary>
    Measure = 0x40,

    /// <summary>Proposer: <see cref="Protos.MeasureProposer"/>.</summary>
    MeasureProposer = 0x41,

    /// <summary>Public key: <see cref="Protos.KeyClaim"/>.</summary>
    KeyClaim = 0x42,

    /// <summary>Institution, number: <see cref="Protos.ContactInstance"/>.</summary>
    Contact = 0x43,

    /// <summary>Institution, staff, number: <see cref="Protos.StaffTerm"/>.</summary>
    StaffTerm = 0x44,

    /// <summary>Learner, institution, number: <see cref="Protos.Testimonial"/>; 0 holds the counter.</summary>
    Testimonial = 0x45,

    /// <summary>Address: <see cref="Protos.Guardian"/>.</summary>
    Guardian = 0x50,

    /// <summary>Learner, number: <see cref="Protos.Guardianship"/>.</summary>
    Guardianship = 0x51,

    /// <summary>Guardian, learner: <see cref="Protos.Ward"/>.</summary>
    Ward = 0x52,

    /// <summary>Absorbed address: <see cref="Protos.Merge"/>.</summary>
    Merge = 0x53,

    /// <summary>Survivor: <see cref="Protos.Absorbed"/>.</summary>
    Absorbed = 0x54,

    /// <summary>Learner, number: <see cref="Protos.RecoveryPlan"/>.</summary>
    RecoveryPlan = 0x55,

    /// <summary>Learner, number: <see cref="Protos.Recovery"/>.</summary>
    Recovery = 0x56,

    /// <summary>Institution, number from 1: <see cref="Protos.Claim"/>.</summary>
    Claim = 0x57,

    /// <summary>Institution, hash of a claim: <see cref="Protos.ClaimNumber"/>.</summary>
    ClaimNumber = 0x58,

    /// <summary>Learner, number: <see cref="Protos.OptOutInstance"/>.</summary>
    OptOut = 0x59,

    /// <summary>Institution: <see cref="Protos.ClaimCounter"/>.</summary>
    ClaimCounter = 0x5a,

    /// <summary>
    /// Learner, verb, number: <see cref="Protos.RequestInstance"/>. The LLPC's value holds the counter.
    /// </summary>
    Request = 0x60,

    /// <summary>Institution: <see cref="Protos.Requester"/>.</summary>
    Requester = 0x61,

    /// <summary>Requester, learner, verb, number: <see cref="Protos.RequestEntry"/>.</summary>
    RequestEntry = 0x62,

    /// <summary>
    /// Learner, verb, writer, index of the record (8 bytes), number: <see cref="Protos.ScoreInstance"/>.
    /// </summary>
    Score = 0x63,

    /// <summary>Policy (8 bytes), version: <see cref="Protos.PolicyVersion"/>.</summary>
    Policy = 0x64,

    /// <summary>How many policies there are: <see cref="Protos.PolicyCount"/>.</summary>
    PolicyCount = 0x65,

    /// <summary>Learner: <see cref="Protos.RecordRange"/> over the entries of its access trail.</summary>
    Trail = 0x70,

    /// <summary>Learner, institution: <see cref="Protos.Holding"/>.</summary>
    Holding = 0x71,

    /// <summary>Provider: <see cref="Protos.CustodyProvider"/>.</summary>
    CustodyProvider = 0x72,

    /// <summary>Provider, number: <see cref="Protos.CustodyPlan"/>. The provider's value holds the counter.</summary>
    CustodyPlan = 0x73,

    /// <summary>Client, provider, number: <see cref="Protos.CustodyAgreement"/>.</summary>
    CustodyAgreement = 0x74,

    /// <summary>Client: <see cref="Protos.CustodyClient"/>.</summary>
    CustodyClient = 0x75,

    /// <summary>Provider, client: <see cref="Protos.CustodyParty"/>.</summary>
    CustodyParty = 0x76,

    /// <summary>Learner, verb, writer: <see cref="Protos.RangeCustody"/>.</summary>
    RangeCustody = 0x77,

    /// <summary>Address: <see cref="Protos.Usage"/>.</summary>
    Usage = 0x80,

    /// <summary>Institution: <see cref="Protos.Quota"/>.</summary>
    Quota = 0x81,

    /// <summary>The one upgrade that waits: <see cref="Protos.RulesPlan"/>.</summary>
    RulesPlan = 0x82,

    /// <summary>Number: <see cref="Protos.RulesInstance"/>; 0 holds the counter.</summary>
    Rules = 0x83,

    /// <summary>Address: <see cref="Protos.VersionAnnouncement"/>.</summary>
    VersionAnnouncement = 0x84,

    /// <summary>The one verb registry: <see cref="Protos.VerbRegistry"/>.</summary>
    VerbRegistry = 0x88,

    /// <summary>Code (8 bytes): <see cref="Protos.RegisteredVerb"/>.</summary>
    RegisteredVerb = 0x89,

    /// <summary>Verb: <see cref="Protos.VerbClaim"/>.</summary>
    VerbClaim = 0x8a,

    /// <summary>Verb, verb, number: <see cref="Protos.EquivalenceInstance"/>.</summary>
    Equivalence = 0x8b,
}
