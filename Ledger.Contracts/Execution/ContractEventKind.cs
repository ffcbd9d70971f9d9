namespace Ledger.Contracts.Execution;

/// <summary>What happened. Numbers are stored by nodes and never change.</summary>
public enum ContractEventKind
{
    /// <summary>An institution asked to join; number = ballot.</summary>
    InstitutionRegistered = 1,

    /// <summary>A member voted on the subject; number = ballot.</summary>
    InstitutionVoted = 2,

    /// <summary>The subject became a member; number = membership.</summary>
    InstitutionAdmitted = 3,

    /// <summary>The subject was rejected; number = ballot.</summary>
    InstitutionRejected = 4,

    /// <summary>An endpoint was published; number = instance.</summary>
    EndpointPublished = 5,

    /// <summary>An encryption key was published; number = instance.</summary>
    EncryptionKeyPublished = 6,

    /// <summary>The lowest accepted TLS binding rose; number = binding.</summary>
    TlsBindingPublished = 7,

    /// <summary>The subject was accused; number = ballot.</summary>
    RevocationProposed = 8,

    /// <summary>The subject may no longer transact; number = membership.</summary>
    InstitutionRevoked = 9,

    /// <summary>A learner came to the ledger.</summary>
    LearnerCreated = 10,

    /// <summary>The learner was enrolled at the subject; number = enrolment.</summary>
    Enrolled = 11,

    /// <summary>The enrolment at the subject ended; number = enrolment.</summary>
    EnrolmentEnded = 12,

    /// <summary>A member voted on revoking the subject; number = ballot.</summary>
    RevocationVoted = 13,

    /// <summary>The subject is not revoked; number = ballot.</summary>
    RevocationRejected = 14,

    /// <summary>A change of seats was proposed; number = proposal.</summary>
    SeatsProposed = 15,

    /// <summary>A member voted on a change of seats; number = proposal.</summary>
    SeatsVoted = 16,

    /// <summary>A change of seats waits for its activation; number = proposal.</summary>
    SeatsApproved = 17,

    /// <summary>A change of seats was rejected; number = proposal.</summary>
    SeatsRejected = 18,

    /// <summary>The set of the next block is a new one; number = its epoch.</summary>
    SeatsActivated = 19,

    /// <summary>A provider index was created.</summary>
    ProviderIndexCreated = 20,

    /// <summary>The subject has an entry in the learner's index; number = instance.</summary>
    UserIndexEntered = 21,

    /// <summary>The LLPC has an entry in the subject's index; number = instance.</summary>
    ProviderIndexEntered = 22,

    /// <summary>An LLPC was created.</summary>
    LlpcCreated = 30,

    /// <summary>Records were appended; number = index of the first.</summary>
    RecordsInserted = 31,

    /// <summary>Access was asked for; number = request.</summary>
    AccessRequested = 32,

    /// <summary>A request of the subject was denied; number = request.</summary>
    AccessDenied = 33,

    /// <summary>Access was granted to the subject; number = grant.</summary>
    AccessGranted = 34,

    /// <summary>A grant to the subject was revoked, or ended with the grant above it; number = grant.</summary>
    AccessRevoked = 35,

    /// <summary>A grant was given up by its grantee, or ended with the grant above it; number = grant.</summary>
    AccessRenounced = 36,

    /// <summary>A grant to the subject has ended by time; number = grant.</summary>
    AccessExpired = 37,

    /// <summary>The subject's default right as a former institution was taken back.</summary>
    DefaultRightRevoked = 38,

    /// <summary>A request of the subject has ended by time; number = request.</summary>
    RequestExpired = 140,

    /// <summary>The subject took its request back; number = request.</summary>
    RequestWithdrawn = 141,

    /// <summary>A request of the subject was approved by a grant; number = request.</summary>
    RequestApproved = 142,

    /// <summary>A record of the subject got a score; number = the record's index.</summary>
    ScoreRecorded = 143,

    /// <summary>A version of a policy came into force; number = policy.</summary>
    PolicyAdopted = 144,

    /// <summary>A policy went out of force; number = policy.</summary>
    PolicyRetired = 145,
    /// <summary>A measure was proposed; the subject is the institution concerned, if any; number = measure.</summary>
    MeasureProposed = 100,

    /// <summary>A member voted on a measure; number = measure.</summary>
    MeasureVoted = 101,

    /// <summary>A measure was approved and applied; number = measure.</summary>
    MeasureApplied = 102,

    /// <summary>A measure was approved and could no longer be applied; number = measure.</summary>
    MeasureWithoutEffect = 103,

    /// <summary>A measure was rejected; number = measure.</summary>
    MeasureRejected = 104,

    /// <summary>The subject was suspended; number = the membership that ended.</summary>
    InstitutionSuspended = 105,

    /// <summary>The subject is a member again; number = membership.</summary>
    InstitutionReinstated = 106,

    /// <summary>The subject was closed; number = the membership that ended, or 0 where none was open.</summary>
    InstitutionClosed = 107,

    /// <summary>The subject left of its own will; number = the membership that ended.</summary>
    InstitutionLeft = 108,

    /// <summary>The subject signs with another key; number = the new key's.</summary>
    KeyRotated = 109,

    /// <summary>Contact data was published; number = instance.</summary>
    ContactPublished = 110,

    /// <summary>The subject became staff of the actor; number = term.</summary>
    StaffAppointed = 111,

    /// <summary>The subject has other roles; number = the term that began.</summary>
    StaffAssigned = 112,

    /// <summary>The subject is staff no more; number = the term that ended.</summary>
    StaffEnded = 113,

    /// <summary>Staff of the subject testified about the learner; number = testimonial.</summary>
    TestimonialIssued = 114,

    /// <summary>A testimonial by staff of the subject was withdrawn; number = testimonial.</summary>
    TestimonialWithdrawn = 115,
    /// <summary>The subject is the learner's guardian until a date; number = guardianship.</summary>
    GuardianAppointed = 120,

    /// <summary>The subject is the learner's guardian no more, by somebody's will; number = guardianship.</summary>
    GuardianEnded = 121,

    /// <summary>The subject's guardianship of the learner has ended by time; number = guardianship.</summary>
    GuardianExpired = 122,

    /// <summary>
    /// The learner's address was merged into the subject's and its key closed; number = addresses merged so far.
    /// </summary>
    LearnerMerged = 123,

    /// <summary>The learner named who may recover its key, or nobody any more; number = plan.</summary>
    RecoveryPlanned = 124,

    /// <summary>The subject asks for a new key of the learner: an alert; number = recovery.</summary>
    RecoveryProposed = 125,

    /// <summary>The subject approves a recovery of the learner's key; number = recovery.</summary>
    RecoveryApproved = 126,

    /// <summary>A recovery was stopped; number = recovery.</summary>
    RecoveryCancelled = 127,

    /// <summary>The learner has the new key of a recovery; number = recovery.</summary>
    RecoveryCompleted = 128,

    /// <summary>A recovery has ended by time; number = recovery.</summary>
    RecoveryExpired = 129,

    /// <summary>The subject announced claims; number = the first one.</summary>
    ClaimsAnnounced = 130,

    /// <summary>The subject took claims back; number = the first one named.</summary>
    ClaimsRevoked = 131,

    /// <summary>The learner used a claim of the subject; number = claim.</summary>
    ClaimUsed = 132,

    /// <summary>The learner set its level of opting out; number = level.</summary>
    OptedOut = 133,
    /// <summary>Reads at the actor's box were entered in the learner's trail; number = index of the first.</summary>
    TrailAppended = 160,

    /// <summary>The subject published a plan to keep records; number = plan.</summary>
    CustodyPlanPublished = 161,

    /// <summary>The subject takes no more clients on a plan; number = plan.</summary>
    CustodyPlanWithdrawn = 162,

    /// <summary>The client was offered to, or asked, the subject to keep its records; number = agreement.</summary>
    CustodyOffered = 163,

    /// <summary>The subject keeps the client's records; number = agreement.</summary>
    CustodyAgreed = 164,

    /// <summary>An agreement of the client with the subject ends after its notice; number = agreement.</summary>
    CustodyNoticeGiven = 165,

    /// <summary>An offer or agreement of the client with the subject has ended; number = agreement.</summary>
    CustodyEnded = 166,

    /// <summary>The subject has verified a copy of the records that the client wrote; number = their count.</summary>
    CustodyConfirmed = 167,

    /// <summary>Records of the actor's were erased; number = how many.</summary>
    RecordsErased = 170,

    /// <summary>Members have changed the verb registry; number = its version.</summary>
    VerbsChanged = 190,
    /// <summary>The members have set the subject's quota; number = work units a day, 0 for no limit.</summary>
    QuotaSet = 180,

    /// <summary>The actor has a program that knows the rules of this version; number = version.</summary>
    VersionAnnounced = 181,

    /// <summary>The members have decided an upgrade of the rules; number = version.</summary>
    UpgradeDecided = 182,

    /// <summary>The rules of this version are in force from this block on; number = version.</summary>
    RulesUpgraded = 183,
}
